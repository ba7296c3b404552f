import { afterAll, expect, test } from 'vitest';
import { describeEngine } from './contract.ts';
import { handler, openEngine, startPgBossWorker } from './engine.ts';
import type { Engine } from './engine.ts';

describeEngine('pg-boss', startPgBossWorker);

let engine: Engine | null = null;
afterAll(async () => engine?.close());

test('executions really travel through pg-boss, which keeps no more of them than their ids', async () => {
  engine = await openEngine('pg-boss', startPgBossWorker, [handler('greet', () => 'Hello')]);
  await engine.start();
  const { executionId } = await engine.once('greet', { payload: { to: 'Anna' } });
  expect((await engine.ended(executionId)).status).toBe('success');
  const { db } = engine;
  const letters = async () =>
    (
      await db.admin.query<{ data: unknown; state: string }>(
        `select data, state::text from nudge_pg_boss.job where name = 'executions'`,
      )
    ).rows;
  await expect.poll(letters).toEqual([{ data: { execution_id: executionId }, state: 'completed' }]);
});
