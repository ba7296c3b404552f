/** Every function: who may execute it, and what a person's RPCs answer to somebody who should not have asked. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  HELPERS_OF_POLICIES,
  INTERNAL_FUNCTIONS,
  PERSON_READS,
  PERSON_RPCS,
  SERVER_RPCS,
} from './expected-functions.ts';
import {
  claims,
  clientOf,
  createScene,
  IN_SQL,
  INSFORGE_USER,
  OWNERS_ACTION,
  OWNERS_LEAD_EMAIL,
  STRANGER,
  storedState,
} from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
let before: Record<string, string>;
beforeAll(async () => {
  scene = await createScene();
  before = await storedState(scene.db);
});
afterAll(async () => scene.db.drop());

describe('who may execute what', () => {
  test('every function of the schema has its place, once, and no other is named', async () => {
    const { rows } = await scene.db.admin.query<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace order by proname`,
    );
    const known = [
      ...PERSON_RPCS,
      ...PERSON_READS,
      ...HELPERS_OF_POLICIES,
      ...SERVER_RPCS,
      ...INTERNAL_FUNCTIONS,
    ];
    expect(rows.map(({ name }) => name)).toEqual(known.sort());
  });

  test.each([
    ['anon', []],
    ['authenticated', [...PERSON_RPCS, ...PERSON_READS, ...HELPERS_OF_POLICIES]],
    [
      'project_admin',
      [...PERSON_RPCS, ...PERSON_READS, ...HELPERS_OF_POLICIES, ...SERVER_RPCS, ...INTERNAL_FUNCTIONS],
    ],
  ])('%s, by the catalogue', async (role, expected) => {
    const { rows } = await scene.db.admin.query<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
         and has_function_privilege($1, oid, 'execute') order by proname`,
      [role],
    );
    expect(rows.map(({ name }) => name)).toEqual(expected.sort());
  });

  test('each person’s RPC is SECURITY DEFINER with an empty search path, the server’s are not', async () => {
    const { rows } = await scene.db.admin.query<{ name: string; settings: string[] | null }>(
      `select proname as name, proconfig as settings from pg_proc
       where pronamespace = 'public'::regnamespace and prosecdef order by proname`,
    );
    expect(rows.filter(({ settings }) => !(settings ?? []).includes('search_path=""'))).toEqual([]);
    const definers = [
      ...PERSON_RPCS,
      'check_plan_order',
      'check_step_delays',
      'log_outside_change',
      'member_role',
    ];
    // A read is one only where row level security alone could not answer.
    const reads: readonly string[] = PERSON_READS;
    expect(rows.map(({ name }) => name).filter((name) => !reads.includes(name))).toEqual(definers.sort());
  });

  test.each([...SERVER_RPCS, ...INTERNAL_FUNCTIONS])('%s is refused to a signed-in person', async (name) => {
    const { rows } = await scene.db.admin.query<{ call: string }>(
      `select format('select public.%I(%s)', proname, (select string_agg('null::' || format_type(type, null), ', ')
         from unnest(proargtypes) as type)) as call
       from pg_proc where pronamespace = 'public'::regnamespace and proname = $1`,
      [name],
    );
    expect(rows).toHaveLength(1);
    await expect(
      scene.db.as(IN_SQL.stranger, async (client) => client.query(rows[0]!.call)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

type Rpc = (typeof PERSON_RPCS)[number];

/** Each RPC aimed at what the owner has; what it answers to a stranger. null: it takes nobody's id. */
const AIMED: Readonly<Record<Rpc, (to: Scene) => readonly [object, string | null]>> = {
  accept_plan: ({ draftId }) => [{ p_plan_id: draftId, p_schedule: [] }, 'PLAN_NOT_FOUND'],
  add_note: ({ leadId }) => [{ p_lead_id: leadId, p_text: 'Called' }, 'LEAD_NOT_FOUND'],
  add_step: ({ planId }) => [
    { p_plan_id: planId, p_after: 3, p_step: { description: 'Mine' } },
    'PLAN_NOT_FOUND',
  ],
  cancel_reminder: ({ reminderId }) => [{ p_id: reminderId }, 'REMINDER_NOT_FOUND'],
  complete_reminder: ({ reminderId }) => [{ p_id: reminderId }, 'REMINDER_NOT_FOUND'],
  change_recurring_reminder: ({ recurringId }) => [
    { p_id: recurringId, p_title: 'Mine' },
    'RECURRING_NOT_FOUND',
  ],
  create_recurring_reminder: ({ leadId }) => [
    {
      p_title: 'Call',
      p_rule: 'FREQ=DAILY',
      p_starts_on: Temporal.Now.plainDateISO('UTC').add({ days: 2 }).toString(),
      p_clock: '09:00',
      p_lead_id: leadId,
    },
    'LEAD_NOT_FOUND',
  ],
  end_recurring_reminder: ({ recurringId }) => [{ p_id: recurringId }, 'RECURRING_NOT_FOUND'],
  pause_recurring_reminder: ({ recurringId }) => [{ p_id: recurringId }, 'RECURRING_NOT_FOUND'],
  resume_recurring_reminder: ({ recurringId }) => [{ p_id: recurringId }, 'RECURRING_NOT_FOUND'],
  cancel_job: () => [{ p_job_id: 'owners-job' }, 'JOB_NOT_FOUND'],
  pause_job: () => [{ p_job_id: 'owners-job' }, 'JOB_NOT_FOUND'],
  resume_job: () => [{ p_job_id: 'owners-job' }, 'JOB_NOT_FOUND'],
  reschedule_job: () => [
    {
      p_job_id: 'owners-job',
      p_schedule: '0 9 * * *',
      p_timezone: 'UTC',
      p_next_run: '2027-01-01T09:00:00Z',
    },
    'JOB_NOT_FOUND',
  ],
  run_job: () => [{ p_job_id: 'owners-job' }, 'JOB_NOT_FOUND'],
  retry_execution: () => [{ p_execution_id: 'owners-job@1' }, 'EXECUTION_NOT_FOUND'],
  create_lead: () => [{ p_lead: { name: 'New', telegram_id: 7_001 } }, null],
  create_reminder: ({ leadId }) => [
    { p_due_at: '2027-01-01T00:00:00Z', p_title: 'Call', p_lead_id: leadId },
    'LEAD_NOT_FOUND',
  ],
  delete_lead: ({ leadId }) => [{ p_lead_id: leadId }, 'LEAD_NOT_FOUND'],
  delete_my_data: () => [{ p_confirm: 'DELETE' }, null],
  discard_plan: ({ draftId }) => [{ p_plan_id: draftId }, 'PLAN_NOT_FOUND'],
  edit_step: ({ draftId }) => [
    { p_plan_id: draftId, p_step_id: 1, p_change: { description: 'Mine' } },
    'PLAN_NOT_FOUND',
  ],
  fill_tray: () => [{ p_entries: [{ telegram_id: 7_001 }] }, null],
  import_leads: () => [{ p_leads: [{ name: 'New', telegram_id: 7_001 }] }, 'LEAD_FIELD_INVALID'],
  move_step: ({ planId }) => [{ p_plan_id: planId, p_step_id: 1, p_to: 2 }, 'PLAN_NOT_FOUND'],
  pause_lead: ({ leadId }) => [{ p_lead_id: leadId, p_text: 'Yes' }, 'LEAD_NOT_FOUND'],
  propose_plan: ({ leadId }) => [{ p_lead_id: leadId, p_plan: { steps: [] } }, 'LEAD_NOT_FOUND'],
  rebase_plan: ({ planId }) => [{ p_plan_id: planId, p_schedule: [] }, 'PLAN_NOT_FOUND'],
  remove_step: ({ draftId }) => [{ p_plan_id: draftId, p_step_id: 1 }, 'PLAN_NOT_FOUND'],
  reschedule_reminder: ({ reminderId }) => [
    { p_id: reminderId, p_until: '2027-01-01T00:00:00Z' },
    'REMINDER_NOT_FOUND',
  ],
  restore_lead: ({ leadId }) => [{ p_lead_id: leadId }, 'LEAD_NOT_FOUND'],
  resume_lead: ({ leadId }) => [{ p_lead_id: leadId }, 'LEAD_NOT_FOUND'],
  revert_plan: ({ planId }) => [{ p_plan_id: planId, p_version: 1 }, 'PLAN_NOT_FOUND'],
  set_lead_status: ({ leadId }) => [{ p_lead_id: leadId, p_status: 'closed_lost' }, 'LEAD_NOT_FOUND'],
  set_plan_pace: ({ planId }) => [{ p_plan_id: planId, p_pace: 'after_previous' }, 'PLAN_NOT_FOUND'],
  skip_reminder: ({ reminderId }) => [{ p_id: reminderId }, 'REMINDER_NOT_FOUND'],
  snooze_reminder: ({ reminderId }) => [
    { p_id: reminderId, p_until: '2027-01-01T00:00:00Z' },
    'REMINDER_NOT_FOUND',
  ],
  spread_reminders: ({ reminderId }) => [
    { p_moves: [{ id: reminderId, wanted_at: '2027-01-01T00:00:00Z' }] },
    'REMINDER_NOT_FOUND',
  ],
  propose_plan_of_run: ({ runId }) => [
    { p_run_id: runId, p_token: randomUUID(), p_plan: { steps: [] }, p_origin: {}, p_usage: {} },
    'PLANNING_NOT_FOUND',
  ],
  request_plan: ({ leadId }) => [{ p_lead_id: leadId, p_request: { text: 'Mine' } }, 'LEAD_NOT_FOUND'],
  stop_planning: ({ runId }) => [{ p_run_id: runId }, 'PLANNING_NOT_FOUND'],
  take_from_tray: ({ trayId }) => [{ p_tray_id: trayId, p_index: 0 }, 'TRAY_GONE'],
  undo_action: () => [{ p_action_id: OWNERS_ACTION }, 'ACTION_NOT_FOUND'],
  update_lead: ({ leadId }) => [{ p_lead_id: leadId, p_change: { company: 'Mine' } }, 'LEAD_NOT_FOUND'],
  update_settings: () => [{ p_settings: { language: 'de', telegram_id: 7_001 } }, 'SETTINGS_INVALID'],
};

describe.each(PERSON_RPCS)('%s', (name) => {
  const aimed = (): readonly [Record<string, unknown>, string | null] => {
    const [args, refusal] = AIMED[name](scene);
    return [{ p_action_id: `attempt to ${name}`, ...args }, refusal];
  };

  test('is refused without a token, and nothing changes', async () => {
    const { error, status } = await clientOf(scene.db, 'anonymous').database.rpc(name, aimed()[0]);
    expect([status, error?.code]).toEqual([401, '42501']);
    expect(await storedState(scene.db)).toEqual(before);
  });

  test.each(['insforgeUser', 'server'] as const)(
    'is refused to %s, who is no person of ours',
    async (who) => {
      const { error, status } = await clientOf(scene.db, who).database.rpc(name, aimed()[0]);
      expect([status, error?.hint]).toEqual([403, 'NOT_A_PERSON']);
      expect(await storedState(scene.db)).toEqual(before);
    },
  );

  test('does nothing to what the owner has when a stranger calls it', async () => {
    const [args, refusal] = aimed();
    const { error } = await clientOf(scene.db, 'stranger').database.rpc(name, args);
    expect(error?.hint ?? null).toBe(refusal);
    const theirs = (state: Record<string, string>): string[] =>
      Object.values(state).flatMap((rows) =>
        rows.split('\n').filter((row) => !row.includes(String(STRANGER))),
      );
    expect(theirs(await storedState(scene.db))).toEqual(theirs(before));
    if (refusal !== null) expect(await storedState(scene.db)).toEqual(before);
    before = await storedState(scene.db);
  });

  test('is the same in SQL: refused to one of InsForge’s own users', async () => {
    const [args] = aimed();
    const names = Object.keys(args).map((argument, index) => `${argument} => $${index + 1}`);
    const values = Object.values(args).map((value) => (Array.isArray(value) ? JSON.stringify(value) : value));
    await expect(
      scene.db.as(claims(INSFORGE_USER), async (client) =>
        client.query(`select public.${name}(${names.join(', ')})`, values),
      ),
    ).rejects.toMatchObject({ code: 'PT403', hint: 'NOT_A_PERSON' });
  });
});

type Read = (typeof PERSON_READS)[number];

/** Each read, aimed at what the owner has. */
const ASKED: Readonly<Record<Read, (of: Scene) => Record<string, unknown>>> = {
  export_my_data: () => ({}),
  find_duplicate_leads: () => ({ p_contacts: { emails: [OWNERS_LEAD_EMAIL] } }),
  lead_page: ({ leadId }) => ({ p_lead_id: leadId }),
  my_insights: () => ({ p_weeks: 8 }),
  my_job_health: () => ({ p_platform_id: 'owners' }),
  my_job_metrics: () => ({ p_platform_id: 'owners' }),
  my_job_stats: () => ({ p_job_id: 'owners-job' }),
  my_jobs: () => ({ p_shelf: 'open', p_limit: 10, p_offset: 0 }),
  my_leads: () => ({}),
  reminder_of_message: () => ({ p_message_id: 77 }),
};

describe.each(PERSON_READS)('%s', (name) => {
  const ask = async (client: Scene['db']['server']): Promise<readonly unknown[]> => {
    const answer = await client.database.rpc(name, ASKED[name](scene));
    return [answer.status, answer.error?.hint ?? answer.error?.code ?? null, answer.data as unknown];
  };

  test('answers the owner, and a stranger exactly as somebody who has nothing at all', async () => {
    const owners = await ask(clientOf(scene.db, 'owner'));
    expect(owners[1]).toBeNull();
    const strangers = await ask(scene.db.userClient(7_003));
    expect(strangers).toEqual(await ask(scene.db.userClient(7_004)));
    expect(strangers).not.toEqual(owners);
  });

  test.each([
    ['anonymous', [401, '42501', null]],
    ['insforgeUser', [403, 'NOT_A_PERSON', null]],
    ['server', [403, 'NOT_A_PERSON', null]],
  ] as const)('is refused to %s', async (who, refusal) => {
    expect(await ask(clientOf(scene.db, who))).toEqual(refusal);
  });

  test('changes nothing', async () => {
    const stored = await storedState(scene.db);
    await ask(clientOf(scene.db, 'owner'));
    expect(await storedState(scene.db)).toEqual(stored);
  });
});

describe('what a stranger can learn', () => {
  test('a missing row and somebody else’s row are refused in the same words', async () => {
    const { database } = clientOf(scene.db, 'stranger');
    const ask = async (id: number): Promise<unknown> =>
      (await database.rpc('complete_reminder', { p_action_id: 'x', p_id: id })).error?.message.replace(
        String(id),
        'N',
      );
    expect(await ask(scene.reminderId)).toBe(await ask(999_999));
  });

  test('member_role tells the owner’s role to the owner alone', async () => {
    const answers = await Promise.all(
      (['owner', 'stranger', 'insforgeUser'] as const).map(async (who) => {
        const answer = await clientOf(scene.db, who).database.rpc('member_role', { p_platform: 'owners' });
        return answer.data as unknown;
      }),
    );
    expect(answers).toEqual(['owner', null, null]);
  });

  test('the same action id of two people is two actions', async () => {
    const call = async (who: 'owner' | 'stranger'): Promise<unknown> =>
      (
        await clientOf(scene.db, who).database.rpc('create_lead', {
          p_action_id: 'shared',
          p_lead: { name: who },
        })
      ).data;
    const [mine, theirs] = [await call('owner'), await call('stranger')] as { lead_id: number }[];
    expect(mine).toMatchObject({ replayed: false });
    expect(theirs).toMatchObject({ replayed: false });
    expect(mine?.lead_id).not.toBe(theirs?.lead_id);
  });
});
