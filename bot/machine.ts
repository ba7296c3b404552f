/** The machine's clock and pauses, for the parts that take them as arguments. */
import type { MachineClock } from './usecases/clock.ts';

/** The real machine. */
export const machineClock: MachineClock = {
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal?.aborted === true ? 0 : ms);
      signal?.addEventListener('abort', done, { once: true });
    }),
};

/** The machine's wall clock: for tokens, init data and logs, never for reminders. */
export function machineNow(): Temporal.Instant {
  return Temporal.Now.instant();
}
