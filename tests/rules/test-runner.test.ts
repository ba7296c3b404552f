/** `npm test` must never take silence for success. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleProject, runIn, type SampleProject } from '../support/sample-project.ts';
import { countTests } from '../../tools/count-tests.ts';

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
  const reportOf = (...testResults: unknown[]): string => JSON.stringify({ testResults });

  test('a runner that left no report has failed, in every project', () => {
    const failed = { passed: 0, failed: 1 };
    expect(countTests('', 0, ['unit', 'rules'])).toMatchObject([failed, failed]);
    expect(countTests('{"testRes', 1, ['unit'])).toMatchObject([failed]);
  });

  test('a project without a test has failed, whatever the others did', () => {
    expect(countTests(reportOf(), 0, ['unit'])).toMatchObject([{ passed: 0, failed: 1 }]);
    expect(countTests(reportOf(file('/x/tests/rules/a.test.ts')), 0, ['unit', 'rules'])).toMatchObject([
      { project: 'unit', passed: 0, failed: 1 },
      { project: 'rules', passed: 1, failed: 0 },
    ]);
  });

  test('a runner that fails after every test passed has failed', () => {
    const report = reportOf(file('/x/tests/unit/a.test.ts'));
    expect(countTests(report, 1, ['unit'])).toMatchObject([{ passed: 1, failed: 1 }]);
    expect(countTests(report, 0, ['unit'])).toEqual([
      { project: 'unit', passed: 1, failed: 0, notes: [], ms: 2000 },
    ]);
  });

  test('a hook that fails after the tests of its file has failed, and that project alone', () => {
    const report = reportOf(file('/x/tests/unit/a.test.ts', 'failed'), file('/x/tests/rules/b.test.ts'));
    expect(countTests(report, 1, ['unit', 'rules'])).toMatchObject([
      { passed: 1, failed: 1 },
      { passed: 1, failed: 0 },
    ]);
  });
});

test('continuous integration calls npm test and nothing else', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../.ci/run'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.filter((line) => !/^(#|set |cd )/.test(line))).toEqual(['npm test']);
});
