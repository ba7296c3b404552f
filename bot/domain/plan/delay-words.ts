/**
 * The `timing` words of a step as whole days from the plan's start, for steps without a usable `delay_days`.
 * English and Russian. Only spans are read; a weekday or a date says nothing without a calendar and is left to the
 * fallback.
 */

/** Added to the previous step's delay when the words say nothing (product.md, system A). */
const DEFAULT_GAP_DAYS = 3;

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
  couple: 2,
  few: 3,
  several: 3,
  один: 1,
  одну: 1,
  два: 2,
  две: 2,
  пару: 2,
  три: 3,
  несколько: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  десять: 10,
};

/** Units by the beginning of the word, in days; the first that fits counts. */
const UNITS: readonly (readonly [beginning: RegExp, days: number])[] = [
  [/^(?:min|мин)/, 1 / 1440],
  [/^(?:hour|час)/, 1 / 24],
  [/^(?:day|дн|день|сут)/, 1],
  [/^fortnight/, 14],
  [/^(?:week|недел)/, 7],
  [/^(?:month|месяц)/, 30],
];

const UNIT = String.raw`(?:min(?:ute)?s?|hours?|days?|fortnights?|weeks?|months?|минут\p{L}*|час\p{L}*|день|дня|дней|дню|сут\p{L}+|недел\p{L}+|месяц\p{L}*)`;
const COUNT = String.raw`\d{1,3}|${Object.keys(NUMBER_WORDS).join('|')}`;

const FIXED: readonly (readonly [RegExp, number])[] = [
  [words('day after tomorrow|послезавтра'), 2],
  [words('tomorrow|next day|завтра|на следующий день'), 1],
  [
    words(
      'now|today|immediately|right away|at once|same day|asap|сейчас|сегодня|сразу|немедленно|в тот же день',
    ),
    0,
  ],
  [words('next week|на следующей неделе'), 7],
  [words('next month|в следующем месяце'), 30],
];
const DAY_NUMBER = /(?<![\p{L}\d])(?:day|день)\s*#?(\d{1,3})(?!\d)|(?<![\p{L}\d])(\d{1,3})-?(?:й|ый)\s+день/u;
const SPAN = new RegExp(
  String.raw`(?<![\p{L}\d])(${COUNT})(?:\s*[-–—]\s*\d{1,3})?(?:\s+of)?\s*(business |working |рабоч\p{L}+ )?(${UNIT})(?!\p{L})`,
  'u',
);
const BARE_SPAN = new RegExp(String.raw`(?<!\p{L})(?:через|спустя)\s+(${UNIT})(?!\p{L})`, 'u');

/**
 * Days from the plan's start that the words mean ("in 3 days", "day 5", "2 weeks later", "через 3 дня"); of a range the
 * first number; parts of a day are rounded down, so "in 2 hours" is day 0. Words that say nothing mean the previous
 * step's delay + 3, or 0 for a plan's first step.
 * @param previousDelayDays the step before, null for the first.
 */
export function delayFromTiming(timing: string, previousDelayDays: number | null): number {
  return daysInWords(timing) ?? (previousDelayDays === null ? 0 : previousDelayDays + DEFAULT_GAP_DAYS);
}

/** The words for a delay, as template plans write them; {@link delayFromTiming} reads them back. */
export function timingWords(delayDays: number, language: 'en' | 'ru'): string {
  if (delayDays === 0) return language === 'ru' ? 'сейчас' : 'now';
  if (language === 'en') return delayDays === 1 ? 'in 1 day' : `in ${delayDays} days`;
  const form = RUSSIAN_PLURAL.select(delayDays);
  return `через ${delayDays} ${form === 'one' ? 'день' : form === 'few' ? 'дня' : 'дней'}`;
}

const RUSSIAN_PLURAL = new Intl.PluralRules('ru');

function daysInWords(timing: string): number | null {
  const text = timing.toLowerCase();
  const span = SPAN.exec(text);
  if (span) return spanDays(span[1] ?? '', span[3] ?? '', span[2] !== undefined);
  const dayNumber = DAY_NUMBER.exec(text);
  if (dayNumber) return Number(dayNumber[1] ?? dayNumber[2]);
  const bare = BARE_SPAN.exec(text);
  if (bare) return spanDays('1', bare[1] ?? '', false);
  return FIXED.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function spanDays(count: string, unit: string, workingDays: boolean): number {
  const amount = NUMBER_WORDS[count] ?? Number(count);
  const unitDays = UNITS.find(([beginning]) => beginning.test(unit))?.[1] ?? 1;
  const days = Math.floor(amount * unitDays + 1e-9);
  // Five working days make a week wherever the plan begins; rounded up, so never earlier than meant.
  return workingDays ? Math.ceil((days * 7) / 5) : days;
}

/** A whole-word matcher; `\b` does not know Cyrillic. */
function words(alternatives: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})(?:${alternatives})(?!\p{L})`, 'u');
}
