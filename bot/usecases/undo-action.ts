/** Takes back one action of the person, and shows what it was about as it stands now. */
import type { UndoAnswer } from '../../shared/contracts/actions.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { readReminder, type ReminderView } from './act-on-reminder.ts';
import { previewPlan, type PlanView } from './preview-plan.ts';
import type { PersonStore, Refusal } from './ports.ts';

/** What the button stood under: a reminder's card or a plan's. */
export interface UndoSubject {
  readonly kind: 'reminder' | 'plan';
  readonly id: number;
}

export type UndoOutcome =
  | { readonly kind: 'reminder'; readonly answer: UndoAnswer; readonly view: ReminderView }
  | { readonly kind: 'plan'; readonly answer: UndoAnswer; readonly view: PlanView }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Safe to call twice: the second time the answer says `already`.
 * @throws what the store throws when the database cannot be asked.
 */
export async function undoAction(
  store: PersonStore,
  input: {
    /** The action to take back. */
    readonly actionId: string;
    readonly subject: UndoSubject;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<UndoOutcome> {
  const answer = await store.undo(input.actionId);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  if (input.subject.kind === 'reminder') {
    const view = await readReminder(store, input.subject.id);
    return view.ok
      ? { kind: 'reminder', answer: answer.value, view: view.value }
      : { kind: 'refused', refusal: view.refusal };
  }
  const { person, now } = input;
  const view = await previewPlan(store, { planId: input.subject.id, person, now });
  return view.ok
    ? { kind: 'plan', answer: answer.value, view: view.value }
    : { kind: 'refused', refusal: view.refusal };
}
