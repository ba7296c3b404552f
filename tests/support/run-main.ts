/** Runs the product's programs as an operator would and waits for their end. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = join(import.meta.dirname, '../..');

/** Runs bot/main.ts with exactly these settings. */
export function runMain(
  settings: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  return runProgram('bot/main.ts', settings, ...parameters);
}

/**
 * Runs a program with exactly these settings: nothing of the tests' own environment but what Node needs.
 * @param settings variables of .env.example.
 */
export async function runProgram(
  program: string,
  settings: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const ofNode = { PATH, HOME, NODE_COMPILE_CACHE };
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: ROOT,
    env: { ...ofNode, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}
