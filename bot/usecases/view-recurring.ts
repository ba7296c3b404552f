/** A repeating reminder as it stands: its rule, whom it is about, and when it comes next. */
import { isBefore, later } from '../../shared/rules/calendar.ts';
import { isOpen } from '../../shared/rules/reminder-states.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { RecurringRow } from '../../shared/schemas/recurring.ts';
import type { PersonStore } from './ports.ts';

export interface RecurringView {
  readonly rule: RecurringRow;
  readonly lead: Pick<LeadRow, 'name' | 'company'> | null;
  /** The occurrence that waits for its time and can be left out; null = none does. */
  readonly waiting: { readonly id: number; readonly at: Temporal.Instant } | null;
  /** Null: it does not come again, or that is not worked out yet. */
  readonly next: Temporal.Instant | null;
}

/**
 * Null when the person has no such rule.
 * @param now product time.
 * @throws what the store throws when the database cannot be asked.
 */
export async function viewRecurring(
  store: PersonStore,
  id: number,
  now: Temporal.Instant,
): Promise<RecurringView | null> {
  const rule = await store.recurring(id);
  if (rule === null) return null;
  const [reminder, lead] = await Promise.all([
    rule.reminder_id === null ? null : store.reminder(rule.reminder_id),
    rule.lead_id === null ? null : store.lead(rule.lead_id),
  ]);
  const wanted = reminder === null ? null : Temporal.Instant.from(reminder.wanted_at);
  const isWaiting =
    rule.status === 'active' &&
    reminder !== null &&
    wanted !== null &&
    isOpen(reminder.status) &&
    isBefore(now, wanted);
  const waiting = isWaiting ? { id: reminder.id, at: wanted } : null;
  const following = rule.next_at === null ? null : later(Temporal.Instant.from(rule.next_at), now);
  return { rule, lead, waiting, next: rule.status === 'active' ? (waiting?.at ?? following) : null };
}
