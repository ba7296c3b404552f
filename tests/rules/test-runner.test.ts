/** `npm test` must never take silence for success. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleProject, runIn, type SampleProject } from '../support/sample-project.ts';
import { countTests, lostFiles } from '../../tools/count-tests.ts';

const IMPORTS = "import { expect, test, vi } from 'vitest';\n";
// In two parts, so that the rule against such tests does not find them here.
const IDLE = ['test', 'skip'].join('.');
const ALONE = ['test', 'only'].join('.');
const TESTS: Record<string, string> = {
  'tests/unit/passes.test.ts': `${IMPORTS}test('fine', () => expect(1).toBe(1));\n`,
  'tests/unit/fails.test.ts': `${IMPORTS}test('wrong', () => expect(1).toBe(2));\n`,
  'tests/unit/complains.test.ts': `${IMPORTS}test('noisy', () => console.error('a surprise'));\n`,
  'tests/unit/expects.test.ts': `${IMPORTS}test('expected', () => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
  console.error('awaited');
  expect(spy).toHaveBeenCalledOnce();
});\n`,
  'tests/unit/idle.test.ts': `${IMPORTS}${IDLE}('left out', () => expect(1).toBe(1));\n`,
  'tests/unit/alone.test.ts': `${IMPORTS}${ALONE}('alone', () => expect(1).toBe(1));\n`,
  'tests/unit/broken.test.ts': "import './nowhere.ts';\n",
};

describe('a run with every kind of failure', () => {
  let sample: SampleProject;
  let output: string;
  let code: number | null;

  beforeAll(async () => {
    sample = makeSampleProject(TESTS);
    ({ output, code } = await runIn(sample.path, 'node tools/test.ts unit'));
  });
  afterAll(() => sample.remove());

  test('closes with one line of counts and an exit code', () => {
    expect(output.trimEnd().split('\n').at(-1)).toBe('2 passed, 5 failed');
    expect(code).toBe(1);
  });

  test('names what console.error printed', () => {
    expect(output).toContain('console.error: a surprise');
  });

  test('names the test that failed, with what was expected and where', () => {
    expect(output).toMatch(/Failed: wrong\n.*expected 1 to be 2.*\n(.*\n)*?.*tests\/unit\/fails\.test\.ts/);
  });

  test('names the test that did not run and the file that could not be loaded', () => {
    expect(output).toMatch(/Not run \(\w+\): left out/);
    expect(output).toMatch(/Could not be run: .*broken\.test\.ts/);
  });
});

test('an unknown step is refused with the list of steps', async () => {
  const { output, code } = await runIn(join(import.meta.dirname, '../..'), 'node tools/test.ts spelling');
  expect(output).toMatch(/no step called spelling\. The steps are: lint, .*, browser/);
  expect(code).toBe(1);
});

test('a failing check counts as one', async () => {
  const sample = makeSampleProject({ 'bot/style.ts': 'export   const a = 1\n' });
  try {
    const { output, code } = await runIn(sample.path, 'node tools/test.ts format');
    expect(output).toMatch(/FAIL format/);
    expect(output.trimEnd()).toMatch(/\n0 passed, 1 failed$/);
    expect(code).toBe(1);
  } finally {
    sample.remove();
  }
});

describe('counting', () => {
  const passed = { status: 'passed', fullName: 'fine' };
  const file = (name: string, status = 'passed') => {
    return { name, status, startTime: 1000, endTime: 3000, assertionResults: [passed] };
  };
  /** What a run leaves behind that was to run the files it reports, and those it lost. */
  const runOf = (files: ReturnType<typeof file>[], code = 0, lost: string[] = [], errors: string[] = []) => ({
    code,
    report: JSON.stringify({ testResults: files }),
    outside: JSON.stringify({ planned: [...files.map(({ name }) => name), ...lost], errors }),
  });
  const unit = file('/x/tests/unit/a.test.ts');
  const LOST = '/x/tests/unit/lost.test.ts';
  const POOL = `[vitest-pool]: Failed to start forks worker for test files ${LOST}.`;

  test('a runner that left no report, or half of one, has failed, in every project', () => {
    const failed = { passed: 0, failed: 1 };
    const silent = { code: 0, report: '', outside: '' };
    expect(countTests(silent, null, ['unit', 'rules'])).toMatchObject([failed, failed]);
    expect(countTests({ ...runOf([unit]), report: '{"testRes' }, null, ['unit'])).toMatchObject([failed]);
    expect(countTests({ ...runOf([unit]), outside: '' }, null, ['unit'])).toMatchObject([failed]);
    expect(countTests(runOf([], 1, [LOST], [POOL]), silent, ['unit'])).toMatchObject([failed]);
  });

  test('a project without a test has failed, whatever the others did', () => {
    expect(countTests(runOf([]), null, ['unit'])).toMatchObject([{ passed: 0, failed: 1 }]);
    expect(countTests(runOf([file('/x/tests/rules/a.test.ts')]), null, ['unit', 'rules'])).toMatchObject([
      { project: 'unit', passed: 0, failed: 1 },
      { project: 'rules', passed: 1, failed: 0 },
    ]);
  });

  test('a runner that fails after every test passed has failed, and says why', () => {
    const [counts] = countTests(runOf([unit], 1, [], ['a promise was left alone']), null, ['unit']);
    expect(counts).toMatchObject({ passed: 1, failed: 1 });
    expect(counts?.notes.join()).toContain('a promise was left alone');
    expect(countTests(runOf([unit]), null, ['unit'])).toEqual([
      { project: 'unit', passed: 1, failed: 0, notes: [], ms: 2000 },
    ]);
  });

  test('a hook that fails after the tests of its file has failed, and that project alone', () => {
    const run = runOf([file('/x/tests/unit/a.test.ts', 'failed'), file('/x/tests/rules/b.test.ts')], 1);
    expect(countTests(run, null, ['unit', 'rules'])).toMatchObject([
      { passed: 1, failed: 1 },
      { passed: 1, failed: 0 },
    ]);
  });

  test('a file that never began is counted by its second run, and the loss is told', () => {
    const first = runOf([unit], 1, [LOST], [POOL]);
    expect(lostFiles(first)).toEqual([LOST]);
    const [well] = countTests(first, runOf([file(LOST)]), ['unit']);
    expect(well).toMatchObject({ passed: 2, failed: 0 });
    expect(well?.notes).toEqual([expect.stringMatching(/^Run again, .*lost\.test\.ts \[vitest-pool]/)]);
    expect(countTests(first, runOf([file(LOST, 'failed')], 1), ['unit'])).toMatchObject([{ failed: 1 }]);
    expect(countTests(first, runOf([file(LOST)], 1), ['unit'])).toMatchObject([{ passed: 2, failed: 1 }]);
  });

  test('a file that is lost twice, or lost in silence, has failed', () => {
    const first = runOf([unit], 1, [LOST], [POOL]);
    expect(countTests(first, runOf([], 1, [LOST], [POOL]), ['unit'])).toMatchObject([
      { passed: 1, failed: 1 },
    ]);
    expect(countTests(runOf([unit], 0, [LOST]), null, ['unit'])).toMatchObject([{ passed: 1, failed: 1 }]);
  });

  test('a second run excuses nothing but the loss', () => {
    const first = runOf([unit], 1, [LOST], [POOL, 'a promise was left alone']);
    expect(countTests(first, runOf([file(LOST)]), ['unit'])).toMatchObject([{ passed: 2, failed: 1 }]);
    const failing = runOf([{ ...unit, status: 'failed' }], 1, [LOST], [POOL]);
    expect(countTests(failing, runOf([file(LOST)]), ['unit'])).toMatchObject([{ passed: 2, failed: 1 }]);
  });
});

describe('a worker that ends before it read its file', () => {
  const CONFIG = `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { isolate: false, projects: [{ extends: true, test: {
  name: 'unit', include: ['tests/unit/*.test.ts'], execArgv: ['--require', './ends.cjs'] } }] } });\n`;
  const files = {
    'vitest.config.ts': CONFIG,
    'tests/unit/passes.test.ts': TESTS['tests/unit/passes.test.ts'] ?? '',
  };

  async function runWith(ends: string): Promise<{ output: string; code: number | null }> {
    const sample = makeSampleProject({ ...files, 'ends.cjs': ends });
    try {
      return await runIn(sample.path, 'node tools/test.ts unit');
    } finally {
      sample.remove();
    }
  }

  test('is given its file once more', async () => {
    const { output, code } = await runWith(
      `const { existsSync, writeFileSync } = require('node:fs');
       if (!existsSync('ended')) { writeFileSync('ended', ''); process.exit(9); }\n`,
    );
    expect(output).toMatch(/Run again, its process was lost: .*passes\.test\.ts/);
    expect(output.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('and has failed if it ends again', async () => {
    const { output, code } = await runWith('process.exit(9);\n');
    expect(output).toMatch(/Never began: .*passes\.test\.ts/);
    expect(output.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });
});

test('continuous integration calls npm test and nothing else', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../.ci/run'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.filter((line) => !/^(#|set |cd )/.test(line))).toEqual(['npm test']);
});
