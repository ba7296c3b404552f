/** Taps on reminder cards. */
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { ReminderStatus } from '../../../../shared/schemas/reminder.ts';
import {
  actOnReminder,
  readReminder,
  type ReminderAction,
  type ReminderView,
} from '../../../usecases/act-on-reminder.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import type { Say } from '../../text/texts.ts';
import { actedCard, closedCard, factsOf, whatHappened, type Deed } from './acted-card.ts';
import { moveCard } from './live-card.ts';
import { rebaseQuestion } from './rebase-card.ts';
import { reminderCard } from './reminder-card.ts';
import { snoozeMenu } from './snooze-menu.ts';

/** Done, Skip, Cancel or a snooze preset. */
export async function act(ctx: NudgeContext, tap: Tap, id: number, action: ReminderAction): Promise<void> {
  const { talk } = ctx;
  const { store, actionId, words } = talk;
  const question = action.kind === 'snooze' ? await rebaseQuestion(talk, id, action) : null;
  if (question !== null) {
    await Promise.all([tap.answer(), tap.edit(question)]);
    return;
  }
  const outcome = await actOnReminder(store, { actionId, id, action });
  if (outcome.kind === 'already') return showClosed(talk, tap, id);
  if (outcome.kind === 'refused') {
    const { code } = outcome.refusal;
    return code === 'REMINDER_CLOSED'
      ? showClosed(talk, tap, id)
      : tap.answer(refusalSentence(words.say, code));
  }
  const deed: Deed = action.kind;
  const { answer, view } = outcome;
  const card = actedCard({ deed, answer, view, actionId }, words, talk.miniAppUrl);
  await Promise.all([tap.answer(whatHappened(deed, answer, words)), tap.edit(card)]);
  if (tap.messageId !== null) await moveCard(ctx, { reminderId: id, messageId: tap.messageId }, card);
}

/** Shows the presets in place of the card's buttons. */
export async function showSnoozeMenu(talk: Talk, tap: Tap, id: number): Promise<void> {
  await onOpenCard(talk, tap, id, async (card) => {
    await tap.editKeyboard(snoozeMenu(id, timeSettingsOf(talk.person), talk.words), card);
  });
}

/** From the presets back to the card's own buttons. */
export async function showButtons(talk: Talk, tap: Tap, id: number): Promise<void> {
  await onOpenCard(talk, tap, id, async (card) => tap.editKeyboard(card.keyboard, card));
}

/** The reminder's card in place of whatever was asked or told there. */
export function showCard(talk: Talk, tap: Tap, id: number): Promise<void> {
  return onOpenCard(talk, tap, id, (card) => tap.edit(card));
}

/** A card of its own for a line of a list. */
export async function openCard(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  const { talk } = ctx;
  const { say } = talk.words;
  const view = await readReminder(talk.store, id);
  if (!view.ok) return tap.answer(refusalSentence(say, view.refusal.code));
  const { status } = view.value.reminder;
  // The button stands under a list, which stays as it is.
  if (!isOpen(status)) return tap.answer(alreadySentence(say, status));
  await Promise.all([tap.answer(), sendReminder(ctx, view.value)]);
}

/** Shows an open reminder in a message of its own; the card it had so far loses its buttons. */
export async function sendReminder(ctx: NudgeContext, view: ReminderView): Promise<void> {
  const messageId = await sendCard(ctx, cardOf(view, ctx.talk));
  await moveCard(ctx, { reminderId: view.reminder.id, messageId }, null);
}

/** The card of a reminder as it stands, with its buttons. */
export function cardOf(view: ReminderView, talk: Pick<Talk, 'now' | 'words' | 'miniAppUrl'>): Card {
  return reminderCard(factsOf(view, talk.now), talk.words, talk.miniAppUrl);
}

function onOpenCard(talk: Talk, tap: Tap, id: number, show: (card: Card) => Promise<void>): Promise<void> {
  return onOpenReminder(talk, tap, id, async (view) => {
    await Promise.all([tap.answer(), show(cardOf(view, talk))]);
  });
}

/** Goes on with a reminder that still waits for something; any other is told as it is. */
export async function onOpenReminder(
  talk: Talk,
  tap: Tap,
  id: number,
  work: (view: ReminderView) => Promise<void>,
): Promise<void> {
  const view = await readReminder(talk.store, id);
  if (!view.ok) return tap.answer(refusalSentence(talk.words.say, view.refusal.code));
  if (!isOpen(view.value.reminder.status)) return tidyUp(talk, tap, view.value);
  await work(view.value);
}

async function showClosed(talk: Talk, tap: Tap, id: number): Promise<void> {
  const view = await readReminder(talk.store, id);
  if (!view.ok) return tap.answer(refusalSentence(talk.words.say, view.refusal.code));
  await tidyUp(talk, tap, view.value);
}

/** Says that there is nothing left to do. A card that missed it (it was done in the app) is brought up to date. */
async function tidyUp(talk: Talk, tap: Tap, view: ReminderView): Promise<void> {
  const sentence = alreadySentence(talk.words.say, view.reminder.status);
  const isStale = !isOpen(view.reminder.status) && !tap.isOnLastEdited;
  const editing = isStale ? tap.edit(closedCard(view, sentence, talk.words)) : null;
  await Promise.all([tap.answer(sentence), editing]);
}

export function alreadySentence(say: Say, status: ReminderStatus): string {
  switch (status) {
    case 'completed':
    case 'skipped':
    case 'cancelled':
      return say(`already-${status}`);
    case 'pending':
    case 'sent':
    case 'failed':
      return say('already-other');
  }
}
