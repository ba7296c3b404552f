/** From rows to the three lists of Today. */
import { isBefore, localDate } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { formatLateness } from '../../../../shared/rules/words.ts';
import { waitsForLead } from '../../../../shared/rules/waits-for-lead.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import type { LeadWords, Line } from '../reminder/line.ts';
import type { StepWords } from './read-today.ts';

export interface Today {
  readonly late: readonly Line[];
  readonly today: readonly Line[];
  readonly week: readonly Line[];
  /** Their leads answered: they come when the person says how it goes on. */
  readonly waiting: readonly Line[];
  readonly doneToday: number;
}

/** Joins rows with their words. */
export function toLines(
  reminders: readonly ReminderRow[],
  leads: readonly LeadWords[],
  steps: readonly StepWords[],
): Line[] {
  const leadById = new Map(leads.map((lead) => [lead.id, lead]));
  const stepKey = (planId: number | null, stepId: number | null): string => `${planId ?? ''}/${stepId ?? ''}`;
  const typeByStep = new Map(steps.map((step) => [stepKey(step.plan_id, step.step_id), step.action_type]));
  return reminders.map((reminder) => {
    const lead = reminder.lead_id === null ? null : (leadById.get(reminder.lead_id) ?? null);
    return {
      reminder,
      lead,
      actionType: typeByStep.get(stepKey(reminder.plan_id, reminder.step_id)) ?? 'other',
      wanted: Temporal.Instant.from(reminder.wanted_at),
      isWaiting: isOpen(reminder.status) && waitsForLead(reminder, lead),
    };
  });
}

/** Late is what is at least a minute late; each list is in the order of time. */
export function arrange(
  lines: readonly Line[],
  now: Temporal.Instant,
  zone: string,
  daysAhead: number,
): Today {
  const date = localDate(now, zone);
  const last = date.add({ days: daysAhead });
  const open = lines
    .filter((line) => isOpen(line.reminder.status))
    .toSorted((a, b) => Temporal.Instant.compare(a.wanted, b.wanted) || a.reminder.id - b.reminder.id);
  const isLate = (line: Line): boolean =>
    line.isWaiting !== true &&
    isBefore(line.wanted, now) &&
    formatLateness(line.wanted, now, zone, 'en') !== null;
  const daysOff = (line: Line): number => Temporal.PlainDate.compare(localDate(line.wanted, zone), date);
  const onTime = open.filter((line) => line.isWaiting !== true && !isLate(line));
  const isListed = (line: Line): boolean =>
    Temporal.PlainDate.compare(localDate(line.wanted, zone), last) <= 0;
  return {
    late: open.filter(isLate),
    today: onTime.filter((line) => daysOff(line) <= 0),
    week: onTime.filter((line) => daysOff(line) > 0 && isListed(line)),
    waiting: open.filter((line) => line.isWaiting === true && isListed(line)),
    doneToday: lines.filter(({ reminder }) => reminder.status === 'completed').length,
  };
}
