/**
 * Who may do what: the whole of it, in one place. A table or function that is missing here fails the suite, so that nobody
 * adds one without deciding who may use it.
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

/** What a person's token may call. Each refuses a caller without a Telegram id and anybody else's ids. */
export const PERSON_RPCS = [
  'accept_plan',
  'add_note',
  'add_step',
  'cancel_reminder',
  'complete_reminder',
  'create_lead',
  'create_reminder',
  'delete_lead',
  'delete_my_data',
  'discard_plan',
  'edit_step',
  'fill_tray',
  'move_step',
  'propose_plan',
  'propose_plan_of_run',
  'rebase_plan',
  'remove_step',
  'request_plan',
  'reschedule_reminder',
  'restore_lead',
  'revert_plan',
  'set_lead_status',
  'set_plan_pace',
  'skip_reminder',
  'snooze_reminder',
  'spread_reminders',
  'stop_planning',
  'take_from_tray',
  'undo_action',
  'update_lead',
  'update_settings',
] as const;

/** What a person's token may ask: changes nothing, and knows the caller's own rows alone. */
export const PERSON_READS = [
  'export_my_data',
  'find_duplicate_leads',
  'lead_page',
  'my_insights',
  'my_leads',
  'reminder_of_message',
] as const;

/** What policies, defaults and the row trigger ask on a person's behalf; none of them tells about another person. */
export const HELPERS_OF_POLICIES = ['app_now', 'member_role', 'reminder_may_move', 'requesting_telegram_id'];

/** What the bot calls with the server key. */
export const SERVER_RPCS = [
  'begin_update',
  'cancel_pending_for_lead',
  'claim_due_reminders',
  'claim_planning_run',
  'close_planning_run',
  'extend_claims',
  'extend_planning_run',
  'finish_update',
  'make_owner',
  'mark_reminded',
  'next_wake_ms',
  'note_planning_message',
  'oldest_due_ms',
  'promote_steps',
  'refuse_planning_run',
  'set_dispatch_rate',
  'settle_reminders',
  'sweep_reminders',
  'touch_person',
  'trigger_next_step',
];

/** Pieces of the functions above and of triggers: their owner's alone. */
export const INTERNAL_FUNCTIONS = [
  'add_awake_hours',
  'awake_windows',
  'begin_action',
  'bring_back_reminders',
  'cancel_open_reminders',
  'carry_request',
  'change_plan',
  'changed_step',
  'check_daily_reminders',
  'check_lead_change',
  'check_plan_order',
  'check_step_delays',
  'check_undo',
  'check_user_zone',
  'claimed_batch',
  'describe_reminder',
  'escalate_at',
  'fill_new_reminder',
  'finish_action',
  'finish_reminder',
  'follow_plan',
  'follows_hours',
  'hold_back',
  'is_history',
  'is_movable',
  'is_open',
  'is_overtaken',
  'is_quiet',
  'is_steady',
  'keep_lead_before',
  'keep_reminder_rules',
  'keep_version',
  'lead_activity',
  'lead_keys',
  'local_to_instant',
  'lock_editable_plan',
  'lock_own_lead',
  'lock_own_plan',
  'lock_own_reminder',
  'log_outside_change',
  'monotonic_delays',
  'move_reminder',
  'move_to_new_hours',
  'next_awake',
  'next_for_lead',
  'next_open',
  'note_failures',
  'notify_due',
  'one_at_a_time',
  'open_place',
  'picked_instant',
  'plain_words',
  'plan_snapshot',
  'plan_state',
  'record_event',
  'record_lead_event',
  'release_later_steps',
  'release_reminder',
  'reminder_snapshot',
  'renumber_reminders',
  'request_next_step',
  'require_person',
  'restore_plan',
  'reverted_steps',
  'settings_of',
  'settings_problem',
  'shift_later_steps',
  'stamp_updated_at',
  'step_under_new_hours',
  'step_wanted_at',
  'take_back_promotion',
  'undo_kind',
  'undo_lead_and_plans',
  'waiting_request',
  'wanted_by_itself',
  'words_at',
  'working_morning',
  'write_plan',
  'write_steps',
];
