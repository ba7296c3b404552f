/** Reminders that wait because their lead answered and was paused. */
import type { LeadRow } from '../schemas/lead.ts';
import type { ReminderRow } from '../schemas/reminder.ts';

/**
 * The rule of `waits_for_lead` in the migrations: what the person moved or made since the pause comes as asked.
 * @param lead the reminder's lead; null = it has none.
 */
export function waitsForLead(
  reminder: Pick<ReminderRow, 'due_reason' | 'plan_id' | 'created_at'>,
  lead: Pick<LeadRow, 'paused_at'> | null,
): boolean {
  const pausedAt = lead?.paused_at ?? null;
  if (pausedAt === null || reminder.due_reason === 'snooze') return false;
  return reminder.plan_id !== null || Date.parse(reminder.created_at) <= Date.parse(pausedAt);
}
