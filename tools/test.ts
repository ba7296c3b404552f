/**
 * `npm test`: everything a change must pass. Runs every `check:*` script of package.json two at a time and the light test
 * projects with them, then the other projects of vitest one after the other, carries on past a failure so that all is seen,
 * and closes with one line of counts in which each check and each test counts as one.
 *
 * `npm test -- lint unit` runs only the named steps.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { countTests, type Counts } from './count-tests.ts';

const CHECK_PREFIX = 'check:';
const PROJECTS = ['rules', 'unit', 'database', 'flows', 'browser'];
/** The checks are single-threaded; more of them at once than this only makes each slower on a small machine. */
const CHECKS_AT_ONCE = 2;
/** Takes as long as all other checks together, so it begins and the rest goes on beside it. */
const LONGEST_CHECK = 'lint';
/** Projects that need neither database nor browser nor what a check builds: they run beside the longest check. */
const LIGHT_PROJECTS = ['rules', 'unit'];
/** A step that takes longer hangs. */
const STEP_LIMIT_MS = 20 * 60_000;

interface Ended {
  code: number;
  output: string;
  /** How long it took, in milliseconds of machine time. */
  ms: number;
}

interface Result extends Counts {
  name: string;
}

/** Runs one command through the shell; code 1 also when it could not start or had to be ended. */
function run(command: string): Promise<Ended> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: STEP_LIMIT_MS,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = (code: number | null, words: string) =>
    resolve({ code: code ?? 1, output: `${output}${words}`.trim(), ms: performance.now() - started });
  child.once('error', (error) => end(1, `\n${error.message}`));
  child.once('close', (code, signal) => end(code, signal === null ? '' : `\nEnded by ${signal}.`));
  return promise;
}

function report(name: string, counts: Counts, { output, ms }: Ended): Result {
  const verdict = counts.failed === 0 ? 'ok  ' : 'FAIL';
  const failures = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${verdict} ${name.padEnd(22)}${time}  ${counts.passed} passed${failures}`);
  for (const note of counts.notes) console.log(`     ${note}`);
  if (counts.failed > 0 && output !== '') console.log(`\n${output}\n`);
  return { name, ...counts };
}

async function runCheck(name: string, command: string): Promise<Result> {
  const ended = await run(command);
  const passed = ended.code === 0 ? 1 : 0;
  return report(name, { passed, failed: 1 - passed, notes: [] }, ended);
}

async function runProject(name: string): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-test-'));
  const file = join(folder, 'report.json');
  try {
    const outputs = `--reporter=default --reporter=json --outputFile.json=${JSON.stringify(file)}`;
    const ended = await run(`vitest run --project ${name} ${outputs}`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return report(`tests: ${name}`, countTests(text, ended.code), ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the jobs with at most `limit` of them under way. */
async function runAll(jobs: (() => Promise<Result>)[], limit: number): Promise<Result[]> {
  const waiting = [...jobs];
  const results: Result[] = [];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) results.push(await job());
  };
  await Promise.all(Array.from({ length: limit }, lane));
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

const light = LIGHT_PROJECTS.filter(chosen).map((name) => () => runProject(name));
const results = await runAll(
  [
    ...checks
      .filter(({ name }) => chosen(name))
      .sort((a, b) => Number(b.name === LONGEST_CHECK) - Number(a.name === LONGEST_CHECK))
      .map(
        ({ name, command }) =>
          () =>
            runCheck(name, command),
      ),
    ...light,
  ],
  CHECKS_AT_ONCE,
);
for (const name of PROJECTS.filter(chosen)) {
  if (!LIGHT_PROJECTS.includes(name)) results.push(await runProject(name));
}

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all.`);
if (broken.length > 0) console.log(`Failed: ${broken.join(', ')}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
