/**
 * A reminder that was done, skipped, cancelled or moved in the mini-app changes its card in the chat too. The database
 * tells nobody when the app acts, and asking it all the time for every chat would cost more than it gives: it is looked
 * at whenever something happens in this chat, right after the answer. Until then a tap on the old card does nothing
 * wrong: every button asks the database first, and brings its own card up to date.
 */
import type { Middleware } from 'grammy';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { readReminder, type ReminderView } from '../../../usecases/act-on-reminder.ts';
import type { MessageMemory, ShownCard } from '../../../usecases/chat-ports.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { closedCard, putOffCard } from './acted-card.ts';
import { alreadySentence, cardOf } from './reminder-handlers.ts';

/** Cards further up than that nobody sees any more. */
const CARDS = 10;
const REMEMBERED_PEOPLE = 1000;

/** Edits the cards of what was changed outside of the chat since the last update of this person. */
export function createCardWatch(memory: MessageMemory): Middleware<NudgeContext> {
  /** The newest event each person's cards show. */
  const seen = new Map<number, number>();
  return async (ctx, next) => {
    const personId = ctx.talk.person.telegram_id;
    const known = seen.get(personId) ?? 0;
    // Asked before the work: a card that is sent by it is right already.
    const changes = await memory.changedElsewhere(personId, known).catch(() => null);
    await next();
    // The answer is given; what was not seen now is seen at the next update, and at a tap in any case.
    if (changes === null) return;
    if (seen.size > REMEMBERED_PEOPLE) seen.clear();
    seen.set(personId, changes.last);
    // The card under a tap is its own handler's.
    const tapped = ctx.callbackQuery?.message?.message_id;
    const stale = changes.cards.filter(({ messageId }) => messageId !== tapped);
    for (const card of stale.slice(0, CARDS)) await redraw(ctx, card, known === 0).catch(() => undefined);
  };
}

/** @param isFirstLook after a start nobody knows what an open card shows just now; what is over is over in any case. */
async function redraw(
  { api, talk }: NudgeContext,
  { reminderId, messageId }: ShownCard,
  isFirstLook: boolean,
): Promise<void> {
  const view = await readReminder(talk.store, reminderId);
  if (!view.ok || (isFirstLook && isOpen(view.value.reminder.status))) return;
  const { text, keyboard } = cardNow(view.value, talk);
  await api.editMessageText(talk.person.telegram_id, messageId, text.text, {
    entities: [...text.entities],
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: keyboard },
  });
}

function cardNow(view: ReminderView, talk: Talk): Card {
  const { status } = view.reminder;
  if (!isOpen(status)) return closedCard(view, alreadySentence(talk.words.say, status), talk.words);
  return status === 'pending' ? putOffCard(view, talk.words, talk.miniAppUrl) : cardOf(view, talk);
}
