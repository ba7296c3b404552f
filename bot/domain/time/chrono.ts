/**
 * What our own phrases lack, read by chrono: German and Spanish dates, and rarer English and Russian ones.
 *
 * chrono guesses gladly, so its answer is taken apart: it gets the wall clock for a reference (it ignores IANA zones),
 * only values it calls known are used, every letter of the text must belong to its match, and one match must do. Words
 * it drops silently (parts of the day, "every") are read by us before it sees the rest.
 */
import { de, en, es, ru, type ParsedComponents, type ParsedResult } from 'chrono-node';
import { localDate } from '../../../shared/rules/calendar.ts';
import { weekday, type Fact } from './facts.ts';
import type { ReadingContext } from './moments.ts';
import { scan, type Lexicon } from './scan.ts';
import { halfClock, hourClock, writtenClock } from './words-common.ts';
import { GERMAN_EXTRAS, SPANISH_EXTRAS } from './words-chrono-lacks.ts';

interface Locale {
  readonly parser: Pick<typeof en, 'parse'>;
  /** Read by us, taken out of what chrono sees. */
  readonly extras: Lexicon;
  /** Words that may stay unmatched. */
  readonly fillers: RegExp;
}

const LOCALES: readonly Locale[] = [
  { parser: de, extras: GERMAN_EXTRAS, fillers: /^(?:am|um|an|den|der|dem|bis|im|zum|uhr|und|bitte)$/ },
  { parser: es, extras: SPANISH_EXTRAS, fillers: /^(?:el|la|las|los|a|al|en|de|del|por|para|hasta)$/ },
  { parser: en, extras: [], fillers: /^(?:on|at|in|by|the|of)$/ },
  { parser: ru, extras: [], fillers: /^(?:в|во|на|к|ко)$/ },
];

/** The facts chrono finds, all of them known; null when any of its languages leaves a word over. */
export function readWithChrono(words: string, context: ReadingContext): readonly Fact[] | null {
  for (const locale of LOCALES) {
    const facts = readIn(locale, words, context);
    if (facts !== null) return facts;
  }
  return null;
}

function readIn(
  { parser, extras, fillers }: Locale,
  words: string,
  context: ReadingContext,
): readonly Fact[] | null {
  const own = scan(words, extras);
  const rest = own.rest.trim();
  if (rest === '' || rest.split(' ').every((word) => fillers.test(word))) {
    return own.facts.length === 0 ? null : own.facts;
  }
  const wall = context.now.toZonedDateTimeISO(context.settings.zone).toPlainDateTime();
  // The person's wall clock dressed as UTC: what comes back is read off the same clock.
  const reference = new Date(wall.toZonedDateTime('UTC').epochMilliseconds);
  const results = parser.parse(rest, { instant: reference, timezone: 0 }, { forwardDate: true });
  const [result] = results;
  if (result === undefined || results.length > 1 || result.end) return null;
  const outside = `${rest.slice(0, result.index)} ${rest.slice(result.index + result.text.length)}`;
  const isCut =
    /[\p{L}\d]$/u.test(rest.slice(0, result.index)) ||
    /^[\p{L}\d]/u.test(rest.slice(result.index + result.text.length));
  if (isCut || outside.split(' ').some((word) => word !== '' && !fillers.test(word))) return null;
  const facts = factsOf(result, context);
  return facts === null ? null : [...own.facts, ...facts];
}

function factsOf(result: ParsedResult, context: ReadingContext): readonly Fact[] | null {
  const { start } = result;
  const known = (component: Parameters<ParsedComponents['isCertain']>[0]): number | null =>
    start.isCertain(component) ? start.get(component) : null;
  // A zone, or a length of time: chrono counts hours on the machine's own clock, gaps and all. Ours does not.
  if (known('timezoneOffset') !== null) return null;
  const [year, month, day, dayOfWeek] = [known('year'), known('month'), known('day'), known('weekday')];
  const facts: Fact[] = [];
  if (month !== null && day !== null) facts.push({ is: 'date', year, month, day });
  else if (dayOfWeek !== null) facts.push(weekday(dayOfWeek === 0 ? 7 : dayOfWeek, 'coming'));
  else if (month !== null && year !== null) facts.push(sameDayIn(year, month, context));
  const hour = known('hour');
  if (hour !== null) {
    const minute = known('minute') ?? 0;
    const half = known('meridiem');
    if (half !== null && /[ap]m/.test(result.text))
      facts.push(halfClock(hour % 12 || 12, minute, half === 1));
    else if (minute === 0 && !/\d[:.]\d/.test(result.text)) facts.push(hourClock(hour));
    else facts.push(writtenClock(hour, minute));
  }
  return facts.length === 0 ? null : facts;
}

/** chrono knows the month of "in einem Monat", not its day: the same day, or the month's last. */
function sameDayIn(year: number, month: number, { now, settings }: ReadingContext): Fact {
  const { day } = localDate(now, settings.zone).with({ year, month });
  return { is: 'date', year, month, day };
}
