/** Digits, which mean the same in every language: ISO dates, dotted and slashed dates, clock times, zones. */
import { cityZone } from '../../../shared/rules/zones.ts';
import type { Fact } from './facts.ts';
import { lexicon, type Lexicon, type Slot } from './scan.ts';

const number = (source: string): Slot => ({ source, read: Number });

const SLOTS = {
  hour: number(String.raw`[01]?\d|2[0-4]`),
  minute: number(String.raw`[0-5]\d`),
  year: number(String.raw`\d{4}`),
  short: number(String.raw`\d{2}`),
  two: number(String.raw`\d{1,2}`),
  // A city counts only when it is one; "any time" names no zone.
  city: { source: String.raw`\p{L}+(?: \p{L}+)?`, read: (text) => (cityZone(text) === null ? 0 : 1) },
} as const satisfies Record<string, Slot>;

const ZONE: Fact = { is: 'refusal', reason: 'zone_named' };
const NO_SUCH: Fact = { is: 'refusal', reason: 'no_such_time' };

/** A clock as written with minutes; a leading zero or an hour above 12 says which half of the day. */
export function writtenClock(hour: number, minute: number): Fact {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return NO_SUCH;
  return { is: 'clock', hour, minute, bare: false };
}

/** A clock with am or pm. 13 pm and more is taken as said twice, 13 am is none. */
export function halfClock(hour: number, minute: number, isAfternoon: boolean): Fact {
  if (minute > 59 || hour > 23 || (hour > 12 && !isAfternoon) || (hour === 0 && isAfternoon)) return NO_SUCH;
  if (hour > 12) return writtenClock(hour, minute);
  return { is: 'clock', hour: (hour % 12) + (isAfternoon ? 12 : 0), minute, bare: false };
}

function fullDate(year: number, month: number, day: number): Fact {
  return { is: 'date', year: year < 100 ? 2000 + year : year, month, day };
}

/** Slashed with a year: the order is clear when one number is too great for a month, else the locale decides. */
function slashedDate(first: number, second: number, year: number): Fact[] {
  const pair: Fact = { is: 'pair', first, second, sign: '/' };
  return [pair, { is: 'year', year: year < 100 ? 2000 + year : year }];
}

/** An hour alone: of 1 to 12, either half of the day. */
export function hourClock(hour: number): Fact {
  return hour >= 1 && hour <= 12 ? { is: 'clock', hour, minute: 0, bare: true } : writtenClock(hour, 0);
}

/** "Quarter to ten", "half past nine". @param minutes after the hour, or before it when negative. */
export function wordClock(hour: number, minutes: number): Fact {
  if (hour > 12 || hour === 0) {
    return minutes < 0 ? writtenClock(hour - 1, 60 + minutes) : writtenClock(hour, minutes);
  }
  const shown = minutes >= 0 ? hour : hour === 1 ? 12 : hour - 1;
  return { is: 'clock', hour: shown, minute: (60 + minutes) % 60, bare: true };
}

/** Phrases to be read beside those of any language. */
export const COMMON: Lexicon = lexicon(SLOTS, [
  ['(?:@ ?)?<hour>:<minute>(?::00)?(?: ?h| uhr)?', writtenClock],
  [String.raw`\d{1,2}:\d{2}(?::\d{2})?`, () => NO_SUCH],
  ['<two> ?am', (hour) => halfClock(hour, 0, false)],
  ['<two> ?pm', (hour) => halfClock(hour, 0, true)],
  ['<two>[:.]<minute> ?am', (hour, minute) => halfClock(hour, minute, false)],
  ['<two>[:.]<minute> ?pm', (hour, minute) => halfClock(hour, minute, true)],
  ['<year>-<two>-<two>', fullDate],
  ['<year>/<two>/<two>', fullDate],
  [
    '<year>-<two>-<two>t<hour>:<minute>(?::00(?:\\.0+)?)?',
    (year, month, day, hour, minute) => [fullDate(year, month, day), writtenClock(hour, minute)],
  ],
  [String.raw`<year>-<two>-<two>t\S+(?:z|[+-]\d\d:?\d\d)(?:\[\S+\])?`, () => ZONE],
  [String.raw`<two>\.<two>\.<year>`, (day, month, year) => fullDate(year, month, day)],
  [String.raw`<two>\.<two>\.<short>`, (day, month, year) => fullDate(year, month, day)],
  ['<two>/<two>/<year>', slashedDate],
  ['<two>/<two>/<short>', slashedDate],
  ['<two>-<two>-<year>', slashedDate],
  ['<two>/<two>', (first, second) => ({ is: 'pair', first, second, sign: '/' })],
  [String.raw`<two>\.<short>`, (first, second) => ({ is: 'pair', first, second, sign: '.' })],
  ['<two>', (value) => ({ is: 'number', value })],
  [String.raw`\d{3,4}`, () => ({ is: 'refusal', reason: 'ambiguous' })],
  // "In -5 minutes": a sign, not a range, when no number stands before it.
  [String.raw`(?<=^|\p{L} )-\d+`, () => NO_SUCH],
  ['-', () => ({ is: 'mark', mark: 'to' })],
  [String.raw`(?:utc|gmt)(?: ?[+-] ?\d{1,2}(?::?\d{2})?)?`, () => ZONE],
  // Behind a clock; "14:00-16:00" is a range.
  [String.raw`\+\d{2}:?\d{2}`, () => ZONE],
  [String.raw`z|(?:europe|america|asia|africa|australia|pacific|atlantic|etc)/[a-z_/+\-\d]+`, () => ZONE],
  ['cet|cest|eet|eest|msk|мск|bst|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t|ist|jst|kst|sgt|ae[sd]t|nz[sd]t', () => ZONE],
  ['(?:in |on )?<city> time', (isCity) => (isCity === 1 ? ZONE : null)],
  [String.raw`по \p{L}+ времени|по москве|(?:по )?мск|по (?:киеву|берлину|лондону|нью-йорку)`, () => ZONE],
]);
