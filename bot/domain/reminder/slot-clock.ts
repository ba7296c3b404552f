/**
 * When a send slot starts on this process's own clock. The database counts slots on its clock; how far the two are apart is
 * learnt from claims, because an answer on its way, or a commit that waits for the disk, would move a whole batch into the
 * slots of others.
 */

/** How long an answer counts: clocks drift, and a database's may be set. Milliseconds. */
const REMEMBERED_MS = 60_000;

/** Monotonic milliseconds of this process, around one claim. */
export interface AskedAndAnswered {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** A slot as a claim tells it. */
export interface ToldSlot {
  /** Milliseconds from the moment the answer was made to the slot's start. */
  readonly slot_in_ms: number;
  /** The slot's start by the database's clock, in milliseconds since 1970. */
  readonly slot_at_ms: number;
}

/** @returns the slot's start in monotonic milliseconds of this process. Learns from each call. */
export type SlotStart = (claim: AskedAndAnswered, slot: ToldSlot) => number;

/**
 * Of many answers the quickest tells best how far the database's clock is ahead. A wrong guess does little harm: the answer
 * was made after it was asked for and before it arrived, so the slot lies between the two readings.
 */
export function createSlotClock(): SlotStart {
  let ahead = -Infinity;
  let aheadBefore = -Infinity;
  let since = -Infinity;
  return ({ askedAt, answeredAt }, { slot_in_ms: slotIn, slot_at_ms: slotAt }) => {
    if (answeredAt - since > REMEMBERED_MS) {
      aheadBefore = answeredAt - since > 2 * REMEMBERED_MS ? -Infinity : ahead;
      ahead = -Infinity;
      since = answeredAt;
    }
    // The answer was made before it arrived: the database is ahead by this much at least.
    ahead = Math.max(ahead, slotAt - slotIn - answeredAt);
    const start = slotAt - Math.max(ahead, aheadBefore);
    return Math.min(Math.max(start, askedAt + slotIn), answeredAt + slotIn);
  };
}
