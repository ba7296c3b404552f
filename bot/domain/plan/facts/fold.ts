/**
 * Compares names across spellings: case, accents, Cyrillic and Latin, Russian cases. Folding is generous on purpose: a
 * name that is taken for a known one does less harm than a true sentence that is removed.
 */

const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('абвгдезийклмнопрстуфхцчшщъыьэюяіїєґ').map((letter, index) => [
    letter,
    'a b v g d e z i i k l m n o p r s t u f k ts k s s  i  e iu ia i i e g'.split(' ')[index] ?? '',
  ]),
);

/** Spellings of one sound, longest first. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/c/g, 'k'],
  [/[yj]/g, 'i'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
];

/** A word in one spelling; empty for a word without Latin or Cyrillic letters. */
export function fold(word: string): string {
  let folded = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('дж', 'i')
    .replace(/[а-яієїґ]/g, (letter) => CYRILLIC[letter] ?? '');
  for (const [pattern, sound] of SOUNDS) {
    folded = folded.replace(pattern, sound);
  }
  return folded.replace(/[^a-z\d]/g, '');
}

const RUSSIAN_ENDING =
  /(?:иями|ями|ами|ией|ого|его|ому|ему|ыми|ими|ой|ей|ёй|ом|ем|ём|ым|им|ах|ях|ов|ев|ью|ия|ии|ию|ие|[аяоеёиыуюьй])$/u;
const LATIN_ENDING = /[aeiou]+$/;
/** Shorter stems fit too much. */
const LEAST_STEM = 3;
/** How many more letters an inflected stem may have. */
const STEM_SLACK = 2;

/** The word without its case ending, folded. At least two letters are left. */
export function stem(word: string): string {
  const lower = word.toLowerCase();
  const bare = /[а-яё]/u.test(lower) ? lower.replace(RUSSIAN_ENDING, '') : lower;
  const folded = fold(bare.length < 2 ? lower : bare);
  const root = folded.replace(LATIN_ENDING, '');
  return root.length < 2 ? folded : root;
}

/** Whether two stems may belong to one name: "Анной" and "Anna", "Павлу" and "Павел". */
export function sameStem(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < LEAST_STEM) return short.length > 1 && short === long;
  if (long.startsWith(short) && long.length - short.length <= (short.length > LEAST_STEM ? STEM_SLACK : 1))
    return true;
  // A vowel that comes and goes: Павел, Павла.
  const skeleton = (text: string): string => text.replace(/[aeiou]/g, '');
  return short.startsWith(long.slice(0, LEAST_STEM)) && skeleton(short) === skeleton(long);
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)?/gu;

/** The words of a text with their places. Hyphens and dots part words, apostrophes do not. */
export function wordsOf(text: string): { readonly word: string; readonly index: number }[] {
  return [...text.matchAll(WORD)].map((match) => ({ word: match[0], index: match.index }));
}
