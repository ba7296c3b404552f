/** Which messages may still start when their send slot is past, and which give it back. */

/** Messages a second that Telegram takes; whoever sets a higher rate has another limit in mind. */
const TELEGRAMS_RATE = 30;
/** Messages that may crowd into a second beyond the rate, because several workers are a little late at once. */
const CROWDING = 2;
/** Later than this nothing starts. Milliseconds. */
const LONGEST_GRACE_MS = 2_000;
/** A process that misses every slot for so long may be as late as Telegram's rate allows. Milliseconds. */
const STRAINED_MS = 1_000;
/** One that misses every slot for so long even then sends one late message. Milliseconds. */
const SILENT_MS = 5_000;

/** @returns whether a message that is `lateMs` after its slot may start now (monotonic milliseconds). Remembers misses. */
export type MayStart = (lateMs: number, nowMs: number) => boolean;

/**
 * A process that was held up would send all its missed slots at once, on top of the others' messages. Within Telegram's rate
 * it may be as late as two slots last; what is later is given back and gets a new slot. On a machine so overloaded that this
 * would silence the process, the grace grows, but never so far that a second could hold more than Telegram takes.
 */
export function createSlotGrace(ratePerSecond: number): MayStart {
  // Slots of so much more than a second fall into one second of messages that are up to so late.
  const lateBy = (beyond: number): number =>
    ratePerSecond > TELEGRAMS_RATE
      ? LONGEST_GRACE_MS
      : Math.min(LONGEST_GRACE_MS, (beyond * 1000) / ratePerSecond);
  const usual = lateBy(CROWDING);
  const strained = lateBy(Math.max(CROWDING, TELEGRAMS_RATE - ratePerSecond));
  let missingSince: number | null = null;
  return (lateMs, nowMs) => {
    if (lateMs > usual) {
      missingSince ??= nowMs;
      const missedMs = nowMs - missingSince;
      if (lateMs > (missedMs < SILENT_MS ? strained : LONGEST_GRACE_MS) || missedMs < STRAINED_MS)
        return false;
      // Still late: the strain is not over.
      if (missedMs < SILENT_MS) return true;
    }
    missingSince = null;
    return true;
  };
}
