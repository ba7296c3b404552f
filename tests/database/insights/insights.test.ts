/** `my_insights`: what is counted, in which week and day, and for whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insightsSchema } from '../../../shared/contracts/insights.ts';
import type { Insights } from '../../../shared/contracts/insights.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver } from '../actions/actor.ts';
import type { Actor } from '../actions/actor.ts';

/** A Wednesday; in Berlin it is 9:41. */
const NOW = '2026-10-14T07:41:00Z';
const THIS_WEEK = '2026-10-12';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await setClock(NOW);
});
afterAll(async () => db.drop());

async function setClock(instant: string): Promise<void> {
  await db.admin.query(
    `create or replace function public.app_now() returns timestamptz language sql stable parallel safe
     as $$ select '${instant}'::timestamptz $$`,
  );
}

/** Does `work` at that product time. */
async function at<Result>(instant: string, work: () => Promise<Result>): Promise<Result> {
  await setClock(instant);
  try {
    return await work();
  } finally {
    await setClock(NOW);
  }
}

async function person(zone = 'Europe/Berlin'): Promise<Actor> {
  const actor = createActor(db);
  await db.admin.query('insert into public.users (telegram_id, zone) values ($1, $2)', [actor.id, zone]);
  return actor;
}

async function ask(actor: Actor, weeks: number | null = 8): Promise<Insights> {
  const answer = await db
    .userClient(actor.id)
    .database.rpc('my_insights', weeks === null ? {} : { p_weeks: weeks }, { get: true });
  if (answer.error !== null) throw new Error(answer.error.message);
  return insightsSchema.parse(answer.data);
}

/** A free reminder made and wanted at that instant. */
async function reminderAt(actor: Actor, wanted: string): Promise<number> {
  const before = Temporal.Instant.from(wanted).subtract({ hours: 1 }).toString();
  const made = await at(before, () =>
    actor.must('create_reminder', { p_due_at: wanted, p_title: 'Call', p_exact: true }),
  );
  return (made.data['reminder'] as { id: number }).id;
}

const finish = (actor: Actor, how: string, id: number, instant: string, args = {}) =>
  at(instant, () => actor.must(`${how}_reminder`, { p_id: id, ...args }));
/** A plan is dated from the machine's clock, so it is accepted by it. */
const planOf = (actor: Actor) => at(Temporal.Now.instant().toString(), () => actor.plan());
const lastWeek = ({ weeks }: Insights) => weeks.at(-1);

describe('the weeks', () => {
  test('count done, snoozed, skipped and brought up, each in the week it happened', async () => {
    const mara = await person();
    const [done, snoozed, skipped] = [
      await reminderAt(mara, '2026-10-12T08:00:00Z'),
      await reminderAt(mara, '2026-10-05T08:00:00Z'),
      await reminderAt(mara, '2026-10-06T08:00:00Z'),
    ];
    await at('2026-10-12T08:00:00Z', () => deliver(db, done));
    await db.admin.query(
      `insert into public.delivery_attempts (reminder_id, token, telegram_id, kind, level, outcome, slot_at, product_at)
       select $1, gen_random_uuid(), $2, 'card', 0, outcome, now(), '2026-10-12T08:00:00Z'
       from unnest(array['sent', 'sent', 'retry']) as outcome`,
      [done, mara.id],
    );
    await finish(mara, 'complete', done, '2026-10-13T08:00:00Z');
    await finish(mara, 'snooze', snoozed, '2026-10-06T08:00:00Z', { p_until: '2026-10-20T08:00:00Z' });
    await finish(mara, 'skip', skipped, '2026-10-07T08:00:00Z');
    const { weeks, best_done } = await ask(mara, 2);
    expect(weeks).toEqual([
      { week: '2026-10-05', sent: 0, done: 0, snoozed: 1, skipped: 1 },
      { week: THIS_WEEK, sent: 1, done: 1, snoozed: 0, skipped: 0 },
    ]);
    expect(best_done).toBe(1);
  });

  test('begin on Monday at midnight of the person’s own zone', async () => {
    const [tokyo, honolulu] = [await person('Asia/Tokyo'), await person('Pacific/Honolulu')];
    // Sunday 16:00 UTC is Monday 1:00 in Tokyo and still Sunday in Honolulu.
    for (const actor of [tokyo, honolulu]) {
      const id = await reminderAt(actor, '2026-10-11T12:00:00Z');
      await finish(actor, 'complete', id, '2026-10-11T16:00:00Z');
    }
    expect((await ask(tokyo, 2)).weeks.map(({ done }) => done)).toEqual([0, 1]);
    expect((await ask(honolulu, 2)).weeks.map(({ done }) => done)).toEqual([1, 0]);
    expect((await ask(tokyo)).done_days).toEqual(['2026-10-12']);
    expect((await ask(honolulu)).done_days).toEqual(['2026-10-11']);
  });

  test('do not count what was taken back', async () => {
    const mara = await person();
    const id = await reminderAt(mara, '2026-10-13T08:00:00Z');
    const { actionId } = await finish(mara, 'complete', id, '2026-10-13T09:00:00Z');
    expect(lastWeek(await ask(mara))?.done).toBe(1);
    await at('2026-10-13T10:00:00Z', () => mara.must('undo_action', { p_action_id: actionId }));
    const after = await ask(mara);
    expect([lastWeek(after)?.done, after.done_days, after.best_done]).toEqual([0, [], 0]);
  });

  test('count what was done by a plain change of the row too', async () => {
    const mara = await person();
    const id = await reminderAt(mara, '2026-10-13T08:00:00Z');
    expect(await mara.patch(id, { status: 'completed' })).toBeNull();
    expect(lastWeek(await ask(mara))?.done).toBe(1);
  });

  test('know nothing of what was sent more than 90 days ago, and say so instead of 0', async () => {
    const { weeks } = await ask(await person(), 20);
    expect(weeks.find(({ week }) => week === '2026-07-20')?.sent).toBe(0);
    expect(weeks.find(({ week }) => week === '2026-07-13')?.sent).toBeNull();
  });

  test.each([
    [null, 8],
    [1, 1],
    [53, 53],
    [0, 1],
    [-7, 1],
    [100_000, 53],
  ])('asked for %s, answer %i', async (asked, answered) => {
    const { weeks } = await ask(await person(), asked);
    expect(weeks).toHaveLength(answered);
    expect(weeks.at(-1)?.week).toBe(THIS_WEEK);
  });

  test('the best week may lie before those asked for', async () => {
    const mara = await person();
    for (const day of ['01', '02', '03']) {
      const id = await reminderAt(mara, `2026-06-${day}T08:00:00Z`);
      await finish(mara, 'complete', id, `2026-06-${day}T09:00:00Z`);
    }
    expect(await ask(mara, 2)).toMatchObject({ best_done: 3, weeks: [{ done: 0 }, { done: 0 }] });
  });
});

describe('the days', () => {
  test('something waited from when it was wanted until it was done, skipped or today', async () => {
    const mara = await person();
    const done = await reminderAt(mara, '2026-09-01T08:00:00Z');
    await finish(mara, 'complete', done, '2026-09-03T08:00:00Z');
    const skipped = await reminderAt(mara, '2026-09-10T08:00:00Z');
    await finish(mara, 'skip', skipped, '2026-09-11T08:00:00Z');
    const early = await reminderAt(mara, '2026-09-20T08:00:00Z');
    await finish(mara, 'complete', early, '2026-09-19T08:00:00Z');
    const cancelled = await reminderAt(mara, '2026-09-25T08:00:00Z');
    await finish(mara, 'cancel', cancelled, '2026-09-26T08:00:00Z');
    await reminderAt(mara, '2026-10-12T08:00:00Z');
    await reminderAt(mara, '2026-10-30T08:00:00Z');
    const { busy, done_days } = await ask(mara);
    expect(busy).toEqual([
      { from: '2026-09-01', to: '2026-09-03' },
      { from: '2026-09-10', to: '2026-09-11' },
      { from: '2026-10-12', to: '2026-10-14' },
    ]);
    expect(done_days).toEqual(['2026-09-03', '2026-09-19']);
  });

  test('a reminder nobody looked at for years begins where the search begins', async () => {
    const mara = await person();
    await reminderAt(mara, '2020-01-01T08:00:00Z');
    expect((await ask(mara)).busy).toEqual([{ from: '2025-09-09', to: '2026-10-14' }]);
  });
});

describe('answers', () => {
  const setStatus = (actor: Actor, leadId: number, status: string, instant: string) =>
    at(instant, () => actor.must('set_lead_status', { p_lead_id: leadId, p_status: status }));

  test('go to the last step done before the lead moved on', async () => {
    const mara = await person();
    const { ids, leadId } = await planOf(mara);
    await finish(mara, 'complete', ids[0]!, '2026-10-12T08:00:00Z');
    await finish(mara, 'complete', ids[1]!, '2026-10-12T10:00:00Z');
    const { actionId } = await setStatus(mara, leadId, 'in_progress', '2026-10-12T12:00:00Z');
    expect((await ask(mara)).answers).toEqual([
      { step_id: 1, action_type: 'call', done: 1, answered: 0 },
      { step_id: 2, action_type: 'call', done: 1, answered: 1 },
    ]);
    await at('2026-10-12T13:00:00Z', () => mara.must('undo_action', { p_action_id: actionId }));
    expect((await ask(mara)).answers.map(({ answered }) => answered)).toEqual([0, 0]);
  });

  test('a reply that came in as an event counts, a download does not', async () => {
    const mara = await person();
    for (const [trigger, answered] of [
      ['pdf_download', 0],
      ['interested_reply', 1],
    ] as const) {
      const { ids, leadId } = await planOf(mara);
      await finish(mara, 'complete', ids[0]!, '2026-10-12T08:00:00Z');
      await at('2026-10-12T09:00:00Z', async () => {
        const { error } = await db.server.database.rpc('trigger_next_step', {
          p_key: `${trigger}-${leadId}`,
          p_telegram_id: mara.id,
          p_lead_id: leadId,
          p_trigger: trigger,
        });
        expect(error).toBeNull();
      });
      const counts = (await ask(mara)).answers.reduce((sum, row) => sum + row.answered, 0);
      expect(counts, trigger).toBe(answered);
    }
  });
});

describe('the funnel', () => {
  test('counts each lead as far as it ever got, binned ones not', async () => {
    const mara = await person();
    const lead = async (...statuses: string[]) => {
      const made = await mara.must('create_lead', { p_lead: { name: `Lead ${statuses.join()}` } });
      const id = made.data['lead_id'] as number;
      for (const p_status of statuses) await mara.must('set_lead_status', { p_lead_id: id, p_status });
      return id;
    };
    await lead();
    await lead('reached_out');
    await lead('in_progress');
    await lead('meeting_booked', 'closed_lost');
    await lead('closed_won');
    await lead('closed_lost');
    const gone = await lead('closed_won');
    await db.admin.query('update public.leads set deleted_at = now() where id = $1', [gone]);
    expect((await ask(mara)).funnel).toEqual({
      new: 6,
      reached_out: 4,
      in_progress: 3,
      meeting_booked: 2,
      closed_won: 1,
      closed_lost: 2,
    });
  });

  test('a lead with a step done was reached out to, whatever its status says', async () => {
    const mara = await person();
    const { ids } = await planOf(mara);
    await mara.must('complete_reminder', { p_id: ids[0] });
    expect((await ask(mara)).funnel).toMatchObject({ new: 1, reached_out: 1, in_progress: 0 });
  });
});

describe('for whom', () => {
  test('everybody sees their own alone', async () => {
    const [mara, stranger] = [await person(), await person()];
    const id = await reminderAt(mara, '2026-10-13T08:00:00Z');
    await finish(mara, 'complete', id, '2026-10-13T09:00:00Z');
    const theirs = await ask(stranger);
    expect([lastWeek(theirs)?.done, theirs.done_days, theirs.busy, theirs.funnel.new]).toEqual([
      0,
      [],
      [],
      0,
    ]);
    expect(lastWeek(await ask(mara))?.done).toBe(1);
  });

  test('somebody unknown so far gets an empty answer, by UTC', async () => {
    const { weeks, today } = await ask(createActor(db), 1);
    expect([today, weeks]).toEqual([
      '2026-10-14',
      [{ week: THIS_WEEK, sent: 0, done: 0, snoozed: 0, skipped: 0 }],
    ]);
  });
});
