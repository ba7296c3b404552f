/** Results on their way back: few statements, no result lost, and a 429 told at once. */
import { describe, expect, test } from 'vitest';
import type { DeliveryResult } from '../../../bot/usecases/ports.ts';
import { SettleQueue } from '../../../bot/usecases/settle-queue.ts';
import { FakeClock } from './fake-clock.ts';

const sent = (id: number): DeliveryResult => ({ id, outcome: 'sent', messageId: id });
const many = (count: number) => Array.from({ length: count }, (_, nth) => sent(nth + 1));
const flood = (id: number): DeliveryResult => ({
  id,
  outcome: 'retry',
  retryInMs: 5000,
  blockMs: 5000,
  error: '429',
  errorCode: 429,
});

/** What the store throws when the call itself was wrong. */
class Refused extends Error {
  readonly kind = 'bug';
}

/** @param poison results the database never takes. */
function openQueue(failures = 0, poison: readonly number[] = []) {
  const clock = new FakeClock();
  const start = clock.monotonicMs();
  const writes: { readonly at: number; readonly ids: number[] }[] = [];
  const failed: { readonly at: number; readonly waiting: number }[] = [];
  let left = failures;
  const queue = new SettleQueue(
    {
      clock,
      store: {
        settle: async (token, results) => {
          await Promise.resolve();
          expect(token).toBe('the-token');
          if ((left -= 1) >= 0) throw new Error('the database is away');
          if (results.some(({ id }) => poison.includes(id))) throw new Refused('no such outcome');
          writes.push({ at: clock.monotonicMs() - start, ids: results.map(({ id }) => id) });
        },
      },
      onFailure: (_error, waiting) => failed.push({ at: clock.monotonicMs() - start, waiting }),
    },
    'the-token',
  );
  return { clock, queue, writes, failed };
}

describe('results', () => {
  test('wait for company for a fifth of a second, and go in one statement', async () => {
    const { clock, queue, writes } = openQueue();
    queue.add([sent(1)]);
    await clock.advance(150);
    queue.add([sent(2)]);
    await clock.advance(49);
    expect(writes).toEqual([]);
    await clock.advance(1);
    expect(writes).toEqual([{ at: 200, ids: [1, 2] }]);
  });

  test('go as soon as there are a hundred of them', async () => {
    const { clock, queue, writes } = openQueue();
    for (const result of many(100)) queue.add([result]);
    await clock.settle();
    expect(writes.map(({ ids }) => ids.length)).toEqual([100]);
  });

  test('of a long list go in bunches of a hundred', async () => {
    const { clock, queue, writes } = openQueue();
    queue.add(many(250));
    await clock.until(queue.drain());
    expect(writes.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(writes.flatMap(({ ids }) => ids)).toEqual(many(250).map(({ id }) => id));
  });

  test('with a 429 among them go at once: it must stop every worker', async () => {
    const { clock, queue, writes } = openQueue();
    queue.add([sent(1)]);
    queue.add([flood(2)]);
    await clock.settle();
    expect(writes).toEqual([{ at: 0, ids: [1, 2] }]);
  });

  test('of an ordinary retry wait like others', async () => {
    const { clock, queue, writes } = openQueue();
    queue.add([{ id: 1, outcome: 'retry', retryInMs: 1, error: '500', errorCode: 500 }]);
    await clock.settle();
    expect(writes).toEqual([]);
  });
});

describe('a write that fails', () => {
  test('is tried again after longer and longer pauses until it is stored', async () => {
    const { clock, queue, writes, failed } = openQueue(7);
    queue.add([sent(1)]);
    await clock.until(queue.drain());
    const pauses = failed.map(({ at }, nth) => at - (failed[nth - 1]?.at ?? at));
    expect(pauses).toEqual([0, 250, 500, 1000, 2000, 4000, 5000]);
    expect(failed.every(({ waiting }) => waiting === 1)).toBe(true);
    expect(writes.map(({ ids }) => ids)).toEqual([[1]]);
  });

  test('holds back what comes after it, so that the order stays', async () => {
    const { clock, queue, writes } = openQueue(2);
    queue.add(many(100));
    queue.add([sent(101)]);
    await clock.until(queue.drain());
    expect(writes.map(({ ids }) => ids.length)).toEqual([100, 1]);
  });
});

test('draining an empty queue is done at once', async () => {
  const { clock, queue, writes } = openQueue();
  await clock.until(queue.drain());
  expect(writes).toEqual([]);
});

test('after draining, a result that lingered is not written a second time', async () => {
  const { clock, queue, writes } = openQueue();
  queue.add([sent(1)]);
  await clock.until(queue.drain());
  await clock.advance(1000);
  expect(writes).toHaveLength(1);
});

describe('a result the database will never take', () => {
  test('costs no other result its place', async () => {
    const { clock, queue, writes, failed } = openQueue(0, [3, 7]);
    queue.add(many(10));
    await clock.until(queue.drain());
    const stored = writes.flatMap(({ ids }) => ids);
    expect(stored).toEqual([1, 2, 4, 5, 6, 8, 9, 10]);
    expect(failed.filter(({ waiting }) => waiting === 1)).toHaveLength(2);
  });

  test('does not keep the worker from stopping', async () => {
    const { clock, queue, writes } = openQueue(0, [1]);
    queue.add([sent(1)]);
    await clock.until(queue.drain());
    expect(writes).toEqual([]);
  });

  test('is told apart from a database that is away, which is asked again', async () => {
    const { clock, queue, writes } = openQueue(2, [1]);
    queue.add([sent(1), sent(2)]);
    await clock.until(queue.drain());
    expect(writes.map(({ ids }) => ids)).toEqual([[2]]);
  });
});
