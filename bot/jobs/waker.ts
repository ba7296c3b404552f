/**
 * The one waker of the resident loops. They sleep until the database knows of something to do, at most five
 * seconds (rows written by others give no sign), and are woken at once by `wake()`: an insert of this process or
 * a notification on a direct connection.
 */
import type { MachineClock } from '../usecases/clock.ts';

/** No sleep is longer: what another program writes through REST is found within this time. */
const LONGEST_SLEEP_MS = 5_000;
/** When something is due already and still nothing could be done (another has it): not asked again in a tight loop. */
const OVERDUE_SLEEP_MS = 10;
/** After a failure, so that a database that is away is asked about once a second. */
const FAILURE_SLEEP_MS = 1_000;
/** Nobody reads it; without one, each alarm would build an error with its stack. */
const WOKEN = 'Woken.';

export interface Waker {
  /** Ends every sleep at once. */
  wake(): void;
  /** Sleeps until there may be something to do, `wake()` is called or the signal aborts. */
  sleep(signal: AbortSignal): Promise<void>;
  /** Sleeps for the pause that follows a failure. */
  pause(signal: AbortSignal): Promise<void>;
}

/** Builds the waker; `nextWakeMs` asks the database how long nothing will be due. */
export function createWaker(clock: MachineClock, nextWakeMs: () => Promise<number>): Waker {
  // Only while somebody sleeps: a busy loop is woken thousands of times a second, and has nothing to hear.
  let alarm: AbortController | null = null;
  return {
    wake() {
      const ringing = alarm;
      alarm = null;
      ringing?.abort(WOKEN);
    },
    async sleep(signal) {
      alarm ??= new AbortController();
      const woken = alarm.signal;
      const untilDue = await nextWakeMs();
      // Woken while asking: the answer is already old.
      if (woken.aborted || signal.aborted) return;
      const ms = untilDue > 0 ? Math.min(untilDue, LONGEST_SLEEP_MS) : OVERDUE_SLEEP_MS;
      await clock.sleep(ms, AbortSignal.any([signal, woken]));
    },
    pause: (signal) => clock.sleep(FAILURE_SLEEP_MS, signal),
  };
}
