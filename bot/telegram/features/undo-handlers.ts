/** The Undo button, under a reminder's card or a plan's. */
import { isOpen } from '../../../shared/rules/reminder-states.ts';
import { undoAction, type UndoOutcome, type UndoSubject } from '../../usecases/undo-action.ts';
import type { Card, Talk } from '../context.ts';
import { refusalSentence } from '../error-sentences.ts';
import type { Tap } from '../send-card.ts';
import { proposalOf } from './plan/plan-handlers.ts';
import { closedCard } from './reminder/acted-card.ts';
import { cardOf } from './reminder/reminder-handlers.ts';

/** @param actionId the action to take back, as the button says; whether it is the person's own the database decides. */
export async function undo(talk: Talk, tap: Tap, actionId: string, subject: UndoSubject): Promise<void> {
  const { store, person, now, words } = talk;
  const outcome = await undoAction(store, { actionId, subject, person, now });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(words.say, outcome.refusal.code));
  const { already, next_stays_open: nextStays } = outcome.answer;
  const sentence = nextStays ? 'undo-next-stays' : already ? 'undo-already' : 'undo-done';
  const card = cardAfter(outcome, talk);
  await Promise.all([tap.answer(words.say(sentence)), card === null ? undefined : tap.edit(card)]);
}

/** The card as it was before; null when something newer happened to it meanwhile. */
function cardAfter(outcome: Exclude<UndoOutcome, { kind: 'refused' }>, talk: Talk): Card | null {
  if (outcome.kind === 'reminder') {
    // What made the reminder was taken back: nothing is left of it.
    if (outcome.answer.action === 'create_reminder') {
      return closedCard(outcome.view, talk.words.say('already-cancelled'), talk.words);
    }
    return isOpen(outcome.view.reminder.status) ? cardOf(outcome.view, talk) : null;
  }
  return outcome.view.plan.status === 'draft' ? proposalOf(outcome.view, talk) : null;
}
