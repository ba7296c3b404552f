/** Whether and when an attempt is made again. */

/** An error that another attempt cannot mend: the execution fails at once. */
export class FatalJobError extends Error {
  override readonly name = 'FatalJobError';
}

/** However often it failed, it is tried again this soon. */
const LONGEST_DELAY_MS = 6 * 3_600_000;

/**
 * The pause before the next attempt: twice as long each time, and between half and all of it, so that executions that
 * failed together do not come back together.
 * @param retries attempts after the first that were made already
 * @param random 0 to 1
 */
export function retryDelayMs(firstDelayMs: number, retries: number, random: number): number {
  const delay = Math.min(firstDelayMs * 2 ** Math.min(retries, 30), LONGEST_DELAY_MS);
  return Math.round(delay * (0.5 + random / 2));
}
