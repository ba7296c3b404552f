/** `POST /api/times`: a time in somebody's own words, read on their clock. Nothing is stored. */
import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { recurrenceRuleSchema } from '../schemas/recurring.ts';

/** Longer texts hold more than a time. UTF-16 units. */
export const TIME_TEXT_LIMIT = 200;

export const timeQuestionSchema = z.object({
  /** "tomorrow 9", "через полтора часа", "every last Friday". */
  text: z.string().min(1).max(TIME_TEXT_LIMIT),
  /** `once`: one moment is wanted, so a recurrence is refused as `recurring`. */
  mode: z.enum(['once', 'any']).default('any'),
});

/** Why a text is not taken as a time. Nothing is ever guessed from half of it. */
export const timeRefusalSchema = z.enum([
  /** Nothing but spaces. */
  'empty',
  'too_long',
  /** No time in it at all. */
  'not_understood',
  /** Only a part of it is a time: `understood` says which. */
  'partial',
  /** "In a few days", "soon", "at night": no single moment is meant. */
  'vague',
  /** 03/04, or a midnight that could be either end of the day. */
  'ambiguous',
  /** Two dates or two times that cannot both hold ("Friday 15 January" when that is a Thursday). */
  'contradiction',
  /** 31 February, 25:00. */
  'no_such_time',
  'past',
  'too_far',
  /** It names a zone or an offset; times are read on the person's own clock. */
  'zone_named',
  /** A recurrence where one moment was asked for. */
  'recurring',
  /** More often than once a day. */
  'too_often',
]);
export type TimeRefusal = z.infer<typeof timeRefusalSchema>;

export const localMomentSchema = z.object({
  at: instantSchema,
  /** The person's wall clock, `YYYY-MM-DDTHH:MM`. */
  local: z.string(),
  /** 1 = Monday … 7 = Sunday. */
  weekday: z.number().int().min(1).max(7),
  in_quiet_hours: z.boolean(),
  on_day_off: z.boolean(),
});
export type LocalMoment = z.infer<typeof localMomentSchema>;

const read = {
  /** IANA id of the clock it was read on. */
  zone: z.string(),
  /** `model`: a language model's suggestion, to be confirmed by the person before anything is stored. */
  source: z.enum(['rules', 'model']),
};

export const timeAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('instant'),
    ...read,
    moment: localMomentSchema,
    /** To be stored with the reminder: quiet hours and days off do not move it. */
    exact: z.boolean(),
    /** What the words said themselves; the rest was filled in (a date alone: the preferred hour). */
    said: z.object({ date: z.boolean(), time: z.boolean() }),
  }),
  z.object({
    kind: z.literal('range'),
    ...read,
    from: localMomentSchema,
    to: localMomentSchema,
    exact: z.boolean(),
  }),
  z.object({
    kind: z.literal('recurrence'),
    ...read,
    /** RFC 5545 recurrence rule over dates, without its name, e.g. `FREQ=WEEKLY;BYDAY=MO`. */
    rule: recurrenceRuleSchema,
    /** Its DTSTART. */
    starts_on: z.iso.date(),
    /** On the person's clock, `HH:MM`; a night when clocks change may show another one. */
    clock: z.string(),
    /** The first three occurrences, fewer when it ends before. */
    first: z.array(localMomentSchema).min(1).max(3),
  }),
  z.object({
    kind: z.literal('refused'),
    reason: timeRefusalSchema,
    /** The part that was understood, in lower case; null = none. */
    understood: z.string().nullable(),
    /** Words that would have worked, in the person's language. */
    hint: z.string(),
  }),
]);
export type TimeAnswer = z.infer<typeof timeAnswerSchema>;
