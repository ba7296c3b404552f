/**
 * Recurrences: from facts to a rule, from a rule to RFC 5545 text and to local dates. Dates are what recurs; each becomes
 * an instant on its own by Temporal's "compatible" rule, so a clock change never skips a day nor moves the hour.
 */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';
import { isBefore, isQuietClock } from '../../../shared/rules/calendar.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { dayOfMonth, isDateFact, nthWeekday, readDate, type DateReading } from './dates.ts';
import { clockText, type HourMinute } from './day-parts.ts';
import type { Fact, Repeat } from './facts.ts';
import { dateContext, hourMinute, instantsAt, readClock, type ReadingContext } from './moments.ts';
import { mondayOf } from './periods.ts';

export interface Rule extends Repeat {
  /** The first date it may fall on; intervals are counted from its first date on or after this one. */
  readonly from: Temporal.PlainDate;
  /** The last date it may fall on; null = for ever. */
  readonly until: Temporal.PlainDate | null;
  /** How many in all; null = for ever. */
  readonly count: number | null;
  readonly clock: HourMinute;
}

const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** A rule whose next date is further away than this many of its periods has none. */
const MOST_BARREN_PERIODS = 100;

/** The rule the facts mean. */
export function readRule(facts: readonly Fact[], context: ReadingContext): Rule | TimeRefusal {
  const sections = splitAtMarks(facts);
  const main = sections.body;
  const repeats = main.filter((fact) => fact.is === 'repeat');
  const repeat = mergeRepeats(repeats);
  if (repeat === null) return 'contradiction';
  const { today } = dateContext(context);
  const clock = clockOf(main, context.settings);
  if (typeof clock === 'string') return clock;
  const dates = main.filter((fact) => isDateFact(fact));
  const completed = complete(repeat, dates);
  if (typeof completed === 'string') return completed;
  const from = limit(sections.from, context, 'first');
  const until = limit(
    sections.until ?? sections.through,
    context,
    sections.until === null ? 'last' : 'before',
  );
  if (typeof from === 'string') return from;
  if (typeof until === 'string') return until;
  const counts = main.filter((fact) => fact.is === 'count');
  if (counts.length > 1 || (counts.length === 1 && until !== null)) return 'contradiction';
  const begins = from ?? today;
  return { ...anchored(completed, begins), from: begins, until, count: counts[0]?.times ?? null, clock };
}

/** The rule's text by RFC 5545, without DTSTART: its first occurrence is that. */
export function ruleText(rule: Rule, zone: string): string {
  const { freq, interval, weekdays, nth, monthDay, month, until, count } = rule;
  const days = weekdays.map((day) => `${nth ?? ''}${DAY_CODES[day - 1] ?? ''}`).join(',');
  const parts = [
    `FREQ=${freq}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    month === null ? '' : `BYMONTH=${month}`,
    days === '' ? '' : `BYDAY=${days}`,
    monthDay === null ? '' : monthDayText(monthDay, freq),
    count === null ? '' : `COUNT=${count}`,
    until === null ? '' : `UNTIL=${untilText(until, zone)}`,
  ];
  return parts.filter((part) => part !== '').join(';');
}

/** The first occurrences after `now`; fewer when the rule ends before, none when it is over. */
export function occurrences(
  rule: Rule,
  now: Temporal.Instant,
  settings: TimeSettings,
  limitTo: number,
): Temporal.Instant[] {
  const { zone } = settings;
  const found: Temporal.Instant[] = [];
  for (const date of datesOf(rule)) {
    if (rule.until !== null && Temporal.PlainDate.compare(date, rule.until) > 0) break;
    // A date that an island skipped at the date line does not exist, so nothing happens on it.
    if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) continue;
    const [at] = instantsAt(date, [rule.clock], settings);
    if (at === undefined || !isBefore(now, at)) continue;
    found.push(at);
    if (found.length === limitTo || found.length === rule.count) break;
  }
  return found;
}

/** Local dates of the rule in order, from its beginning, its end and count aside. */
function* datesOf(rule: Rule): Generator<Temporal.PlainDate> {
  let isStarted = false;
  let barren = 0;
  for (let period = 0; barren < MOST_BARREN_PERIODS;) {
    const inPeriod = datesInPeriod(rule, period).filter(
      (date) => Temporal.PlainDate.compare(date, rule.from) >= 0,
    );
    for (const date of inPeriod) yield date;
    isStarted ||= inPeriod.length > 0;
    barren = inPeriod.length > 0 ? 0 : barren + 1;
    // Until the first one, every period is looked at: the interval is counted from there.
    period += isStarted ? rule.interval : 1;
  }
}

/** @param period days, weeks, months or years after the one that holds the rule's beginning. */
function datesInPeriod(rule: Rule, period: number): Temporal.PlainDate[] {
  const { from, weekdays, monthDay, nth, month } = rule;
  switch (rule.freq) {
    case 'DAILY':
      return [from.add({ days: period })];
    case 'WEEKLY': {
      const monday = mondayOf(from).add({ weeks: period });
      return weekdays.map((day) => monday.add({ days: day - 1 }));
    }
    case 'MONTHLY': {
      const first = from.with({ day: 1 }).add({ months: period });
      if (nth !== null) {
        const found = weekdays.map((day) => nthWeekday(first, nth, day)).filter((date) => date !== null);
        return found.toSorted((a, b) => Temporal.PlainDate.compare(a, b));
      }
      // The 31st of a shorter month is its last day: a monthly reminder leaves no month out.
      return [first.with({ day: Math.min(monthDay === -1 ? 31 : (monthDay ?? 1), first.daysInMonth) })];
    }
    case 'YEARLY': {
      const first = from.with({ month: month ?? 1, day: 1 }).add({ years: period });
      const date = dayOfMonth(first, monthDay ?? 1);
      return date === null ? [] : [date];
    }
  }
}

function monthDayText(day: number, freq: Repeat['freq']): string {
  if (day <= 28 || freq === 'YEARLY') return `BYMONTHDAY=${day}`;
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index).join(',');
  return `BYMONTHDAY=${days};BYSETPOS=-1`;
}

/** UNTIL is in UTC wherever DTSTART has a zone: the last second of the local date. */
function untilText(until: Temporal.PlainDate, zone: string): string {
  const end = until.add({ days: 1 }).toZonedDateTime(zone).toInstant().subtract({ seconds: 1 });
  return end.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}

interface Sections {
  readonly body: readonly Fact[];
  readonly from: readonly Fact[];
  /** Up to and without a month, up to and with a day. */
  readonly until: readonly Fact[] | null;
  /** Up to and with whatever it names. */
  readonly through: readonly Fact[] | null;
}

/** "Every Monday at 9 | from May | until July": limits run to the next mark; what says how often belongs to the body. */
function splitAtMarks(facts: readonly Fact[]): Sections {
  const sections: Record<'body' | 'from' | 'until' | 'to', Fact[]> = {
    body: [],
    from: [],
    until: [],
    to: [],
  };
  let current: keyof typeof sections = 'body';
  for (const fact of facts) {
    if (fact.is === 'mark') current = fact.mark === 'and' ? current : fact.mark;
    else sections[isDateFact(fact) ? current : 'body'].push(fact);
  }
  const { body, from, until, to } = sections;
  return { body, from, until: until.length > 0 ? until : null, through: to.length > 0 ? to : null };
}

function limit(
  facts: readonly Fact[] | null,
  context: ReadingContext,
  end: 'first' | 'before' | 'last',
): Temporal.PlainDate | TimeRefusal | null {
  if (facts === null || facts.length === 0) return null;
  const reading = readDate(facts, dateContext(context));
  if (reading === null || typeof reading === 'string') return reading ?? 'partial';
  if (reading.kind === 'date') return end === 'first' ? reading.date : endOf(reading, facts);
  const { first, last } = reading.dates;
  return end === 'first' ? first : end === 'last' ? last : first.subtract({ days: 1 });
}

/** "Until the end of May" is its last day, working day or not. */
function endOf(reading: Extract<DateReading, { kind: 'date' }>, facts: readonly Fact[]): Temporal.PlainDate {
  const ofMonth = facts.some((fact) => (fact.is === 'month' || fact.is === 'period') && fact.edge === 'end');
  const unit = facts.find((fact) => fact.is === 'period')?.unit ?? 'month';
  if (!ofMonth) return reading.date;
  return unit === 'week'
    ? mondayOf(reading.date).add({ days: 6 })
    : (dayOfMonth(reading.date, -1) ?? reading.date);
}

/** Several "every …" in one text are one rule when only their weekdays differ. */
function mergeRepeats(repeats: readonly Extract<Fact, { is: 'repeat' }>[]): Repeat | null {
  const [head, ...rest] = repeats;
  if (head === undefined) return null;
  const fits = rest.every(
    ({ freq, interval, nth }) => freq === head.freq && interval === head.interval && nth === head.nth,
  );
  if (!fits || (rest.length > 0 && head.weekdays.length === 0)) return null;
  return { ...head, weekdays: sortedDays(repeats.flatMap(({ weekdays }) => weekdays)) };
}

/** Dates said beside "every …": "every month on the 15th", "каждую среду и пятницу". */
function complete(repeat: Repeat, dates: readonly Fact[]): Repeat | TimeRefusal {
  let completed = repeat;
  for (const fact of dates) {
    if (fact.is === 'weekday' && completed.freq === 'WEEKLY') {
      completed = { ...completed, weekdays: sortedDays([...completed.weekdays, fact.day]) };
    } else if (fact.is === 'month_day' && completed.freq === 'MONTHLY' && completed.monthDay === null) {
      completed = { ...completed, monthDay: fact.day };
    } else if (fact.is === 'nth_weekday' && completed.freq === 'MONTHLY' && completed.nth === null) {
      completed = { ...completed, nth: fact.nth, weekdays: [fact.day] };
    } else if (fact.is === 'date' && fact.year === null && completed.freq === 'YEARLY') {
      completed = { ...completed, month: fact.month, monthDay: fact.day };
    } else {
      return 'contradiction';
    }
  }
  const { monthDay } = completed;
  return monthDay !== null && (monthDay > 31 || monthDay === 0) ? 'no_such_time' : completed;
}

/** What is left open is taken from the day it begins: "monthly" said on the 14th comes on the 14th. */
function anchored(repeat: Repeat, begins: Temporal.PlainDate): Repeat {
  switch (repeat.freq) {
    case 'WEEKLY':
      return repeat.weekdays.length > 0 ? repeat : { ...repeat, weekdays: [begins.dayOfWeek] };
    case 'MONTHLY':
      return repeat.nth !== null || repeat.monthDay !== null ? repeat : { ...repeat, monthDay: begins.day };
    case 'YEARLY':
      return repeat.month !== null ? repeat : { ...repeat, month: begins.month, monthDay: begins.day };
    case 'DAILY':
      return repeat;
  }
}

/** The clock of every occurrence; the preferred hour when none is said. */
function clockOf(facts: readonly Fact[], settings: TimeSettings): HourMinute | TimeRefusal {
  if (facts.some((fact) => fact.is === 'midnight')) return 'ambiguous';
  const reading = readClock(facts, null, { settings });
  if (typeof reading === 'string') return reading;
  const { preferredHour, quietTo } = settings;
  if (reading === null) return hourMinute(isQuietClock(preferredHour, settings) ? quietTo : preferredHour);
  const [first, second] = reading.clocks;
  if (first === undefined) return 'contradiction';
  const isNight = (clock: HourMinute): boolean => isQuietClock(clockText(clock), settings);
  return second !== undefined && isNight(first) && !isNight(second) ? second : first;
}

function sortedDays(days: readonly number[]): readonly number[] {
  return [...new Set(days)].toSorted((a, b) => a - b);
}
