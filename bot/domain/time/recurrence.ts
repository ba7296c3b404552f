/**
 * Recurrences: from facts to a rule, and from a rule to RFC 5545 text over local dates. What comes of it is the matter of
 * ../recurring/slots.ts.
 */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';
import { isQuietClock } from '../../../shared/rules/calendar.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { slotsAfter, slotsFrom, type Schedule, type Slot } from '../recurring/slots.ts';
import { dayOfMonth, isDateFact, readDate, type DateReading } from './dates.ts';
import { clockText, type HourMinute } from './day-parts.ts';
import type { Fact, Repeat } from './facts.ts';
import { dateContext, hourMinute, readClock, type ReadingContext } from './moments.ts';
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

/** A rule with its next times, as it can be stored. */
export interface ReadSchedule extends Schedule {
  /** At least one, all ahead; the first is on `startsOn`. */
  readonly first: readonly Slot[];
}

/**
 * The rule from its next time on; null when it is over or never comes.
 * @param limitTo how many of its times are told.
 */
export function scheduleOf(
  rule: Rule,
  now: Temporal.Instant,
  { zone }: TimeSettings,
  limitTo: number,
): ReadSchedule | null {
  const clock = clockText(rule.clock);
  // Intervals are counted from the rule's first date, whatever its interval.
  const everyPeriod = ruleText({ ...rule, interval: 1, count: null });
  // Its count is how often it comes from now on, so what has passed does not use it up.
  const endless = ruleText({ ...rule, count: null });
  try {
    const [begins] = slotsFrom({ rule: everyPeriod, startsOn: rule.from.toString(), clock }, zone, rule.from);
    if (begins === undefined) return null;
    const startsOn = begins.on.toString();
    const count = Math.min(limitTo, rule.count ?? limitTo);
    const first = slotsAfter({ rule: endless, startsOn, clock }, zone, now, count);
    const [next] = first;
    return next === undefined ? null : { rule: ruleText(rule), startsOn: next.on.toString(), clock, first };
  } catch {
    // The library's word for 30 February.
    return null;
  }
}

/** The rule's text by RFC 5545, without DTSTART: its first occurrence is that. UNTIL is a date, inclusive. */
function ruleText(rule: Rule): string {
  const { freq, interval, weekdays, nth, monthDay, month, until, count } = rule;
  const days = weekdays.map((day) => `${nth ?? ''}${DAY_CODES[day - 1] ?? ''}`).join(',');
  const parts = [
    `FREQ=${freq}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    month === null ? '' : `BYMONTH=${month}`,
    days === '' ? '' : `BYDAY=${days}`,
    monthDay === null ? '' : monthDayText(monthDay, freq),
    count === null ? '' : `COUNT=${count}`,
    until === null ? '' : `UNTIL=${until.toString().replaceAll('-', '')}`,
  ];
  return parts.filter((part) => part !== '').join(';');
}

function monthDayText(day: number, freq: Repeat['freq']): string {
  if (day <= 28 || freq === 'YEARLY') return `BYMONTHDAY=${day}`;
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index).join(',');
  return `BYMONTHDAY=${days};BYSETPOS=-1`;
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
  const [head, ...rest] = withSharedInterval(repeats);
  if (head === undefined) return null;
  const fits = rest.every(
    ({ freq, interval, nth }) => freq === head.freq && interval === head.interval && nth === head.nth,
  );
  if (!fits || (rest.length > 0 && head.weekdays.length === 0)) return null;
  return { ...head, weekdays: sortedDays(repeats.flatMap(({ weekdays }) => weekdays)) };
}

/** "Every 2 weeks on Fridays": how often is said once, and on which days beside it. */
function withSharedInterval(
  repeats: readonly Extract<Fact, { is: 'repeat' }>[],
): readonly Extract<Fact, { is: 'repeat' }>[] {
  const bare = repeats.find(({ freq, weekdays }) => freq === 'WEEKLY' && weekdays.length === 0);
  const others = repeats.filter((repeat) => repeat !== bare);
  const isShared =
    others.length > 0 && others.every(({ freq, interval }) => freq === 'WEEKLY' && interval === 1);
  if (bare === undefined || !isShared) return repeats;
  return others.map((repeat) => ({ ...repeat, interval: bare.interval }));
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
  // 24:00 belongs to the next day, which is not the day that was said.
  if (first.hour === 24) return 'ambiguous';
  const isNight = (clock: HourMinute): boolean => isQuietClock(clockText(clock), settings);
  return second !== undefined && isNight(first) && !isNight(second) ? second : first;
}

function sortedDays(days: readonly number[]): readonly number[] {
  return [...new Set(days)].toSorted((a, b) => a - b);
}
