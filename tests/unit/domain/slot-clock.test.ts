/** Slots keep their place on the machine's time line however long an answer is on its way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSlotClock } from '../../../bot/domain/reminder/slot-clock.ts';
import type { SlotStart } from '../../../bot/domain/reminder/slot-clock.ts';

/** The database's clock is ahead of the process's by this much. Milliseconds. */
const AHEAD = 1_795_000_000_000;

/** A claim that is answered at `at` on the process's clock; each way takes its time. */
function claimed(
  slotStart: SlotStart,
  { at, out, back, slotIn }: { at: number; out: number; back: number; slotIn: number },
): number {
  const slot = { slot_in_ms: slotIn, slot_at_ms: AHEAD + at + slotIn };
  return slotStart({ askedAt: at - out, answeredAt: at + back }, slot);
}

const trips = fc.record({
  wait: fc.integer({ min: 0, max: 3_000 }),
  out: fc.integer({ min: 0, max: 500 }),
  back: fc.integer({ min: 1, max: 500 }),
  slotIn: fc.integer({ min: -100, max: 2_000 }),
});

describe('the start of a slot on this process’s clock', () => {
  test('is never before its true instant, and later by the quickest answer of the last minute at most', () => {
    fc.assert(
      fc.property(fc.array(trips, { minLength: 1, maxLength: 20 }), (claims) => {
        const slotStart = createSlotClock();
        let at = 1_000;
        let quickest = Infinity;
        for (const { wait, ...claim } of claims) {
          at += wait;
          quickest = Math.min(quickest, claim.back);
          const start = claimed(slotStart, { at, ...claim });
          expect(start).toBeGreaterThanOrEqual(at + claim.slotIn);
          expect(start).toBeLessThanOrEqual(at + claim.slotIn + quickest);
        }
      }),
    );
  });

  test('is not moved by an answer that waited for the disk', () => {
    const slotStart = createSlotClock();
    claimed(slotStart, { at: 0, out: 1, back: 2, slotIn: 0 });
    expect(claimed(slotStart, { at: 500, out: 1, back: 400, slotIn: 80 })).toBe(582);
  });

  test('follows a database whose clock was set, at once within the time the question took, and after two minutes exactly', () => {
    const slotStart = createSlotClock();
    claimed(slotStart, { at: 0, out: 1, back: 2, slotIn: 0 });
    const setBack = (at: number): number =>
      slotStart(
        { askedAt: at - 20, answeredAt: at + 10 },
        { slot_in_ms: 100, slot_at_ms: AHEAD - 3_600_000 + at + 100 },
      );
    expect(setBack(1_000)).toBe(1_080);
    setBack(61_100);
    expect(setBack(122_000)).toBe(122_110);
  });
});
