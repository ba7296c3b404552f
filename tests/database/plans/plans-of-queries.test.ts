/** What a change of a plan asks of the database goes through an index, however many rows there are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, operate } from '../actions/actor.ts';
import { runningOf } from './plan-desk.ts';

let db: TestDatabase;
let planId: number;
beforeAll(async () => {
  db = await createTestDatabase();
  ({ planId } = await runningOf(createActor(db)));
  await operate(
    db,
    `insert into leads (telegram_id, name) select 1 + n % 50, 'Lead' from generate_series(1, 3000) as n`,
  );
  await operate(
    db,
    `insert into engagement_plans (lead_id, telegram_id) select id, telegram_id from leads where name = 'Lead'`,
  );
  await operate(
    db,
    `insert into outreach_steps (plan_id, lead_id, telegram_id, step_id, description, delay_days)
     select id, lead_id, telegram_id, step, 'Step', step from engagement_plans, generate_series(1, 5) as step
     where status = 'draft'`,
  );
  await operate(
    db,
    `insert into scheduled_reminders (plan_id, lead_id, telegram_id, step_id, due_at, created_at)
     select plan_id, lead_id, telegram_id, step_id, now() + interval '1 day', now() - interval '9 days'
     from outreach_steps where description = 'Step'`,
  );
  await operate(
    db,
    `insert into plan_versions (plan_id, version, telegram_id, pace, steps, reason)
     select id, 1, telegram_id, 'fixed_dates', '[]', 'created' from engagement_plans where status = 'draft'`,
  );
  await db.admin.query('analyze');
});
afterAll(async () => db.drop());

test.each([
  ['the plan with its reminders', (id: number) => `select public.plan_state(${id})`, 60],
  [
    'its versions',
    (id: number) => `select * from plan_versions where plan_id = ${id} order by version desc`,
    6,
  ],
  [
    'all its reminders',
    (id: number) => `select * from scheduled_reminders where plan_id = ${id} order by id for update`,
    30,
  ],
  ['a request that waits', (id: number) => `select public.waiting_request(${id})`, 60],
])('reading %s touches a few pages', async (_what, sql, pages) => {
  const { rows } = await db.as('project_admin', async (client) => {
    // The first call of a connection reads the catalogue, too.
    await client.query(sql(planId));
    return client.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) ${sql(planId)}`,
    );
  });
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  expect(plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!).toBeLessThanOrEqual(pages);
});
