/**
 * Who became an owner or admin of a team finds /jobs in the menu of their chat, who is none any more does not: looked at
 * with the first sign of a person in this process, and again when they ask for /jobs.
 */
import type { Middleware } from 'grammy';
import { steersJobs } from '../../../usecases/view-jobs.ts';
import type { NudgeContext } from '../../context.ts';
import { setChatFace } from '../../setup-bot.ts';
import { languageOf } from '../../text/texts.ts';

const REMEMBERED_PEOPLE = 1000;

export function createTeamWatch(): Middleware<NudgeContext> {
  /** Whether their menu shall have the command. */
  const known = new Map<number, boolean>();
  return async (ctx, next) => {
    await next();
    const id = ctx.talk.person.telegram_id;
    const before = known.get(id);
    const asksForJobs = ctx.message?.text?.startsWith('/jobs') === true;
    if (before !== undefined && !asksForJobs) return;
    // All of it is decoration: what matters was answered already.
    const steers = await steersJobs(ctx.talk.jobs).catch(() => before ?? false);
    if (known.size > REMEMBERED_PEOPLE) known.clear();
    known.set(id, steers);
    // Nobody has the command but those who were shown it: for the others there is nothing to ask Telegram.
    if (steers || asksForJobs) await setMenu(ctx, steers).catch(() => undefined);
  };
}

async function setMenu(ctx: NudgeContext, steers: boolean): Promise<void> {
  const { person, texts, miniAppUrl } = ctx.talk;
  const chatId = person.telegram_id;
  const shown = await ctx.api.getMyCommands({ scope: { type: 'chat', chat_id: chatId } });
  if (shown.some(({ command }) => command === 'jobs') === steers) return;
  const language = languageOf(person.language);
  await setChatFace(ctx.api, { texts, miniAppUrl }, { chatId, language, steersJobs: steers });
}
