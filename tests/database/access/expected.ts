/**
 * Who may do what with which table: the whole of it, in one place (functions: expected-functions.ts). A table that is
 * missing here fails the suite, so that nobody adds one without deciding who may use it.
 */
import { OWNER } from './scene.ts';
import type { Person } from './scene.ts';

/**
 * What four letters say about select, insert, update and delete of the owner's row: `+` works, `0` is allowed and finds no
 * row, `-` is refused.
 */
type Rights = Readonly<Record<Person, string>>;

/** People read their own rows; every change is an RPC. */
const READ_OWN: Rights = {
  owner: '+---',
  stranger: '0---',
  insforgeUser: '0---',
  anonymous: '----',
  server: '++++',
};
/** As above, and three columns may be changed (see columns.test.ts). */
const READ_AND_CHANGE_OWN: Rights = { ...READ_OWN, owner: '+-+-', stranger: '0-0-', insforgeUser: '0-0-' };
/** The server's alone. */
const SERVER_ONLY: Rights = {
  owner: '----',
  stranger: '----',
  insforgeUser: '----',
  anonymous: '----',
  server: '++++',
};

interface TableCase {
  readonly rights: Rights;
  /** Finds the owner's row. */
  readonly find: Readonly<Record<string, string | number>>;
  /** A column that people may read, where they may read at all. */
  readonly read: string;
  /** What to change. */
  readonly change: Readonly<Record<string, unknown>>;
  /** A further row; its keys are those of `find`. */
  readonly further: Readonly<Record<string, unknown>>;
}

const AT = '2030-01-01T00:00:00Z';
const TOKEN = '00000000-0000-4000-8000-000000000001';
const OF_OWNER = { telegram_id: OWNER };

export const TABLES: Readonly<Record<string, TableCase>> = {
  scheduled_reminders: {
    rights: READ_AND_CHANGE_OWN,
    find: OF_OWNER,
    read: 'id',
    change: { draft_text: 'changed' },
    further: { telegram_id: 9, due_at: AT },
  },
  users: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { first_name: 'changed' },
    further: { telegram_id: 9 },
  },
  platforms: {
    rights: READ_OWN,
    find: { id: 'owners' },
    read: '*',
    change: { name: 'changed' },
    further: { id: 'nine', name: 'Nine' },
  },
  platform_members: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { role: 'admin' },
    further: { telegram_id: 9, platform_id: 'owners', role: 'owner' },
  },
  leads: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { name: 'changed' },
    further: { telegram_id: 9, name: 'Nine' },
  },
  lead_trays: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { created_at: AT },
    further: { telegram_id: 9, entries: {} },
  },
  engagement_plans: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { situation: 'changed' },
    further: { telegram_id: 9, lead_id: 1 },
  },
  outreach_steps: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { description: 'changed' },
    further: { telegram_id: 9, lead_id: 1, plan_id: 1, step_id: 9, description: 'Nine', delay_days: 9 },
  },
  plan_versions: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { reason: 'undo' },
    further: { telegram_id: 9, plan_id: 1, version: 9, pace: 'fixed_dates', steps: [], reason: 'created' },
  },
  planning_runs: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: 'state',
    change: { stop_requested: true },
    further: {
      telegram_id: 9,
      lead_id: 1,
      state: 'done',
      outcome: 'refused',
      refusal: 'PLAN_LIMIT',
      finished_at: AT,
    },
  },
  digests: {
    rights: SERVER_ONLY,
    find: OF_OWNER,
    read: '*',
    change: { state: 'failed' },
    further: { telegram_id: 9, on_date: '2030-01-01', state: 'empty' },
  },
  stale_cards: {
    rights: SERVER_ONLY,
    find: OF_OWNER,
    read: '*',
    change: { tries: 1 },
    further: { telegram_id: 9, kind: 'chat', subject_id: 0 },
  },
  recurring_reminders: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { title: 'changed' },
    further: { telegram_id: 9, title: 'Nine', rule: 'FREQ=DAILY', starts_on: '2030-01-01', clock: '09:00' },
  },
  recurring_occurrences: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { reminder_id: 9 },
    further: { telegram_id: 9, recurring_id: 1, slot_on: '2031-01-01', reminder_id: 9 },
  },
  reminder_events: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: '*',
    change: { note: 'changed' },
    further: { telegram_id: 9, action: 'create', actor: 'person' },
  },
  delivery_attempts: {
    rights: READ_OWN,
    find: OF_OWNER,
    read: 'outcome',
    change: { outcome: 'sent' },
    further: {
      telegram_id: 9,
      reminder_id: 9,
      token: TOKEN,
      kind: 'card',
      level: 0,
      outcome: 'retry',
      slot_at: AT,
    },
  },
  scheduled_jobs: {
    rights: READ_OWN,
    find: { id: 'owners-job' },
    read: '*',
    change: { name: 'changed' },
    further: {
      platform_id: 'owners',
      id: 'nine',
      name: 'Nine',
      type: 'event',
      handler_name: 'nine',
      handler_type: 'function',
    },
  },
  job_executions: {
    rights: READ_OWN,
    find: { id: 'owners-job@1' },
    read: 'status',
    change: { error: 'changed' },
    further: { platform_id: 'owners', id: 'owners-job@9', job_id: 'owners-job', scheduled_at: AT },
  },
  job_execution_logs: {
    rights: READ_OWN,
    find: { message: 'm' },
    read: '*',
    change: { level: 'warn' },
    further: { execution_id: 'owners-job@1', level: 'info', message: 'nine' },
  },
  event_handlers: {
    rights: READ_OWN,
    find: { event_name: 'e' },
    read: '*',
    change: { enabled: false },
    further: { platform_id: 'owners', job_id: 'owners-job', event_name: 'nine' },
  },
  job_workers: {
    rights: SERVER_ONLY,
    find: { id: 'w' },
    read: '*',
    change: { lease_until: AT },
    further: { id: 'nine', lease_until: AT },
  },
  user_actions: {
    rights: SERVER_ONLY,
    find: OF_OWNER,
    read: '*',
    change: { undone_at: AT },
    further: { telegram_id: 9, action_id: 'nine', action: 'complete' },
  },
  open_attempts: {
    rights: SERVER_ONLY,
    find: OF_OWNER,
    read: '*',
    change: { level: 1 },
    further: {
      telegram_id: 9,
      reminder_id: 9,
      token: TOKEN,
      kind: 'card',
      level: 0,
      position: 1,
      slot_at: AT,
      due_at: AT,
      due_rev: 0,
    },
  },
  claim_batches: {
    rights: SERVER_ONLY,
    find: { worker: 'w' },
    read: '*',
    change: { lease_until: AT },
    further: { worker: 'nine', token: TOKEN, lease_until: AT },
  },
  dispatch_limiter: {
    rights: SERVER_ONLY,
    find: { id: 'default' },
    read: '*',
    change: { rate_per_second: 1 },
    further: { id: 'nine' },
  },
  chat_slots: {
    rights: SERVER_ONLY,
    find: OF_OWNER,
    read: '*',
    change: { slot_at: AT },
    further: { telegram_id: 9, slot_at: AT },
  },
  processed_updates: {
    rights: SERVER_ONLY,
    find: { update_id: 1 },
    read: '*',
    change: { done_at: AT },
    further: { update_id: 9, worker: 'w' },
  },
  conversation_state: {
    rights: SERVER_ONLY,
    find: { key: String(OWNER) },
    read: '*',
    change: { state: { changed: true } },
    further: { key: '9', state: {} },
  },
  schema_versions: {
    rights: SERVER_ONLY,
    find: { version: '20261101000100' },
    read: '*',
    change: { name: 'changed' },
    further: { version: '99991231235959', name: 'nine' },
  },
};
