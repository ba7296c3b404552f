/**
 * Writes attempts' results back, many in one call. What cannot be written yet is kept and tried again; a result that the
 * database will never take must not hold up the others, so it is given back as a failure in plain words.
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import type { AttemptResult, ExecutionStore } from '../usecases/job-ports.ts';

/** Results in one call. */
const MOST_AT_ONCE = 200;
const FAILURE_PAUSE_MS = 500;
/** A call that failed so often for all is then made for each alone. */
const TRIES_TOGETHER = 3;

export interface ResultQueue {
  /** @param worker under whose lease the attempt was made */
  add(worker: string, result: AttemptResult): void;
  /** Resolves when all is written, or given up because `signal` aborted. */
  drain(signal: AbortSignal): Promise<void>;
}

interface Entry {
  readonly worker: string;
  readonly result: AttemptResult;
}

/**
 * Builds the queue. It writes by itself as soon as something is there.
 * @param onRetry called when an attempt was written that will be made again
 */
export function createResultQueue(
  store: Pick<ExecutionStore, 'settle'>,
  clock: MachineClock,
  log: Log,
  onRetry: () => void,
): ResultQueue {
  let waiting: Entry[] = [];
  let writing: Promise<void> | null = null;
  const giveUp = new AbortController();

  const writeAlone = async ({ worker, result }: Entry): Promise<void> => {
    try {
      await store.settle(worker, [result]);
    } catch (error) {
      log.error({ event: 'jobs.settle_failed', err: error, execution: result.id, waiting: 1 });
      const plain: AttemptResult = {
        id: result.id,
        durationMs: result.durationMs,
        logs: [],
        steps: null,
        outcome: 'failed',
        error: `Its result (${result.outcome}) could not be stored; the worker's log says why.`,
        errorStack: null,
        retryInMs: null,
      };
      await store.settle(worker, [plain]).catch((again: unknown) => {
        log.error({ event: 'jobs.settle_failed', err: again, execution: result.id, waiting: 1 });
      });
    }
  };

  const writeBatch = async (worker: string, batch: readonly Entry[]): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await store.settle(
          worker,
          batch.map(({ result }) => result),
        );
        return;
      } catch (error) {
        log.error({ event: 'jobs.settle_failed', err: error, waiting: batch.length + waiting.length });
        if (giveUp.signal.aborted) return;
        const isAway = error instanceof Error && 'kind' in error && error.kind !== 'bug';
        if (!isAway && tries >= TRIES_TOGETHER) break;
        await clock.sleep(FAILURE_PAUSE_MS, giveUp.signal);
      }
    }
    for (const entry of batch) await writeAlone(entry);
  };

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const worker = waiting[0]?.worker ?? '';
      const batch = waiting.filter((entry) => entry.worker === worker).slice(0, MOST_AT_ONCE);
      const taken = new Set(batch);
      waiting = waiting.filter((entry) => !taken.has(entry));
      await writeBatch(worker, batch);
      if (batch.some(({ result }) => 'retryInMs' in result && result.retryInMs !== null)) onRetry();
    }
    writing = null;
  };

  return {
    add(worker, result) {
      waiting.push({ worker, result });
      // Deferred, so that what ends in the same moment goes in one call.
      writing ??= Promise.resolve().then(write);
    },
    async drain(signal) {
      const abort = (): void => giveUp.abort();
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      while (writing !== null) await writing;
      signal.removeEventListener('abort', abort);
    },
  };
}
