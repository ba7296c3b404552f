/** Runs one command line to its end, as the steps of `npm test` do. */
import { spawn } from 'node:child_process';

/** A step that takes longer hangs; the run of all tests is one step. */
const STEP_LIMIT_MS = 6 * 60 * 60_000;

export interface Ended {
  code: number;
  output: string;
  /** How long it took, in milliseconds of machine time. */
  ms: number;
}

/** Runs one command through the shell; code 1 also when it could not start or had to be ended. */
export function run(command: string, env: Record<string, string> = {}): Promise<Ended> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: STEP_LIMIT_MS,
    env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
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
