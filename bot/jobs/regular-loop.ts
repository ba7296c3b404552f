/**
 * Runs own jobs one after the other, every few seconds, for as long as the process lives. A run that fails is logged, and
 * the next one comes: each of them makes up for what an earlier one left undone.
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import type { JobContext, OwnJob } from '../usecases/job-ports.ts';
import { createWaker } from './waker.ts';

/** Reminders of a rule are made a minute ahead, so this is often enough; somebody who tapped Done sees the next one soon. */
const EVERY_MS = 5_000;

export interface RegularLoop {
  /** There may be something to do: the sandbox's clock was moved. */
  wake(): void;
  stop(): Promise<void>;
}

/** Starts the loop. */
export function startRegularLoop(deps: {
  readonly jobs: readonly OwnJob[];
  readonly clock: MachineClock;
  readonly log: Log;
}): RegularLoop {
  const { jobs, clock, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const waker = createWaker(clock, async () => EVERY_MS);
  const run = async ({ handler, job }: OwnJob): Promise<void> => {
    if (handler.type !== 'function' || signal.aborted) return;
    try {
      await handler.run({}, contextOf(job.id, signal, log));
    } catch (error) {
      log.error({ event: 'jobs.run_failed', job: job.id, err: error });
    }
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      for (const job of jobs) await run(job);
      await waker.sleep(signal);
    }
  };
  const ended = loop();
  return {
    wake: () => waker.wake(),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

function contextOf(jobId: string, signal: AbortSignal, log: Log): JobContext {
  return {
    jobId,
    executionId: jobId,
    attempt: 1,
    slot: Temporal.Instant.fromEpochMilliseconds(0),
    signal,
    traceparent: '',
    log: (level, message, data) => log[level]({ event: 'jobs.run_says', job: jobId, ...data }, message),
    progress: () => undefined,
  };
}
