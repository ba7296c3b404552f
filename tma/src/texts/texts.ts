/** The catalogues: one Fluent file per language; another language is one more file. Only the person's own is loaded. */
import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { FluentVariable } from '@fluent/bundle';
import { createContext, use } from 'react';

/** A text by its id, with what it talks about. */
export type Say = (id: string, values?: Readonly<Record<string, FluentVariable>>) => string;

const FALLBACK = 'en';
const catalogues = import.meta.glob<string>('./*.ftl', { query: '?raw', import: 'default' });

/** Loads the catalogue of a BCP 47 language; English when there is none. */
export async function loadTexts(language: string): Promise<Say> {
  const wanted = language.slice(0, 2).toLowerCase();
  const code = `./${wanted}.ftl` in catalogues ? wanted : FALLBACK;
  const source = await catalogues[`./${code}.ftl`]?.();
  document.documentElement.lang = code;
  // Marks around values would be counted and copied with the text; all values here are in the person's language.
  const bundle = new FluentBundle(code, { useIsolating: false });
  bundle.addResource(new FluentResource(source ?? ''));
  return (id, values) => {
    const pattern = bundle.getMessage(id)?.value;
    if (pattern == null)
      throw new Error(`There is no text "${id}" in ${code}.ftl: add it to every catalogue.`);
    return bundle.formatPattern(pattern, values);
  };
}

export const TextsContext = createContext<Say | null>(null);

/** The person's catalogue. */
export function useTexts(): Say {
  const say = use(TextsContext);
  if (say === null) throw new Error('useTexts needs a catalogue: render below TextsContext.');
  return say;
}
