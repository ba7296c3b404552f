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
import type { Answer } from '../../../usecases/ports.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import type { Say } from '../../text/texts.ts';
import { actedCard, factsOf, whatHappened, type Deed } from './acted-card.ts';
import { reminderCard } from './reminder-card.ts';
import { snoozeMenu } from './snooze-menu.ts';

/** Done, Skip, Cancel or a snooze preset. */
export async function act(talk: Talk, tap: Tap, id: number, action: ReminderAction): Promise<void> {
  const { store, actionId, words } = talk;
  const outcome = await actOnReminder(store, { actionId, id, action });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(words.say, outcome.refusal.code));
  // The card already says what happened, with the Undo of the action that did it: it stays as it is.
  if (outcome.kind === 'already')
    return tap.answer(alreadySentence(words.say, outcome.answer.reminder.status));
  const deed: Deed = action.kind;
  const { answer, view } = outcome;
  const card = actedCard({ deed, answer, view, actionId }, words, talk.miniAppUrl);
  await Promise.all([tap.answer(whatHappened(deed, answer, words)), tap.edit(card)]);
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

/** A card of its own for a line of a list. */
export async function openCard(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  await onOpenCard(ctx.talk, tap, id, async (card) => sendCard(ctx, card));
}

/** The card of a reminder as it stands, with its buttons. */
export function cardOf(view: ReminderView, talk: Talk): Card {
  return reminderCard(factsOf(view, talk.now), talk.words, talk.miniAppUrl);
}

async function onOpenCard(
  talk: Talk,
  tap: Tap,
  id: number,
  show: (card: Card) => Promise<void>,
): Promise<void> {
  const { say } = talk.words;
  const view: Answer<ReminderView> = await readReminder(talk.store, id);
  if (!view.ok) return tap.answer(refusalSentence(say, view.refusal.code));
  const { status } = view.value.reminder;
  if (!isOpen(status)) return tap.answer(alreadySentence(say, status));
  await Promise.all([tap.answer(), show(cardOf(view.value, talk))]);
}

function alreadySentence(say: Say, status: ReminderStatus): string {
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
