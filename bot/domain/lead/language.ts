/** Which language a text is written in, from its script and its small words. A hint for drafts, not a promise. */

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Greek}/u, 'el'],
];

const SMALL_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    'the and is to of for with at on met from in has have wants he she they our we i you'.split(' '),
  ),
  de: new Set(
    'der die das und ist mit von zu auf für bei im am ein eine wir ich sie er nicht hat möchte'.split(' '),
  ),
  fr: new Set('le la les et est avec de du des pour au aux un une nous je il elle dans sur'.split(' ')),
  es: new Set('el la los las y es con de del para por un una en nos yo quiere que su'.split(' ')),
  pl: new Set('i jest z na do się nie w od dla po przy ma chce pan pani że o'.split(' ')),
};

/** Small words that must be found before Latin text is called one language rather than another. */
const ENOUGH_WORDS = 2;

/** ISO 639-1, or null for text without enough words to tell. */
export function guessLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const foreign = text.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  // A Latin company name inside a Russian note, or one Chinese name in an English one, does not change the language.
  if (foreign * 3 > letters) return SCRIPTS.find(([script]) => script.test(text))?.[1] ?? null;
  // Addresses end in ".de" and ".es", which are small words elsewhere.
  const sentences = text.toLowerCase().replace(/[^\s@.]{1,64}[@.][^\s]+/gu, ' ');
  const words = sentences.match(/\p{L}+/gu) ?? [];
  let best: string | null = null;
  let most = ENOUGH_WORDS - 1;
  for (const [language, small] of Object.entries(SMALL_WORDS)) {
    const count = words.filter((word) => small.has(word)).length;
    if (count > most) [best, most] = [language, count];
  }
  return best;
}
