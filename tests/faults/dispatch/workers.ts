/** Worker processes as an operator's supervisor keeps them: started again whenever they end. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const ROOT = new URL('../../../', import.meta.url).pathname;
const SHIFTED_CLOCK = new URL('./shifted-clock.ts', import.meta.url).pathname;
const DOOR = new URL('./door.ts', import.meta.url).pathname;
/** As a supervisor waits before it starts a program again. Milliseconds. */
const RESTART_AFTER_MS = 300;

const logLineSchema = z.looseObject({ event: z.string() });

/** Environment variables of one worker. */
export type WorkerSettings = Readonly<Record<string, string>>;

export class Workers {
  readonly #slots: { readonly settings: WorkerSettings; child: ChildProcess | null; isReady: boolean }[];
  readonly #random: () => number;
  readonly #maxShiftMs: number;
  /** How often each event was logged, by all workers together. */
  readonly events = new Map<string, number>();
  /** What workers said that had been ready and ended without having been asked to. */
  readonly ownEnds: string[] = [];
  /** What workers said that could not start: the database was away. */
  readonly failedStarts: string[] = [];
  #isStopping = false;

  /** @param maxShiftMs each start's machine clock is wrong by up to so much, either way. */
  constructor(settings: readonly WorkerSettings[], random: () => number, maxShiftMs: number) {
    this.#slots = settings.map((one) => ({ settings: one, child: null, isReady: false }));
    this.#random = random;
    this.#maxShiftMs = maxShiftMs;
  }

  /** Resolves when every worker has said that it is ready, or has ended. */
  async start(): Promise<void> {
    await Promise.all(this.#slots.map((_, slot) => this.#spawn(slot)));
  }

  /** `kill -9` of one of them; another takes its place. @returns its process id, null when none runs just now. */
  killOne(): number | null {
    const child = this.#pick();
    if (child === null) return null;
    child.kill('SIGKILL');
    return child.pid ?? null;
  }

  /** Stops one of them for so long as a frozen machine would. @returns its process id. */
  async freezeOne(ms: number, stop: AbortSignal): Promise<number | null> {
    const child = this.#pick();
    if (child === null) return null;
    child.kill('SIGSTOP');
    await wait(ms, undefined, { signal: stop }).catch(() => undefined);
    child.kill('SIGCONT');
    return child.pid ?? null;
  }

  /** SIGTERM to all. @returns their exit codes. */
  async stop(): Promise<(number | null)[]> {
    this.#isStopping = true;
    return await Promise.all(
      this.#slots.map(async ({ child }) => {
        if (!isAlive(child)) return null;
        const ended = once(child, 'close') as Promise<[number | null]>;
        child.kill('SIGTERM');
        return (await ended)[0];
      }),
    );
  }

  /** `kill -9` of all, for good. */
  end(): void {
    this.#isStopping = true;
    for (const { child } of this.#slots) child?.kill('SIGKILL');
  }

  /** One that has begun to work: what is still starting has nothing to lose. */
  #pick(): ChildProcess | null {
    const alive = this.#slots.flatMap(({ child, isReady }) => (isReady && isAlive(child) ? [child] : []));
    return alive[Math.floor(this.#random() * alive.length)] ?? null;
  }

  async #spawn(slot: number): Promise<void> {
    const place = this.#slots[slot];
    if (place === undefined || this.#isStopping) return;
    const shift = Math.round((this.#random() * 2 - 1) * this.#maxShiftMs);
    const preloads = ['--import', SHIFTED_CLOCK, '--import', DOOR];
    const child = spawn(process.execPath, [...preloads, 'bot/main.ts', '--role=worker'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        ...place.settings,
        CLOCK_SHIFT_MS: String(shift),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    place.child = child;
    place.isReady = false;
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const settled = Promise.withResolvers<undefined>();
    createInterface(child.stdout).on('line', (line) => {
      if (this.#count(line) !== 'app.ready') return;
      place.isReady = true;
      settled.resolve(undefined);
    });
    child.once('close', (code, signal) => {
      settled.resolve(undefined);
      if (this.#isStopping) return;
      if (signal !== 'SIGKILL') {
        const ends = place.isReady ? this.ownEnds : this.failedStarts;
        ends.push(`code ${String(code)}: ${said.join('').trim()}`);
      }
      void wait(RESTART_AFTER_MS).then(() => this.#spawn(slot));
    });
    await settled.promise;
  }

  #count(line: string): string | null {
    const parsed = logLineSchema.safeParse(readJson(line));
    if (!parsed.success) return null;
    const { event } = parsed.data;
    this.events.set(event, (this.events.get(event) ?? 0) + 1);
    return event;
  }
}

function isAlive(child: ChildProcess | null): child is ChildProcess {
  return child?.exitCode === null && child.signalCode === null;
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
