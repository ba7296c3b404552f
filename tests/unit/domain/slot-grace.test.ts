/** A process that was held up does not send its missed slots on top of the others' messages, and never falls silent. */
import { expect, test } from 'vitest';
import { createSlotGrace } from '../../../bot/domain/reminder/slot-grace.ts';

/** The latest start that is taken for being on time, in milliseconds. */
function graceAt(rate: number): number {
  let late = 0;
  // A start that is late goes once and then not again at the same instant.
  const isOnTime = (ms: number): boolean => {
    const mayStart = createSlotGrace(rate);
    return mayStart(ms, 0) && mayStart(ms, 0);
  };
  while (isOnTime(late + 1)) late += 1;
  return late;
}

test.each([1, 5, 20, 25, 30])(
  'at %i a second, starts taken for on time add two messages to a second at most',
  (rate) => {
    expect(rate * (1 + graceAt(rate) / 1000)).toBeLessThanOrEqual(rate + 2);
  },
);

test('no start is later than two seconds, also at rates that Telegram does not allow', () => {
  for (const rate of [1, 2, 25, 31, 100_000]) expect(createSlotGrace(rate)(2001, 0)).toBe(false);
  expect(graceAt(100_000)).toBe(2000);
});

test('after a stall one late message goes, the rest of them give their slots back', () => {
  const mayStart = createSlotGrace(25);
  const late = Array.from({ length: 20 }, (_, nth) => mayStart(1000 - nth * 40, 1));
  expect(late.filter(Boolean)).toHaveLength(1);
});

test('a process that is always late still sends two messages a second', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 100 }, (_, nth) => mayStart(300, nth * 100));
  expect(starts.filter(Boolean)).toHaveLength(20);
});
