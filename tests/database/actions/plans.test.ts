/** Leads and plans: proposed, accepted, discarded, replaced; each time wholly or not at all. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { storedState } from '../access/scene.ts';
import { createActor, inHours, operate, STEPS } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
// Each test somebody new, because a person may make 20 plans a day.
beforeEach(() => {
  person = createActor(db);
});
afterAll(async () => db.drop());

const schedule = (...hours: number[]): { step_id: number; wanted_at: string }[] =>
  hours.map((hour, index) => ({ step_id: index + 1, wanted_at: inHours(hour) }));

describe('a refused action changes nothing', () => {
  const withDelays = (...delays: number[]): object[] =>
    delays.map((delay_days) => ({ ...STEPS[0], delay_days }));

  test.each([
    ['a lead without a name', { name: '  ' }, STEPS, 'LEAD_NAME_MISSING'],
    ['a plan of two steps', { name: 'K' }, withDelays(0, 1), 'PLAN_SIZE'],
    [
      'a plan of eleven steps',
      { name: 'K' },
      withDelays(...Array.from({ length: 11 }, (_, day) => day)),
      'PLAN_SIZE',
    ],
    ['a plan whose delays decrease', { name: 'K' }, withDelays(0, 5, 3), 'DELAYS_DECREASE'],
    ['a delay below zero', { name: 'K' }, withDelays(-1, 0, 1), '23514'],
    ['a delay beyond a year', { name: 'K' }, withDelays(0, 1, 366), '23514'],
    ['steps that are no list', { name: 'K' }, 'none', 'PLAN_SIZE'],
    ['an unknown action', { name: 'K' }, [...STEPS.slice(1), { ...STEPS[2], action_type: 'fax' }], '23514'],
    ['a name of 201 characters', { name: 'K'.repeat(201) }, STEPS, '23514'],
    ['a zone that does not exist', { name: 'K', zone: 'Mars/Olympus' }, STEPS, 'ZONE_UNKNOWN'],
    ['a zone that Intl does not know', { name: 'K', zone: 'Factory' }, STEPS, 'ZONE_UNKNOWN'],
  ])('%s: no lead, no plan, no step, no used-up action id', async (_what, p_lead, steps, refusal) => {
    const before = await storedState(db);
    const answer = await person.act('create_lead', { p_lead, p_plan: { steps } });
    expect(answer.refusal).toBe(refusal);
    expect(await storedState(db)).toEqual(before);
    // The same id works once the mistake is mended.
    await person.must('create_lead', { p_action_id: answer.actionId, p_lead: { name: 'K' } });
  });

  test.each([
    ['a step without a date', schedule(1, 2), 'SCHEDULE_INCOMPLETE'],
    ['no date at all', null, 'SCHEDULE_INCOMPLETE'],
    ['steps out of order', schedule(3, 2, 4), 'STEPS_OUT_OF_ORDER'],
    ['a first step in the past', schedule(-1, 2, 3), 'STEPS_OUT_OF_ORDER'],
    ['a step in four years', schedule(1, 2, 4 * 8766), 'STEPS_OUT_OF_ORDER'],
    ['a step at no time at all', [{ step_id: 1, wanted_at: '-infinity' }], 'STEPS_OUT_OF_ORDER'],
  ])('accepting with %s: the running plan stays as it is', async (_what, p_schedule, refusal) => {
    const { leadId } = await person.plan();
    const planId = await person.draft(leadId);
    const before = await storedState(db);
    expect((await person.act('accept_plan', { p_plan_id: planId, p_schedule })).refusal).toBe(refusal);
    expect(await storedState(db)).toEqual(before);
  });

  test('delays may not decrease whatever client writes: an operator’s UPDATE is refused at commit', async () => {
    const { planId } = await person.plan();
    const change = `update outreach_steps set delay_days = 9 where plan_id = ${planId} and step_id = 1`;
    expect(await operate(db, change)).toBe('DELAYS_DECREASE');
    const both = `update outreach_steps set delay_days = 9 + step_id where plan_id = ${planId}`;
    expect(await operate(db, both)).toBeNull();
  });
});

describe('accepting a plan', () => {
  test('makes each step one open reminder at the agreed instant, and marks the first as scheduled', async () => {
    const { leadId } = await person.plan();
    const planId = await person.draft(leadId);
    const dates = schedule(24, 72, 144);
    await person.must('accept_plan', { p_plan_id: planId, p_schedule: dates });
    const rows = await person.rowsOfPlan(planId);
    expect(rows.map((row) => [row.step_id, row.status, row.wanted_at, row.due_at])).toEqual(
      dates.map(({ step_id, wanted_at }) => {
        const iso = new Date(wanted_at).toISOString();
        return [step_id, 'pending', iso, iso];
      }),
    );
    const { rows: steps } = await db.admin.query(
      `select triggered_by, scheduled_at is not null as scheduled from public.outreach_steps where plan_id = $1
       order by step_id`,
      [planId],
    );
    expect(steps.map((step: { triggered_by: unknown }) => step.triggered_by)).toEqual(['manual', null, null]);
  });

  test('replaces the running plan in the same moment: its open steps end, what was done stays done', async () => {
    const { leadId, planId, ids } = await person.plan();
    await person.must('complete_reminder', { p_id: ids[0] });
    const free = await person.must('create_reminder', {
      p_title: 'Birthday',
      p_due_at: inHours(500),
      p_lead_id: leadId,
    });
    const draft = await person.draft(leadId);
    const answer = await person.must('accept_plan', { p_plan_id: draft, p_schedule: schedule(1, 2, 3) });
    expect(answer.data['ended']).toBe(2);
    expect((await person.rowsOfPlan(planId)).map((row) => row.status)).toEqual([
      'completed',
      'cancelled',
      'cancelled',
    ]);
    const { id } = free.data['reminder'] as { id: number };
    expect((await person.row(id)).status).toBe('pending');
    const { rows } = await db.admin.query(
      `select id::int, status from public.engagement_plans where lead_id = $1 order by id`,
      [leadId],
    );
    expect(rows).toEqual([
      { id: planId, status: 'replaced' },
      { id: draft, status: 'active' },
    ]);
  });

  test('twice, by two taps, starts it once', async () => {
    const { leadId } = await person.plan();
    const draft = await person.draft(leadId);
    const answers = await Promise.all(
      [1, 2].map(async () => person.must('accept_plan', { p_plan_id: draft, p_schedule: schedule(1, 2, 3) })),
    );
    expect(answers.map((answer) => answer.data['already']).toSorted()).toEqual([false, true]);
    expect(await person.rowsOfPlan(draft)).toHaveLength(3);
  });

  test('two drafts of one lead, accepted at the same moment, leave one running plan', async () => {
    const { leadId } = await person.plan();
    const drafts = [await person.draft(leadId), await person.draft(leadId)];
    await Promise.all(
      drafts.map(async (draft) =>
        person.must('accept_plan', { p_plan_id: draft, p_schedule: schedule(1, 2, 3) }),
      ),
    );
    const { rows } = await db.admin.query<{ active: number; open: number }>(
      `select count(distinct plan.id) filter (where plan.status = 'active')::int as active,
         count(*) filter (where reminder.status = 'pending')::int as open
       from public.engagement_plans as plan left join public.scheduled_reminders as reminder on reminder.plan_id = plan.id
       where plan.lead_id = $1`,
      [leadId],
    );
    expect(rows).toEqual([{ active: 1, open: 3 }]);
  });

  test('is refused for a discarded draft and for a closed lead', async () => {
    const { leadId } = await person.plan();
    const [gone, late] = [await person.draft(leadId), await person.draft(leadId)];
    await person.must('discard_plan', { p_plan_id: gone });
    const accept = async (p_plan_id: number): Promise<string | null> =>
      (await person.act('accept_plan', { p_plan_id, p_schedule: schedule(1, 2, 3) })).refusal;
    expect(await accept(gone)).toBe('PLAN_ENDED');
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' });
    expect(await accept(late)).toBe('LEAD_CLOSED');
  });

  test('paced "after I finish the previous step" makes the first reminder only', async () => {
    const { ids } = await person.plan([1, 2, 3], 'after_previous');
    expect(ids).toHaveLength(1);
  });
});

test('discarding a draft twice is one discarding; a running plan is not discarded', async () => {
  const { leadId, planId } = await person.plan();
  const draft = await person.draft(leadId);
  const first = await person.must('discard_plan', { p_plan_id: draft });
  const second = await person.must('discard_plan', { p_plan_id: draft });
  expect([first.data['already'], second.data['already']]).toEqual([false, true]);
  expect((await person.act('discard_plan', { p_plan_id: planId })).refusal).toBe('PLAN_RUNNING');
});

describe('a closed lead', () => {
  test('ends all its open reminders, free ones too', async () => {
    const { leadId, ids } = await person.plan();
    await person.must('create_reminder', { p_title: 'Call', p_due_at: inHours(9), p_lead_id: leadId });
    const answer = await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_won' });
    expect(answer.data['ended']).toBe(4);
    expect((await person.row(ids[0]!)).status).toBe('cancelled');
  });

  test('takes no new reminder, which would never arrive', async () => {
    const { leadId } = await person.plan();
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_won' });
    const answer = await person.act('create_reminder', {
      p_title: 'Call',
      p_due_at: inHours(9),
      p_lead_id: leadId,
    });
    expect(answer.refusal).toBe('LEAD_CLOSED');
  });
});

describe('a rebase', () => {
  const rebase = async (planId: number, ids: number[], wanted: string[]): Promise<string | null> =>
    (
      await person.act('rebase_plan', {
        p_plan_id: planId,
        p_schedule: ids.map((id, index) => ({ id, wanted_at: wanted[index] })),
      })
    ).refusal;

  test('gives every open step its new instant, without counting a snooze', async () => {
    const { planId, ids } = await person.plan();
    const wanted = [50, 60, 70].map((hours) => new Date(inHours(hours)).toISOString());
    expect(await rebase(planId, ids, wanted)).toBeNull();
    const rows = await person.rowsOfPlan(planId);
    expect(rows.map((row) => [row.wanted_at, row.due_at, row.snooze_count])).toEqual(
      wanted.map((at) => [at, at, 0]),
    );
  });

  test.each([
    ['a step is missing', [inHours(50), inHours(60)], 'SCHEDULE_INCOMPLETE'],
    ['the order would be lost', [inHours(60), inHours(50), inHours(70)], 'STEPS_OUT_OF_ORDER'],
    ['a step would be past', [inHours(-2), inHours(50), inHours(70)], 'INSTANT_OUT_OF_RANGE'],
    ['an instant is none', ['-infinity', inHours(50), inHours(70)], 'INSTANT_OUT_OF_RANGE'],
    ['a step would be years ahead', [inHours(1), inHours(2), inHours(4 * 8766)], 'INSTANT_OUT_OF_RANGE'],
  ])('is refused when %s, and nothing changes', async (_what, wanted, refusal) => {
    const { planId, ids } = await person.plan();
    const before = await storedState(db);
    expect(await rebase(planId, ids.slice(0, wanted.length), wanted)).toBe(refusal);
    expect(await storedState(db)).toEqual(before);
  });

  test('leaves an overdue step that keeps its date alone', async () => {
    const { planId, ids } = await person.plan();
    await operate(
      db,
      `update scheduled_reminders set due_at = now() - interval '1 day', wanted_at = now() - interval '1 day',
         due_rev = due_rev + 1 where id = ${ids[0]}`,
    );
    const overdue = await person.row(ids[0]!);
    const { rows } = await db.admin.query<{ wanted_at: string }>(
      `select to_json(wanted_at) #>> '{}' as wanted_at from public.scheduled_reminders where id = $1`,
      [ids[0]],
    );
    expect(await rebase(planId, ids, [rows[0]!.wanted_at, inHours(60), inHours(70)])).toBeNull();
    expect(await person.row(ids[0]!)).toEqual(overdue);
  });
});
