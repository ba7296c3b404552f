/** A database in which one person, the owner, has a row in every table, and everybody else who may knock. */
import { createTestDatabase } from '../../support/database.ts';
import type { TestClaims, TestDatabase } from '../../support/database.ts';

export const OWNER = 7_001;
export const STRANGER = 7_002;
/** InsForge lets anybody sign up; such users carry a uuid and the same role as our people. */
export const INSFORGE_USER = '6f1c2b1e-5a64-4f0e-9d0c-3b8f6e1a2c3d';
/** The id under which the owner cancelled a reminder; Undo could take it back. */
export const OWNERS_ACTION = 'owners-action';
export const OWNERS_LEAD_EMAIL = 'kowalska@example.com';

export const PEOPLE = ['owner', 'stranger', 'insforgeUser', 'anonymous', 'server'] as const;
export type Person = (typeof PEOPLE)[number];

export function claims(sub: number | string): TestClaims {
  return { sub };
}

/** The role and claims of each, for SQL. */
export const IN_SQL: Readonly<Record<Person, TestClaims | 'anon' | 'project_admin'>> = {
  owner: claims(OWNER),
  stranger: claims(STRANGER),
  insforgeUser: claims(INSFORGE_USER),
  anonymous: 'anon',
  server: 'project_admin',
};

/** The SDK client of each. */
export function clientOf(db: TestDatabase, person: Person): TestDatabase['server'] {
  if (person === 'server') return db.server;
  if (person === 'anonymous') return db.anonClient();
  return db.userClient({ owner: OWNER, stranger: STRANGER, insforgeUser: INSFORGE_USER }[person]);
}

export interface Scene {
  readonly db: TestDatabase;
  readonly leadId: number;
  /** A running plan with three dated steps. */
  readonly planId: number;
  /** A plan that was proposed and not yet accepted. */
  readonly draftId: number;
  /** The plan's first reminder, open. */
  readonly reminderId: number;
  /** One person in it. */
  readonly trayId: number;
  /** A plan that waits to be written. */
  readonly runId: number;
  /** A reminder that comes again and again. */
  readonly recurringId: number;
}

const STEPS = [0, 2, 5].map((delay_days) => ({
  action_type: 'call',
  description: 'Call',
  suggested_text: null,
  timing: null,
  delay_days,
}));

export async function createScene(): Promise<Scene> {
  const db = await createTestDatabase();
  const ask = async <Answer>(name: string, args: Record<string, unknown>): Promise<Answer> => {
    const answer = await db.userClient(OWNER).database.rpc(name, args);
    if (answer.error !== null) throw new Error(`${name}: ${answer.error.message}`);
    return answer.data as Answer;
  };
  const lead = await ask<{ lead_id: number; plan_id: number }>('create_lead', {
    p_action_id: 'lead',
    p_lead: { name: 'Kowalska', contacts: { emails: [OWNERS_LEAD_EMAIL] } },
    p_plan: { steps: STEPS },
  });
  const soon = Temporal.Now.instant().add({ minutes: 10 });
  const plan = await ask<{ reminders: { id: number }[] }>('accept_plan', {
    p_action_id: 'accept',
    p_plan_id: lead.plan_id,
    p_schedule: [1, 2, 3].map((step_id) => ({ step_id, wanted_at: soon.add({ hours: 48 * step_id }) })),
  });
  const draft = await ask<{ plan_id: number }>('propose_plan', {
    p_action_id: 'draft',
    p_lead_id: lead.lead_id,
    p_plan: { steps: STEPS },
  });
  const tray = await ask<{ tray_id: number }>('fill_tray', {
    p_action_id: 'tray',
    p_entries: [{ text: 'Nowak', lead: { name: 'Nowak' } }],
  });
  const run = await ask<{ run_id: number }>('request_plan', {
    p_action_id: 'run',
    p_lead_id: lead.lead_id,
    p_request: { kind: 'replan', text: 'Kowalska', news: 'She called' },
  });
  const { recurring } = await ask<{ recurring: { id: number } }>('create_recurring_reminder', {
    p_action_id: 'recurring',
    p_title: 'Call',
    p_rule: 'FREQ=WEEKLY',
    p_starts_on: soon.add({ hours: 48 }).toString().slice(0, 10),
    p_clock: '09:00',
  });
  await ask('cancel_reminder', { p_action_id: OWNERS_ACTION, p_id: plan.reminders[2]!.id });
  await db.admin.query(
    `insert into public.users (telegram_id) values (${OWNER});
     insert into public.platforms (id, name) values ('owners', 'The owner''s');
     insert into public.platform_members (platform_id, telegram_id, role) values ('owners', ${OWNER}, 'owner');
     insert into public.delivery_attempts (reminder_id, token, telegram_id, kind, level, outcome, message_id, slot_at)
       values (${plan.reminders[1]!.id}, gen_random_uuid(), ${OWNER}, 'card', 0, 'sent', 77, now());
     insert into public.open_attempts (reminder_id, token, telegram_id, kind, level, position, slot_at, due_at, due_rev)
       values (${plan.reminders[0]!.id}, gen_random_uuid(), ${OWNER}, 'card', 0, 1, now(), now(), 0);
     insert into public.claim_batches (token, worker, lease_until) values (gen_random_uuid(), 'w', now());
     insert into public.chat_slots (telegram_id, slot_at) values (${OWNER}, now());
     insert into public.processed_updates (update_id, worker) values (1, 'w');
     insert into public.plan_versions (plan_id, version, telegram_id, pace, steps, reason)
       values (${lead.plan_id}, 1, ${OWNER}, 'fixed_dates', '[]', 'created');
     insert into public.digests (telegram_id, on_date, state) values (${OWNER}, '2026-01-01', 'sent');
     insert into public.stale_cards (telegram_id, kind, subject_id) values (${OWNER}, 'chat', 0);
     insert into public.scheduled_jobs (id, platform_id, name, type, handler_name, handler_type)
       values ('owners-job', 'owners', 'Theirs', 'event', 'h', 'function');
     insert into public.event_handlers (event_name, platform_id, job_id) values ('e', 'owners', 'owners-job');
     insert into public.job_executions (id, job_id, platform_id, scheduled_at, status, completed_at)
       values ('owners-job@1', 'owners-job', 'owners', now(), 'failed', now());
     insert into public.job_execution_logs (execution_id, level, message) values ('owners-job@1', 'info', 'm');
     insert into public.job_workers (id, lease_until) values ('w', now());
     insert into public.conversation_state (key, state) values ('${OWNER}', '{}');`,
  );
  return {
    db,
    leadId: lead.lead_id,
    planId: lead.plan_id,
    draftId: draft.plan_id,
    reminderId: plan.reminders[0]!.id,
    trayId: tray.tray_id,
    runId: run.run_id,
    recurringId: recurring.id,
  };
}

/** Everything that is stored, by table, to compare before and after. */
export async function storedState(db: TestDatabase): Promise<Record<string, string>> {
  const { rows } = await db.admin.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const tables = await Promise.all(
    rows.map(async ({ name }) => {
      const table = await db.admin.query<{ content: string | null }>(
        `select string_agg(t::text, E'\\n' order by t::text) as content from public.${name} as t`,
      );
      return [name, table.rows[0]?.content ?? ''] as const;
    }),
  );
  return Object.fromEntries(tables);
}
