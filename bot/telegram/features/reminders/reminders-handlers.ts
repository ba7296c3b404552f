/** The list of all open reminders, by command and by its page buttons. */
import { listReminders } from '../../../usecases/list-reminders.ts';
import type { NudgeContext, Talk } from '../../context.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { remindersCard } from './reminders-card.ts';

/** /reminders: the first page as a new message. */
export async function remindersCommand(ctx: NudgeContext): Promise<void> {
  await sendCard(ctx, await pageCard(ctx.talk, 1));
}

/** A page button: the list turns in place. */
export async function turnPage(talk: Talk, tap: Tap, page: number): Promise<void> {
  const card = await pageCard(talk, page);
  await Promise.all([tap.answer(), tap.edit(card)]);
}

async function pageCard(talk: Talk, page: number) {
  const list = await listReminders(talk.store, { now: talk.now, page });
  return remindersCard(list, talk.words, talk.miniAppUrl);
}
