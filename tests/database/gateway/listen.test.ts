import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../../bot/gateway/listen.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { quietLog } from '../../support/quiet-log.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ template: 'bootstrapped' });
});
afterAll(async () => db.drop());

test('notifications arrive with their payload, and only those of the channel', async () => {
  const heard: (string | null)[] = [];
  const listener = listen(db.url, 'nudge_due', (payload) => heard.push(payload), quietLog);
  await listener.ready;
  await db.admin.query(`notify other, 'x'; notify nudge_due, '7'; notify nudge_due`);
  await expect.poll(() => heard).toEqual(['7', '']);
  await listener.close();
  await db.admin.query(`notify nudge_due, 'late'`);
  expect(heard).toEqual(['7', '']);
});

test('a cut connection comes back and says that something may have been missed', async () => {
  const heard: (string | null)[] = [];
  const listener = listen(db.url, 'Odd "name"', (payload) => heard.push(payload), quietLog);
  await listener.ready;
  await db.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen "Odd%'`,
  );
  await expect.poll(() => heard).toEqual([null]);
  await db.admin.query(`notify "Odd ""name""", 'again'`);
  await expect.poll(() => heard).toEqual([null, 'again']);
  await listener.close();
});

test('closing one that never got through ends its waiting', async () => {
  const listener = listen('postgres://nobody@127.0.0.1:1/none', 'x', () => undefined, quietLog);
  await listener.close();
  await listener.ready;
});
