/**
 * A throw-away project with this repository's own settings and packages, for proving that a check fails when it should: the
 * test writes bad files into it and runs the very script that `npm test` runs.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const SETTINGS = [
  'package.json',
  'tsconfig.json',
  'shared/tsconfig.json',
  'tma/tsconfig.json',
  'bot/sandbox/page/tsconfig.json',
  'tests/browser/tsconfig.json',
  'eslint.config.js',
  'vitest.config.ts',
  '.dependency-cruiser.cjs',
  '.prettierignore',
  'tools',
  'tests/support/patience.ts',
  'tests/support/strict-console.ts',
];

export interface Ended {
  code: number | null;
  output: string;
}

export interface SampleProject {
  path: string;
  /** Runs a script of package.json, with more arguments behind it if given. */
  check(script: string, more?: string): Promise<Ended>;
  remove(): void;
}

/** The scripts of the real package.json by name. */
export function readScripts(): Record<string, string> {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text)).scripts;
}

/** Runs a command line to its end in a folder; `output` is what it wrote to both streams. */
export function runIn(folder: string, command: string, env: Record<string, string> = {}): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', VITEST: undefined, NODE_ENV: undefined, ...env, PATH: path },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.once('error', reject);
  child.once('close', (code) => resolve({ code, output }));
  return promise;
}

/** @param files path inside the project → content */
export function makeSampleProject(files: Record<string, string>): SampleProject {
  const path = mkdtempSync(join(tmpdir(), 'nudge-sample-'));
  for (const setting of SETTINGS) cpSync(join(ROOT, setting), join(path, setting), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  return {
    path,
    check: (script, more = '') => {
      const command = readScripts()[script];
      if (command === undefined) throw new Error(`package.json has no script called ${script}.`);
      return runIn(path, `${command} ${more}`);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
