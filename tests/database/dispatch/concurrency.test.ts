/**
 * Claims, settlements, sweeps, promotions and people, all at once on connections of their own. A deadlock costs a retry
 * and nothing else: no row is lost, none is sent by two workers, no person's action is undone.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';
import { activePlan } from './plans.ts';
import type { TestPlan } from './plans.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(async () => {
  await dispatcher.reset();
  await dispatcher.thaw();
});

const RETRIED = new Set(['40P01', '40001']);
/** More than this in a row is no accident. */
const TRIES = 10;

/** As the store does it: a lost transaction is tried again, anything else is a failure of the test. */
async function persistently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!RETRIED.has((error as { code?: string }).code ?? '') || tries === TRIES) throw error;
    }
  }
}

/** Different from round to round, the same in every run. */
const chance = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

test('sweeps, late settlements and claims at once lose no row and settle none twice', async () => {
  const people = 60;
  const ids = await dispatcher.reminders(
    Array.from({ length: people }, (_, nth) => ({ telegramId: 100 + nth, dueIn: -1 })),
  );
  /** What each worker sent, as the emulated Telegram would know. */
  const sends = new Map<number, number>();
  const doubted = new Set<number>();
  const work = async (worker: number, random: () => number): Promise<void> => {
    for (;;) {
      const batch = await persistently(() => dispatcher.claim({ worker: `w${worker}`, limit: 7 }));
      if (batch.ids.length === 0) return;
      for (const { id, in_doubt: isInDoubt } of batch.rows) {
        sends.set(id, (sends.get(id) ?? 0) + 1);
        if (isInDoubt) doubted.add(id);
      }
      const results = batch.ids.map((id) => ({ id, outcome: 'sent', message_id: id }));
      // Half of the batches outlive their lease: the sweep and the settlement then race for the same rows.
      const loses = random() < 0.5;
      if (loses) {
        await dispatcher.sql(
          `update claim_batches set lease_until = clock_timestamp() - interval '1 s' where token = $1`,
          [batch.token],
        );
      }
      await Promise.all([
        persistently(() => dispatcher.settle(batch.token, results.toReversed())),
        loses ? persistently(() => dispatcher.call('sweep_reminders()')) : null,
      ]);
    }
  };
  for (let round = 0; round < 12; round += 1) {
    await dispatcher.sql(
      `update scheduled_reminders set due_at = now() - interval '1 minute', status = 'pending', level = 0, due_rev = due_rev + 1`,
    );
    await Promise.all([1, 2, 3, 4].map((worker) => work(worker, chance(round * 10 + worker))));
  }
  const rows = await dispatcher.json<{ id: number; status: string }>(
    'select id, status from scheduled_reminders',
  );
  expect(rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(ids);
  expect(rows.every(({ status }) => status === 'sent')).toBe(true);
  expect(await dispatcher.sql('select from open_attempts')).toHaveLength(0);
  // Each send is on record exactly once, and every second send of a row said so.
  const attempts = await dispatcher.json<{ id: number; count: number }>(
    'select reminder_id as id, count(*) as count from delivery_attempts group by reminder_id',
  );
  for (const { id, count } of attempts) expect({ id, count }).toEqual({ id, count: sends.get(id) });
  for (const [id, count] of sends) expect(count === 12 || doubted.has(id)).toBe(true);
});

test('people, promotions and two dispatchers at once: nobody’s action is lost or undone', async () => {
  const me = 100;
  await dispatcher.person(me);
  const plans: TestPlan[] = [];
  for (let nth = 0; nth < 12; nth += 1) {
    plans.push(
      await activePlan(dispatcher, me, [
        { wantedIn: -3 },
        { wantedIn: -2 },
        { wantedIn: 600 },
        { wantedIn: 1200 },
      ]),
    );
  }
  let isOver = false;
  const dispatch = async (worker: string): Promise<void> => {
    while (!isOver) {
      const batch = await persistently(() => dispatcher.claim({ worker, limit: 5 }));
      const results = batch.ids.map((id) => ({ id, outcome: 'sent', message_id: 1 }));
      if (results.length > 0) await persistently(() => dispatcher.settle(batch.token, results));
    }
  };
  const promote = async (): Promise<void> => {
    while (!isOver) await persistently(() => dispatcher.call('promote_steps(3)'));
  };
  /** What the person did last to each row, which is what must stand in the end. */
  const wishes = new Map<number, { status: string } | { wanted: string }>();
  const act = async (mine: readonly TestPlan[], random: () => number): Promise<void> => {
    for (const { reminderIds, leadId } of mine) {
      const [first, second] = reminderIds as number[];
      const done = random() < 0.5 ? 'complete_reminder' : 'skip_reminder';
      await persistently(() =>
        dispatcher.asPerson(me, `select public.${done}('${randomUUID()}', $1)`, [first]),
      );
      wishes.set(first!, { status: done === 'complete_reminder' ? 'completed' : 'skipped' });
      if (random() < 0.5) {
        const wanted = new Date(Date.now() + 86_400_000 * (1 + Math.floor(random() * 5))).toISOString();
        await persistently(() =>
          dispatcher.asPerson(me, `select public.snooze_reminder('${randomUUID()}', $1, $2)`, [
            second,
            wanted,
          ]),
        );
        wishes.set(second!, { wanted });
      } else {
        const key = randomUUID();
        await persistently(() =>
          dispatcher.call(`trigger_next_step('${key}', ${me}, ${leadId}, 'interested_reply')`),
        );
      }
    }
  };
  const loops = [dispatch('w1'), dispatch('w2'), promote(), promote()];
  const halves = [plans.filter((_, nth) => nth % 2 === 0), plans.filter((_, nth) => nth % 2 === 1)];
  await Promise.all(halves.map((half, nth) => act(half, chance(nth + 1)))).finally(() => {
    isOver = true;
  });
  await Promise.all(loops);
  for (const [id, wish] of wishes) {
    const row = await dispatcher.row(id);
    if ('status' in wish) expect(row).toMatchObject(wish);
    else expect(Date.parse(row.wanted_at)).toBe(Date.parse(wish.wanted));
  }
  for (const { planId } of plans) {
    const order = await dispatcher.json<{ wanted_at: string }>(
      `select wanted_at from scheduled_reminders where plan_id = $1 and status in ('pending', 'sent') order by step_id`,
      [planId],
    );
    const instants = order.map((row) => Date.parse(row.wanted_at));
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  }
});
