/**
 * Reads what the test runner left behind and decides what counts. A runner that crashed, a file that could not be loaded, a
 * project without a test and a test that did not run are failures: silence must never look like success.
 *
 * One thing is no verdict: a file whose process could not be started, so that not one line of it ran. It is run again, once.
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

/** What ./run-report.ts adds to it. */
const outsideSchema = z.object({ planned: z.array(z.string()), errors: z.array(z.string()) });

/** What one run of vitest left behind. */
export interface RunnerEnd {
  code: number;
  /** vitest's JSON report; empty if there is none. */
  report: string;
  /** The report of ./run-report.ts; empty if there is none. */
  outside: string;
}

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

interface Reading {
  code: number;
  files: readonly ReportedFile[];
  /** Files of which not even the loading began. */
  lost: readonly string[];
  /** What went wrong outside of any test. */
  errors: readonly string[];
}

function read(run: RunnerEnd): Reading | null {
  try {
    const files = reportSchema.parse(JSON.parse(run.report)).testResults;
    const { planned, errors } = outsideSchema.parse(JSON.parse(run.outside));
    const begun = new Set(files.map(({ name }) => name));
    return { code: run.code, files, lost: planned.filter((file) => !begun.has(file)), errors };
  } catch {
    return null;
  }
}

/** The files of a run that never began, because their process was lost before it read them. */
export function lostFiles(run: RunnerEnd): readonly string[] {
  return read(run)?.lost ?? [];
}

/** Whether lost processes are all that went wrong outside of the tests: each leaves one error of vitest's pool. */
function onlyLost({ lost, errors }: Reading): boolean {
  return errors.length === lost.length && errors.every((error) => error.startsWith('[vitest-pool]'));
}

/** Every file of a project lies in its folder of tests/. */
function isOf(project: string, file: string): boolean {
  return file.replaceAll('\\', '/').includes(`/tests/${project}/`);
}

/**
 * Counts each project for itself.
 *
 * @param first the run of all files
 * @param again the run of the files that the first one lost; null if it lost none
 * @param projects those that ran
 */
export function countTests<Project extends string>(
  first: RunnerEnd,
  again: RunnerEnd | null,
  projects: readonly Project[],
): ProjectCounts<Project>[] {
  const readings = [first, ...(again === null ? [] : [again])].map((run) => ({ run, reading: read(run) }));
  const unread = readings.find(({ reading }) => reading === null);
  if (unread !== undefined) {
    const notes = [`The test runner left no report (exit code ${unread.run.code}).`];
    return projects.map((project) => ({ project, passed: 0, failed: 1, notes, ms: 0 }));
  }
  const runs = readings.flatMap(({ reading }) => reading ?? []);
  const counted = projects.map((project) => countProject(project, runs));
  const broken = runs.find((run, index) => run.code !== 0 && !(index < runs.length - 1 && onlyLost(run)));
  if (broken !== undefined && counted.every(({ failed }) => failed === 0)) {
    // Nobody knows whose fault it is, so nobody gets away with it.
    const words = broken.errors.map((error) => `\n       ${error}`).join('');
    const note = `Every test passed, yet the runner failed (exit code ${broken.code}):${words || ' see its words below.'}`;
    for (const counts of counted) counts.notes.push(note);
    for (const counts of counted) counts.failed += 1;
  }
  return counted;
}

function countProject<Project extends string>(
  project: Project,
  runs: readonly Reading[],
): ProjectCounts<Project> {
  const files = runs.flatMap((run) => run.files).filter(({ name }) => isOf(project, name));
  const counts = countFiles(files);
  const last = runs.length - 1;
  for (const [index, { lost, errors }] of runs.entries()) {
    for (const file of lost.filter((name) => isOf(project, name))) {
      const why = errors.filter((error) => error.includes(file)).join(' ');
      counts.notes.push(
        `${index < last ? 'Run again, its process was lost' : 'Never began'}: ${file} ${why}`.trim(),
      );
      if (index === last) counts.failed += 1;
    }
  }
  if (counts.passed + counts.failed === 0) {
    counts.failed += 1;
    counts.notes.push('There is not one test in this project.');
  }
  return { project, ...counts, ms: span(files) };
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
  return counts;
}
