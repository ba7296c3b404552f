/**
 * The loops that run as long as the process: dispatch, step promotion, and the sweep of dead workers' leases. One
 * round after the other, then sleep. An error in one round is logged and the next round comes after a pause; only
 * an error that more rounds cannot mend (the bot's token was refused) ends the loop.
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import { deliverDueReminders } from '../usecases/deliver-due-reminders.ts';
import type { DeliverDeps } from '../usecases/deliver-due-reminders.ts';
import type { DispatchStore } from '../usecases/ports.ts';
import type { Waker } from './waker.ts';

/** Steps promoted per call. */
const PROMOTE_AT_ONCE = 200;
/** Leases last 30 s, so a look every few seconds is soon enough. */
const SWEEP_EVERY_MS = 5_000;

export interface ResidentLoopDeps {
  readonly deliver: DeliverDeps;
  readonly store: Pick<DispatchStore, 'promoteSteps' | 'sweep'>;
  readonly clock: MachineClock;
  readonly waker: Waker;
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
  let sweptAt = -Infinity;
  while (!signal.aborted) {
    try {
      const now = deps.clock.monotonicMs();
      if (now - sweptAt >= SWEEP_EVERY_MS) {
        sweptAt = now;
        const swept = await deps.store.sweep();
        if (swept > 0) {
          deps.log.warn({ event: 'dispatch.swept', reminders: swept }, 'leases of a dead worker ended');
        }
      }
      const promoted = await deps.store.promoteSteps(PROMOTE_AT_ONCE);
      if (promoted > 0) deps.log.info({ event: 'steps.promoted', steps: promoted }, 'next steps promoted');
      await deliverDueReminders(deps.deliver, signal);
      await deps.waker.sleep(signal);
    } catch (error) {
      if (deps.isFatal(error)) throw error;
      deps.log.error({ event: 'dispatch.round_failed', err: error }, 'a round failed; trying again');
      await deps.waker.pause(signal);
    }
  }
}
