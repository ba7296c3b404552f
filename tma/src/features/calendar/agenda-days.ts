/** Which days the agenda shows, and what is special about them. */
import { atClock } from '../../../../shared/rules/calendar.ts';
import { clockChangesBetween } from '../../../../shared/rules/flight-plan.ts';
import type { ClockChange } from '../../../../shared/rules/flight-plan.ts';
import type { Line } from '../reminder/line.ts';
import type { AgendaDay } from './agenda.tsx';

/** Days from the chosen one on that are looked through; those with nothing to say are left out. */
const LOOK_AHEAD_DAYS = 31;
/** Rows below the grid: more than a screen or two are another day's business. */
const MOST_ROWS = 150;

interface Special {
  readonly changes: ReadonlyMap<string, ClockChange>;
  readonly workingDays: readonly number[];
}

/** The chosen day in any case, then the days after it that hold something. */
export function agendaOf(
  selected: Temporal.PlainDate,
  days: ReadonlyMap<string, readonly Line[]>,
  { changes, workingDays }: Special,
): AgendaDay[] {
  const agenda: AgendaDay[] = [];
  let rows = 0;
  for (let ahead = 0; ahead < LOOK_AHEAD_DAYS && rows < MOST_ROWS; ahead += 1) {
    const date = selected.add({ days: ahead });
    const lines = days.get(date.toString()) ?? [];
    const clockChange = changes.get(date.toString()) ?? null;
    const isOff = workingDays.length > 0 && !workingDays.includes(date.dayOfWeek);
    if (ahead > 0 && lines.length === 0 && clockChange === null) continue;
    rows += lines.length;
    agenda.push({ date, lines, isOff, clockChange });
  }
  return agenda;
}

/** The nights of a month and the days after it in which the clocks change, by local date. */
export function changesOf(month: Temporal.PlainYearMonth, zone: string): ReadonlyMap<string, ClockChange> {
  const first = month.toPlainDate({ day: 1 });
  const from = atClock(first, '00:00', zone);
  const to = atClock(first.add({ months: 1, days: LOOK_AHEAD_DAYS }), '00:00', zone);
  const changes = clockChangesBetween(zone, from.subtract({ nanoseconds: 1 }), to);
  return new Map(changes.map((change) => [change.from.toPlainDate().toString(), change]));
}

/** The next full quarter of an hour. */
export function nextQuarter(now: Temporal.Instant): Temporal.Instant {
  const quarter = 900_000;
  return Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / quarter) + 1) * quarter);
}
