/** A dispatcher as a process of its own (`npm run worker`) on a test's database and Telegram. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TEST_KEYS } from './database.ts';
import type { TestDatabase } from './database.ts';
import type { TestTelegram } from './telegram.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface WorkerProcess {
  /** Where it serves its metrics; null when it was not asked to. */
  readonly url: string | null;
  /** SIGTERM. @returns its exit code. */
  stop(): Promise<number | null>;
}

/** Resolves when it says that it is ready. @throws Error with its words when it ends before that. */
export async function startWorkerProcess(
  database: TestDatabase,
  telegram: TestTelegram,
  settings: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, ['bot/main.ts', '--role=worker'], {
    cwd: ROOT,
    env: {
      ...{ PATH, HOME, NODE_COMPILE_CACHE, HOST: '127.0.0.1' },
      ...{ DATABASE_URL: database.url, JWT_SECRET: TEST_KEYS.jwtSecret },
      ...{ BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ready = Promise.withResolvers<string | null>();
  createInterface(child.stdout).on('line', (line) => {
    said.push(line);
    const told = JSON.parse(line) as { event: string; url?: string | null };
    if (told.event === 'app.ready') ready.resolve(told.url ?? null);
  });
  void ended.then(() => ready.reject(new Error(`The worker did not start:\n${said.join('\n')}`)));
  const url = await ready.promise;
  let code: Promise<number | null> | undefined;
  return {
    url,
    stop() {
      code ??= ended.then(([exitCode]) => exitCode);
      child.kill('SIGTERM');
      return code;
    },
  };
}
