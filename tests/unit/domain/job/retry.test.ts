/** How long a failed execution waits for its next attempt. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from '../../../../bot/domain/job/retry.ts';

const SIX_HOURS_MS = 6 * 3_600_000;
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('the pause doubles each time, up to six hours', () => {
  const pauses = Array.from({ length: 6 }, (_, retries) => retryDelayMs(60_000, retries, 1));
  expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 960_000, 1_920_000]);
  expect(retryDelayMs(60_000, 1_000, 1)).toBe(SIX_HOURS_MS);
});

test('chance takes away up to half of it, so that those who failed together come back apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_400_000 }), fc.nat(2_000), share, (first, retries, random) => {
      const whole = retryDelayMs(first, retries, 1);
      const pause = retryDelayMs(first, retries, random);
      expect(pause).toBeLessThanOrEqual(whole);
      expect(pause).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      expect(whole).toBeLessThanOrEqual(SIX_HOURS_MS);
    }),
  );
  expect(new Set([0, 0.25, 0.5, 0.75].map((random) => retryDelayMs(60_000, 0, random))).size).toBe(4);
});
