/** Finds names of people and companies that nobody told, by their capital letters. */
import type { Evidence } from './evidence.ts';
import { fold, sameStem, stem, wordsOf } from './fold.ts';
import { isEverydayWord, SUBJECTS } from './name-words.ts';

/** Languages that write every noun with a capital: there a capital letter is no sign of a name. */
const CAPITAL_NOUNS: ReadonlySet<string> = new Set(['de', 'lb']);

/** Whether the capital letters of a language's texts mark names. */
export function marksNames(language: string): boolean {
  return !CAPITAL_NOUNS.has(language.toLowerCase().split('-')[0] ?? '');
}

/** What stands before a word that begins a sentence, a quotation, a list item or what follows a colon. */
const STARTS = /(?:^|[.!?…:;]|["«“„(]|(?:^|\s)[-–—•*]|\d[.)])\s*["'«“„(]*\s*$/u;

/**
 * Verbs whose subject at the beginning of a sentence is somebody in particular. Without them the first word of a
 * sentence cannot be told from a name.
 */
const SAYS =
  /^\s+(?:(?:\p{Lu}\p{L}+)\s+)?(?:told|said|says|mentioned|suggested|recommended|introduced|referred|pointed|thought|thinks|asked|shared|spoke|gave|sent|announced|raised|launched|hired|opened|acquired|won|expanded|at|from|and\s+i|сказал\p{L}*|говорил\p{L}*|упомянул\p{L}*|посоветовал\p{L}*|порекомендовал\p{L}*|познакомил\p{L}*|рассказал\p{L}*|предложил\p{L}*|передавал\p{L}*|объявил\p{L}*|привлек\p{L}*|привлёк\p{L}*|запустил\p{L}*|открыл\p{L}*|из)(?!\p{L})/u;

/** A capital letter after a quotation mark begins a name when the word before says so. */
const CALLED =
  /(?:компани|фирм|агентств|сервис|платформ|продукт|систем|проект|холдинг|ооо|company|firm|agency|called|named)\p{L}*\s+["«“„]\s*$/iu;

/** Whether the text names somebody or something that the evidence does not know. */
export function hasForeignName(sentence: string, evidence: Evidence): boolean {
  return wordsOf(sentence).some(({ word, index }) => {
    if (!/^\p{Lu}/u.test(word) || isKnown(word, evidence) || isEverydayWord(word)) return false;
    const before = sentence.slice(0, index);
    if (!STARTS.test(before) || CALLED.test(before)) return true;
    const after = sentence.slice(index + word.length);
    return SAYS.test(after) && !SUBJECTS.has(word.toLowerCase());
  });
}

/** Whether the word, in whatever case and script, occurs in what was told. */
export function isKnown(word: string, { words, stems }: Evidence): boolean {
  const folded = fold(word);
  // Scripts without capital letters never come here; a sign that folds to nothing is no name.
  if (folded === '' || words.has(folded) || words.has(fold(word.replace(/['’].*$/u, '')))) return true;
  const root = stem(word);
  const isInflected = /\p{Script=Cyrillic}/u.test(word);
  return stems.some((known) => known === root || (isInflected && sameStem(known, root)));
}
