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

  test('a runner that left no report has failed', () => {
    expect(countTests('', 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(countTests('{"testRes', 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a project without a test has failed', () => {
    expect(countTests('{"testResults": []}', 0)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a runner that fails after every test passed has failed', () => {
    const report = JSON.stringify({
      testResults: [{ name: 'a', status: 'passed', assertionResults: [passed] }],
    });
    expect(countTests(report, 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(countTests(report, 0)).toEqual({ passed: 1, failed: 0, notes: [] });
  });

  test('a hook that fails after the tests of its file has failed', () => {
    const report = JSON.stringify({
      testResults: [{ name: 'a', status: 'failed', assertionResults: [passed] }],
    });
    expect(countTests(report, 1)).toMatchObject({ passed: 1, failed: 1 });
  });
});

test('continuous integration calls npm test and nothing else', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../.ci/run'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.filter((line) => !/^(#|set |cd )/.test(line))).toEqual(['npm test']);
});
