import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { refusalCodeSchema } from '../../../shared/contracts/refusals.ts';

const SOURCES = join(import.meta.dirname, '../../../tma/src');
const CATALOGUES = readdirSync(join(SOURCES, 'texts')).filter((name) => name.endsWith('.ftl'));

function idsOf(catalogue: string): string[] {
  const text = readFileSync(join(SOURCES, 'texts', catalogue), 'utf8');
  return [...text.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(([, id]) => id!);
}

/** The variables of each text. */
function variablesOf(catalogue: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(SOURCES, 'texts', catalogue), 'utf8');
  const messages = text.split(/^(?=[a-zA-Z][\w-]* =)/m);
  return new Map(
    messages.map((message) => [
      /^[\w-]+/.exec(message)?.[0] ?? '',
      [...message.matchAll(/\$(\w+)/g)].map(([, name]) => name!),
    ]),
  );
}

/** Every text id that stands in the sources, as `say('id')` or as a string that some other id is made of. */
function idsInSources(): { readonly whole: Set<string>; readonly prefixes: string[] } {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  // The trace's words are chosen by a rule that the chat shares.
  const shared = join(SOURCES, '../../shared/rules/why-words.ts');
  const code = [...files.map((name) => join(SOURCES, name)), shared]
    .map((name) => readFileSync(name, 'utf8'))
    .join('\n');
  const whole = [...code.matchAll(/'([a-z][a-z0-9-]*)'/g)].map(([, id]) => id!);
  const prefixes = [...code.matchAll(/say\(\s*`([a-z-]+)\$\{/g)].map(([, prefix]) => prefix!);
  return { whole: new Set(whole), prefixes };
}

describe('the mini-app’s catalogues', () => {
  test('there are English and Russian ones', () => {
    expect(CATALOGUES).toEqual(expect.arrayContaining(['en.ftl', 'ru.ftl']));
  });

  test.each(CATALOGUES)('%s has every text of the English one, each once, and parses', (catalogue) => {
    const ids = idsOf(catalogue);
    expect(ids.toSorted()).toEqual([...new Set(idsOf('en.ftl'))].toSorted());
    const bundle = new FluentBundle(catalogue.slice(0, 2));
    const source = readFileSync(join(SOURCES, 'texts', catalogue), 'utf8');
    expect(bundle.addResource(new FluentResource(source))).toEqual([]);
    // Every catalogue is given what the English one asks for: code that fills a text knows no other language.
    const known = variablesOf('en.ftl');
    for (const id of ids) {
      const values = Object.fromEntries((known.get(id) ?? []).map((name) => [name, 2]));
      const errors: Error[] = [];
      bundle.formatPattern(bundle.getMessage(id)!.value!, values, errors);
      expect(errors, id).toEqual([]);
    }
  });

  test.each(CATALOGUES)('%s has a sentence for everything the database may refuse', (catalogue) => {
    const ids = new Set(idsOf(catalogue));
    expect(refusalCodeSchema.options.filter((code) => !ids.has(`refused-${code}`))).toEqual([]);
  });

  test('every text is used and every used one exists', () => {
    const { whole, prefixes } = idsInSources();
    const ids = idsOf('en.ftl');
    // Texts of a family are named by what the data says: `refused-LEAD_CLOSED`, `linked-skipped`, `over-title`.
    const families = [...prefixes, 'error-', 'over-', 'refused-'];
    const isUsed = (id: string): boolean =>
      whole.has(id) || families.some((family) => family && id.startsWith(family));
    expect(ids.filter((id) => !isUsed(id))).toEqual([]);
    const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(SOURCES, name), 'utf8'))
      .join('\n');
    const said = [...code.matchAll(/\bsay\(\s*'([^']+)'/g)].map(([, id]) => id!);
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
