/** Rules about the repository as a whole, which no linter knows. Each has a line that breaks it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryFiles, ROOT, type RepositoryFile } from '../support/repository.ts';

const FILES = repositoryFiles();
const MAX_LINES = 300;

/** Files that may be longer, each with its reason. */
const LONG_FILES: Record<string, string> = {
  'bot/telegram/texts/en.ftl': 'all words of a language in one file: a language is added by adding one',
  'bot/telegram/texts/ru.ftl': 'as above',
  'tma/src/texts/en.ftl': 'as above',
  'tma/src/texts/ru.ftl': 'as above',
};

/** The parts of the house, as the architecture names them. */
const PARTS = [
  'bot/main.ts',
  'bot/config.ts',
  'bot/logging.ts',
  'bot/domain',
  'bot/usecases/ports.ts',
  'bot/store',
  'bot/gateway',
  'bot/telegram',
  'bot/jobs',
  'bot/http',
  'bot/sandbox',
  'tma/src/app',
  'tma/src/features',
  'tma/src/session',
  'tma/src/telegram',
  'tma/src/ui',
  'shared/contracts',
  'shared/schemas',
  'shared/rules',
  'migrations',
];

/** A rule over single lines: where it looks, what it finds wrong, and lines that must and must not be found. */
interface LineRule {
  name: string;
  where: RegExp;
  wrong: RegExp;
  bad: string[];
  good: string[];
}

// The bad lines are put together from parts, so that this file does not break its own rules.
const LINE_RULES: LineRule[] = [
  {
    name: 'no path of one particular machine',
    where: /^(?!package-lock\.json$)/,
    wrong: /(?<![\w.~/-])\/(work|root|home|Users)\/[\w.-]/,
    bad: ['see /' + 'work/main/notes', "'/" + "root/.npmrc'", '/' + 'home/anna/x'],
    good: ['bot/work/item.ts', 'https://example.org/home/page', './root/x'],
  },
  {
    name: 'no registry of one particular machine',
    where: /^(package-lock\.json|\.npmrc|package\.json)$/,
    wrong: /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)|^\s*registry\s*=/,
    bad: ['"resolved": "https://' + 'npm.example.org/a.tgz"', 'registry=' + 'https://npm.example.org'],
    good: ['"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"'],
  },
  {
    // npm leaves an optional package out in silence when the machine's own Node is older than it asks for, although the
    // product runs on the pinned one. What few people need is loaded late instead.
    name: 'no package that npm may leave out',
    where: /^package\.json$/,
    wrong: /"optionalDependencies"/,
    bad: ['"optional' + 'Dependencies": {'],
    good: ['"dependencies": {', '"devDependencies": {'],
  },
  {
    name: 'no test that is switched off or runs alone',
    where: /^tests\/.*\.tsx?$/,
    wrong:
      /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|fails|skipIf|runIf)\b|\b(?:ctx|context|t)\.skip\(|\bx(?:it|test|describe)\(/,
    bad: [
      'test.' + "skip('a')",
      'describe.concurrent.' + "only('a')",
      'it.' + 'todo()',
      'test.' + 'skipIf(a)(b)',
      'ctx.' + 'skip()',
    ],
    good: ["test('skips what is done', () => {})", 'reminder.skip(id)', 'test.each(cases)'],
  },
  {
    name: 'no test that sleeps',
    where: /^tests\/.*\.tsx?$/,
    wrong:
      /setTimeout\(\s*(?:resolve|done|res|r)\b|\bwaitForTimeout\(|await (?:setTimeout|sleep|delay|pause)\(/,
    bad: ['setTime' + 'out(resolve, 100)', 'page.waitFor' + 'Timeout(5)', 'await ' + 'sleep(5)'],
    good: ["setTimeout(() => reject(new Error('too late')), LIMIT)"],
  },
  {
    // Helpers may use it to give up waiting; a test has no use for it but sleeping.
    name: 'no test with a timer as a promise',
    where: /\.test\.tsx?$/,
    wrong: /timers\/promises/,
    bad: ["from 'node:timers/" + "promises'"],
    good: ["from 'node:timers'"],
  },
  {
    name: 'no rule of the linter switched off without a reason',
    where: /\.(tsx?|m?js|cjs)$/,
    wrong: /eslint-disable(?!.*? -- \S)/,
    bad: ['// eslint-' + 'disable-next-line no-console'],
    good: ['// eslint-disable-next-line no-console -- the one line a person waits for'],
  },
];

function brokenLines(rule: LineRule, files: RepositoryFile[]): string[] {
  return files
    .filter(({ path }) => rule.where.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (rule.wrong.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
}

describe.each(LINE_RULES)('$name', (rule) => {
  test('in the whole repository', () => {
    expect(brokenLines(rule, FILES)).toEqual([]);
  });

  test.each(rule.bad)('%s would be found', (line) => {
    expect(rule.wrong.test(line)).toBe(true);
  });

  test.each(rule.good)('%s is fine', (line) => {
    expect(rule.wrong.test(line)).toBe(false);
  });
});

function longFiles(files: RepositoryFile[]): string[] {
  return files
    .filter(({ path }) => /^(bot|shared|tma\/src)\//.test(path))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > MAX_LINES && LONG_FILES[path] === undefined)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

test(`no file of the product is longer than ${MAX_LINES} lines`, () => {
  expect(longFiles(FILES)).toEqual([]);
  const long = { path: 'bot/a.ts', text: 'a\n'.repeat(MAX_LINES + 1) };
  expect(longFiles([long, { path: 'bot/b.ts', text: 'a\n'.repeat(MAX_LINES) }])).toEqual([
    'bot/a.ts: 301 lines',
  ]);
});

test('every exception from a rule still has its file', () => {
  expect(Object.keys(LONG_FILES).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('every part of the architecture has its place', () => {
  const isThere = (part: string) => FILES.some(({ path }) => path === part || path.startsWith(`${part}/`));
  expect(PARTS.filter((part) => !isThere(part))).toEqual([]);
});
