/** Cities named in a text. Only words written as names count, so "nice" and "cork" stay words. */
import { cityZone } from '../../../shared/rules/zones.ts';

const MAX_CITY_WORDS = 3;

/** Cities whose names are everyday words, first names or companies' words when they begin a sentence or a name. */
const TOO_COMMON: ReadonlySet<string> = new Set([
  'nice',
  'cork',
  'jordan',
  'victoria',
  'santiago',
  'kent',
  'perm',
  'bern',
  'troll',
  'center',
  'eastern',
  'pacific',
  'atlantic',
  'london bridge',
  'aden',
  'lima',
  'louisville',
  'vincennes',
  'petersburg',
  'ростов',
  'рим',
  'спб',
  'мск',
]);

/** Russian endings of the locative and genitive, and the nominative ones they may stand for. */
const RUSSIAN_ENDING = /(?:е|и|у|ом|а|ы)$/u;
const NOMINATIVE = ['', 'а', 'я', 'ь', 'ы'];

/** The zone of the first city named, null when none is. */
export function placeZone(text: string): string | null {
  const tokens = [...text.matchAll(/[\p{L}\p{M}’'.-]*[\p{L}\p{M}]/gu)];
  for (const [index, token] of tokens.entries()) {
    if (!/^\p{Lu}/u.test(token[0])) continue;
    for (let length = MAX_CITY_WORDS; length >= 1; length -= 1) {
      const run = tokens.slice(index, index + length).map((match) => match[0]);
      if (run.length < length) continue;
      const zone = zoneOfWords(run.join(' '));
      if (zone !== null) return zone;
    }
  }
  return null;
}

/** Whether the words are the name of a known city and nothing else. */
export function isPlace(words: string): boolean {
  return zoneOfWords(words) !== null;
}

function zoneOfWords(words: string): string | null {
  if (TOO_COMMON.has(words.toLowerCase())) return null;
  const zone = cityZone(words);
  if (zone !== null || !/\p{Script=Cyrillic}/u.test(words)) return zone;
  const stem = words.replace(RUSSIAN_ENDING, '');
  if (stem === words || stem.length < 4) return null;
  return NOMINATIVE.map((ending) => cityZone(stem + ending)).find((found) => found !== null) ?? null;
}
