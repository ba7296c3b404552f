/** `my_insights` looks at the person's own rows through indexes, however many other people there are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestClaims, TestDatabase } from '../../support/database.ts';

const MARA = 61_001;
const REMINDERS = 5_000;
/** Other people's rows: a scan over all of them would show. */
const OTHERS = 40_000;
/** 8 kB pages. Mara's own rows fill about 700; everybody's 5,000. */
const PAGES = 2_500;

const asMara: TestClaims = { sub: MARA };

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query(`
    insert into public.leads (telegram_id, name, status)
      select ${MARA}, 'Lead ' || n, (array['new', 'in_progress', 'closed_won'])[1 + n % 3] from generate_series(1, 500) as n;
    insert into public.scheduled_reminders (telegram_id, lead_id, due_at, status, completed_at)
      select who, case when who = ${MARA} then (select min(id) from public.leads) + n % 500 end,
        now() - make_interval(hours => n % 8000), case when n % 3 = 0 then 'pending' else 'completed' end,
        case when n % 3 = 0 then null else now() - make_interval(hours => n % 7000) end
      from (select n, case when n <= ${REMINDERS} then ${MARA} else 70000 + n % 500 end as who
        from generate_series(1, ${REMINDERS + OTHERS}) as n) as rows;
    insert into public.reminder_events (telegram_id, reminder_id, action_id, action, actor, at)
      select telegram_id, id, 'a' || id, (array['complete', 'snooze', 'skip'])[1 + id % 3], 'person', due_at
      from public.scheduled_reminders;
    insert into public.user_actions (telegram_id, action_id, action, at)
      select telegram_id, action_id, 'complete', at from public.reminder_events;
    insert into public.delivery_attempts (reminder_id, token, telegram_id, kind, level, outcome, slot_at, product_at)
      select id, gen_random_uuid(), telegram_id, 'card', 0, 'sent', due_at, due_at from public.scheduled_reminders;`);
  await db.admin.query('vacuum analyze');
});
afterAll(async () => db.drop());

test('5,000 reminders of one person among 45,000 are read without looking at everybody’s', async () => {
  const { rows } = await db.as(asMara, async (client) =>
    client.query<{ 'QUERY PLAN': [{ Plan: Record<'Shared Hit Blocks' | 'Shared Read Blocks', number> }] }>(
      'explain (analyze, buffers, format json) select public.my_insights(53)',
    ),
  );
  const { Plan: plan } = rows[0]!['QUERY PLAN'][0];
  expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(PAGES);
});
