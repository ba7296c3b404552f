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

test('a process that has missed every slot for a second may be as late as Telegram’s rate allows', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 40 }, (_, nth) => mayStart(200, nth * 100));
  expect(starts.indexOf(true) * 100).toBe(1000);
  expect(starts.slice(10).every(Boolean)).toBe(true);
  // Twenty-five slots a second, starts up to so late: thirty at most.
  expect(25 * 1.2).toBeLessThanOrEqual(30);
  expect(mayStart(201, 4_000)).toBe(false);
});

test('a process that misses every slot even so sends one late message in five seconds', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 201 }, (_, nth) => mayStart(300, nth * 100));
  expect(starts.flatMap((goes, nth) => (goes ? [nth * 100] : []))).toEqual([5_000, 10_100, 15_200]);
});

test('one message on time begins the count of misses anew', () => {
  const mayStart = createSlotGrace(25);
  const starts = Array.from({ length: 100 }, (_, nth) => mayStart(nth % 10 === 9 ? 0 : 150, nth * 100));
  expect(starts.filter(Boolean)).toHaveLength(10);
});
