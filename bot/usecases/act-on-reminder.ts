/** Done, skip, cancel or snooze: one action of a person on one of their reminders. */
import type { ReminderActionAnswer } from '../../shared/contracts/actions.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { RecurringRow } from '../../shared/schemas/recurring.ts';
import type { ReminderRow } from '../../shared/schemas/reminder.ts';
import type { Answer, PersonStore, Refusal } from './ports.ts';

export type ReminderAction =
  | { readonly kind: 'done' | 'skip' | 'cancel' }
  /** `exact`: an instant the person picked, which quiet hours do not move. */
  | { readonly kind: 'snooze'; readonly until: Temporal.Instant; readonly exact: boolean };

export interface ReminderView {
  readonly reminder: ReminderRow;
  readonly lead: LeadRow | null;
  /** The rule it is an occurrence of; null = it comes once. */
  readonly recurring: RecurringRow | null;
}

export type ActOutcome =
  | { readonly kind: 'acted'; readonly answer: ReminderActionAnswer; readonly view: ReminderView }
  /** It already was so (a second tap, or done in the mini-app); nothing changed. */
  | { readonly kind: 'already'; readonly answer: ReminderActionAnswer }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Acts once per `actionId`, however often it is called.
 * @throws what the store throws when the database cannot be asked.
 */
export async function actOnReminder(
  store: PersonStore,
  input: { readonly actionId: string; readonly id: number; readonly action: ReminderAction },
): Promise<ActOutcome> {
  const answer = await act(store, input.actionId, input.id, input.action);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  if (answer.value.already) return { kind: 'already', answer: answer.value };
  const view = await readReminder(store, input.id);
  return view.ok
    ? { kind: 'acted', answer: answer.value, view: view.value }
    : { kind: 'refused', refusal: view.refusal };
}

/** One reminder of the person with its lead. Somebody else's is not found, like a missing one. */
export async function readReminder(store: PersonStore, id: number): Promise<Answer<ReminderView>> {
  const reminder = await store.reminder(id);
  if (reminder === null) {
    const message = `There is no reminder ${id} of yours.`;
    return { ok: false, refusal: { code: 'REMINDER_NOT_FOUND', message, detail: { id } } };
  }
  const [lead, recurring] = await Promise.all([
    reminder.lead_id === null ? null : store.lead(reminder.lead_id),
    reminder.plan_id === null ? store.recurringOf(id) : null,
  ]);
  return { ok: true, value: { reminder, lead, recurring } };
}

function act(
  store: PersonStore,
  actionId: string,
  id: number,
  action: ReminderAction,
): Promise<Answer<ReminderActionAnswer>> {
  switch (action.kind) {
    case 'done':
      return store.completeReminder(actionId, id);
    case 'skip':
      return store.skipReminder(actionId, id, null);
    case 'cancel':
      return store.cancelReminder(actionId, id);
    case 'snooze':
      return store.snoozeReminder(actionId, id, action.until, action.exact);
  }
}
