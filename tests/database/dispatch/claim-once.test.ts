/** A row is handed to one worker at a time, and the same question gets the same answer. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

/** People 100, 101, …, each with one row due a minute ago. */
const oneEach = (count: number) =>
  dispatcher.reminders(Array.from({ length: count }, (_, nth) => ({ telegramId: 100 + nth, dueIn: -1 })));

const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

describe('the token', () => {
  test('asked again with the same token, a claim answers the same batch and takes nothing more', async () => {
    await oneEach(30);
    const first = await dispatcher.claim({ limit: 10 });
    const again = await dispatcher.claim({ limit: 10, token: first.token });
    expect(first.ids).toHaveLength(10);
    expect(again.ids).toEqual(first.ids);
    expect(again.rows.map(({ position }) => position)).toEqual(first.rows.map(({ position }) => position));
    expect(await dispatcher.sql('select from open_attempts')).toHaveLength(10);
  });

  test('two replays at once on two connections get one batch between them', async () => {
    await oneEach(40);
    for (let round = 0; round < 20; round += 1) {
      const token = randomUUID();
      const answers = await Promise.all([1, 2, 3].map(() => dispatcher.claim({ limit: 2, token })));
      expect(answers[1]?.ids).toEqual(answers[0]?.ids);
      expect(answers[2]?.ids).toEqual(answers[0]?.ids);
      expect(answers[0]?.ids).toHaveLength(2);
    }
    expect(await dispatcher.sql('select from open_attempts')).toHaveLength(40);
  });

  test('asked again late, a claim says which of its slots are past, so that they are not sent all at once', async () => {
    await oneEach(3);
    const { token } = await dispatcher.claim();
    await dispatcher.sql(`update open_attempts set slot_at = slot_at - interval '5 seconds'`);
    const again = await dispatcher.claim({ token });
    expect(again.rows).toHaveLength(3);
    for (const { slot_in_ms: slot } of again.rows) expect(slot).toBeLessThan(-2000);
  });

  test('a replay does not hand out what the person finished in between', async () => {
    const [kept, done] = await oneEach(2);
    const first = await dispatcher.claim();
    await dispatcher.person(101);
    await dispatcher.asPerson(101, `select public.complete_reminder('tap-1', $1)`, [done]);
    const again = await dispatcher.claim({ token: first.token });
    expect(again.ids).toEqual([kept]);
  });
});

describe('several workers', () => {
  test('never share a row, however many claim at once', async () => {
    await dispatcher.thaw();
    await oneEach(400);
    const batches = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => dispatcher.claim({ worker: `w${nth}`, limit: 40 })),
    );
    const ids = batches.flatMap((batch) => batch.ids);
    expect(ids).toHaveLength(400);
    expect(new Set(ids).size).toBe(400);
  });

  test('pass over a row a person is acting on at this moment, without waiting', async () => {
    const [held, free] = await oneEach(2);
    const person = await dispatcher.pool.connect();
    const worker = await dispatcher.pool.connect();
    try {
      await person.query('begin');
      await person.query('select from scheduled_reminders where id = $1 for update', [held]);
      await worker.query(`set lock_timeout = '1ms'`);
      expect((await dispatcher.claim({ on: worker })).ids).toEqual([free]);
    } finally {
      await person.query('rollback');
      await worker.query('reset lock_timeout');
      person.release();
      worker.release();
    }
    expect((await dispatcher.claim()).ids).toEqual([held]);
  });

  test('never take a row over, not even when its lease has run out: that is the sweep’s', async () => {
    await oneEach(1);
    const first = await dispatcher.claim();
    await dispatcher.expireLeases();
    expect((await dispatcher.claim({ worker: 'w2' })).ids).toEqual([]);
    expect(first.ids).toHaveLength(1);
  });
});

describe('what a row needs to be dispatched', () => {
  test('a row of plain SQL with five columns goes out like any other', async () => {
    await dispatcher.sql(
      `insert into scheduled_reminders (lead_id, telegram_id, step_id, due_at, draft_text)
       values (77, 4242, 3, $1, 'Hello there')`,
      [minutesAfter(NOON, -1)],
    );
    const { rows } = await dispatcher.claim();
    expect(rows).toMatchObject([
      {
        telegram_id: 4242,
        lead_id: 77,
        step_id: 3,
        draft_text: 'Hello there',
        kind: 'card',
        level: 0,
        language: 'en',
        zone: 'UTC',
        lead_name: null,
        description: null,
        in_doubt: false,
        message_id: null,
      },
    ]);
  });

  test('an unknown person is written to at any hour, in English and UTC', async () => {
    await dispatcher.freeze('2026-11-18T03:00:00.000Z');
    await dispatcher.reminder({ telegramId: 4242 });
    expect((await dispatcher.claim()).rows).toMatchObject([{ language: 'en', zone: 'UTC' }]);
  });

  test('a row that names somebody else’s lead, plan and step shows nothing of them', async () => {
    const leadId = await dispatcher.lead(500, { name: 'Secret Person', status: 'closed_won' });
    const [plan] = await dispatcher.sql<{ id: string }>(
      `insert into engagement_plans (lead_id, telegram_id, status, accepted_at) values ($1, 500, 'active', now()) returning id`,
      [leadId],
    );
    const planId = Number(plan!.id);
    await dispatcher.sql(
      `insert into outreach_steps (plan_id, lead_id, telegram_id, step_id, action_type, description, delay_days)
       values ($1, $2, 500, 1, 'call', 'Secret step', 0)`,
      [planId, leadId],
    );
    await dispatcher.reminder({ telegramId: 100, leadId, planId, stepId: 1 });
    const { rows } = await dispatcher.claim();
    // The stranger's lead is closed, too: that must not cancel this person's row either.
    expect(rows).toMatchObject([{ lead_name: null, lead_company: null, description: null }]);
  });

  test('the answer carries lead, step, language and zone of the person’s own', async () => {
    await dispatcher.person(100, { language: 'ru', zone: 'Asia/Tbilisi' });
    const leadId = await dispatcher.lead(100, { name: 'Nino' });
    await dispatcher.reminder({ leadId, title: 'Ring her' });
    expect((await dispatcher.claim()).rows).toMatchObject([
      {
        lead_name: 'Nino',
        language: 'ru',
        zone: 'Asia/Tbilisi',
        title: 'Ring her',
        product_now: minutesAfter(NOON, 0),
      },
    ]);
  });

  test.each([
    ['no rows', 0, 30],
    ['too many rows', 10_001, 30],
    ['no lease', 10, 0],
    ['too long a lease', 10, 3_601],
  ])('a claim for %s is refused in words', async (_, limit, lease) => {
    await expect(dispatcher.claim({ limit, lease })).rejects.toMatchObject({
      code: 'P0001',
      hint: 'CLAIM_SIZE',
    });
  });

  test('a claim takes at most the rows it asks for, the oldest first', async () => {
    const ids = await dispatcher.reminders(
      [-5, -9, -1, -7].map((dueIn, nth) => ({ telegramId: 100 + nth, dueIn })),
    );
    expect((await dispatcher.claim({ limit: 3 })).ids).toEqual([ids[1], ids[3], ids[0]]);
    expect(sorted((await dispatcher.claim({ limit: 3 })).ids)).toEqual([ids[2]]);
  });
});
