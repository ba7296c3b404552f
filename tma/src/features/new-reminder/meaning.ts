/** From an answer about a time to what the page says of it and what is stored. */
import type { LocalMoment, TimeAnswer, TimeRefusal } from '../../../../shared/contracts/times.ts';
import { isAwake, nextOpen } from '../../../../shared/rules/calendar.ts';
import type { Recurrence } from '../recurring/next-times.tsx';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';

/** The moment a reminder is for. */
export interface Chosen {
  readonly at: Temporal.Instant;
  /** To the minute: quiet hours and days off do not move it. */
  readonly exact: boolean;
  /** A stretch was named, or it is a model's guess: said beside it. */
  readonly note: 'range' | 'suggested' | null;
  /** Null = it comes once. */
  readonly recurrence: Recurrence | null;
  /** When it would arrive, if that is not when it is wanted. */
  readonly arrives: Temporal.Instant | null;
  /** In the quiet hours or on a day off, and kept. */
  readonly isKept: boolean;
}

export type Meaning =
  | { readonly kind: 'chosen'; readonly chosen: Chosen }
  | {
      readonly kind: 'refused';
      readonly reason: TimeRefusal;
      readonly understood: string | null;
      readonly hint: string;
    };

/** What the server's answer means; of what repeats `at` is the first time. */
export function meaningOf(answer: TimeAnswer, settings: TimeSettings): Meaning {
  switch (answer.kind) {
    case 'refused':
      return answer;
    case 'instant':
      return chosen(answer.moment, answer.exact, answer.source === 'model' ? 'suggested' : null, settings);
    case 'range':
      return chosen(answer.from, answer.exact, 'range', settings);
    case 'recurrence': {
      const [first] = answer.first;
      if (first === undefined) throw new Error('A recurrence came without an occurrence.');
      const meaning = chosen(first, true, answer.source === 'model' ? 'suggested' : null, settings);
      if (meaning.kind === 'refused') return meaning;
      const recurrence = {
        rule: answer.rule,
        startsOn: answer.starts_on,
        clock: answer.clock,
        first: answer.first.map(({ at }) => Temporal.Instant.from(at)),
      };
      return { kind: 'chosen', chosen: { ...meaning.chosen, recurrence } };
    }
  }
}

function chosen(moment: LocalMoment, exact: boolean, note: Chosen['note'], settings: TimeSettings): Meaning {
  return { kind: 'chosen', chosen: choose(Temporal.Instant.from(moment.at), exact, note, settings) };
}

/** An instant and what the person's hours make of it. */
export function choose(
  at: Temporal.Instant,
  exact: boolean,
  note: Chosen['note'],
  settings: TimeSettings,
): Chosen {
  const isOpen = isAwake(at, settings);
  return {
    at,
    exact,
    note,
    recurrence: null,
    arrives: isOpen || exact ? null : nextOpen(at, settings),
    isKept: !isOpen && exact,
  };
}

/** The dates a text such as `3/4` can mean, the next of each, soonest first; empty when there is nothing to choose. */
export function datesOf(understood: string | null, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const [, first, second] = /(?<!\d)(\d{1,2})[./-](\d{1,2})(?![\d./-])/.exec(understood ?? '') ?? [];
  const pairs = [
    [first, second],
    [second, first],
  ].map(([day, month]) => ({ day: Number(day), month: Number(month) }));
  const dates = pairs.flatMap(({ day, month }) => {
    const known = day >= 1 && month >= 1 && month <= 12;
    if (!known || day > Temporal.PlainYearMonth.from({ year: today.year, month }).daysInMonth) return [];
    const date = Temporal.PlainDate.from({ year: today.year, month, day });
    return [Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date];
  });
  const [a, b] = dates.toSorted((one, other) => Temporal.PlainDate.compare(one, other));
  return a === undefined || b === undefined || a.equals(b) ? [] : [a, b];
}
