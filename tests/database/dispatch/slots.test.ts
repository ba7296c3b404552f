/** The one limiter: send slots are machine time, handed out once, never closer than the rate or the chat's gap allow. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

/** PostgreSQL keeps microseconds; so does this. */
interface Slot {
  readonly us: number;
  readonly position: number;
  readonly telegram_id: number;
  readonly token: string;
}

const slots = () =>
  dispatcher.json<Slot>(
    `select (extract(epoch from slot_at) * 1000000)::bigint as us, position, telegram_id, token
     from open_attempts order by slot_at, position`,
  );

const oneEach = (count: number, from = 100) =>
  dispatcher.reminders(Array.from({ length: count }, (_, nth) => ({ telegramId: from + nth, dueIn: -1 })));

/** The most slot starts in any half-open second. */
function busiestSecond(starts: readonly number[]): number {
  return Math.max(
    0,
    ...starts.map((start) => starts.filter((at) => at >= start && at < start + 1_000_000).length),
  );
}

/** Several workers claim until nobody gets a slot; settles nothing, so every slot stays on record. */
async function drainSlots(workers: number, limit: number): Promise<void> {
  for (;;) {
    const batches = await Promise.all(
      Array.from({ length: workers }, (_, nth) => dispatcher.claim({ worker: `w${nth}`, limit })),
    );
    if (batches.every(({ ids }) => ids.length === 0)) return;
  }
}

describe('the rate', () => {
  test('slot starts never exceed it in any second, whatever rate, number of workers and size of claims', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 3, 7, 25, 30, 99),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 40 }),
        async (rate, workers, limit) => {
          await dispatcher.reset();
          await dispatcher.limiter({ rate, chatGapMs: 0 });
          await oneEach(rate * 3 + 5);
          await drainSlots(workers, limit);
          const starts = (await slots()).map(({ us }) => us);
          expect(starts.length).toBeGreaterThanOrEqual(Math.min(rate, 2));
          expect(busiestSecond(starts)).toBeLessThanOrEqual(rate);
          // one after the other, also where one worker's claim ends and the next one's begins
          const step = Math.ceil(1_000_000 / rate);
          for (const [nth, start] of starts.entries()) {
            if (nth > 0) expect(start - starts[nth - 1]!).toBeGreaterThanOrEqual(step);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is kept across claims by next_slot_at: the following claim begins where the last one ended', async () => {
    await dispatcher.limiter({ rate: 10, chatGapMs: 0 });
    await oneEach(30);
    // In one statement: on the way to a second one the slots that were handed out could go by.
    await dispatcher.sql(
      `select claim_due_reminders('w1', gen_random_uuid(), 19, 30), claim_due_reminders('w1', gen_random_uuid(), 5, 30)`,
    );
    const starts = (await slots()).map(({ us }) => us);
    expect(starts.length).toBeGreaterThan(19);
    expect(starts[19]! - starts[18]!).toBe(100_000);
    const [limiter] = await dispatcher.json<{ us: number }>(
      'select (extract(epoch from next_slot_at) * 1000000)::bigint as us from dispatch_limiter',
    );
    expect(limiter!.us).toBe(starts.at(-1)! + 100_000);
  });

  test('time in which nobody claimed is not saved up for a burst', async () => {
    await dispatcher.limiter({ rate: 10, chatGapMs: 0 });
    await dispatcher.sql(`update dispatch_limiter set next_slot_at = clock_timestamp() - interval '1 hour'`);
    await oneEach(60);
    await drainSlots(2, 50);
    const starts = (await slots()).map(({ us }) => us);
    expect(starts.length).toBeGreaterThanOrEqual(20);
    expect(busiestSecond(starts)).toBeLessThanOrEqual(10);
  });

  test('may be set while the product runs; values out of range are refused', async () => {
    await dispatcher.call('set_dispatch_rate(3, 0)');
    await oneEach(10);
    await dispatcher.claim();
    const starts = (await slots()).map(({ us }) => us);
    expect(starts[1]! - starts[0]!).toBe(333_334);
    for (const rate of [0, -1, 100_001]) {
      await expect(dispatcher.call(`set_dispatch_rate(${rate}, 0)`)).rejects.toMatchObject({ code: '23514' });
    }
    await expect(dispatcher.call(`set_dispatch_rate(25, -1)`)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the horizon', () => {
  test('only slots that start within two seconds are handed out', async () => {
    for (const rate of [1, 3, 7, 25]) {
      await dispatcher.reset();
      await dispatcher.limiter({ rate, chatGapMs: 0 });
      await oneEach(rate * 4);
      const { rows } = await dispatcher.claim();
      expect(rows).toHaveLength(rate * 2);
      expect(Math.max(...rows.map(({ slot_in_ms: slot }) => slot))).toBeLessThan(2000);
    }
  });

  test('a worker that comes when all of them are taken gets none, and changes nothing', async () => {
    await dispatcher.limiter({ rate: 5, chatGapMs: 0 });
    await oneEach(20);
    const begun = performance.now();
    await dispatcher.claim();
    const late = await dispatcher.claim({ worker: 'w2' });
    // One slot every 200 ms comes within reach while the two calls last.
    expect(late.ids.length).toBeLessThanOrEqual(1 + (performance.now() - begun) / 200);
    expect(await dispatcher.sql('select from open_attempts')).not.toHaveLength(20);
    expect(await dispatcher.sql(`select from scheduled_reminders where due_rev > 0`)).toHaveLength(0);
  });

  test('slots are told as milliseconds from the answer, so a worker’s wall clock decides nothing', async () => {
    await dispatcher.limiter({ rate: 10, chatGapMs: 0 });
    await oneEach(5);
    const { rows } = await dispatcher.claim();
    const waits = rows.map(({ slot_in_ms: slot }) => slot);
    expect(waits[0]).toBeLessThanOrEqual(0);
    for (const [nth, wait] of waits.entries()) {
      // The answer itself took some of the time.
      expect(wait).toBeLessThanOrEqual(nth * 100);
    }
    expect(waits.slice(2)).toEqual(waits.slice(2).toSorted((a, b) => a - b));
  });
});

describe('a 429', () => {
  test('stops all workers, and the first slot afterwards is not before its end', async () => {
    await oneEach(10);
    const { token, ids } = await dispatcher.claim({ limit: 1 });
    await dispatcher.settle(token, [{ id: ids[0]!, outcome: 'retry', retry_in_ms: 1500, block_ms: 1500 }]);
    const [limiter] = await dispatcher.json<{ us: number }>(
      'select (extract(epoch from block_until) * 1000000)::bigint as us from dispatch_limiter',
    );
    await drainSlots(3, 5);
    const starts = (await slots()).map(({ us }) => us);
    expect(starts).toHaveLength(9);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(limiter!.us);
  });

  test('of fifty seconds hands out nothing until it is nearly over, and the loops may sleep as long', async () => {
    await oneEach(3);
    const { token, ids } = await dispatcher.claim({ limit: 1 });
    await dispatcher.settle(token, [{ id: ids[0]!, outcome: 'retry', retry_in_ms: 0, block_ms: 50_000 }]);
    expect((await dispatcher.claim()).ids).toEqual([]);
    const wake = await dispatcher.call<number>('next_wake_ms()');
    expect(wake).toBeGreaterThan(20_000);
    expect(wake).toBeLessThanOrEqual(50_000);
  });
});

test('slots of one chat are never closer than its gap, over many claims of several workers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 100, max: 104 }), { minLength: 5, maxLength: 15 }),
      fc.constantFrom(200, 1000),
      async (people, chatGapMs) => {
        await dispatcher.reset();
        await dispatcher.thaw();
        await dispatcher.limiter({ rate: 20, chatGapMs });
        await dispatcher.reminders(people.map((telegramId) => ({ telegramId })));
        // Each round brings back what the gap had put off, so that the gap alone decides.
        for (let round = 0; round < 6; round += 1) {
          await drainSlots(3, 4);
          await dispatcher.sql(
            `update scheduled_reminders set due_at = now(), due_rev = due_rev + 1 where due_reason = 'window'`,
          );
        }
        const lists = new Map<string, Slot>();
        for (const slot of await slots()) lists.set(`${slot.token}/${slot.position}`, slot);
        const messages = [...lists.values()];
        for (const person of new Set(people)) {
          const starts = messages.filter((slot) => slot.telegram_id === person).map(({ us }) => us);
          for (const [nth, start] of starts.entries()) {
            if (nth > 0) expect(start - starts[nth - 1]!).toBeGreaterThanOrEqual(chatGapMs * 1000);
          }
        }
      },
    ),
    { numRuns: 10 },
  );
});
