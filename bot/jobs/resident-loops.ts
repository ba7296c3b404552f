/**
 * The loops that run as long as the process: dispatch and step promotion. One round after the other, then sleep. An error
 * in one round is logged and the next round comes after a pause; only an error that more rounds cannot mend (the bot's token
 * was refused) ends the loop. Leases of dead workers are a job's affair (own-jobs.ts).
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import { deliverDueReminders } from '../usecases/deliver-due-reminders.ts';
import type { DeliverDeps } from '../usecases/deliver-due-reminders.ts';
import type { DispatchStore } from '../usecases/ports.ts';
import type { Pulses } from './pulses.ts';
import type { Waker } from './waker.ts';

/** Steps promoted per call. */
const PROMOTE_AT_ONCE = 200;
/** While a long delivery lasts, as often as the waker would look. */
const PROMOTE_EVERY_MS = 5_000;

export interface ResidentLoopDeps {
  readonly deliver: DeliverDeps;
  readonly store: Pick<DispatchStore, 'promoteSteps'>;
  readonly clock: MachineClock;
  readonly waker: Waker;
  /** Told that the loops live. */
  readonly pulses?: Pick<Pulses, 'beat'>;
  readonly log: Log;
  /** True for an error that ends the loop. */
  readonly isFatal: (error: unknown) => boolean;
}

export interface ResidentLoops {
  /** Settles when the loop ended: after `stop`, or with the fatal error. */
  readonly ended: Promise<void>;
  /** Stops claiming, finishes what is in flight, gives the rest back. */
  stop(): Promise<void>;
}

/** Starts the loops. */
export function startResidentLoops(deps: ResidentLoopDeps): ResidentLoops {
  const stopping = new AbortController();
  const ended = run(deps, stopping.signal);
  // Whoever waits for `ended` sees the error; nobody waiting is no reason to crash.
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      stopping.abort();
      await ended.catch(() => undefined);
    },
  };
}

async function run(deps: ResidentLoopDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      // What is due comes first: it was slept for. A step promoted after it is due at once, and no sleep is longer than that.
      await deliver(deps, signal);
      await promote(deps);
      await deps.waker.sleep(signal);
    } catch (error) {
      if (deps.isFatal(error)) throw error;
      logFailure(deps, error);
      await deps.waker.pause(signal);
    }
  }
}

async function promote(deps: ResidentLoopDeps): Promise<void> {
  const promoted = await deps.store.promoteSteps(PROMOTE_AT_ONCE);
  deps.pulses?.beat('promotion');
  if (promoted > 0) deps.log.info({ event: 'steps.promoted', steps: promoted }, 'next steps promoted');
}

/** A backlog can take an hour to send: steps are promoted beside it. */
async function deliver(deps: ResidentLoopDeps, signal: AbortSignal): Promise<void> {
  const delivered = new AbortController();
  const promoteBeside = async (): Promise<void> => {
    for (;;) {
      await deps.clock.sleep(PROMOTE_EVERY_MS, delivered.signal);
      if (delivered.signal.aborted) return;
      await promote(deps).catch((error: unknown) => logFailure(deps, error));
    }
  };
  const beside = promoteBeside();
  try {
    await deliverDueReminders(deps.deliver, signal);
  } finally {
    delivered.abort();
    await beside;
  }
}

function logFailure(deps: ResidentLoopDeps, error: unknown): void {
  deps.log.error({ event: 'dispatch.round_failed', err: error }, 'a round failed; trying again');
}
