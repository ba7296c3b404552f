/** The settings a person can make are named in every place where they are looked up. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../../bot/config.ts';
import { ROOT } from '../support/repository.ts';

const VARIABLES = Object.keys(configSchema.shape);

function unnamedIn(text: string): string[] {
  return VARIABLES.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
}

test.each(['.env.example', 'README.md'])('%s names every variable that the configuration knows', (file) => {
  expect(VARIABLES.length).toBeGreaterThan(0);
  expect(unnamedIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

test('a variable that is missing would be found', () => {
  expect(unnamedIn(VARIABLES.slice(1).join('\n'))).toEqual(VARIABLES.slice(0, 1));
});

test('.env.example names no variable that the configuration does not know', () => {
  const named = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)];
  expect(named.map(([, name]) => name).filter((name) => !VARIABLES.includes(name ?? ''))).toEqual([]);
});
