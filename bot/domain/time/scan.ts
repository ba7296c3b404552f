/** From text to facts: phrases are taken from left to right, the longest first, until every character is accounted for. */
import type { Fact } from './facts.ts';

/** Words for one kind of value, by number: `{monday: 1, mon: 1, …}`, plus digits where they may stand too. */
export interface Slot {
  /** Without capturing groups. */
  readonly source: string;
  readonly read: (text: string) => number;
}

/** Numbers of the phrase's slots, NaN for one that is absent; null = these words mean nothing after all. */
type ReadPhrase = (...values: number[]) => Fact | readonly Fact[] | null;

interface Phrase {
  readonly pattern: RegExp;
  readonly slots: readonly Slot[];
  readonly read: ReadPhrase;
}

/** Source of a regular expression, and what it says. */
export type PhraseRow = readonly [source: string, read: ReadPhrase];

/**
 * A phrase ends where a word does ("fr" is not found at the head of "früh", nor 14 at the head of 14:30), or with a mark
 * such as a hyphen.
 */
const END_OF_WORD = String.raw`(?:(?![\p{L}\d])(?![:.]\d)|(?<=[^\p{L}\d]))`;

/** One language's phrases, ready to be matched. */
export type Lexicon = readonly Phrase[];

export interface Scanned {
  readonly facts: readonly Fact[];
  /** Everything was understood. */
  readonly isWhole: boolean;
  /** The longest stretch of words that was understood; null = none that says a time. */
  readonly understood: string | null;
  /** The words that were not, in their order. */
  readonly rest: string;
}

/**
 * Builds a lexicon.
 * @param slots by name; a phrase writes `<name>` where one stands.
 * @param phrases source of a regular expression and what it says, in lower case, single spaces. A space also matches
 *   none beside a digit ("9 am", "9am").
 */
export function lexicon(slots: Readonly<Record<string, Slot>>, phrases: readonly PhraseRow[]): Lexicon {
  return phrases.map(([source, read]) => {
    const used: Slot[] = [];
    const filled = source.replaceAll(/<(\w+)>/g, (_whole, name: string) => {
      const slot = slots[name];
      if (slot === undefined) throw new Error(`The phrase "${source}" names the unknown slot "${name}".`);
      used.push(slot);
      return `(${slot.source})`;
    });
    const pattern = wordPattern(`(?:${filled})${END_OF_WORD}`, 'y');
    return { pattern, slots: used, read };
  });
}

/** Letters of lower-case text and their marks, as ranges of a class. */
const LETTERS = String.raw`a-z\u00aa\u00b5\u00ba\u00df-\u00f6\u00f8-\u1fff\u2c00-\ud7ff\uf900-\ufdff`;

/** Unicode's own list of letters, in hundreds of patterns, takes half a second to compile. */
function wordPattern(source: string, flags = ''): RegExp {
  const inClasses = source.replaceAll(/\[(?:\\.|[^\]\\])*\]/g, (set) =>
    set.replaceAll(String.raw`\p{L}`, LETTERS),
  );
  return new RegExp(inClasses.replaceAll(String.raw`\p{L}`, `[${LETTERS}]`), flags);
}

/** A slot of words. Longer words are tried first. */
export function slot(words: Readonly<Record<string, number>>, digits?: string): Slot {
  const known = Object.keys(words).toSorted((a, b) => b.length - a.length);
  return {
    source: [...(digits === undefined ? [] : [digits]), ...known].join('|'),
    read: (text) => words[text] ?? Number(text),
  };
}

/** A slot of word beginnings, for languages that inflect: the first stem that fits counts. */
export function stems(table: readonly (readonly [source: string, value: number])[], digits?: string): Slot {
  const compiled = table.map(([source, value]) => [wordPattern(`^(?:${source})$`), value] as const);
  return {
    source: [...(digits === undefined ? [] : [digits]), ...table.map(([source]) => source)].join('|'),
    read: (text) => compiled.find(([pattern]) => pattern.test(text))?.[1] ?? Number(text),
  };
}

/** Reads `text`, normalised by {@link normaliseWords}, with one lexicon. */
export function scan(text: string, phrases: Lexicon): Scanned {
  const facts: Fact[] = [];
  const rest: string[] = [];
  let isWhole = true;
  let understood = '';
  let run = '';
  let runSaysTime = false;
  const endRun = (): void => {
    if (runSaysTime && run.trim().length > understood.length) understood = run.trim();
    run = '';
    runSaysTime = false;
  };
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      run += ' ';
      at += 1;
      continue;
    }
    const match = longestAt(text, at, phrases);
    if (match === null) {
      isWhole = false;
      endRun();
      rest.push(text.slice(at, wordEnd(text, at)));
      at = wordEnd(text, at);
      continue;
    }
    facts.push(...match.facts);
    run += text.slice(at, at + match.length);
    runSaysTime ||= match.facts.some((fact) => fact.is !== 'mark');
    at += match.length;
  }
  endRun();
  return { facts, isWhole, understood: understood === '' ? null : understood, rest: rest.join(' ') };
}

/**
 * One way to write what people write in many: lower case, plain hyphens, no marks of punctuation that say nothing, one
 * space between words.
 */
export function normaliseWords(text: string): string {
  return text
    .replaceAll('½', '.5')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[‐‑‒–—―−]/g, '-')
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(/\b([ap])\.\s?m\b\.?/g, '$1m')
    .replaceAll(/(?<=\d),(?=\d(?!\d))/g, '.')
    .replaceAll(/[\s,;!?()"«»“”„]+/gu, ' ')
    .replaceAll(/\.(?=\s|$)/g, '')
    .trim();
}

function longestAt(
  text: string,
  at: number,
  phrases: Lexicon,
): { readonly facts: readonly Fact[]; readonly length: number } | null {
  let best: { facts: readonly Fact[]; length: number } | null = null;
  for (const { pattern, slots, read } of phrases) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || match[0].length <= (best?.length ?? 0)) continue;
    const values = slots.map((one, index) => {
      const word = match[index + 1];
      return word === undefined ? Number.NaN : one.read(word);
    });
    const facts = read(...values);
    if (facts !== null) best = { facts: 'is' in facts ? [facts] : facts, length: match[0].length };
  }
  return best;
}

function wordEnd(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space === -1 ? text.length : space;
}
