/** One dispatcher's round: claim, send each message in its slot, write back, and what it does when things go wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliverDueReminders } from '../../../bot/usecases/deliver-due-reminders.ts';
import { cards, claimed, DeliveryScene } from './delivery-scene.ts';

const idsOf = (scene: DeliveryScene) => scene.sends.flatMap(({ ids }) => ids);
const withOutcome = (scene: DeliveryScene, wanted: string) =>
  [...scene.outcomes()].filter(([, outcome]) => outcome === wanted).map(([id]) => id);

describe('sending', () => {
  test('goes on until nothing is due, and says how many messages went out', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(3), cards(2, 10)];
    expect(await scene.run()).toBe(5);
    expect(idsOf(scene)).toEqual([1, 2, 3, 10, 11]);
    expect([...scene.outcomes().values()]).toEqual(Array<string>(5).fill('sent'));
    expect(scene.claims).toHaveLength(3);
  });

  test('each claim has a token of its own, and its results go back with that token', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(1), cards(1, 2)];
    await scene.run();
    expect(scene.settled.map(({ token, results }) => [token, results[0]?.id])).toEqual([
      ['token-1', 1],
      ['token-2', 2],
    ]);
  });

  test('the next batch begins while the last answers of the one before are awaited, within the same limit', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(2), cards(3, 11)];
    scene.answer = async ({ id }) => {
      if (id === 1) await scene.clock.sleep(1000);
      return { outcome: 'sent', messageId: id };
    };
    const start = scene.now;
    expect(await scene.run({ concurrency: 2 })).toBe(5);
    expect(scene.sends.map(({ at }) => at - start)).toEqual([0, 0, 0, 0, 0]);
    expect(scene.mostInFlight).toBe(2);
  });

  test('nothing due: nothing sent, nothing written', async () => {
    const scene = new DeliveryScene();
    expect(await scene.run()).toBe(0);
    expect(scene.settled).toEqual([]);
  });

  test('each message starts in its slot, counted from the claim’s answer', async () => {
    const scene = new DeliveryScene();
    const slots = [0, 40, 80, 1999];
    scene.batches = [slots.map((slot, nth) => claimed({ id: nth + 1, slot_in_ms: slot }))];
    const start = scene.now;
    await scene.run();
    expect(scene.sends.map(({ at }) => at - start)).toEqual(slots);
  });

  test('rows of one position are one message, and each of them is settled with it', async () => {
    const scene = new DeliveryScene();
    scene.batches = [
      [
        claimed({ id: 1, position: 1, kind: 'list' }),
        claimed({ id: 2, position: 1, kind: 'list' }),
        claimed({ id: 3, position: 2 }),
      ],
    ];
    expect(await scene.run()).toBe(2);
    expect(scene.sends.map(({ ids }) => ids)).toEqual([[1, 2], [3]]);
    expect(scene.settled.flatMap(({ results }) => results)).toEqual([
      { id: 1, outcome: 'bundled', messageId: 1 },
      { id: 2, outcome: 'bundled', messageId: 1 },
      { id: 3, outcome: 'sent', messageId: 3 },
    ]);
  });

  test('a list that is refused is refused for each of its rows', async () => {
    const scene = new DeliveryScene();
    scene.batches = [[claimed({ id: 1, position: 1 }), claimed({ id: 2, position: 1 })]];
    scene.answer = () =>
      Promise.resolve({ outcome: 'failed', error: '403', errorCode: 403, unreachable: true });
    expect(await scene.run()).toBe(0);
    expect(withOutcome(scene, 'failed')).toEqual([1, 2]);
  });

  test('no more messages are in flight than allowed', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(40)];
    scene.slow(50);
    await scene.run({ concurrency: 8 });
    expect(scene.mostInFlight).toBe(8);
    expect(scene.outcomes().size).toBe(40);
  });

  test('the next batch is claimed when half of this one is under way, and sent without a break', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(10), cards(10, 11)];
    scene.slow(100);
    const start = scene.now;
    await scene.run({ concurrency: 1 });
    // The fifth of ten starts at 400 ms.
    expect(scene.claims[1]!.at - start).toBe(400);
    const starts = scene.sends.map(({ at }) => at - start);
    expect(starts).toEqual(Array.from({ length: 20 }, (_, nth) => nth * 100));
  });
});

describe('a slot', () => {
  test('missed by more than two seconds is given back unsent', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(3)];
    scene.slow(2001);
    await scene.run({ concurrency: 1 });
    expect(idsOf(scene)).toEqual([1]);
    expect(withOutcome(scene, 'released')).toEqual([2, 3]);
  });

  test('that was past when the answer came, because the claim had to be asked again, is given back unsent', async () => {
    const scene = new DeliveryScene();
    scene.batches = [[claimed({ id: 1, slot_in_ms: -2001 }), claimed({ id: 2, slot_in_ms: -1 })]];
    await scene.run();
    expect(idsOf(scene)).toEqual([2]);
    expect(withOutcome(scene, 'released')).toEqual([1]);
  });

  test('missed by two seconds is still used', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(2)];
    scene.slow(2000);
    await scene.run({ concurrency: 1 });
    expect(idsOf(scene)).toEqual([1, 2]);
  });

  test('is never begun early and each row is settled exactly once, whatever the slots and answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            slot: fc.integer({ min: 0, max: 2000 }),
            position: fc.integer({ min: 1, max: 12 }),
            takes: fc.integer({ min: 0, max: 3000 }),
            outcome: fc.constantFrom('sent' as const, 'released' as const, 'in_doubt' as const),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        fc.integer({ min: 1, max: 8 }),
        async (rows, concurrency) => {
          const scene = new DeliveryScene();
          // As in a claim: one slot a position, later positions later.
          const slots = rows.map(({ slot }) => slot).toSorted((a, b) => a - b);
          const order = rows.toSorted((a, b) => a.position - b.position);
          scene.batches = [
            order.map((row, nth) =>
              claimed({ id: nth + 1, position: row.position, slot_in_ms: slots[row.position] ?? 2000 }),
            ),
          ];
          const byId = new Map(order.map((row, nth) => [nth + 1, row]));
          scene.answer = async ({ id }) => {
            const { takes, outcome } = byId.get(id)!;
            await scene.clock.sleep(takes);
            if (outcome === 'sent') return { outcome, messageId: id };
            return outcome === 'released' ? { outcome } : { outcome, retryInMs: 1, error: 'lost' };
          };
          const start = scene.now;
          await scene.run({ concurrency });
          expect([...scene.outcomes().keys()].toSorted((a, b) => a - b)).toEqual([...byId.keys()]);
          for (const { at, ids } of scene.sends) {
            const slot = start + (slots[byId.get(ids[0]!)!.position] ?? 2000);
            expect(at).toBeGreaterThanOrEqual(slot);
            expect(at).toBeLessThanOrEqual(slot + 2000);
          }
          expect(scene.mostInFlight).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the lease', () => {
  test('is renewed every ten seconds while a batch is being sent, and no longer', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(1)];
    scene.slow(35_000);
    const start = scene.now;
    await scene.run();
    expect(scene.extensions.map((at) => at - start)).toEqual([10_000, 20_000, 30_000]);
    await scene.clock.advance(60_000);
    expect(scene.extensions).toHaveLength(3);
  });

  test('once lost, the rest is given back; what is in flight is finished and recorded', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(6)];
    scene.slow(11_000);
    scene.extend = () => Promise.resolve(false);
    expect(await scene.run({ concurrency: 2 })).toBe(2);
    expect(idsOf(scene)).toEqual([1, 2]);
    expect(withOutcome(scene, 'sent')).toEqual([1, 2]);
    expect(withOutcome(scene, 'released')).toEqual([3, 4, 5, 6]);
    expect(scene.lostLeases).toEqual([6]);
  });

  test('is not lost because the database is away for a moment', async () => {
    const scene = new DeliveryScene();
    scene.batches = [[claimed({ id: 1 }), claimed({ id: 2, slot_in_ms: 25_000 })]];
    let asked = 0;
    scene.extend = () => ((asked += 1) === 1 ? Promise.reject(new Error('away')) : Promise.resolve(true));
    await scene.run();
    expect(withOutcome(scene, 'sent')).toEqual([1, 2]);
    expect(scene.lostLeases).toEqual([]);
  });

  test('is taken for lost when it could not be renewed for as long as it lasts', async () => {
    const scene = new DeliveryScene();
    scene.batches = [[claimed({ id: 1 }), claimed({ id: 2, slot_in_ms: 45_000 })]];
    scene.extend = () => Promise.reject(new Error('away'));
    await scene.run();
    expect(withOutcome(scene, 'released')).toEqual([2]);
    expect(scene.lostLeases).toEqual([2]);
  });
});

describe('stopping', () => {
  test('finishes what is in flight, gives the rest back and claims nothing more', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(6), cards(6, 11)];
    const stop = new AbortController();
    scene.answer = async ({ id }) => {
      if (id === 2) stop.abort();
      await scene.clock.sleep(100);
      return { outcome: 'sent', messageId: id };
    };
    expect(await scene.run({ concurrency: 2 }, stop.signal)).toBe(2);
    expect(withOutcome(scene, 'sent')).toEqual([1, 2]);
    expect(withOutcome(scene, 'released')).toEqual([3, 4, 5, 6]);
    expect(scene.claims).toHaveLength(1);
  });

  test('gives back a batch that had already been claimed ahead', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(4), cards(4, 11)];
    const stop = new AbortController();
    scene.answer = async ({ id }) => {
      await scene.clock.sleep(100);
      if (id === 3) stop.abort();
      return { outcome: 'sent', messageId: id };
    };
    await scene.run({ concurrency: 1 }, stop.signal);
    expect(withOutcome(scene, 'sent')).toEqual([1, 2, 3]);
    expect(withOutcome(scene, 'released')).toEqual([4, 11, 12, 13, 14]);
  });

  test('does not wait for slots to come', async () => {
    const scene = new DeliveryScene();
    scene.batches = [[claimed({ id: 1, slot_in_ms: 1500 })]];
    const stop = new AbortController();
    const work = deliverDueReminders(scene.deps(), stop.signal);
    await scene.clock.advance(10);
    stop.abort();
    const stopped = scene.now;
    await scene.clock.until(work);
    expect(scene.now - stopped).toBeLessThan(1000);
    expect(scene.sends).toEqual([]);
    expect(withOutcome(scene, 'released')).toEqual([1]);
  });
});

describe('when something fails', () => {
  test('a claim that fails is the caller’s to handle, after what was claimed before is settled', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(4), new Error('the database is away')];
    scene.slow(50);
    await expect(scene.run({ concurrency: 1 })).rejects.toThrow('the database is away');
    expect(withOutcome(scene, 'sent')).toEqual([1, 2, 3, 4]);
  });

  test('a refused token ends the round: what is in flight is recorded, the rest given back', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(8)];
    scene.answer = async ({ id }) => {
      await scene.clock.sleep(id * 10);
      if (id === 1) throw new Error('token refused');
      return { outcome: 'sent', messageId: id };
    };
    await expect(scene.run({ concurrency: 3 })).rejects.toThrow('token refused');
    expect(withOutcome(scene, 'sent')).toEqual([2, 3]);
    expect(withOutcome(scene, 'released')).toEqual([1, 4, 5, 6, 7, 8]);
  });

  test('a refused token also gives back the batch that had been claimed ahead: its rows are in no doubt', async () => {
    const scene = new DeliveryScene();
    scene.batches = [cards(2), cards(3, 11)];
    scene.answer = async ({ id }) => {
      await scene.clock.sleep(10);
      if (id === 2) throw new Error('token refused');
      return { outcome: 'sent', messageId: id };
    };
    await expect(scene.run({ concurrency: 1 })).rejects.toThrow('token refused');
    expect(withOutcome(scene, 'released')).toEqual([2, 11, 12, 13]);
    expect(scene.sends).toHaveLength(2);
  });
});
