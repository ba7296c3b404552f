/** A process that was held up does not send its missed slots on top of the others' messages, and never falls silent. */
import { expect, test } from 'vitest';
import { createSlotGrace } from '../../../bot/domain/reminder/slot-grace.ts';

/** The latest start that is taken for being on time, in milliseconds. */
function graceAt(rate: number): number {
  let late = 0;
  while (createSlotGrace(rate)(late + 1, 0)) late += 1;
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

test('after a stall what is late gives its slot back, and what is on time goes', () => {
  const mayStart = createSlotGrace(25);
  const late = Array.from({ length: 20 }, (_, nth) => mayStart(760 - nth * 40, 1));
  // 80 ms late, 40 ms late, on time.
  expect(late.map((goes, nth) => (goes ? nth : null)).filter((nth) => nth !== null)).toEqual([17, 18, 19]);
});

test('a process that misses every slot sends one late message in five seconds', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 201 }, (_, nth) => mayStart(300, nth * 100));
  expect(starts.flatMap((goes, nth) => (goes ? [nth * 100] : []))).toEqual([5_000, 10_100, 15_200]);
});

test('one message on time begins the count of misses anew', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 100 }, (_, nth) => mayStart(nth % 40 === 39 ? 0 : 300, nth * 100));
  expect(starts.filter(Boolean)).toHaveLength(2);
});
