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
      startTime: z.number(),
      endTime: z.number(),
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

export interface ProjectCounts<Project extends string> extends Counts {
  project: Project;
  /** Milliseconds from the start of its first file to the end of its last. */
  ms: number;
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

/** Every file of a project lies in its folder of tests/. */
function isOf(project: string, file: string): boolean {
  return file.replaceAll('\\', '/').includes(`/tests/${project}/`);
}

/**
 * Counts each project of one run for itself.
 *
 * @param text the report; empty if there is none
 * @param exitCode of the runner
 * @param projects those that ran
 */
export function countTests<Project extends string>(
  text: string,
  exitCode: number,
  projects: readonly Project[],
): ProjectCounts<Project>[] {
  const report = readReport(text);
  if (report === null) {
    const notes = [`The test runner left no report (exit code ${exitCode}).`];
    return projects.map((project) => ({ project, passed: 0, failed: 1, notes, ms: 0 }));
  }
  const counted = projects.map((project) => {
    const files = report.testResults.filter(({ name }) => isOf(project, name));
    return { project, ...countFiles(files), ms: span(files) };
  });
  if (exitCode !== 0 && counted.every(({ failed }) => failed === 0)) {
    // Nobody knows whose fault it is, so nobody gets away with it.
    const note = `Every test passed, yet the runner failed (exit code ${exitCode}): see its words below.`;
    for (const counts of counted) counts.notes.push(note);
    for (const counts of counted) counts.failed += 1;
  }
  return counted;
}

type ReportedFile = z.infer<typeof reportSchema>['testResults'][number];

/** Milliseconds from the start of the first file to the end of the last. */
function span(files: readonly ReportedFile[]): number {
  if (files.length === 0) return 0;
  return (
    Math.max(...files.map(({ endTime }) => endTime)) - Math.min(...files.map(({ startTime }) => startTime))
  );
}

function countFiles(files: readonly ReportedFile[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, notes: [] };
  for (const file of files) {
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
  return counts;
}
