/** From facts to one moment: the date, the clock, and the first reading of both that lies ahead. */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';
import { atClock, isAwake, isBefore, localDate, workingMorning } from '../../../shared/rules/calendar.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { isTimeSpan, readDate, type DateContext, type DateReading } from './dates.ts';
import { clockText, partClock, readingsOf, type HourMinute } from './day-parts.ts';
import { totalSpan, type DayPart, type Fact } from './facts.ts';
import type { Dates } from './periods.ts';

export interface ReadingContext {
  /** Product time. */
  readonly now: Temporal.Instant;
  readonly settings: TimeSettings;
  /** BCP 47, of the person. */
  readonly language: string;
}

export interface Moment {
  readonly at: Temporal.Instant;
  /**
   * Nothing may move it. True for a clock that was said, and for a day named by the person on which nothing would
   * reach them otherwise; so whatever is not exact is awake.
   */
  readonly exact: boolean;
  readonly said: { readonly date: boolean; readonly time: boolean };
}

/** Clock times the words allow, best first. */
interface ClockReading {
  readonly clocks: readonly HourMinute[];
  readonly bare: boolean;
}

/**
 * The moment the facts mean, at or after `earliest`.
 * @returns dates when only a week, month or the like is named.
 */
export function readMoment(
  facts: readonly Fact[],
  context: ReadingContext,
  earliest = context.now,
): Moment | Dates | TimeRefusal {
  const span = totalSpan(facts);
  if (span !== null && isTimeSpan(span)) return inSpan(facts, context);
  // A number alone counts something, but nobody knows what.
  const said = facts.filter((fact) => fact.is !== 'mark');
  if (said.length === 0) return 'not_understood';
  if (said.every((fact) => fact.is === 'number')) return 'ambiguous';
  const { settings } = context;
  const date = readDate(facts, dateContext(context));
  if (typeof date === 'string') return date;
  const clock = readClock(facts, date, context);
  if (typeof clock === 'string') return clock;
  if (date?.kind === 'dates') return clock === null ? date.dates : 'vague';
  if (date === null && clock === null) return 'not_understood';
  const stated = { date: date !== null, time: clock !== null };
  if (date !== null && clock === null) return onDate(date, stated, context, earliest);
  const readings =
    date === null
      ? nextReadings(clock?.clocks ?? [], earliest, settings)
      : instantsAt(date.date, clock?.clocks ?? [], settings);
  const ahead = readings.filter((at) => isBefore(earliest, at));
  // Of two readings of a bare hour the one that wakes nobody.
  const at =
    clock?.bare === true ? (ahead.find((one) => isAwake(one, everyDay(settings))) ?? ahead[0]) : ahead[0];
  return at === undefined
    ? 'past'
    : { at, exact: isClockSaid(facts) || !isAwake(at, settings), said: stated };
}

/** Clocks of the text as readings; null when none is said. */
export function readClock(
  facts: readonly Fact[],
  date: DateReading | null,
  { settings }: Pick<ReadingContext, 'settings'>,
): ClockReading | TimeRefusal | null {
  const parts = facts.filter((fact) => fact.is === 'part').map((fact) => fact.part);
  const clocks = facts.filter(
    (fact) => fact.is === 'clock' || fact.is === 'number' || fact.is === 'midnight',
  );
  if (clocks.length > 1 || new Set(parts).size > 1) return 'contradiction';
  const [clock] = clocks;
  const part: DayPart | null = parts[0] ?? null;
  if (clock === undefined) {
    if (part === null) return null;
    const meant = partClock(part, settings);
    return meant === null ? 'vague' : { clocks: [hourMinute(meant)], bare: false };
  }
  if (clock.is === 'midnight') return midnight(facts, date);
  const { hour, minute, bare } =
    clock.is === 'clock'
      ? clock
      : { hour: clock.value, minute: 0, bare: clock.value >= 1 && clock.value <= 12 };
  if (hour > 24) return 'no_such_time';
  // "12 ночи" is a midnight like any other.
  if (part === 'night' && hour === 12) return midnight(facts, date);
  const readings = readingsOf({ hour, minute }, bare, part);
  return readings.length === 0 ? 'contradiction' : { clocks: readings, bare: bare && readings.length > 1 };
}

/** Local clocks on a date as instants, in the order given. Hour 24 is the next day's first moment. */
export function instantsAt(
  date: Temporal.PlainDate,
  clocks: readonly HourMinute[],
  { zone }: TimeSettings,
): Temporal.Instant[] {
  return clocks.map(({ hour, minute }) =>
    hour === 24
      ? atClock(date.add({ days: 1 }), '00:00', zone)
      : atClock(date, clockText({ hour, minute }), zone),
  );
}

export function dateContext({ now, settings, language }: ReadingContext): DateContext {
  return { today: localDate(now, settings.zone), settings, language };
}

export function hourMinute(clock: string): HourMinute {
  const { hour, minute } = Temporal.PlainTime.from(clock);
  return { hour, minute };
}

/** The same hours on every day of the week: for what the person said themselves. */
export function everyDay(settings: TimeSettings): TimeSettings {
  return { ...settings, workingDays: [] };
}

/** The midnight that ends today is clear, and so is the next one; "tomorrow midnight" could be either end of it. */
function midnight(facts: readonly Fact[], date: DateReading | null): ClockReading | TimeRefusal {
  const isToday = facts.some((fact) => fact.is === 'day' && fact.ahead === 0);
  return date === null || isToday ? { clocks: [{ hour: 24, minute: 0 }], bare: false } : 'ambiguous';
}

/** "In an hour and a half": nothing else may be said about the date or the clock. */
function inSpan(facts: readonly Fact[], { now, settings }: ReadingContext): Moment | TimeRefusal {
  const span = totalSpan(facts);
  if (span === null || facts.some((fact) => fact.is !== 'span' && fact.is !== 'mark')) return 'contradiction';
  const { days, weeks, months, minutes, workingDays } = span;
  if (workingDays > 0) return 'contradiction';
  const at = now.toZonedDateTimeISO(settings.zone).add({ days, weeks, months }).add({ minutes });
  // Never earlier than asked, and whole minutes are what is shown and stored.
  const whole = at.round({ smallestUnit: 'minute', roundingMode: 'ceil' }).toInstant();
  return { at: whole, exact: true, said: { date: false, time: true } };
}

/** A clock without a date: whenever it shows this, from today on, in the order of time. */
function nextReadings(
  clocks: readonly HourMinute[],
  earliest: Temporal.Instant,
  settings: TimeSettings,
): Temporal.Instant[] {
  const today = localDate(earliest, settings.zone);
  return [0, 1, 2]
    .flatMap((days) => instantsAt(today.add({ days }), clocks, settings))
    .toSorted((a, b) => Temporal.Instant.compare(a, b));
}

/** A date without a clock: the preferred hour, or the hour that belongs to the words ("end of the week"). */
function onDate(
  reading: Extract<DateReading, { kind: 'date' }>,
  said: Moment['said'],
  { settings }: ReadingContext,
  earliest: Temporal.Instant,
): Moment | TimeRefusal {
  const { date, movable, clock } = reading;
  const at =
    clock === null
      ? workingMorning(date, movable ? settings : everyDay(settings))
      : atClock(date, clock, settings.zone);
  if (isBefore(earliest, at)) return { at, exact: !isAwake(at, settings), said };
  // "Today", with the preferred hour behind us: nobody said when.
  return Temporal.PlainDate.compare(date, localDate(earliest, settings.zone)) === 0 ? 'vague' : 'past';
}

function isClockSaid(facts: readonly Fact[]): boolean {
  return facts.some((fact) => fact.is === 'clock' || fact.is === 'number' || fact.is === 'midnight');
}
