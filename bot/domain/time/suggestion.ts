/**
 * A time as a language model understood it: plain local date, clock and recurrence. It is taken as facts like typed words
 * are, so every check of a typed time holds for it too.
 */
import { z } from 'zod';
import { dateFact, mark, repeat, type Fact } from './facts.ts';
import { interpret, type TimeReading } from './read-time.ts';
import type { ReadingContext } from './moments.ts';
import { writtenClock } from './words-common.ts';

/** What the model is asked for. Clocks and dates are local; nothing about zones. */
export const timeSuggestionSchema = z.object({
  /** False when the text names no time, or leaves it open. */
  understood: z.boolean(),
  /** `YYYY-MM-DD`; of a recurrence the date it starts from, if one was said. */
  date: z.string().nullable(),
  /** `HH:MM`, 24 hours. */
  time: z.string().nullable(),
  recurrence: z
    .object({
      freq: z.enum(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']),
      interval: z.number().int().min(1).max(99),
      /** ISO weekdays, 1 = Monday. */
      weekdays: z.array(z.number().int().min(1).max(7)),
      /** Which of these weekdays of a month: 1 to 4, -1 the last. */
      nth: z.number().int().min(-1).max(4).nullable(),
      /** 1 to 31, -1 the last. */
      month_day: z.number().int().min(-1).max(31).nullable(),
      /** 1 to 12. */
      month: z.number().int().min(1).max(12).nullable(),
      /** `YYYY-MM-DD`, inclusive. */
      until: z.string().nullable(),
    })
    .nullable(),
});
export type TimeSuggestion = z.infer<typeof timeSuggestionSchema>;

/** The suggestion as a reading; null when there is none, or it does not pass the checks of a typed time. */
export function readSuggestion(
  suggestion: TimeSuggestion,
  context: ReadingContext,
): Exclude<TimeReading, { kind: 'refused' }> | null {
  const facts = suggestion.understood ? factsOf(suggestion) : null;
  if (facts === null || facts.length === 0) return null;
  const reading = interpret(facts, context);
  return typeof reading === 'string' ? null : reading;
}

function factsOf({ date, time, recurrence }: TimeSuggestion): Fact[] | null {
  const said = [date, recurrence?.until ?? null].map((text) => (text === null ? null : dateOf(text)));
  const clock = time === null ? null : clockOf(time);
  const isBroken =
    (date !== null && said[0] === null) ||
    ((recurrence?.until ?? null) !== null && said[1] === null) ||
    (time !== null && clock === null);
  if (isBroken) return null;
  const [start, until] = said;
  const clocks = clock === null ? [] : [clock];
  if (recurrence === null) return [...(start ? [start] : []), ...clocks];
  const { freq, interval, weekdays, nth, month_day: monthDay, month } = recurrence;
  if (nth === 0 || monthDay === 0) return null;
  return [
    repeat(freq, { interval, weekdays, nth, monthDay, month }),
    ...clocks,
    ...(start ? [mark('from'), start] : []),
    ...(until ? [mark('until'), until] : []),
  ];
}

function dateOf(text: string): Fact | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null ? null : dateFact(Number(match[1]), Number(match[2]), Number(match[3]));
}

function clockOf(text: string): Fact | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? null : writtenClock(Number(match[1]), Number(match[2]));
}
