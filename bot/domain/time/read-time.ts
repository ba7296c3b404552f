/**
 * A time in somebody's own words, on their own clock. A pure function of the words, the instant and the settings.
 *
 * Everything that is typed must be understood: a text of which only a part is a time is refused, never guessed from.
 * Phrases of our own come first (English, Russian); what they lack is given to chrono (chrono.ts), whose answers pass
 * the same checks.
 */
import { TIME_TEXT_LIMIT, type TimeRefusal } from '../../../shared/contracts/times.ts';
import { isBefore, localDate } from '../../../shared/rules/calendar.ts';
import { readWithChrono } from './chrono.ts';
import { isDateFact } from './dates.ts';
import { END_OF_DAY } from './day-parts.ts';
import type { Fact } from './facts.ts';
import { hintFor } from './hints.ts';
import { everyDay, instantsAt, hourMinute, readMoment, type Moment, type ReadingContext } from './moments.ts';
import { firstWorkingDay, lastWorkingDay, type Dates } from './periods.ts';
import { readRule, scheduleOf } from './recurrence.ts';
import { normaliseWords, scan } from './scan.ts';
import { COMMON, writtenClock } from './words-common.ts';
import { ENGLISH } from './words-en.ts';
import { RUSSIAN } from './words-ru.ts';

/** What a text means as a time. */
export type TimeReading =
  | ({ readonly kind: 'instant' } & Moment)
  | {
      readonly kind: 'range';
      readonly from: Temporal.Instant;
      readonly to: Temporal.Instant;
      readonly exact: boolean;
    }
  | {
      readonly kind: 'recurrence';
      /** RFC 5545 over dates, without DTSTART, which is `startsOn`. */
      readonly rule: string;
      /** `YYYY-MM-DD` of the first occurrence. */
      readonly startsOn: string;
      /** `HH:MM` on the person's clock. A gap may show another one on a single date. */
      readonly clock: string;
      /** At least one, at most {@link SHOWN_OCCURRENCES}, all ahead. */
      readonly first: readonly Temporal.Instant[];
    }
  | {
      readonly kind: 'refused';
      readonly reason: TimeRefusal;
      /** The part that was understood, in lower case; null = none. */
      readonly understood: string | null;
      /** Words that would have worked, in the person's language. */
      readonly hint: string;
    };

/** Occurrences that are read out, so that a rule can be recognised. */
export const SHOWN_OCCURRENCES = 3;
/** A reminder further away is a slip of the keyboard. */
const MOST_YEARS_AHEAD = 5;

/** Refusals by our own phrases that stand although the rest of the text was not understood. */
const FINAL: ReadonlySet<TimeRefusal> = new Set<TimeRefusal>(['zone_named', 'past', 'vague', 'too_often']);

const RULES = [...COMMON, ...ENGLISH, ...RUSSIAN];

/** Reads a time. Never throws for what a person may type, and never answers a moment that has passed. */
export function readTime(text: string, context: ReadingContext): TimeReading {
  const refused = (reason: TimeRefusal, understood: string | null): TimeReading => ({
    kind: 'refused',
    reason,
    understood,
    hint: hintFor(reason, context.language),
  });
  const words = normaliseWords(text);
  if (words === '') return refused('empty', null);
  if (text.length > TIME_TEXT_LIMIT) return refused('too_long', null);
  const { facts, isWhole, understood } = scan(words, RULES);
  if (isWhole) {
    const reading = interpret(facts, context);
    return typeof reading === 'string' ? refused(reading, understood) : reading;
  }
  // A zone, a "yesterday": nobody else's reading makes it right.
  const stop = facts.find((fact) => fact.is === 'refusal' && FINAL.has(fact.reason));
  if (stop?.is === 'refusal') return refused(stop.reason, understood);
  const others = readWithChrono(words, context);
  const reading = others === null ? 'partial' : interpret(others, context);
  if (typeof reading !== 'string') return reading;
  if (reading !== 'partial') return refused(reading, words);
  return refused(understood === null ? 'not_understood' : 'partial', understood);
}

/** What facts mean together, checked: ahead, and not too far. */
export function interpret(
  said: readonly Fact[],
  context: ReadingContext,
): Exclude<TimeReading, { kind: 'refused' }> | TimeRefusal {
  const facts = settlePairs(said, context.language);
  if (typeof facts === 'string') return facts;
  const stop = facts.find((fact) => fact.is === 'refusal');
  if (stop !== undefined) return stop.reason;
  if (facts.some((fact) => fact.is === 'repeat')) return asRecurrence(facts, context);
  if (facts.some((fact) => fact.is === 'count')) return 'not_understood';
  const [left, right] = sidesOf(facts);
  const reading = right === null ? readMoment(left, context) : readRange(left, right, context);
  if (typeof reading === 'string') return reading;
  const answer = 'first' in reading ? withinDates(reading, context) : reading;
  if (typeof answer === 'string') return answer;
  const checked = 'at' in answer ? answer.at : answer.to;
  if (isTooFar(checked, context)) return 'too_far';
  return 'at' in answer ? { kind: 'instant', ...answer } : { kind: 'range', ...answer };
}

/**
 * "10.11" is a clock beside a date and a date beside a clock. Alone it is a date where dates are written so, and nothing
 * certain in English.
 */
function settlePairs(facts: readonly Fact[], language: string): readonly Fact[] | TimeRefusal {
  const dotted = facts.filter((fact) => fact.is === 'pair' && fact.sign === '.');
  if (dotted.length === 0) return facts;
  const others = facts.filter((fact) => !dotted.includes(fact));
  const hasDate = others.some(isDateFact) || others.some((fact) => fact.is === 'repeat');
  const hasClock = others.some((fact) => fact.is === 'clock' || fact.is === 'part');
  const isClock = ({ first, second }: { first: number; second: number }): boolean =>
    first <= 24 && second <= 59;
  const isDate = ({ first, second }: { first: number; second: number }): boolean =>
    first >= 1 && first <= 31 && second >= 1 && second <= 12;
  const settled: Fact[] = [];
  for (const fact of facts) {
    if (fact.is !== 'pair' || fact.sign !== '.') settled.push(fact);
    else if (isClock(fact) && (hasDate || !isDate(fact))) settled.push(writtenClock(fact.first, fact.second));
    else if (!hasClock && isClock(fact) && /^en\b/i.test(language)) return 'ambiguous';
    else settled.push(fact);
  }
  return settled;
}

function asRecurrence(
  facts: readonly Fact[],
  context: ReadingContext,
): Extract<TimeReading, { kind: 'recurrence' }> | TimeRefusal {
  const rule = readRule(facts, context);
  if (typeof rule === 'string') return rule;
  const schedule = scheduleOf(rule, context.now, context.settings, SHOWN_OCCURRENCES);
  if (schedule === null) return 'past';
  const [next] = schedule.first;
  if (next === undefined || isTooFar(next.at, context)) return 'too_far';
  return {
    kind: 'recurrence',
    rule: schedule.rule,
    startsOn: schedule.startsOn,
    clock: schedule.clock,
    first: schedule.first.map(({ at }) => at),
  };
}

/**
 * Both sides of a range; the right one null when it is none. "Until Friday" and "from Monday" are single moments, "2
 * hours and 15 minutes" one span.
 */
function sidesOf(facts: readonly Fact[]): readonly [readonly Fact[], readonly Fact[] | null] {
  const isBetween = facts.some((fact) => fact.is === 'mark' && fact.mark === 'from');
  const at = facts.findIndex(
    (fact, index) =>
      index > 0 &&
      fact.is === 'mark' &&
      (fact.mark === 'to' || fact.mark === 'until' || (fact.mark === 'and' && isBetween)),
  );
  const said = (side: readonly Fact[]): readonly Fact[] => side.filter((fact) => fact.is !== 'mark');
  const left = said(facts.slice(0, at === -1 ? undefined : at));
  const right = at === -1 ? [] : said(facts.slice(at + 1));
  return at === -1 || left.length === 0 ? [[...left, ...right], null] : [left, right];
}

interface Range {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly exact: boolean;
}

/** A range of clocks on one date, or of dates. What one side leaves out the other says. */
function readRange(
  leftSaid: readonly Fact[],
  rightSaid: readonly Fact[],
  context: ReadingContext,
): Range | TimeRefusal {
  if (rightSaid.length === 0) return 'partial';
  const days = datesOnly(leftSaid, rightSaid);
  if (days !== null) return readRange(days, rightSaid, context);
  const left = leftSaid.map(numberAsClock);
  const right = rightSaid.map(numberAsClock);
  const [leftDates, rightDates] = [left.filter(isDateFact), right.filter(isDateFact)];
  if (leftDates.length === 0 && rightDates.length > 0)
    return readRange([...left, ...rightDates], right, context);
  const sameDay = rightDates.length === 0 || leftDates.every((fact) => rightDates.includes(fact));
  const from = readMoment(withHalfOf(left, right), context);
  if (typeof from === 'string') return from;
  if ('first' in from) return 'vague';
  const closing = sameDay ? [...dateOf(from, context), ...right.filter((fact) => !isDateFact(fact))] : right;
  const after = sameDay ? context : { ...context, now: from.at };
  const to = readMoment(closing, after, from.at);
  if (typeof to === 'string') return to === 'past' ? 'contradiction' : to;
  if ('first' in to) return 'vague';
  const end = to.said.time ? to.at : (endOfDay(localDate(to.at, context.settings.zone), context) ?? to.at);
  return isBefore(from.at, end) ? { from: from.at, to: end, exact: from.exact } : 'contradiction';
}

/** "15-17 January": the number on the left is a day of the month on the right. */
function datesOnly(left: readonly Fact[], right: readonly Fact[]): readonly Fact[] | null {
  const [day, ...others] = left;
  const date = right.find((fact) => fact.is === 'date');
  if (date === undefined || day?.is !== 'number' || others.length > 0) return null;
  return right.length === 1 ? [{ ...date, day: day.value }] : null;
}

/** "From 2 to 4 pm": the half of the day that is said once holds for both, unless that turns them round. */
function withHalfOf(left: readonly Fact[], right: readonly Fact[]): readonly Fact[] {
  const end = right.find((fact) => fact.is === 'clock');
  const part = right.find((fact) => fact.is === 'part');
  return left.map((fact) => {
    if (fact.is !== 'clock' || !fact.bare || end === undefined) return fact;
    const isLate = !end.bare
      ? end.hour > 12 && fact.hour % 12 < end.hour - 12
      : part !== undefined && part.part !== 'morning';
    return isLate ? { ...fact, hour: (fact.hour % 12) + 12, bare: false } : fact;
  });
}

/** The date of a moment as a fact. */
function dateOf({ at }: Moment, { settings }: ReadingContext): Fact[] {
  const { year, month, day } = localDate(at, settings.zone);
  return [{ is: 'date', year, month, day }];
}

/** A week or a month as a range of working hours: from its first open hour ahead to its last. */
function withinDates({ first, last }: Dates, context: ReadingContext): Range | TimeRefusal {
  const { settings, now } = context;
  const today = localDate(now, settings.zone);
  // "This week" said in its middle: nobody knows which of its days is meant.
  if (Temporal.PlainDate.compare(first, today) <= 0) {
    return Temporal.PlainDate.compare(last, today) < 0 ? 'past' : 'vague';
  }
  const opening = firstWorkingDay(first, last, settings);
  const from = readMoment(
    [{ is: 'date', year: opening.year, month: opening.month, day: opening.day }],
    context,
  );
  if (typeof from === 'string' || 'first' in from) return 'not_understood';
  const to = endOfDay(lastWorkingDay(first, last, settings), context) ?? from.at;
  return { from: from.at, to: isBefore(from.at, to) ? to : from.at, exact: from.exact };
}

function endOfDay(date: Temporal.PlainDate, { settings }: ReadingContext): Temporal.Instant | undefined {
  return instantsAt(date, [hourMinute(END_OF_DAY)], everyDay(settings))[0];
}

function numberAsClock(fact: Fact): Fact {
  if (fact.is !== 'number') return fact;
  const bare = fact.value >= 1 && fact.value <= 12;
  return { is: 'clock', hour: fact.value, minute: 0, bare };
}

function isTooFar(at: Temporal.Instant, { now, settings }: ReadingContext): boolean {
  const limit = now.toZonedDateTimeISO(settings.zone).add({ years: MOST_YEARS_AHEAD }).toInstant();
  return isBefore(limit, at);
}
