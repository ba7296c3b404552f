/**
 * The bot: what each kind of update leads to. Everything a handler needs comes in as an argument; nothing is connected
 * here. Groups get a polite no, private chats the product.
 */
import { Bot, type Middleware } from 'grammy';
import type { Update } from 'grammy/types';
import type { UserRow } from '../../shared/schemas/user.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { Log } from '../logging.ts';
import type { PlannerDesk } from '../usecases/planning-ports.ts';
import type { CardScreen, ConversationStore, MessageMemory, UpdateLog } from '../usecases/chat-ports.ts';
import type { PersonStore } from '../usecases/ports.ts';
import type { TeamJobs } from '../usecases/team-ports.ts';
import type { TimeModel } from '../usecases/model-ports.ts';
import { readTimeInWords } from '../usecases/read-time.ts';
import { createApiFetch } from './api-fetch.ts';
import type { NudgeContext } from './context.ts';
import { COMMANDS } from './features/commands.ts';
import { createEdits } from './features/edited/edited-handlers.ts';
import { createCardScreen } from './features/follow/card-screen.ts';
import { answerElsewhere } from './features/groups/group-handlers.ts';
import { takeTable } from './features/import/import-handlers.ts';
import { createTeamWatch } from './features/jobs/team-watch.ts';
import { takeMessage } from './features/lead/lead-handlers.ts';
import { createMediaReader, type Senses } from './features/media/read-media.ts';
import { createPlanWatch } from './features/plan/plan-watch.ts';
import { takePrivacyWords } from './features/privacy/privacy-handlers.ts';
import { takeReply } from './features/reminder/reply.ts';
import { routeTap } from './features/route-tap.ts';
import { takePauseWords } from './features/settings/pause-words.ts';
import { createForms } from './forms/run-forms.ts';
import { FORMS } from './forms/registry.ts';
import { createUnknownAnswers } from './features/unknown/unknown-handlers.ts';
import { takePlace, zoneForm } from './features/zone/zone-handlers.ts';
import { createUpdateHandler, type UpdateHandler } from './handle-update.ts';
import { LastEdited } from './last-edited.ts';
import { loadTexts, type Texts } from './text/texts.ts';
import { wordsFor } from './text/words.ts';

export interface BotParts {
  readonly token: string;
  /** No trailing slash. */
  readonly apiRoot: string;
  readonly updates: UpdateLog;
  /** Where a question waits for its answer. */
  readonly conversations: ConversationStore;
  /** What earlier messages led to, for those that are edited. */
  readonly messages: MessageMemory;
  /** The database as one person sees it. */
  readonly personStore: (telegramId: number) => PersonStore;
  /** What somebody sees and does with the jobs of their teams. */
  readonly teamJobs: (telegramId: number) => TeamJobs;
  readonly planner: PlannerDesk;
  readonly productNow: () => Promise<Temporal.Instant>;
  /** Asked for times the rules do not understand; absent = rules only. */
  readonly timeModel?: TimeModel | null;
  /** What listens to voice messages and looks at pictures; absent = nothing does. */
  readonly senses?: Senses;
  /** From `usableMiniAppUrl`; null = no buttons into the app. */
  readonly miniAppUrl: string | null;
  readonly log: Log;
  /** For tests; see handle-update.ts. */
  readonly workLimitMs?: number;
}

export interface NudgeBot {
  readonly bot: Bot<NudgeContext>;
  readonly texts: Texts;
  /** Works on one update, once, after the earlier ones of its chat. Never throws. */
  readonly handle: UpdateHandler['handle'];
  /** Does something else in the order of a chat. */
  readonly inTurn: UpdateHandler['inTurn'];
  /** Draws what was done outside of the chat. */
  readonly screen: CardScreen;
  /** Resolves when nothing is being worked on. */
  readonly idle: UpdateHandler['idle'];
}

/** Builds the bot. Opens no connection. */
export function createBot(parts: BotParts): NudgeBot {
  const texts = loadTexts();
  const bot = new Bot<NudgeContext>(parts.token, {
    client: { apiRoot: parts.apiRoot, fetch: createApiFetch(fetch) },
  });
  const people = new WeakMap<Update, UserRow>();
  const privately = bot.chatType('private');

  answerElsewhere(bot, texts, Object.keys(COMMANDS));

  privately.on('my_chat_member', (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member;
    parts.log.info({ event: 'bot.membership', telegramId: ctx.from.id, status });
  });
  privately.use(introduce(parts, texts, people));
  privately.use(createPlanWatch(parts.messages), createTeamWatch(), createEdits(parts.messages));
  const forms = createForms({ store: parts.conversations, forms: FORMS, commands: Object.keys(COMMANDS) });
  privately.use(forms.remember, forms.leaveOnCommand);
  privately.on('message', createMediaReader(parts.senses ?? { speech: null, pictures: null }));
  // A reply names the card it answers, whatever question is open.
  privately.on('message:text', async (ctx, next) => {
    if (!(await takeReply(ctx))) await next();
  });
  // A place answers the question where somebody is; any other open question still wants its text.
  privately.on('message:location', (ctx, next) =>
    ctx.form === null || ctx.form.kind === zoneForm.kind ? takePlace(ctx, ctx.message.location) : next(),
  );
  privately.use(forms.takeAnswer);
  for (const [name, answer] of Object.entries(COMMANDS)) {
    privately.command(name, (ctx) => answer(ctx, ctx.match));
  }
  privately.on('callback_query:data', (ctx) => routeTap(ctx, ctx.callbackQuery.data));
  privately.on('message:text', async (ctx, next) => {
    if (!(await takePrivacyWords(ctx)) && !(await takePauseWords(ctx))) await next();
  });
  const unknown = createUnknownAnswers();
  privately.on('message', async (ctx, next) => {
    if (!(await takeTable(ctx)) && !(await unknown.take(ctx))) await next();
  });
  privately.on('message', takeMessage);

  const { handle, inTurn, idle } = createUpdateHandler({
    bot,
    texts,
    people,
    updates: parts.updates,
    log: parts.log,
    workLimitMs: parts.workLimitMs,
  });
  const screen = createCardScreen({ ...parts, api: bot.api, texts });
  return { bot, texts, handle, inTurn, screen, idle };
}

/** Puts the person, their store, product time and their language on the context. */
function introduce(
  parts: BotParts,
  texts: Texts,
  people: WeakMap<Update, UserRow>,
): Middleware<NudgeContext> {
  const lastEdited = new LastEdited();
  return async (ctx, next) => {
    const person = people.get(ctx.update);
    if (person === undefined) return;
    const now = await parts.productNow();
    const planning = parts.planner.of(person.telegram_id);
    ctx.talk = {
      store: parts.personStore(person.telegram_id),
      jobs: parts.teamJobs(person.telegram_id),
      person,
      now,
      actionId: `u${ctx.update.update_id}`,
      words: wordsFor(texts, person.language, person.zone, now),
      texts,
      miniAppUrl: parts.miniAppUrl,
      lastEdited,
      messages: parts.messages,
      readTime: (text, mode = 'once') =>
        readTimeInWords(
          parts.timeModel ?? null,
          text,
          { now, settings: timeSettingsOf(person), language: person.language },
          mode,
        ),
      planner: parts.planner,
      planning,
      writer: parts.planner.isConfigured ? planning : null,
    };
    ctx.form = null;
    await next();
  };
}
