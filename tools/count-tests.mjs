/**
 * Reads vitest's JSON report and decides what counts. A runner that crashed, a file that could not be loaded, a project
 * without a test and a test that did not run are failures: silence must never look like success.
 */

/**
 * @param {string | null} text the report, or null if there is none
 * @param {number} exitCode of the runner
 * @returns {{ passed: number, failed: number, notes: string[] }} notes: one sentence for each failure that is not a test's
 */
export function countTests(text, exitCode) {
  let report;
  try {
    report = JSON.parse(text ?? '');
  } catch {
    return { passed: 0, failed: 1, notes: [`The test runner left no report (exit code ${exitCode}).`] };
  }
  const counts = { passed: 0, failed: 0, notes: [] };
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        counts.passed += 1;
        continue;
      }
      counts.failed += 1;
      if (test.status !== 'failed') counts.notes.push(`Not run (${test.status}): ${test.fullName}`);
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
