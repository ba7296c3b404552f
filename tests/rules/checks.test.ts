/** Each check of `npm test` over a small project that breaks its rules: it must fail, and name what is wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeSampleProject, readScripts, type SampleProject } from '../support/sample-project.ts';

/** [what is wrong, the file, its text, the rule of ESLint that must name it] */
const LINT: [what: string, file: string, text: string, rule: string][] = [
  [
    'a timer with an async callback',
    'bot/http/timer.ts',
    'setInterval(async () => { await Promise.resolve(); }, 1000);',
    '@typescript-eslint/no-misused-promises',
  ],
  [
    'a promise nobody waits for',
    'bot/http/floating.ts',
    'async function go(): Promise<void> { await Promise.resolve(); }\ngo();',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'any at a seam',
    'bot/http/seam.ts',
    "export const body: unknown = JSON.parse('{}').text;",
    '@typescript-eslint/no-unsafe-member-access',
  ],
  ['console in the product', 'bot/http/prints.ts', "console.log('here');", 'no-console'],
  ['a file beyond 300 lines', 'bot/http/long.ts', 'export {};\n'.repeat(301), 'max-lines'],
  [
    'a note to do it later',
    'bot/http/later.ts',
    '// TO' + 'DO: finish this\nexport {};',
    'no-warning-comments',
  ],
  [
    'the environment read elsewhere',
    'bot/http/reads.ts',
    "export const port = process.env['PORT'];",
    'no-restricted-syntax',
  ],
  [
    'the environment taken apart',
    'bot/http/takes.ts',
    'export const { env } = process;',
    'no-restricted-syntax',
  ],
  [
    'the environment imported',
    'bot/http/imports.ts',
    "import { env } from 'node:process';\nexport const all = env;",
    'no-restricted-syntax',
  ],
  ['Date.now in the domain', 'bot/domain/now.ts', 'export const t = Date.now();', 'no-restricted-syntax'],
  [
    'globalThis.Date.now in the domain',
    'bot/domain/global.ts',
    'export const t = globalThis.Date.now();',
    'no-restricted-syntax',
  ],
  [
    'an argless Date in a use case',
    'bot/usecases/date.ts',
    'export const t = new Date();',
    'no-restricted-syntax',
  ],
  ['Date() in a use case', 'bot/usecases/call.ts', 'export const t = Date();', 'no-restricted-syntax'],
  [
    'Temporal.Now in shared',
    'shared/now.ts',
    'export const t = Temporal.Now.instant();',
    'no-restricted-syntax',
  ],
  [
    'performance.now in the domain',
    'bot/domain/perf.ts',
    'export const t = performance.now();',
    'no-restricted-syntax',
  ],
  ['chance in the domain', 'bot/domain/dice.ts', 'export const t = Math.random();', 'no-restricted-syntax'],
  ['grammY outside its home', 'bot/http/talks.ts', "export { Bot } from 'grammy';", 'no-restricted-imports'],
  [
    'a hook in a condition',
    'tma/src/hook.tsx',
    "import { useState } from 'react';\nexport function Card({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}",
    'react-hooks/rules-of-hooks',
  ],
  [
    'a comment that switches off nothing',
    'bot/http/useless.ts',
    '// eslint-disable-next-line no-console -- not needed\nexport {};',
    '',
  ],
];

/** None of these may be named. */
const LINT_ALLOWED: Record<string, string> = {
  'bot/config.ts': "export const port = process.env['PORT'];\n",
  'bot/domain/takes.ts': 'export const later = (now: Date): Date => new Date(now.getTime() + 1);\n',
  'bot/telegram/talks.ts': "export { Bot } from 'grammy';\n",
  'bot/sandbox/types.ts': "export type { Update } from '@grammyjs/types';\n",
  'bot/http/clock.ts': 'export const started = Date.now();\n',
};

const lintSchema = z.array(
  z.object({ filePath: z.string(), messages: z.array(z.object({ ruleId: z.string().nullable() })) }),
);

describe('the linter', () => {
  let sample: SampleProject;
  let found: Map<string, string[]>;

  beforeAll(async () => {
    const files = Object.fromEntries(LINT.map(([, file, text]) => [file, `${text}\n`]));
    sample = makeSampleProject({ ...LINT_ALLOWED, ...files });
    const { output } = await sample.check('check:lint', '--format json');
    found = new Map(
      lintSchema
        .parse(JSON.parse(output))
        .map(({ filePath, messages }) => [
          filePath.slice(sample.path.length + 1).replaceAll('\\', '/'),
          messages.map(({ ruleId }) => ruleId ?? ''),
        ]),
    );
  });
  afterAll(() => sample.remove());

  test.each(LINT)('refuses %s', (_what, file, _text, rule) => {
    expect(found.get(file)).toContain(rule);
  });

  test.each(Object.keys(LINT_ALLOWED))('takes %s', (file) => {
    expect(found.get(file)).toEqual([]);
  });
});

/** [script, what is wrong, files, what the check must say about each] */
const CHECKS: [script: string, what: string, files: Record<string, string>, words: RegExp[]][] = [
  [
    'check:format',
    'a file in another style',
    { 'bot/style.ts': 'export   const a = "1"\n' },
    [/bot\/style\.ts/],
  ],
  [
    'check:types',
    'syntax that Node cannot strip and an index taken for granted',
    {
      'bot/kind.ts': 'export enum Kind {\n  A,\n}\n',
      'bot/index.ts': 'export const f = (a: string[]): string => a[0];\n',
    },
    [/bot\/kind\.ts.*TS1294/, /bot\/index\.ts.*TS2322/],
  ],
  [
    'check:types:shared',
    'names of Node or of a browser',
    { 'shared/node.ts': 'export const a = process.pid;\n', 'shared/page.ts': 'export const a = document;\n' },
    [/shared\/node\.ts.*TS2591/, /shared\/page\.ts.*TS2584/],
  ],
  [
    'check:types:mini-app',
    'names of Node',
    { 'tma/src/node.tsx': 'export const a = process.pid;\n' },
    [/tma\/src\/node\.tsx.*TS2591/],
  ],
  [
    'check:types:chat-page',
    'names of Node',
    { 'bot/sandbox/page/src/node.ts': 'export const a = process.pid;\n' },
    [/page\/src\/node\.ts.*TS2591/],
  ],
  [
    'check:types:browser-tests',
    'a wrong type',
    { 'tests/browser/a.test.ts': 'export const a: string = document;\n' },
    [/tests\/browser\/a\.test\.ts.*TS2322/],
  ],
  [
    'check:sql',
    'a dropped column',
    { 'migrations/1_a.sql': 'alter table public.a drop column b;\n' },
    [/ban-drop-column/],
  ],
];

describe('each check', () => {
  test.each(CHECKS)('%s fails over %s', async (script, _what, files, words) => {
    const sample = makeSampleProject(files);
    try {
      const { code, output } = await sample.check(script);
      for (const said of words) expect(output).toMatch(said);
      expect(code).not.toBe(0);
    } finally {
      sample.remove();
    }
  });

  test('check:dead-code fails over what nobody uses', async () => {
    const sample = makeSampleProject({
      'bot/main.ts': "import { used } from './parts.ts';\n\nused();\n",
      'bot/parts.ts': 'export const used = (): number => 1;\nexport const forgotten = 2;\n',
      'bot/forgotten-file.ts': 'export {};\n',
    });
    try {
      const { code, output } = await sample.check('check:dead-code');
      expect(output).toMatch(/Unused files[\s\S]*bot\/forgotten-file\.ts/);
      expect(output).toMatch(/Unused exports[\s\S]*forgotten/);
      expect(output).toMatch(/Unused dependencies[\s\S]*grammy/);
      expect(output).not.toMatch(/\bused\b/);
      expect(code).not.toBe(0);
    } finally {
      sample.remove();
    }
  });

  test('has a case that fails, here or in the test of the boundaries or of the install step', () => {
    const elsewhere = ['check:lint', 'check:dead-code', 'check:boundaries', 'check:build'];
    const covered = [...CHECKS.map(([script]) => script), ...elsewhere];
    const scripts = Object.keys(readScripts()).filter((name) => name.startsWith('check:'));
    expect(scripts.filter((name) => !covered.includes(name))).toEqual([]);
  });
});
