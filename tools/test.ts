/**
 * `npm test`: everything a change must pass. First what the browser tests open is built; then every other `check:*` script of
 * package.json runs, one after the other, beside the test projects that need little; last, with the machine to themselves, those
 * that start whole programs and browsers. Carries on past a failure so that all is seen, and closes with one line of counts in
 * which each check and each test counts as one.
 *
 * `npm test -- lint unit` runs only the named steps.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { run } from './command.ts';
import { countTests, lostFiles, type Counts, type RunnerEnd } from './count-tests.ts';

const CHECK_PREFIX = 'check:';
/** Run beside the checks. */
const LIGHT_PROJECTS = ['rules', 'unit', 'database'];
/** A browser and a database that share two cores with a linter take half a minute for what a person sees at once. */
const HEAVY_PROJECTS = ['flows', 'browser'];
const PROJECTS = [...LIGHT_PROJECTS, ...HEAVY_PROJECTS];
/** Makes what the browser tests open, so it comes before them. */
const FIRST_CHECK = 'build';

interface Result extends Counts {
  name: string;
}

function report(name: string, counts: Counts, ms: number): Result {
  const verdict = counts.failed === 0 ? 'ok  ' : 'FAIL';
  const failures = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${verdict} ${name.padEnd(22)}${time}  ${counts.passed} passed${failures}`);
  for (const note of counts.notes) console.log(`     ${note}`);
  return { name, ...counts };
}

/** What a failed command said. */
function quote(output: string): void {
  if (output !== '') console.log(`\n${output}\n`);
}

async function runCheck(name: string, command: string): Promise<Result> {
  const { code, output, ms } = await run(command);
  const passed = code === 0 ? 1 : 0;
  const result = report(name, { passed, failed: 1 - passed, notes: [] }, ms);
  if (passed === 0) quote(output);
  return result;
}

/** One run of vitest over all projects named, or over some of their files. */
async function runVitest(
  names: readonly string[],
  files: readonly string[] = [],
): Promise<RunnerEnd & { output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-test-'));
  const [report, outside] = [join(folder, 'report.json'), join(folder, 'outside.json')];
  const text = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  try {
    const projects = names.map((name) => `--project ${name}`).join(' ');
    const reporters = ['default', 'json', './tools/run-report.ts']
      .map((name) => `--reporter=${name}`)
      .join(' ');
    const paths = files.map((file) => JSON.stringify(file)).join(' ');
    const { code, output } = await run(
      `vitest run ${paths} ${projects} ${reporters} --outputFile.json=${JSON.stringify(report)}`,
      { RUN_REPORT_FILE: outside },
    );
    return { code, output, report: text(report), outside: text(outside) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run for several projects: its workers go on with the next project while the last files of one are still under way. */
async function runProjects(names: readonly string[]): Promise<Result[]> {
  if (names.length === 0) return [];
  const first = await runVitest(names);
  const lost = lostFiles(first);
  const again = lost.length > 0 ? await runVitest(names, lost) : null;
  const results = countTests(first, again, names).map(({ project, ms, ...counts }) =>
    report(`tests: ${project}`, counts, ms),
  );
  if (results.some(({ failed }) => failed > 0)) quote([first.output, again?.output ?? ''].join('\n').trim());
  return results;
}

const started = performance.now();
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
const checks = Object.entries(scripts)
  .filter(([name]) => name.startsWith(CHECK_PREFIX))
  .map(([name, command]) => ({ name: name.slice(CHECK_PREFIX.length), command }));
const wanted = process.argv.slice(2);
const known = [...checks.map(({ name }) => name), ...PROJECTS];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no step called ${unknown.join(', ')}. The steps are: ${known.join(', ')}.`);
  process.exit(1);
}
const chosen = (name: string) => wanted.length === 0 || wanted.includes(name);

async function runChecks(wantedChecks: typeof checks): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, command } of wantedChecks) results.push(await runCheck(name, command));
  return results;
}

const isFirst = ({ name }: { name: string }): boolean => name === FIRST_CHECK;
const chosenChecks = checks.filter(({ name }) => chosen(name));
const results = await runChecks(chosenChecks.filter(isFirst));
const beside = await Promise.all([
  runChecks(chosenChecks.filter((check) => !isFirst(check))),
  runProjects(LIGHT_PROJECTS.filter(chosen)),
]);
results.push(...beside.flat(), ...(await runProjects(HEAVY_PROJECTS.filter(chosen))));

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all.`);
if (broken.length > 0) console.log(`Failed: ${broken.join(', ')}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
