/**
 * From facts to a local date. What is relative is counted on the person's calendar in whole dates, never in hours: a day
 * with a clock change is a day like any other.
 */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { END_OF_DAY } from './day-parts.ts';
import { totalSpan, type Fact } from './facts.ts';
import { edgeDate, mondayOf, monthOf, periodDates, workingDaysAfter, type Dates } from './periods.ts';

/** What the words say about the date. */
export type DateReading =
  | {
      readonly kind: 'date';
      readonly date: Temporal.PlainDate;
      /** Counted rather than named ("in 3 days"): a day off gives way to the next working day. */
      readonly movable: boolean;
      /** Where no clock is said; null = the preferred hour. */
      readonly clock: string | null;
    }
  /** Anywhere in these dates. */
  | { readonly kind: 'dates'; readonly dates: Dates };

export interface DateContext {
  readonly today: Temporal.PlainDate;
  readonly settings: TimeSettings;
  /** BCP 47. */
  readonly language: string;
}

type Kind<K extends Fact['is']> = Extract<Fact, { is: K }>;

const DATE_KINDS: ReadonlySet<Fact['is']> = new Set([
  ...([
    'day',
    'weekday',
    'date',
    'month_day',
    'nth_weekday',
    'period',
    'month',
    'year',
    'weekend',
    'pair',
  ] as const),
  'shift',
]);

/** Whether a fact is about the date. */
export function isDateFact(fact: Fact): boolean {
  return DATE_KINDS.has(fact.is) || (fact.is === 'span' && !isTimeSpan(fact));
}

/** A span with a time of day in it moves the clock, one of whole days the calendar. */
export function isTimeSpan(span: { readonly minutes: number }): boolean {
  return span.minutes !== 0;
}

/** The date the facts agree on; null when none is about a date; a refusal when they cannot all hold. */
export function readDate(facts: readonly Fact[], context: DateContext): DateReading | TimeRefusal | null {
  const said = facts.filter(isDateFact);
  const shift = said.find((fact): fact is Kind<'shift'> => fact.is === 'shift');
  if (shift !== undefined) return shifted(shift, said, context);
  const bag = new Map(said.map((fact) => [fact.is, fact]));
  const isRepeated = said.some((fact) => fact.is !== 'span' && bag.get(fact.is) !== fact);
  if (isRepeated) return 'contradiction';
  const weekday = take<'weekday'>(bag, 'weekday');
  if (bag.size === 0) return weekday === null ? null : named(onWeekday(weekday, context.today));
  const reading = readWithoutWeekday(bag, said, context, weekday);
  if (typeof reading === 'string' || weekday === null) return reading;
  if (reading.kind === 'dates' || reading.date.dayOfWeek !== weekday.day) return 'contradiction';
  return { ...reading, movable: false };
}

function readWithoutWeekday(
  bag: Map<Fact['is'], Fact>,
  said: readonly Fact[],
  context: DateContext,
  weekday: Kind<'weekday'> | null,
): DateReading | TimeRefusal {
  const { today } = context;
  const [day, date, monthDay, nth] = [
    take<'day'>(bag, 'day'),
    take<'date'>(bag, 'date'),
    take<'month_day'>(bag, 'month_day'),
    take<'nth_weekday'>(bag, 'nth_weekday'),
  ];
  const [period, month, year, weekend, pair] = [
    take<'period'>(bag, 'period'),
    take<'month'>(bag, 'month'),
    take<'year'>(bag, 'year'),
    take<'weekend'>(bag, 'weekend'),
    take<'pair'>(bag, 'pair'),
  ];
  const span = totalSpan(said);
  const heads = [day, date, monthDay ?? nth ?? period ?? month, weekend, pair, span];
  if (heads.filter((head) => head !== null).length !== 1 || (monthDay !== null && nth !== null)) {
    return 'contradiction';
  }
  if (year !== null && month === null && pair === null) return 'contradiction';
  if (day !== null) return named(today.add({ days: day.ahead }));
  if (date !== null) return named(calendarDate(date.year, date.month, date.day, today));
  if (pair !== null) return named(pairDate(pair, year?.year ?? null, context));
  if (weekend !== null) return named(mondayOf(today).add({ days: 5 + 7 * weekendsAhead(weekend, today) }));
  if (span !== null) return spanned(span, context, weekday);
  const inMonth = period?.unit === 'month' || month !== null;
  if (monthDay !== null || nth !== null) {
    if ((period !== null || month !== null) && !inMonth) return 'contradiction';
    if ((period?.edge ?? month?.edge ?? null) !== null) return 'contradiction';
    return named(dayOfSomeMonth(monthDay ?? nth, chosenMonth(period, month, year, today), today));
  }
  const dates =
    month === null ? periodDates(period, today) : monthOf(chosenMonth(null, month, year, today) ?? today);
  if (weekday !== null) {
    if (period?.unit !== 'week' || period.edge !== null) return 'contradiction';
    return named(dates.first.add({ days: weekday.day - 1 }));
  }
  const edge = period?.edge ?? month?.edge ?? null;
  if (edge === null) return { kind: 'dates', dates };
  const isOver = Temporal.PlainDate.compare(edgeDate(dates, edge, context.settings), today) < 0;
  const current =
    isOver && period !== null ? periodDates({ ...period, ahead: period.ahead + 1 }, today) : dates;
  const clock = edge === 'end' ? END_OF_DAY : null;
  return { kind: 'date', date: edgeDate(current, edge, context.settings), movable: false, clock };
}

function shifted(
  shift: Kind<'shift'>,
  said: readonly Fact[],
  context: DateContext,
): DateReading | TimeRefusal {
  const base = readDate(
    said.filter((fact) => fact !== shift),
    context,
  );
  // "A week from" alone leaves out from when.
  if (base === null) return 'partial';
  if (typeof base === 'string') return base;
  return base.kind === 'date' ? { ...base, date: base.date.add({ days: shift.days }) } : 'vague';
}

function spanned(
  span: {
    readonly days: number;
    readonly workingDays: number;
    readonly weeks: number;
    readonly months: number;
  },
  { today, settings }: DateContext,
  weekday: Kind<'weekday'> | null,
): DateReading | TimeRefusal {
  const { days, weeks, months, workingDays } = span;
  // "In a week on Friday" is the Friday of that week.
  if (weekday !== null && weeks > 0 && days + months + workingDays === 0) {
    return named(mondayOf(today.add({ weeks })).add({ days: weekday.day - 1 }));
  }
  const date = workingDaysAfter(today.add({ days, weeks, months }), workingDays, settings);
  return { kind: 'date', date, movable: workingDays === 0, clock: null };
}

/** The month a day of the month is in; null = whichever comes next. */
function chosenMonth(
  period: Kind<'period'> | null,
  month: Kind<'month'> | null,
  year: Kind<'year'> | null,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (period !== null)
    return period.ahead === 0 ? null : today.with({ day: 1 }).add({ months: period.ahead });
  if (month === null) return null;
  const first = today.with({ month: month.month, day: 1, ...(year === null ? {} : { year: year.year }) });
  const isOver = year === null && Temporal.PlainDate.compare(monthOf(first).last, today) < 0;
  return isOver ? first.add({ years: 1 }) : first;
}

function dayOfSomeMonth(
  fact: Kind<'month_day'> | Kind<'nth_weekday'> | null,
  month: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (fact === null) return null;
  const dayIn = (first: Temporal.PlainDate): Temporal.PlainDate | null =>
    fact.is === 'month_day' ? dayOfMonth(first, fact.day) : nthWeekday(first, fact.nth, fact.day);
  if (month !== null) return dayIn(month.with({ day: 1 }));
  // Two years hold every day a month can have.
  for (let ahead = 0; ahead < 24; ahead += 1) {
    const date = dayIn(today.with({ day: 1 }).add({ months: ahead }));
    if (date !== null && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}

/** @param day -1 = the last; null when the month has no such day. */
export function dayOfMonth(month: Temporal.PlainDate, day: number): Temporal.PlainDate | null {
  if (day === -1) return month.with({ day: month.daysInMonth });
  return day >= 1 && day <= month.daysInMonth ? month.with({ day }) : null;
}

/** The n-th weekday of a month; -1 = the last, null when there is none. */
export function nthWeekday(
  month: Temporal.PlainDate,
  nth: number,
  weekday: number,
): Temporal.PlainDate | null {
  if (nth === -1) {
    const last = month.with({ day: month.daysInMonth });
    return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
  }
  const first = month.with({ day: 1 });
  const day = 1 + ((weekday - first.dayOfWeek + 7) % 7) + 7 * (nth - 1);
  return dayOfMonth(month, day);
}

/** @param year null = the next time the calendar shows this day; null is answered when it never does. */
function calendarDate(
  year: number | null,
  month: number,
  day: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const inYear = (candidate: number): Temporal.PlainDate | null =>
    dayOfMonth(Temporal.PlainDate.from({ year: candidate, month, day: 1 }), day);
  if (year !== null) return inYear(year);
  // 29 February comes at most 8 years later.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = inYear(today.year + ahead);
    if (date !== null && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}

/** "10.11" is day and month; "3/4" as the locale writes it, refused where locales of the language differ. */
function pairDate(
  { first, second, sign }: Kind<'pair'>,
  year: number | null,
  { today, language }: DateContext,
): Temporal.PlainDate | TimeRefusal | null {
  const dayFirst = calendarDate(year, second, first, today);
  const monthFirst = calendarDate(year, first, second, today);
  if (sign === '.') return dayFirst;
  if (dayFirst === null || monthFirst === null || first === second) return dayFirst ?? monthFirst;
  if (/^en-us$/i.test(language)) return monthFirst;
  return /^en(?:-|$)/i.test(language) && !/^en-(?:gb|ie|au|nz|in|za)$/i.test(language)
    ? 'ambiguous'
    : dayFirst;
}

function onWeekday({ day, week }: Kind<'weekday'>, today: Temporal.PlainDate): Temporal.PlainDate {
  const monday = mondayOf(today);
  switch (week) {
    case 'coming':
      return today.add({ days: ((day - today.dayOfWeek + 6) % 7) + 1 });
    case 'this':
      return monday.add({ days: day - 1 });
    case 'next':
      return monday.add({ days: 7 + day - 1 });
    case 'after_next':
      return monday.add({ days: 14 + day - 1 });
  }
}

/** On Saturday and Sunday the weekend that people still speak of is the next one. */
function weekendsAhead({ ahead }: Kind<'weekend'>, today: Temporal.PlainDate): number {
  return today.dayOfWeek >= 6 ? Math.max(1, ahead) : ahead;
}

function named(date: Temporal.PlainDate | TimeRefusal | null): DateReading | TimeRefusal {
  if (date === null) return 'no_such_time';
  return typeof date === 'string' ? date : { kind: 'date', date, movable: false, clock: null };
}

/** Takes a fact out of the bag. */
function take<K extends Fact['is']>(bag: Map<Fact['is'], Fact>, kind: K): Kind<K> | null {
  const fact = bag.get(kind) ?? null;
  bag.delete(kind);
  return fact as Kind<K> | null;
}
