/** pg-boss as the carrier of executions: what it promises, and what becomes of what it loses. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDeliveries } from '../../../bot/jobs/deliveries.ts';
import { openPgBossCarrier } from '../../../bot/store/pg-boss-carrier.ts';
import type { JobCarrier } from '../../../bot/usecases/carrier-ports.ts';
import { machineClock } from '../../../bot/machine.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { recorder } from '../bot/record-log.ts';
import type { Logged } from '../bot/record-log.ts';

let db: TestDatabase;
let carrier: JobCarrier;
beforeAll(async () => {
  db = await createTestDatabase();
  carrier = await openPgBossCarrier(db.url, recorder([]));
});
afterAll(async () => {
  await carrier.close();
  await db.drop();
});
beforeEach(() => db.admin.query('delete from nudge_pg_boss.job'));

const ready = (id: string, retryCount = 0, rank = 2) => ({ id, retryCount, rank });
const idsOf = async (limit = 10) => (await carrier.fetch(limit)).map(({ executionId }) => executionId);

test('an attempt sent by two workers at once is delivered once, its next attempt again', async () => {
  await Promise.all([carrier.send([ready('a@1')]), carrier.send([ready('a@1'), ready('b@1')])]);
  await carrier.send([ready('a@1', 1)]);
  expect((await idsOf()).sort()).toEqual(['a@1', 'a@1', 'b@1']);
  expect(await idsOf()).toEqual([]);
});

test('what is at work is not delivered a second time; what ended may be sent anew', async () => {
  await carrier.send([ready('a@1')]);
  const [delivery] = await carrier.fetch(1);
  await carrier.send([ready('a@1')]);
  expect(await idsOf()).toEqual([]);
  await carrier.finish([delivery!]);
  await carrier.send([ready('a@1')]);
  expect(await idsOf()).toEqual(['a@1']);
});

test('the critical goes before the low, whenever it was sent', async () => {
  await carrier.send([ready('low@1', 0, 3), ready('medium@1', 0, 2)]);
  await carrier.send([ready('critical@1', 0, 0)]);
  expect([await idsOf(1), await idsOf(1), await idsOf(1)]).toEqual([['critical@1'], ['medium@1'], ['low@1']]);
});

test('what a worker held that fell silent is delivered to another one', async () => {
  await carrier.send([ready('a@1')]);
  expect(await idsOf()).toEqual(['a@1']);
  await db.admin.query(`update nudge_pg_boss.job set heartbeat_on = now() - interval '1 minute'`);
  await expect.poll(() => idsOf(), { timeout: 60_000, interval: 500 }).toEqual(['a@1']);
}, 90_000);

test('what is touched is not taken from whoever works on it', async () => {
  await carrier.send([ready('a@1')]);
  const deliveries = await carrier.fetch(1);
  await db.admin.query(`update nudge_pg_boss.job set heartbeat_on = now() - interval '1 minute'`);
  await carrier.touch(deliveries);
  const { rows } = await db.admin.query<{ silent: boolean }>(
    `select heartbeat_on < now() - interval '30 seconds' as silent from nudge_pg_boss.job where state = 'active'`,
  );
  expect(rows).toEqual([{ silent: false }]);
});

test('given back too often it is a dead letter, which is told once; the table may send it again', async () => {
  await carrier.send([ready('a@1')]);
  let given = 0;
  await expect
    .poll(
      async () => {
        const deliveries = await carrier.fetch(1);
        given += deliveries.length;
        if (deliveries.length > 0) await carrier.giveBack(deliveries);
        return await carrier.takeDeadLetters();
      },
      { timeout: 60_000, interval: 100 },
    )
    .toEqual(['a@1']);
  expect(given).toBe(6);
  expect(await carrier.takeDeadLetters()).toEqual([]);
  await carrier.send([ready('a@1')]);
  expect(await idsOf()).toEqual(['a@1']);
}, 90_000);

test('deliveries whose claim failed are given back at once, and the failure is told', async () => {
  await carrier.send([ready('a@1')]);
  const deliveries = createDeliveries(carrier, machineClock, recorder([]));
  await expect(deliveries.take(5, () => Promise.reject(new Error('database away')))).rejects.toThrow(
    'database away',
  );
  await expect.poll(() => idsOf(), { timeout: 30_000, interval: 100 }).toEqual(['a@1']);
});

test('a delivery that can no longer be claimed is done with, without a trace in the log', async () => {
  const logged: Logged[] = [];
  await carrier.send([ready('a@1'), ready('a@1', 1)]);
  const deliveries = createDeliveries(carrier, machineClock, recorder(logged));
  expect(await deliveries.take(5, () => Promise.resolve([]))).toEqual({ delivered: 2, claimed: [] });
  await deliveries.settled();
  const { rows } = await db.admin.query(`select distinct state::text from nudge_pg_boss.job`);
  expect(rows).toEqual([{ state: 'completed' }]);
  expect(logged).toEqual([]);
});

test('a user who may not make its schema is told what is missing, without a password', async () => {
  const other = await createTestDatabase();
  const role = `nobody_${randomUUID().slice(0, 8)}`;
  try {
    await other.admin.query(`create role ${role} login password 'hidden-word'`);
    const url = new URL(other.url);
    url.username = role;
    url.password = 'hidden-word';
    const refused = openPgBossCarrier(url.href, recorder([]));
    await expect(refused).rejects.toThrow(
      /^JOB_ENGINE=pg-boss: its schema "nudge_pg_boss" could not be prepared: .*needs CREATE on the database/,
    );
    await expect(refused).rejects.not.toThrow('hidden-word');
  } finally {
    await other.admin.query(`drop role if exists ${role}`);
    await other.drop();
  }
});
