/**
 * What single words say about a time, before anybody asks what they mean together. A text is read as a row of facts;
 * their order hardly matters ("9 tomorrow" is "tomorrow 9"), so phrases need no grammar of whole sentences.
 */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';

/** Parts of a day that people name instead of a clock time; day-parts.ts says which hour each means. */
export type DayPart =
  | 'morning'
  | 'before_lunch'
  | 'lunch'
  | 'after_lunch'
  | 'afternoon'
  | 'end_of_day'
  | 'evening'
  | 'tonight'
  /** No hour of its own: only says which half a clock time belongs to. */
  | 'night';

export type PeriodUnit = 'week' | 'month' | 'quarter' | 'year';

/** Which of the coming weekdays of a name is meant. */
export type WhichWeek = 'coming' | 'this' | 'next' | 'after_next';

/** How often. `weekdays` and `nth` as in RFC 5545's BYDAY; `monthDay` as in BYMONTHDAY. */
export interface Repeat {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** ISO weekdays, 1 = Monday. */
  readonly weekdays: readonly number[];
  /** 1 to 4, or -1 for the last of the month; null = every one. */
  readonly nth: number | null;
  /** 1 to 31, or -1 for the month's last day; null = not said. */
  readonly monthDay: number | null;
  /** 1 to 12; null = not said. */
  readonly month: number | null;
}

/** A length of time from now. Several in a row add up ("1 hour 30 minutes"). */
export interface Span {
  readonly minutes: number;
  readonly days: number;
  readonly workingDays: number;
  readonly weeks: number;
  readonly months: number;
}

export type Fact =
  /** Today, tomorrow, the day after. */
  | { readonly is: 'day'; readonly ahead: number }
  | { readonly is: 'weekday'; readonly day: number; readonly week: WhichWeek }
  | { readonly is: 'date'; readonly year: number | null; readonly month: number; readonly day: number }
  /** "The 15th". */
  | { readonly is: 'month_day'; readonly day: number }
  /** "The last Friday of the month". */
  | { readonly is: 'nth_weekday'; readonly nth: number; readonly day: number }
  | {
      readonly is: 'period';
      readonly unit: PeriodUnit;
      /** 0 = this one, 1 = the next. */
      readonly ahead: number;
      readonly edge: 'start' | 'middle' | 'end' | null;
    }
  /** A month by its name. */
  | { readonly is: 'month'; readonly month: number; readonly edge: 'start' | 'middle' | 'end' | null }
  | { readonly is: 'year'; readonly year: number }
  | { readonly is: 'weekend'; readonly ahead: number }
  /** Digits that are a date or a clock time: "10.11"; and a slashed date: "3/4". */
  | { readonly is: 'pair'; readonly first: number; readonly second: number; readonly sign: '.' | '/' }
  /** `bare`: a hour of 1 to 12 that could be either half of the day. */
  | { readonly is: 'clock'; readonly hour: number; readonly minute: number; readonly bare: boolean }
  /** A number with nothing to say what it counts. */
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'part'; readonly part: DayPart }
  | { readonly is: 'midnight' }
  | ({ readonly is: 'span' } & Span)
  /** "A week from …": shifts the date that follows. */
  | { readonly is: 'shift'; readonly days: number }
  | ({ readonly is: 'repeat' } & Repeat)
  /** "… times". */
  | { readonly is: 'count'; readonly times: number }
  | { readonly is: 'mark'; readonly mark: 'from' | 'to' | 'until' | 'and' }
  /** Understood, and a reason to refuse: "yesterday", "in a few days". */
  | { readonly is: 'refusal'; readonly reason: TimeRefusal };

const NO_REPEAT = { interval: 1, weekdays: [], nth: null, monthDay: null, month: null } as const;

/** A repeat fact with only the interesting fields said. */
export function repeat(freq: Repeat['freq'], rest: Partial<Repeat> = {}): Fact {
  return { is: 'repeat', freq, ...NO_REPEAT, ...rest };
}

const NO_SPAN: Span = { minutes: 0, days: 0, workingDays: 0, weeks: 0, months: 0 };

/** A span fact with only the interesting fields said. */
export function span(rest: Partial<Span>): Fact {
  return { is: 'span', ...NO_SPAN, ...rest };
}

/** All spans of a text as one; null when there is none. */
export function totalSpan(facts: readonly Fact[]): Span | null {
  const spans = facts.filter((fact) => fact.is === 'span');
  if (spans.length === 0) return null;
  return spans.reduce<Span>(
    (sum, one) => ({
      minutes: sum.minutes + one.minutes,
      days: sum.days + one.days,
      workingDays: sum.workingDays + one.workingDays,
      weeks: sum.weeks + one.weeks,
      months: sum.months + one.months,
    }),
    NO_SPAN,
  );
}

/** Units a phrase table's `<unit>` stands for, by number: slots of phrases are numbers throughout. */
export const UNIT = {
  minute: 0,
  hour: 1,
  day: 2,
  week: 3,
  month: 4,
  year: 5,
  fortnight: 6,
  quarter: 7,
} as const;

/**
 * "In 3 weeks": an amount of a unit as a fact. Half hours and half days are times, half weeks and months are not.
 */
export function spanOf(amount: number, unit: number): Fact {
  const whole = Number.isInteger(amount);
  switch (unit) {
    case UNIT.minute:
      return span({ minutes: Math.round(amount) });
    case UNIT.hour:
      return span({ minutes: Math.round(amount * 60) });
    case UNIT.day:
      return whole ? span({ days: amount }) : span({ minutes: Math.round(amount * 1440) });
    case UNIT.week:
      return whole ? span({ weeks: amount }) : { is: 'refusal', reason: 'vague' };
    case UNIT.fortnight:
      return whole ? span({ weeks: 2 * amount }) : { is: 'refusal', reason: 'vague' };
    case UNIT.month:
      return whole ? span({ months: amount }) : { is: 'refusal', reason: 'vague' };
    case UNIT.quarter:
      return whole ? span({ months: 3 * amount }) : { is: 'refusal', reason: 'vague' };
    default:
      // A year and a half is 18 months.
      return Number.isInteger(amount * 12)
        ? span({ months: amount * 12 })
        : { is: 'refusal', reason: 'vague' };
  }
}

/** "Every 2 weeks" as a fact. */
export function repeatEvery(interval: number, unit: number): Fact {
  if (!Number.isInteger(interval) || interval < 1) return { is: 'refusal', reason: 'not_understood' };
  switch (unit) {
    case UNIT.minute:
    case UNIT.hour:
      return { is: 'refusal', reason: 'too_often' };
    case UNIT.day:
      return repeat('DAILY', { interval });
    case UNIT.week:
      return repeat('WEEKLY', { interval });
    case UNIT.fortnight:
      return repeat('WEEKLY', { interval: 2 * interval });
    case UNIT.month:
      return repeat('MONTHLY', { interval });
    case UNIT.quarter:
      return repeat('MONTHLY', { interval: 3 * interval });
    default:
      return repeat('YEARLY', { interval });
  }
}

export const TODAY: Fact = { is: 'day', ahead: 0 };
export const PAST: Fact = { is: 'refusal', reason: 'past' };
export const VAGUE: Fact = { is: 'refusal', reason: 'vague' };

/** A part of a day as a fact. */
export function part(name: DayPart): Fact {
  return { is: 'part', part: name };
}

export function weekday(day: number, week: WhichWeek): Fact {
  return { is: 'weekday', day, week };
}

/** @param year NaN = not said. */
export function dateFact(year: number, month: number, day: number): Fact {
  return { is: 'date', year: Number.isNaN(year) ? null : year, month, day };
}

type Edge = 'start' | 'middle' | 'end' | null;

export function period(unit: PeriodUnit, ahead: number, edge: Edge = null): Fact {
  return { is: 'period', unit, ahead, edge };
}

export function monthFact(month: number, edge: Edge = null): Fact {
  return { is: 'month', month, edge };
}

export function mark(name: 'from' | 'to' | 'until' | 'and'): Fact {
  return { is: 'mark', mark: name };
}

/** Edges and periods as slots of phrases count them. */
export const EDGES = ['start', 'middle', 'end'] as const;
export const PERIODS = ['week', 'month', 'quarter', 'year'] as const;
