/** From rows to the three lists of Today. */
import { localDate } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { waitsForLead } from '../../../../shared/rules/waits-for-lead.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import type { Line } from '../reminder/line.ts';
import type { Words } from './read-today.ts';

export interface Today {
  readonly late: readonly Line[];
  readonly today: readonly Line[];
  readonly week: readonly Line[];
  /** Their leads answered: they come when the person says how it goes on. */
  readonly waiting: readonly Line[];
  readonly doneToday: number;
}

/** Joins rows with their words. */
export function toLines(reminders: readonly ReminderRow[], { leads, steps, repeats }: Words): Line[] {
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
      repeats: repeats[reminder.id],
    };
  });
}

/** Below this nothing is called late; as in `formatLateness`. */
const LATE_MS = 60_000;

/**
 * Late is what is at least a minute late; each list is in the order of time. Somebody with thousands of reminders has this
 * worked out at every tap, so the days are two limits in milliseconds and not a date for each line.
 */
export function arrange(
  lines: readonly Line[],
  now: Temporal.Instant,
  zone: string,
  daysAhead: number,
): Today {
  const date = localDate(now, zone);
  const midnight = (days: number): number => date.add({ days }).toZonedDateTime(zone).epochMilliseconds;
  const [dayEnd, listEnd] = [midnight(1), midnight(daysAhead + 1)];
  const nowMs = now.epochMilliseconds;
  const open = lines
    .filter((line) => isOpen(line.reminder.status))
    .toSorted((a, b) => msOf(a) - msOf(b) || a.reminder.id - b.reminder.id);
  const isLate = (line: Line): boolean => line.isWaiting !== true && nowMs - msOf(line) >= LATE_MS;
  const onTime = open.filter((line) => line.isWaiting !== true && !isLate(line));
  return {
    late: open.filter(isLate),
    today: onTime.filter((line) => msOf(line) < dayEnd),
    week: onTime.filter((line) => msOf(line) >= dayEnd && msOf(line) < listEnd),
    waiting: open.filter((line) => line.isWaiting === true && msOf(line) < listEnd),
    doneToday: lines.filter(({ reminder }) => reminder.status === 'completed').length,
  };
}

function msOf(line: Line): number {
  return line.wanted.epochMilliseconds;
}
