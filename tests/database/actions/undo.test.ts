/** Undo takes back all of one action and never makes the bot buzz at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver, inHours, shiftClock, STEPS } from './actor.ts';
import type { Actor, Answer, Row } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => {
  person = createActor(db);
});
afterAll(async () => db.drop());

/** What an Undo brings back of a row; the counters of its own work move on. */
function essence(row: Row): Partial<Row> {
  const { updated_at: _updated, due_rev: _rev, ...rest } = row;
  return rest;
}

async function rowsOfPerson(): Promise<Partial<Row>[]> {
  const { rows } = await db.admin.query<{ id: number }>(
    `select id::int from public.scheduled_reminders where telegram_id = $1 order by id`,
    [person.id],
  );
  return Promise.all(rows.map(async ({ id }) => essence(await person.row(id))));
}

async function statusOf(table: 'leads' | 'engagement_plans', id: number): Promise<string | undefined> {
  const { rows } = await db.admin.query<{ status: string }>(
    `select status from public.${table} where id = $1`,
    [id],
  );
  return rows[0]?.status;
}

const undo = async (action: Answer): Promise<Answer> =>
  person.must('undo_action', { p_action_id: action.actionId });
const refusal = async (action: Answer): Promise<string | null> =>
  (await person.act('undo_action', { p_action_id: action.actionId })).refusal;
const dates = (...hours: number[]): object[] =>
  hours.map((hour, index) => ({ step_id: index + 1, wanted_at: inHours(hour) }));

type Plan = Awaited<ReturnType<Actor['plan']>>;

/** Actions on an undelivered plan, wanted in 24, 48 and 72 hours, whose Undo leaves every row as it was. */
const REVERSIBLE: readonly (readonly [string, string, (plan: Plan) => Record<string, unknown>])[] = [
  ['complete', 'complete_reminder', ({ ids }) => ({ p_id: ids[0] })],
  ['skip', 'skip_reminder', ({ ids }) => ({ p_id: ids[1], p_reason: 'no need' })],
  ['cancel', 'cancel_reminder', ({ ids }) => ({ p_id: ids[2] })],
  ['snooze', 'snooze_reminder', ({ ids }) => ({ p_id: ids[2], p_until: inHours(99) })],
  [
    'snooze that took later steps along',
    'snooze_reminder',
    ({ ids }) => ({ p_id: ids[0], p_until: inHours(99) }),
  ],
  ['reschedule', 'reschedule_reminder', ({ ids }) => ({ p_id: ids[0], p_until: inHours(60) })],
  [
    'reschedule to an earlier instant',
    'reschedule_reminder',
    ({ ids }) => ({ p_id: ids[0], p_until: inHours(2) }),
  ],
  [
    'rebase',
    'rebase_plan',
    ({ planId, ids }) => ({
      p_plan_id: planId,
      p_schedule: ids.map((id, index) => ({ id, wanted_at: inHours(90 + index) })),
    }),
  ],
  ['closing of the lead', 'set_lead_status', ({ leadId }) => ({ p_lead_id: leadId, p_status: 'closed_won' })],
  [
    'other status of the lead',
    'set_lead_status',
    ({ leadId }) => ({ p_lead_id: leadId, p_status: 'in_progress' }),
  ],
];

describe.each(REVERSIBLE)('Undo of a %s', (_what, name, args) => {
  test('brings back status, instants and level of every row, and the lead', async () => {
    const plan = await person.plan();
    const before = [await rowsOfPerson(), await statusOf('leads', plan.leadId)];
    const action = await person.must(name, args(plan));
    expect([await rowsOfPerson(), await statusOf('leads', plan.leadId)]).not.toEqual(before);
    await undo(action);
    expect([await rowsOfPerson(), await statusOf('leads', plan.leadId)]).toEqual(before);
  });

  test('can be followed by the same action again, and undone again', async () => {
    const plan = await person.plan();
    const before = await rowsOfPerson();
    await undo(await person.must(name, args(plan)));
    await undo(await person.must(name, args(plan)));
    expect(await rowsOfPerson()).toEqual(before);
  });
});

describe('Undo of a plan’s acceptance', () => {
  test('ends the new steps and makes the plan a draft that can be accepted again', async () => {
    const lead = await person.must('create_lead', { p_lead: { name: 'K' }, p_plan: { steps: STEPS } });
    const planId = lead.data['plan_id'] as number;
    const action = await person.must('accept_plan', { p_plan_id: planId, p_schedule: dates(1, 2, 3) });
    await undo(action);
    expect((await person.rowsOfPlan(planId)).map((row) => row.status)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect(await statusOf('engagement_plans', planId)).toBe('draft');
    await person.must('accept_plan', { p_plan_id: planId, p_schedule: dates(1, 2, 3) });
  });

  test('of a re-plan brings the replaced plan back, with its open steps', async () => {
    const { leadId, planId } = await person.plan();
    const before = (await person.rowsOfPlan(planId)).map(essence);
    const draft = await person.draft(leadId);
    await undo(await person.must('accept_plan', { p_plan_id: draft, p_schedule: dates(1, 2, 3) }));
    expect((await person.rowsOfPlan(planId)).map(essence)).toEqual(before);
    expect([await statusOf('engagement_plans', planId), await statusOf('engagement_plans', draft)]).toEqual([
      'active',
      'draft',
    ]);
  });

  test.each([
    [
      'a re-plan',
      async ({ leadId }: Plan) => {
        const draft = await person.draft(leadId);
        return person.must('accept_plan', { p_plan_id: draft, p_schedule: dates(1, 2, 3) });
      },
    ],
    [
      'the closing of a lead',
      async ({ leadId }: Plan) =>
        person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' }),
    ],
  ])(
    'of %s brings a waiting request for the next step back: else such a plan would fall silent',
    async (_what, act) => {
      const plan = await person.plan([1, 2, 3], 'after_previous');
      await person.must('complete_reminder', { p_id: plan.ids[0] });
      const requested = async (): Promise<unknown> =>
        (
          await db.admin.query(
            `select step_id, next_step_ready_at from public.outreach_steps where plan_id = $1 and next_step_ready_at is not null`,
            [plan.planId],
          )
        ).rows;
      const before = await requested();
      expect(before).toMatchObject([{ step_id: 2 }]);
      const action = await act(plan);
      expect(await requested()).toEqual([]);
      await undo(action);
      expect(await requested()).toEqual(before);
    },
  );

  test('is still possible after new hours moved its steps', async () => {
    const { leadId } = await person.plan();
    const draft = await person.draft(leadId);
    const action = await person.must('accept_plan', { p_plan_id: draft, p_schedule: dates(24, 72, 144) });
    const moved = await person.must('update_settings', { p_settings: { zone: 'Asia/Kathmandu' } });
    expect(moved.data['moved']).toBeGreaterThan(0);
    expect(await refusal(action)).toBeNull();
  });
});

test('Undo of a new reminder ends it', async () => {
  const action = await person.must('create_reminder', { p_title: 'Call', p_due_at: inHours(9) });
  await undo(action);
  expect(await rowsOfPerson()).toMatchObject([{ status: 'cancelled' }]);
});

test('Undo of the cancelling of a reminder that Telegram refused leaves it refused, as it was', async () => {
  const { ids } = await person.plan();
  await db.admin.query(
    `update public.scheduled_reminders set status = 'failed', due_rev = due_rev + 1 where id = $1`,
    [ids[0]],
  );
  const before = await rowsOfPerson();
  const action = await person.must('cancel_reminder', { p_id: ids[0] });
  expect((await person.row(ids[0]!)).status).toBe('cancelled');
  await undo(action);
  expect(await rowsOfPerson()).toEqual(before);
});

describe('a delivered reminder that is brought back', () => {
  test.each(['complete_reminder', 'skip_reminder', 'cancel_reminder'])(
    'after %s is due no earlier than four hours from now, sent as it was',
    async (name) => {
      const { ids } = await person.plan([1, 48, 72]);
      await deliver(db, ids[0]!);
      const before = await person.row(ids[0]!);
      await undo(await person.must(name, { p_id: ids[0] }));
      const after = await person.row(ids[0]!);
      expect(after).toMatchObject({ status: 'sent', level: 1, wanted_at: before.wanted_at });
      expect(Date.parse(after.due_at) - Date.now()).toBeGreaterThan(3.9 * 3_600_000);
    },
  );

  test('counts four awake hours: in the quiet hours it waits for the morning', async () => {
    const { ids } = await person.plan([1, 48, 72]);
    // Awake for one hour a day only, which begins in two hours: the fourth of them is three days later.
    const hour = (new Date().getUTCHours() + 2) % 24;
    const clock = (of: number): string => `${String(of % 24).padStart(2, '0')}:00`;
    await person.must('update_settings', {
      p_settings: { quiet_from: clock(hour + 1), quiet_to: clock(hour) },
    });
    await deliver(db, ids[0]!);
    await undo(await person.must('complete_reminder', { p_id: ids[0] }));
    const days = (Date.parse((await person.row(ids[0]!)).due_at) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(5);
  });

  test('one never delivered is due when it was', async () => {
    const { ids } = await person.plan([1, 48, 72]);
    const before = await person.row(ids[0]!);
    await undo(await person.must('complete_reminder', { p_id: ids[0] }));
    expect((await person.row(ids[0]!)).due_at).toBe(before.due_at);
  });
});

describe('the next step that was asked for', () => {
  const next = async (planId: number): Promise<unknown> =>
    (
      await db.admin.query(
        `select triggered_by, scheduled_at is not null as scheduled, next_step_ready_at is not null as asked
         from public.outreach_steps where plan_id = $1 and step_id = 2`,
        [planId],
      )
    ).rows[0];

  test('is no longer asked for after Undo', async () => {
    const { planId, ids } = await person.plan();
    const action = await person.must('complete_reminder', { p_id: ids[0] });
    expect(await next(planId)).toMatchObject({ asked: true });
    expect((await undo(action)).data['next_stays_open']).toBe(false);
    expect(await next(planId)).toEqual({ triggered_by: null, scheduled: false, asked: false });
  });

  test('and was made but not sent, ends with Undo', async () => {
    const { planId, ids } = await person.plan([1, 2, 3], 'after_previous');
    const action = await person.must('complete_reminder', { p_id: ids[0] });
    await shiftClock(db, 36);
    await db.server.database.rpc('promote_steps', { p_limit: 1000 });
    await shiftClock(db, 0);
    expect((await person.rowsOfPlan(planId)).map((row) => row.status)).toEqual(['completed', 'pending']);
    expect((await undo(action)).data['next_stays_open']).toBe(false);
    expect((await person.rowsOfPlan(planId)).map((row) => row.status)).toEqual(['pending', 'cancelled']);
  });

  test('and was sent already, stays open beside the first, and the answer says so', async () => {
    const { planId, ids } = await person.plan();
    const action = await person.must('complete_reminder', { p_id: ids[0] });
    await deliver(db, ids[1]!);
    expect((await undo(action)).data['next_stays_open']).toBe(true);
    expect((await person.rowsOfPlan(planId)).map((row) => row.status)).toEqual([
      'pending',
      'sent',
      'pending',
    ]);
  });
});
