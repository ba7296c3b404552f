/**
 * The catalogues: one Fluent file per language; another language is one more file. Only the person's own is loaded, and of
 * it first what Today needs: the build cuts each file at its line `## Later`.
 */
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import type { FluentVariable } from '@fluent/bundle';
import { createContext, use } from 'react';
import { patiently } from '../ui/piece.ts';

/** A text by its id, with what it talks about. */
export interface Say {
  (id: string, values?: Readonly<Record<string, FluentVariable>>): string;
  /** Loads the words of the lazy pages too; the same promise each time. */
  readonly whole: () => Promise<void>;
  /** Whether they are there. */
  readonly isWhole: () => boolean;
}

const FALLBACK = 'en';
const first = import.meta.glob<string>('./*.ftl', { query: '?first', import: 'default' });
const later = import.meta.glob<string>('./*.ftl', { query: '?later', import: 'default' });

const loaded = new Map<string, Promise<Say>>();

/** Loads the catalogue of a BCP 47 language, once; English when there is none. */
export async function loadTexts(language: string): Promise<Say> {
  const wanted = language.slice(0, 2).toLowerCase();
  const code = `./${wanted}.ftl` in first ? wanted : FALLBACK;
  const catalogue = loaded.get(code) ?? loadCatalogue(code);
  loaded.set(code, catalogue);
  document.documentElement.lang = code;
  try {
    return await catalogue;
  } catch (error) {
    // The next try asks anew.
    loaded.delete(code);
    throw error;
  }
}

async function loadCatalogue(code: string): Promise<Say> {
  const file = `./${code}.ftl`;
  // Marks around values would be counted and copied with the text; all values here are in the person's language.
  const bundle = new FluentBundle(code, { useIsolating: false });
  const add = async (catalogues: typeof first): Promise<void> => {
    bundle.addResource(new FluentResource((await patiently(async () => catalogues[file]?.())) ?? ''));
  };
  await add(first);
  const say = (id: string, values?: Readonly<Record<string, FluentVariable>>): string => {
    const pattern = bundle.getMessage(id)?.value;
    if (pattern == null)
      throw new Error(`There is no text "${id}" in ${code}.ftl: add it to every catalogue.`);
    return bundle.formatPattern(pattern, values && plainCounts(values));
  };
  let whole: Promise<void> | null = null;
  let isWhole = false;
  const addRest = async (): Promise<void> => {
    try {
      await add(later);
      isWhole = true;
    } catch (error) {
      // The next page that needs them asks anew.
      whole = null;
      throw error;
    }
  };
  return Object.assign(say, { whole: () => (whole ??= addRest()), isWhole: () => isWhole });
}

/** A count below a thousand is written alike everywhere. Intl's first number would take a phone 150 ms. */
class Count extends FluentNumber {
  override toString(): string {
    return String(this.value);
  }
}

const GROUPED_FROM = 1000;

function plainCounts(values: Readonly<Record<string, FluentVariable>>): Record<string, FluentVariable> {
  const isCount = (value: FluentVariable): value is number =>
    Number.isInteger(value) && Math.abs(Number(value)) < GROUPED_FROM;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isCount(value) ? new Count(value) : value]),
  );
}

export const TextsContext = createContext<Say | null>(null);

/** The person's catalogue. */
export function useTexts(): Say {
  const say = use(TextsContext);
  if (say === null) throw new Error('useTexts needs a catalogue: render below TextsContext.');
  return say;
}

/** The person's whole catalogue; waits for it (in a Suspense) before the first page that needs it. */
export function useWholeTexts(): void {
  const say = useTexts();
  // React waits once even for a promise that is through, and draws what stands around it meanwhile.
  if (!say.isWhole()) use(say.whole());
}
