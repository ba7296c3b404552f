/** The drawer's tables in words: what the database stores about one person, in that person's zone. */
import type { SandboxRows } from './contract.ts';
import type { StoredRows } from './database.ts';
import { changeTime, rowTime, zoneName } from './when.ts';

/** A row written less than this long ago (product time) is tinted. */
const FRESH_SECONDS = 4;

type Table = SandboxRows['tables'][number];

const SOURCES: Readonly<Record<string, string>> = {
  bot: ' in the chat',
  app: ' in the mini-app',
  rest: ' in the mini-app',
  sql: ' in SQL',
  events: ' by an event',
  worker: '',
};

/** What an action did to a reminder, as said after its time. */
const ACTIONS: Readonly<Record<string, string>> = {
  complete: 'done',
  skip: 'skipped',
  cancel: 'cancelled',
  snooze: 'snoozed',
  reschedule: 'moved',
  rebase: 'moved with its plan',
  shift: 'moved with its plan',
  promote: 'next step ready',
  undo: 'undone',
  create: 'created',
  accept_plan: 'plan accepted',
  close_lead: 'lead closed',
};

const OUTCOMES: Readonly<Record<string, string>> = {
  sent: 'sent',
  bundled: 'sent in a list',
  retry: 'will be tried again',
  failed: 'refused',
  deferred: 'put off',
  in_doubt: 'may have arrived',
};

/** @returns the tables in the order of their tabs; an unknown person has empty ones, in UTC */
export function describeRows(stored: StoredRows): SandboxRows {
  const zone = stored.zone ?? 'UTC';
  const now = stored.now;
  const time = (at: Temporal.Instant | null) =>
    at === null ? '' : rowTime(at.epochMilliseconds, now.epochMilliseconds, zone);
  const lately = (at: Temporal.Instant) => changeTime(at.epochMilliseconds, now.epochMilliseconds, zone);
  const isFresh = (at: Temporal.Instant) => now.since(at).total('seconds') < FRESH_SECONDS;
  const row = (key: string | number, changedAt: Temporal.Instant, cells: (string | number | null)[]) => ({
    key: String(key),
    changed: isFresh(changedAt),
    cells: cells.map((cell) => String(cell ?? '')),
  });
  const table = (name: Table['name'], count: number, columns: string[], rows: Table['rows']): Table => ({
    name,
    count,
    columns,
    rows,
  });

  return {
    zone,
    tables: [
      table(
        'Reminders',
        stored.counts.reminders,
        ['lead', 'step_id', `due_at (${zoneName(zone)})`, 'status', 'snoozed', 'reminded', 'last change'],
        stored.reminders.map((reminder) =>
          row(reminder.id, reminder.changed_at, [
            reminder.lead ?? reminder.title,
            reminder.step_id,
            time(reminder.due_at),
            reminder.status,
            reminder.snooze_count,
            reminder.reminder_count,
            `${lately(reminder.changed_at)}, ${lastChange(reminder)}`,
          ]),
        ),
      ),
      table(
        'Steps',
        stored.counts.steps,
        [
          'lead',
          'step_id',
          'action',
          'description',
          'day',
          'scheduled_at',
          'triggered_by',
          'next_step_ready_at',
        ],
        stored.steps.map((step) =>
          row(step.id, step.changed_at, [
            step.lead,
            step.step_id,
            words(step.action_type),
            step.description,
            step.delay_days,
            time(step.scheduled_at),
            step.triggered_by,
            time(step.next_step_ready_at),
          ]),
        ),
      ),
      table(
        'Sends',
        stored.counts.sends,
        ['lead', 'step_id', 'kind', 'level', 'outcome', 'message id', 'error', 'when'],
        stored.sends.map((send) =>
          row(send.id, send.changed_at, [
            send.lead,
            send.step_id,
            words(send.kind),
            send.level,
            send.outcome,
            send.message_id,
            send.error,
            lately(send.changed_at),
          ]),
        ),
      ),
      table(
        'Events',
        stored.counts.events,
        ['lead', 'step_id', 'action', 'by', 'before', 'after', 'note', 'when'],
        stored.events.map((event) =>
          row(event.id, event.changed_at, [
            event.lead,
            event.step_id,
            words(event.action),
            `${event.actor}${SOURCES[event.source] ?? ''}`,
            event.was,
            event.became,
            event.note,
            lately(event.changed_at),
          ]),
        ),
      ),
    ],
  };
}

/** Who or what touched a reminder last: a send, or an action. A row nobody touched was planned. */
function lastChange(reminder: StoredRows['reminders'][number]): string {
  const { action, source, event_at: eventAt, outcome, attempt_at: attemptAt } = reminder;
  const wasSend =
    outcome !== null &&
    attemptAt !== null &&
    (eventAt === null || Temporal.Instant.compare(attemptAt, eventAt) >= 0);
  if (wasSend)
    return outcome === 'sent' && reminder.reminder_count > 1 ? 'sent again' : (OUTCOMES[outcome] ?? outcome);
  if (action === null) return 'planned';
  return `${ACTIONS[action] ?? words(action)}${SOURCES[source ?? ''] ?? ''}`;
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}
