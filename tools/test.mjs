/**
 * `npm test`: everything a change must pass. Runs every `check:*` script of package.json two at a time, then the test
 * projects of vitest one after the other, carries on past a failure so that all is seen, and closes with one line of counts
 * in which each check and each test counts as one.
 *
 * `npm test -- lint unit` runs only the named steps.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests } from './count-tests.mjs';

const CHECK_PREFIX = 'check:';
const PROJECTS = ['rules', 'unit', 'database', 'flows', 'browser'];
/** The checks are single-threaded; more of them at once than this only makes each slower on a small machine. */
const CHECKS_AT_ONCE = 2;
/** A step that takes longer hangs. */
const STEP_LIMIT_MS = 20 * 60_000;

/**
 * Runs one command through the shell and collects what it prints.
 * @param {string} command
 * @returns {Promise<{ code: number, output: string, ms: number }>} code 1 also when it could not start or had to be ended
 */
function run(command) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_LIMIT_MS,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const end = (code, words) =>
      resolve({ code: code ?? 1, output: `${output}${words}`.trim(), ms: performance.now() - started });
    child.once('error', (error) => end(1, `\n${error.message}`));
    child.once('close', (code, signal) => end(code, signal ? `\nEnded by ${signal}.` : ''));
  });
}

function report({ name, passed, failed, notes, output, ms }) {
  const verdict = failed === 0 ? 'ok  ' : 'FAIL';
  const counts = passed + failed === 1 ? '' : `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`;
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${verdict} ${name.padEnd(22)}${time}  ${counts}`.trimEnd());
  for (const note of notes) console.log(`     ${note}`);
  if (failed > 0 && output) console.log(`\n${output}\n`);
}

async function runCheck(name, command) {
  const { code, output, ms } = await run(command);
  const result = { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notes: [], output, ms };
  report(result);
  return result;
}

async function runProject(name) {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-test-'));
  const file = join(folder, 'report.json');
  try {
    const { code, output, ms } = await run(
      `vitest run --project ${name} --reporter=default --reporter=json --outputFile.json=${JSON.stringify(file)}`,
    );
    let text = null;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      // No report: countTests names it, and the runner's own words are printed below.
    }
    const result = { name: `tests: ${name}`, ...countTests(text, code), output, ms };
    report(result);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the jobs with at most `limit` of them under way. */
async function runAll(jobs, limit) {
  const waiting = [...jobs];
  const results = [];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) results.push(await job());
  };
  await Promise.all(Array.from({ length: limit }, lane));
  return results;
}

const started = performance.now();
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const checks = Object.entries(scripts)
  .filter(([name]) => name.startsWith(CHECK_PREFIX))
  .map(([name, command]) => [name.slice(CHECK_PREFIX.length), command]);
const wanted = process.argv.slice(2);
const known = [...checks.map(([name]) => name), ...PROJECTS];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no step called ${unknown.join(', ')}. The steps are: ${known.join(', ')}.`);
  process.exit(1);
}
const chosen = (name) => wanted.length === 0 || wanted.includes(name);

const results = await runAll(
  checks
    .filter(([name]) => chosen(name))
    .map(
      ([name, command]) =>
        () =>
          runCheck(name, command),
    ),
  CHECKS_AT_ONCE,
);
for (const name of PROJECTS.filter(chosen)) results.push(await runProject(name));

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all.`);
if (broken.length > 0) console.log(`Failed: ${broken.join(', ')}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
