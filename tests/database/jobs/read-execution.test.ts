/** An execution and its lines are two reads: together they must not tell of an end without what was logged before it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStores } from '../../../bot/store/create-stores.ts';
import { createTestDatabase, GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query(
    `insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type)
       values ('j', 'J', 'cron', '0 0 1 1 *', '2099-01-01', 'h', 'function');
     insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, worker_id)
       values ('e', 'j', 'default', 'success', now(), now(), now(), 'w');
     insert into job_execution_logs (execution_id, timestamp, level, message) values ('e', now(), 'info', 'all done')`,
  );
});
afterAll(() => db.drop());

test('the lines are read after the execution: one that ends in between comes with more lines, never with fewer', async () => {
  const steps: string[] = [];
  const stores = createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    async fetch(input, init) {
      const [, table = ''] = /\/(job_\w+)\?/.exec(input instanceof Request ? input.url : String(input)) ?? [];
      steps.push(`${table} asked`);
      const answer = await db.gateway.fetch(input, init);
      steps.push(`${table} answered`);
      return answer;
    },
    mintToken: (id) => Promise.resolve({ token: signToken({ sub: String(id) }), expiresIn: 900 }),
    machineNow: () => Date.now(),
    worker: 'test',
    soleReader: true,
  });
  const read = await stores.jobs.execution('e');
  expect(read).toMatchObject({ status: 'success', logs: [{ message: 'all done' }] });
  expect(steps).toEqual([
    'job_executions asked',
    'job_executions answered',
    'job_execution_logs asked',
    'job_execution_logs answered',
  ]);
});
