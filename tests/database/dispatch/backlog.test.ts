/** A start after a two-day outage with 100,000 reminders overdue: nobody gets a pile, and the machine does not choke. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

const PEOPLE = 20_000;
const ROWS_EACH = 5;
/** Claims in a row after which nothing may be left to look at; each takes the rows of a hundred people and more. */
const CLAIMS = 400;

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
  await dispatcher.reset();
  await dispatcher.sql(
    `insert into scheduled_reminders (telegram_id, due_at, title)
     select 100 + n % $1, app_now() - make_interval(hours => 3 + n % 45), 'Ring' from generate_series(0, $2 - 1) as n`,
    [PEOPLE, PEOPLE * ROWS_EACH],
  );
  await dispatcher.database.admin.query('vacuum analyze scheduled_reminders');
  await dispatcher.limiter({ rate: 25, chatGapMs: 1000 });
}, 120_000);
afterAll(() => dispatcher.drop());

describe('100,000 overdue reminders of 20,000 people', () => {
  test('are all looked at by the first claims, which send nothing at once', async () => {
    let claims = 0;
    const isDue = `select exists (select from scheduled_reminders where due_at <= app_now()) as due`;
    while ((await dispatcher.sql<{ due: boolean }>(isDue))[0]?.due === true && claims < CLAIMS) {
      claims += 1;
      expect((await dispatcher.claim()).ids).toEqual([]);
    }
    expect(claims).toBeLessThan(CLAIMS);
  }, 180_000);

  test('become one list a person: all rows of a person are due at the same instant', async () => {
    const [torn] = await dispatcher.json<{ people: number }>(
      `select count(*) as people from (
         select from scheduled_reminders group by telegram_id having min(due_at) <> max(due_at) or count(*) <> 5) as torn`,
    );
    expect(torn).toEqual({ people: 0 });
  });

  test('are spread over the thirty minutes that follow, never more in a minute than the rate carries', async () => {
    const minutes = await dispatcher.json<{ minute: number; lists: number }>(
      `select (extract(epoch from due_at - $1::timestamptz) / 60)::int as minute, count(distinct telegram_id) as lists
       from scheduled_reminders group by 1 order by 1`,
      [NOON],
    );
    expect(minutes[0]?.minute).toBeGreaterThanOrEqual(0);
    expect(minutes.at(-1)?.minute).toBeLessThanOrEqual(30);
    expect(minutes.length).toBeGreaterThanOrEqual(30);
    for (const { lists } of minutes) expect(lists).toBeLessThan(25 * 60);
  });
});
