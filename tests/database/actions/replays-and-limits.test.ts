/** Sent twice is done once; and what one person may store has an end. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { PERSON_RPCS } from '../access/expected-functions.ts';
import { storedState } from '../access/scene.ts';
import { createActor, inHours, newActionId, STEPS } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

type Arguments = Record<string, unknown>;

const RECURRING = {
  p_title: 'Twice',
  p_rule: 'FREQ=DAILY',
  p_starts_on: inHours(48).slice(0, 10),
  p_clock: '09:00',
};

async function recurring(person: Actor): Promise<number> {
  const { data } = await person.must('create_recurring_reminder', RECURRING);
  return (data as { recurring: { id: number } }).recurring.id;
}

/** A job of the person's own team, with an execution that failed. */
async function ownJob(person: Actor): Promise<Arguments> {
  const id = `job-${person.id}-${randomUUID()}`;
  await db.admin.query(
    `insert into platform_members (platform_id, telegram_id, role) values ('default', ${person.id}, 'admin')
       on conflict do nothing;
     insert into scheduled_jobs (id, name, type, schedule, handler_name, handler_type)
       values ('${id}', 'n', 'cron', '0 9 * * *', 'h', 'function');
     insert into job_executions (id, job_id, platform_id, scheduled_at, status, completed_at)
       values ('${id}@1', '${id}', 'default', now(), 'failed', now())`,
  );
  return { p_job_id: id };
}

/** Something for each RPC to act on, once. */
const ARGUMENTS: Readonly<Record<(typeof PERSON_RPCS)[number], (person: Actor) => Promise<Arguments>>> = {
  accept_plan: async (person) => ({
    p_plan_id: await person.draft((await person.plan()).leadId),
    p_schedule: [1, 2, 3].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
  }),
  add_step: async (person) => ({
    p_plan_id: (await person.plan()).planId,
    p_after: 1,
    p_step: { description: 'Twice' },
  }),
  add_note: async (person) => ({ p_lead_id: (await person.plan()).leadId, p_text: 'Twice' }),
  cancel_reminder: async (person) => ({ p_id: (await person.plan()).ids[0] }),
  complete_reminder: async (person) => ({ p_id: (await person.plan()).ids[0] }),
  change_recurring_reminder: async (person) => ({ p_id: await recurring(person), p_title: 'Twice' }),
  create_recurring_reminder: async () => RECURRING,
  end_recurring_reminder: async (person) => ({ p_id: await recurring(person) }),
  pause_recurring_reminder: async (person) => ({ p_id: await recurring(person) }),
  resume_recurring_reminder: async (person) => {
    const id = await recurring(person);
    await person.must('pause_recurring_reminder', { p_id: id });
    return { p_id: id };
  },
  cancel_job: ownJob,
  pause_job: ownJob,
  reschedule_job: async (person) => ({
    ...(await ownJob(person)),
    p_schedule: '0 8 * * *',
    p_timezone: 'UTC',
    p_next_run: inHours(2),
  }),
  resume_job: ownJob,
  run_job: ownJob,
  retry_execution: async (person) => ({ p_execution_id: `${String((await ownJob(person))['p_job_id'])}@1` }),
  create_lead: async () => ({ p_lead: { name: 'Twice' }, p_plan: { steps: STEPS } }),
  create_reminder: async () => ({ p_title: 'Twice', p_due_at: inHours(1) }),
  delete_lead: async (person) => ({ p_lead_id: (await person.plan()).leadId }),
  delete_my_data: async (person) => {
    await person.plan();
    return { p_confirm: 'DELETE' };
  },
  discard_plan: async (person) => ({ p_plan_id: await person.draft((await person.plan()).leadId) }),
  edit_step: async (person) => ({
    p_plan_id: (await person.plan()).planId,
    p_step_id: 2,
    p_change: { description: 'Twice' },
  }),
  move_step: async (person) => ({ p_plan_id: (await person.plan()).planId, p_step_id: 3, p_to: 1 }),
  fill_tray: async () => ({ p_entries: [{ text: 'Twice', lead: { name: 'Twice' } }] }),
  import_leads: async () => ({ p_leads: [{ name: 'Twice' }] }),
  pause_lead: async (person) => ({ p_lead_id: (await person.plan()).leadId, p_text: 'Yes' }),
  propose_plan: async (person) => ({ p_lead_id: (await person.plan()).leadId, p_plan: { steps: STEPS } }),
  rebase_plan: async (person) => {
    const { planId, ids } = await person.plan();
    return {
      p_plan_id: planId,
      p_schedule: ids.map((id, index) => ({ id, wanted_at: inHours(90 + index) })),
    };
  },
  remove_step: async (person) => ({ p_plan_id: (await person.plan([24, 48, 72, 96])).planId, p_step_id: 2 }),
  reschedule_reminder: async (person) => ({ p_id: (await person.plan()).ids[0], p_until: inHours(55) }),
  revert_plan: async (person) => {
    const { planId } = await person.plan();
    await person.must('move_step', { p_plan_id: planId, p_step_id: 3, p_to: 1 });
    return { p_plan_id: planId, p_version: 1 };
  },
  resume_lead: async (person) => {
    const { leadId } = await person.plan();
    await person.must('pause_lead', { p_lead_id: leadId, p_text: 'Yes' });
    return { p_lead_id: leadId };
  },
  restore_lead: async (person) => {
    const { leadId } = await person.plan();
    await person.must('delete_lead', { p_lead_id: leadId });
    return { p_lead_id: leadId };
  },
  propose_plan_of_run: async (person) => {
    const { data } = await person.must('request_plan', {
      p_lead_id: (await person.plan()).leadId,
      p_request: { text: 'Twice' },
    });
    const token = randomUUID();
    await db.admin.query(
      `update public.planning_runs set state = 'running', token = $2, lease_until = now() where id = $1`,
      [data['run_id'], token],
    );
    const origin = { kind: 'template', because: 'stopped' };
    return {
      p_run_id: data['run_id'],
      p_token: token,
      p_plan: { steps: STEPS },
      p_origin: origin,
      p_usage: {},
    };
  },
  request_plan: async (person) => ({
    p_lead_id: (await person.plan()).leadId,
    p_request: { kind: 'replan', text: 'Twice', news: 'Twice' },
  }),
  stop_planning: async (person) => {
    const args = { p_lead_id: (await person.plan()).leadId, p_request: { text: 'Twice' } };
    return { p_run_id: (await person.must('request_plan', args)).data['run_id'] };
  },
  set_lead_status: async (person) => ({ p_lead_id: (await person.plan()).leadId, p_status: 'closed_lost' }),
  set_plan_pace: async (person) => ({ p_plan_id: (await person.plan()).planId, p_pace: 'after_previous' }),
  skip_reminder: async (person) => ({ p_id: (await person.plan()).ids[0], p_reason: 'no need' }),
  snooze_reminder: async (person) => ({ p_id: (await person.plan()).ids[0], p_until: inHours(55) }),
  take_from_tray: async (person) => {
    const { data } = await person.must('fill_tray', {
      p_entries: [{ text: 'Twice', lead: { name: 'Twice' } }],
    });
    return { p_tray_id: data['tray_id'], p_index: 0, p_plan: { steps: STEPS } };
  },
  undo_action: async (person) => {
    const done = await person.must('complete_reminder', { p_id: (await person.plan()).ids[0] });
    return { p_action_id: done.actionId };
  },
  update_lead: async (person) => ({
    p_lead_id: (await person.plan()).leadId,
    p_change: { company: 'Twice' },
  }),
  spread_reminders: async (person) => ({
    p_moves: [{ id: (await person.plan()).ids[2], wanted_at: inHours(80) }],
  }),
  update_settings: async () => ({ p_settings: { zone: 'Asia/Kathmandu' } }),
};

/** Undo has no action id of its own: repeated, it says that it was done already and names no rows again. */
function sameAnswer(name: string, first: Arguments): Arguments {
  return name === 'undo_action' ? { ...first, already: true, restored: [] } : { ...first, replayed: true };
}

describe.each(PERSON_RPCS)('%s', (name) => {
  test('sent again later with the same action id answers the same and changes nothing', async () => {
    const person = createActor(db);
    const args = { p_action_id: newActionId(), ...(await ARGUMENTS[name](person)) };
    const first = await person.must(name, args);
    const after = await storedState(db);
    const second = await person.must(name, args);
    if (name === 'undo_action') expect(second.data['already']).toBe(true);
    else expect(second.data).toEqual(sameAnswer(name, first.data));
    expect(await storedState(db)).toEqual(after);
  });

  test('sent four times at the same moment is done once', async () => {
    const person = createActor(db);
    const args = { p_action_id: newActionId(), ...(await ARGUMENTS[name](person)) };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => person.must(name, args)));
    const marker = name === 'undo_action' ? 'already' : 'replayed';
    expect(answers.map((answer) => answer.data[marker]).toSorted()).toEqual([false, true, true, true]);
    const first = answers.find((answer) => answer.data[marker] === false)!;
    for (const answer of answers.filter((other) => other !== first)) {
      const { next_stays_open: _, ...expected } = sameAnswer(name, first.data);
      expect(answer.data).toMatchObject(expected);
    }
    const { rows } = await db.admin.query<{ count: number }>(
      `select count(*)::int as count from public.reminder_events where telegram_id = $1 and reminder_id is not null
       group by reminder_id, action_id, action having count(*) > 1`,
      [person.id],
    );
    expect(rows).toEqual([]);
  });
});

describe('an action id', () => {
  test('that was used for another action is refused in words', async () => {
    const person = createActor(db);
    const { ids } = await person.plan();
    const { actionId } = await person.must('skip_reminder', { p_id: ids[0] });
    const answer = await person.act('complete_reminder', { p_action_id: actionId, p_id: ids[1] });
    expect([answer.refusal, answer.message]).toEqual([
      'ACTION_ID_REUSED',
      `The action id "${actionId}" was already used for "skip".`,
    ]);
    expect((await person.row(ids[1]!)).status).toBe('pending');
  });

  test.each(['', 'x'.repeat(101), null])('must be there and short: %s is refused', async (p_action_id) => {
    const person = createActor(db);
    const { refusal } = await person.act('create_lead', { p_action_id, p_lead: { name: 'K' } });
    expect(refusal).toBe('ACTION_ID_INVALID');
  });
});

describe('limits', () => {
  /** As many at once as there are places left, and two more. */
  async function crowd(
    send: () => Promise<{ refusal: string | null }>,
    places: number,
  ): Promise<(string | null)[]> {
    const answers = await Promise.all(Array.from({ length: places + 2 }, send));
    return answers.map(({ refusal }) => refusal).filter((refusal) => refusal !== null);
  }

  test('500 leads, however many arrive at once; those in the bin do not count', async () => {
    const person = createActor(db);
    await db.admin.query(
      `insert into public.leads (telegram_id, name, deleted_at)
       select $1, 'L', case when n > 497 then now() end from generate_series(1, 600) as n`,
      [person.id],
    );
    const refusals = await crowd(async () => person.act('create_lead', { p_lead: { name: 'One more' } }), 3);
    expect(refusals).toEqual(['LEAD_LIMIT', 'LEAD_LIMIT']);
  });

  test('20 new plans in a day, however many arrive at once', async () => {
    const person = createActor(db);
    const { leadId } = await person.plan();
    for (let made = 1; made < 17; made += 1) await person.draft(leadId);
    const propose = async (): Promise<{ refusal: string | null }> =>
      person.act('create_lead', { p_lead: { name: 'One more' }, p_plan: { steps: STEPS } });
    expect(await crowd(propose, 3)).toEqual(['PLAN_LIMIT', 'PLAN_LIMIT']);
    await db.admin.query(
      `update public.engagement_plans set created_at = created_at - interval '25 hours' where telegram_id = $1`,
      [person.id],
    );
    expect((await propose()).refusal).toBeNull();
  });

  test('200 new reminders in a day, however many arrive at once', async () => {
    const person = createActor(db);
    await db.admin.query(
      `insert into public.scheduled_reminders (telegram_id, due_at)
       select $1, now() + interval '1 day' from generate_series(1, 197)`,
      [person.id],
    );
    const create = async (): Promise<{ refusal: string | null }> =>
      person.act('create_reminder', { p_title: 'One more', p_due_at: inHours(1) });
    expect(await crowd(create, 3)).toEqual(['REMINDER_LIMIT', 'REMINDER_LIMIT']);
  });

  test('a plan that would pass 200 reminders is refused whole', async () => {
    const person = createActor(db);
    const { leadId } = await person.plan();
    const draft = await person.draft(leadId);
    await db.admin.query(
      `insert into public.scheduled_reminders (telegram_id, due_at)
       select $1, now() + interval '1 day' from generate_series(1, 195)`,
      [person.id],
    );
    const before = await storedState(db);
    const answer = await person.act('accept_plan', {
      p_plan_id: draft,
      p_schedule: [1, 2, 3].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
    });
    expect(answer.refusal).toBe('REMINDER_LIMIT');
    expect(await storedState(db)).toEqual(before);
  });
});
