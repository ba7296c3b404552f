/** The machine's clock for tests: it moves only when the test says so, and everything that waits for it is woken in order. */
import { setImmediate as turn } from 'node:timers/promises';
import type { MachineClock } from '../../../bot/usecases/clock.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

export class FakeClock implements MachineClock {
  #now = 1_000;
  #timers: Timer[] = [];

  monotonicMs(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const timer: Timer = { at: this.#now + ms, ring: resolve };
      this.#timers.push(timer);
      signal?.addEventListener('abort', () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      });
    });
  }

  /** How long those who sleep now are going to, in milliseconds, shortest first. */
  get sleeping(): number[] {
    return this.#timers.map(({ at }) => at - this.#now).toSorted((a, b) => a - b);
  }

  /** Lets everything run that does not wait for time. */
  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 5; rounds += 1) await turn();
  }

  /** Time passes and nobody gets to run: a machine that stands still. */
  standStill(ms: number): void {
    this.#now += ms;
  }

  /** Moves on, stopping at each instant somebody waits for. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (let next = this.#next(); next !== undefined && next <= end; next = this.#next())
      await this.#moveTo(next);
    this.#now = end;
    await this.settle();
  }

  /** Moves on from one waited-for instant to the next until the work is done. */
  async until<Value>(work: Promise<Value>): Promise<Value> {
    const state = { isDone: false };
    const done = () => {
      state.isDone = true;
    };
    work.then(done, done);
    await this.settle();
    for (let moves = 0; !state.isDone; moves += 1) {
      const next = this.#next();
      if (next === undefined || moves > 100_000)
        throw new Error('The work waits for something other than time.');
      await this.#moveTo(next);
    }
    return work;
  }

  #next(): number | undefined {
    return this.#timers.length === 0 ? undefined : Math.min(...this.#timers.map(({ at }) => at));
  }

  async #moveTo(instant: number): Promise<void> {
    this.#now = Math.max(this.#now, instant);
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { ring } of due) ring();
    await this.settle();
  }
}
