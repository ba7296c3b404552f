/** Every sentence the bot says, out of Fluent files: one bundle a language, read once. */
import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { languageSchema, type Language } from '../../../shared/schemas/user.ts';

type SayArguments = Readonly<Record<string, string | number>>;

/** Says a sentence of the catalogue in one language. */
export type Say = (id: string, args?: SayArguments) => string;

/** A language's voice. Anything but the languages we have speaks English. */
export type Texts = (language: string) => Say;

/**
 * Reads the catalogues.
 * @throws when a file is missing or a message in it cannot be read.
 */
export function loadTexts(): Texts {
  const voices = new Map<Language, Say>(
    languageSchema.options.map((language) => [language, voice(loadBundle(language), language)]),
  );
  const english = voices.get('en');
  if (english === undefined) throw new Error('There is no English catalogue.');
  return (language) => voices.get(languageOf(language)) ?? english;
}

/** The language of the catalogue that speaks to somebody with this BCP 47 tag. */
export function languageOf(tag: string): Language {
  const known = languageSchema.safeParse(tag.slice(0, 2).toLowerCase());
  return known.success ? known.data : 'en';
}

/** One language's bundle. */
function loadBundle(language: Language): FluentBundle {
  const source = readFileSync(new URL(`../texts/${language}.ftl`, import.meta.url), 'utf8');
  // Isolation marks are for screens that mix directions in one widget; Telegram would show them as odd gaps.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const [problem] = bundle.addResource(new FluentResource(source));
  if (problem !== undefined) throw new Error(`${language}.ftl: ${problem.message}`, { cause: problem });
  return bundle;
}

function voice(bundle: FluentBundle, language: Language): Say {
  return (id, args) => {
    const pattern = bundle.getMessage(id)?.value;
    if (pattern == null) throw new Error(`${language}.ftl has no message "${id}".`);
    // Without a list to collect them in, formatPattern throws for a missing variable.
    return bundle.formatPattern(pattern, args);
  };
}
