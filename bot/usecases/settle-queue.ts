/**
 * Collects results of sends and writes them back in bunches: one statement for up to a hundred messages. A result
 * that cannot be written is kept and tried again, because the rows it belongs to would otherwise be sent twice. Only one
 * that the database will never take is given up: its lease ends, and the sweep sends the row again, saying so.
 */
import type { MachineClock } from './clock.ts';
import type { DeliveryResult, DispatchStore } from './ports.ts';

/** One write-back holds at most this many results. */
const BUNCH = 100;
/** A result waits at most this long for company. */
const LINGER_MS = 200;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface SettleQueueDeps {
  readonly store: Pick<DispatchStore, 'settle'>;
  readonly clock: MachineClock;
  /** Told about each failed write and how many results it held. */
  readonly onFailure: (error: unknown, waiting: number) => void;
}

/** Results of one batch on their way back to the database. */
export class SettleQueue {
  readonly #deps: SettleQueueDeps;
  readonly #token: string;
  #waiting: DeliveryResult[] = [];
  #isLingering = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: SettleQueueDeps, token: string) {
    this.#deps = deps;
    this.#token = token;
  }

  /** Takes one message's results. A 429 goes at once: it must stop every worker. */
  add(results: readonly DeliveryResult[]): void {
    this.#waiting.push(...results);
    const isFlood = results.some((result) => result.outcome === 'retry' && result.blockMs !== undefined);
    if (isFlood || this.#waiting.length >= BUNCH) this.#write();
    else if (!this.#isLingering) void this.#writeSoon();
  }

  /** Writes what is left and waits until everything is stored. */
  async drain(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  async #writeSoon(): Promise<void> {
    this.#isLingering = true;
    await this.#deps.clock.sleep(LINGER_MS);
    this.#isLingering = false;
    this.#write();
  }

  #write(): void {
    while (this.#waiting.length > 0) {
      const bunch = this.#waiting.splice(0, BUNCH);
      this.#writing = this.#writing.then(() => this.#store(bunch));
    }
  }

  async #store(bunch: readonly DeliveryResult[]): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      try {
        await this.#deps.store.settle(this.#token, bunch);
        return;
      } catch (error) {
        this.#deps.onFailure(error, bunch.length);
        if (isHopeless(error)) {
          await this.#storeApart(bunch);
          return;
        }
        await this.#deps.clock.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** One result that cannot be taken must not cost the others theirs: halves, down to that one. */
  async #storeApart(bunch: readonly DeliveryResult[]): Promise<void> {
    if (bunch.length === 1) return;
    const middle = Math.ceil(bunch.length / 2);
    await this.#store(bunch.slice(0, middle));
    await this.#store(bunch.slice(middle));
  }
}

/** The call itself was wrong (`DispatchStore.settle`): the same call would fail for ever, and stopping would wait for it. */
function isHopeless(error: unknown): boolean {
  return error instanceof Error && 'kind' in error && error.kind === 'bug';
}
