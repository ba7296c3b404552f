/** A process that was held up does not send its missed slots on top of the others' messages. */
import { expect, test } from 'vitest';
import { slotGraceMs } from '../../../bot/domain/reminder/slot-grace.ts';

test.each([1, 5, 20, 25, 30])('at %i a second, late starts add two messages to a second at most', (rate) => {
  // Slots of a second, and those before it that may still start within it.
  const inOneSecond = rate * (1 + slotGraceMs(rate) / 1000);
  expect(inOneSecond).toBeLessThanOrEqual(rate + 2);
});

test('no start is later than two seconds, also at rates that Telegram does not allow', () => {
  for (const rate of [1, 2, 31, 1000, 100_000]) expect(slotGraceMs(rate)).toBeLessThanOrEqual(2000);
  expect(slotGraceMs(100_000)).toBe(2000);
});
