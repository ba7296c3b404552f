/**
 * Reads vitest's JSON report and decides what counts. A runner that crashed, a file that could not be loaded, a project
 * without a test and a test that did not run are failures: silence must never look like success.
 */

import { z } from 'zod';

/** The part of vitest's report that decides; it is vitest's own, so anything else means a crashed runner. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

export interface Counts {
  passed: number;
  failed: number;
  /** One paragraph for each failure: what failed and the first of why. */
  notes: string[];
}

/** Enough of a failure to know it by: an assertion’s words and where it stands. */
function beginning(messages: readonly string[]): string {
  const lines = messages.flatMap((message) => message.split('\n')).filter((line) => line.trim() !== '');
  const words = lines.filter((line) => !/^\s+at /.test(line)).slice(0, 4);
  const place = lines.find((line) => /^\s+at .*tests\//.test(line));
  return [...words, ...(place === undefined ? [] : [place])]
    .map((line) => `\n       ${line.trim()}`)
    .join('');
}

function readReport(text: string): z.infer<typeof reportSchema> | null {
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * @param text the report; empty if there is none
 * @param exitCode of the runner
 */
export function countTests(text: string, exitCode: number): Counts {
  const report = readReport(text);
  if (report === null) {
    return { passed: 0, failed: 1, notes: [`The test runner left no report (exit code ${exitCode}).`] };
  }
  const counts: Counts = { passed: 0, failed: 0, notes: [] };
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        counts.passed += 1;
        continue;
      }
      counts.failed += 1;
      counts.notes.push(
        test.status === 'failed'
          ? `Failed: ${test.fullName}${beginning(test.failureMessages ?? [])}`
          : `Not run (${test.status}): ${test.fullName}`,
      );
    }
    const explained = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !explained) {
      counts.failed += 1;
      counts.notes.push(`Could not be run: ${file.name}`);
    }
  }
  if (counts.passed + counts.failed === 0) {
    counts.failed += 1;
    counts.notes.push('There is not one test in this project.');
  }
  if (counts.failed === 0 && exitCode !== 0) {
    counts.failed += 1;
    counts.notes.push(
      `Every test passed, yet the runner failed (exit code ${exitCode}): see its words below.`,
    );
  }
  return counts;
}
