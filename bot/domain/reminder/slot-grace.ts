/** Which messages may still start when their send slot is past, and which give it back. */

/** Rates up to this one are Telegram's own (about 30 messages a second); whoever sets more has another limit in mind. */
const TELEGRAMS_RATE = 30;
/** Messages that may crowd into a second beyond the rate, because several workers are a little late at once. */
const CROWDING = 2;
/** Later than this nothing starts. Milliseconds. */
const LONGEST_GRACE_MS = 2_000;
/** A process that has missed every slot for so long, because its machine is overloaded, sends one late message. */
const SILENT_MS = 5_000;

/** @returns whether a message that is `lateMs` after its slot may start now (monotonic milliseconds). Remembers misses. */
export type MayStart = (lateMs: number, nowMs: number) => boolean;

/**
 * A process that was held up would send all its missed slots at once, on top of the others' messages. Within Telegram's rate
 * it may be as late as two slots last; what is later is given back and gets a new slot.
 */
export function createSlotGrace(ratePerSecond: number): MayStart {
  const graceMs =
    ratePerSecond > TELEGRAMS_RATE
      ? LONGEST_GRACE_MS
      : Math.min(LONGEST_GRACE_MS, (CROWDING * 1000) / ratePerSecond);
  let missingSince: number | null = null;
  return (lateMs, nowMs) => {
    if (lateMs > graceMs) {
      missingSince ??= nowMs;
      if (lateMs > LONGEST_GRACE_MS || nowMs - missingSince < SILENT_MS) return false;
    }
    missingSince = null;
    return true;
  };
}
