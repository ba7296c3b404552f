/** How late a message may start after its send slot before the slot is given back. */

/** Rates up to this one are Telegram's own (about 30 messages a second); whoever sets more has another limit in mind. */
const TELEGRAMS_RATE = 30;
/** Messages that may crowd into a second beyond the rate, because several workers are late at once. */
const CROWDING = 2;
const LONGEST_GRACE_MS = 2_000;

/**
 * A process that was held up would otherwise send all its missed slots at once, on top of the others' messages. Within
 * Telegram's rate a start may be as late as two slots last, so that no second sees more than the rate and two.
 * @returns milliseconds, 2,000 at most.
 */
export function slotGraceMs(ratePerSecond: number): number {
  if (ratePerSecond > TELEGRAMS_RATE) return LONGEST_GRACE_MS;
  return Math.min(LONGEST_GRACE_MS, (CROWDING * 1000) / ratePerSecond);
}
