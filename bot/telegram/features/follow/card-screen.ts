/**
 * What was done in the mini-app is seen in the chat: the reminder's card, the proposal's card, and, after a new language,
 * commands, menu button and open cards. Lists and old answers stay as they were said.
 */
import { GrammyError, HttpError, type Api } from 'grammy';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { Log } from '../../../logging.ts';
import { readReminder, type ReminderView } from '../../../usecases/act-on-reminder.ts';
import type { CardScreen, DrawOutcome, MessageMemory, StaleCard } from '../../../usecases/chat-ports.ts';
import type { PersonStore } from '../../../usecases/ports.ts';
import type { TeamJobs } from '../../../usecases/team-ports.ts';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import { steersJobs } from '../../../usecases/view-jobs.ts';
import type { Card, Talk } from '../../context.ts';
import { loggable } from '../../loggable.ts';
import { setChatFace } from '../../setup-bot.ts';
import { languageOf, type Texts } from '../../text/texts.ts';
import { wordsFor } from '../../text/words.ts';
import { stepsCard } from '../plan/steps-card.ts';
import { closedCard, putOffCard } from '../reminder/acted-card.ts';
import { alreadySentence, cardOf } from '../reminder/reminder-handlers.ts';

/** Pause before a call that did not get through is made again. Milliseconds. */
const AGAIN_MS = 2_000;

export interface CardScreenParts {
  readonly api: Api;
  readonly texts: Texts;
  readonly miniAppUrl: string | null;
  readonly personStore: (telegramId: number) => PersonStore;
  readonly teamJobs: (telegramId: number) => TeamJobs;
  readonly messages: Pick<MessageMemory, 'forgetPlanCard'>;
  readonly productNow: () => Promise<Temporal.Instant>;
  readonly log: Log;
}

type Scene = Pick<Talk, 'store' | 'person' | 'now' | 'words' | 'miniAppUrl'>;

/** Builds the screen. Opens no connection. */
export function createCardScreen(parts: CardScreenParts): CardScreen {
  const { api, texts, miniAppUrl, log } = parts;

  async function sceneOf(telegramId: number): Promise<Scene | null> {
    const store = parts.personStore(telegramId);
    const [person, now] = await Promise.all([store.self(), parts.productNow()]);
    if (person === null) return null;
    return { store, person, now, words: wordsFor(texts, person.language, person.zone, now), miniAppUrl };
  }

  async function edit({ telegram_id: chatId }: UserRow, messageId: number, card: Card | null): Promise<void> {
    if (card === null) return;
    await api.editMessageText(chatId, messageId, card.text.text, {
      entities: [...card.text.entities],
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: card.keyboard },
    });
  }

  async function drawIn(scene: Scene, card: StaleCard, messageId: number): Promise<void> {
    const { person } = scene;
    switch (card.kind) {
      case 'reminder':
        return edit(person, messageId, await reminderNow(scene, card.subjectId));
      case 'open':
        return edit(person, messageId, await openReminder(scene, card.subjectId));
      case 'plan':
        await edit(person, messageId, await planNow(scene, card.subjectId));
        return parts.messages.forgetPlanCard(person.telegram_id, card.subjectId);
      case 'chat':
        return setChatFace(
          api,
          { texts, miniAppUrl },
          {
            chatId: person.telegram_id,
            language: languageOf(person.language),
            steersJobs: await steersJobs(parts.teamJobs(person.telegram_id)),
          },
        );
    }
  }

  return {
    async draw(card, messageId) {
      const scene = await sceneOf(card.telegramId);
      if (scene === null) return { kind: 'drawn' };
      try {
        await drawIn(scene, card, messageId);
      } catch (error) {
        return afterFailure(error, card, log);
      }
      return { kind: 'drawn' };
    },
  };
}

async function reminderNow(scene: Scene, id: number): Promise<Card | null> {
  const view = await readReminder(scene.store, id);
  return view.ok ? cardNow(view.value, scene) : null;
}

/** Null: it is over meanwhile, and its card says so in the language of then. */
async function openReminder(scene: Scene, id: number): Promise<Card | null> {
  const view = await readReminder(scene.store, id);
  return view.ok && isOpen(view.value.reminder.status) ? cardOf(view.value, scene) : null;
}

async function planNow({ store, person, now, words }: Scene, planId: number): Promise<Card | null> {
  const found = await readPlanSteps(store, { planId, person, now });
  return found.ok ? stepsCard(found.value, words) : null;
}

function cardNow(view: ReminderView, scene: Scene): Card {
  const { status } = view.reminder;
  if (!isOpen(status)) return closedCard(view, alreadySentence(scene.words.say, status), scene.words);
  return status === 'pending' ? putOffCard(view, scene.words, scene.miniAppUrl) : cardOf(view, scene);
}

/** @throws what is no answer of Telegram's. */
function afterFailure(error: unknown, { kind, subjectId, telegramId }: StaleCard, log: Log): DrawOutcome {
  if (error instanceof HttpError) return { kind: 'again', inMs: AGAIN_MS };
  if (!(error instanceof GrammyError)) throw error;
  if (error.error_code === 429) {
    const ms = (error.parameters.retry_after ?? 1) * 1000;
    return { kind: 'again', inMs: ms, blockMs: ms };
  }
  if (error.error_code >= 500) return { kind: 'again', inMs: AGAIN_MS };
  // Like that already, gone, or in a chat that is closed to us: a card is only followed where it can be seen.
  const isHarmless =
    error.error_code === 403 ||
    /not modified|not found|can't be edited|MESSAGE_ID_INVALID/i.test(error.description);
  if (!isHarmless) log.warn({ event: 'cards.failed', kind, subjectId, telegramId, err: loggable(error) });
  return { kind: 'drawn' };
}
