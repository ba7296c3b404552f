/** What Today shows, read through row-level security: the filters are convenience, the policies are the guard. */
import type { Database } from '@insforge/sdk';
import { z } from 'zod';
import { atClock } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { leadRowSchema } from '../../../../shared/schemas/lead.ts';
import { stepRowSchema } from '../../../../shared/schemas/plan.ts';
import { REMINDER_COLUMNS, reminderRowSchema } from '../../../../shared/schemas/reminder.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { readRows } from '../../session/outcome.ts';
import type { LeadWords } from '../reminder/line.ts';

/** Days after today that are listed. */
export const DAYS_AHEAD = 7;
/** Rows of one request: PostgREST's usual limit, and an answer that is read in a moment. */
const PAGE_ROWS = 1000;
/** A change is stamped when its transaction begins and seen when it ends, at most this much later. */
const LATE_COMMIT_MS = 30_000;
/** More than anybody can do in a week; the earliest come first. */
const MOST_PAGES = 6;

const leadWordsSchema = leadRowSchema.pick({ id: true, name: true, company: true, paused_at: true });
const stepWordsSchema = stepRowSchema.pick({ plan_id: true, step_id: true, action_type: true });

/** What is said of reminders beside their own rows. */
export interface Words {
  readonly leads: readonly LeadWords[];
  readonly steps: readonly z.infer<typeof stepWordsSchema>[];
  /** Whether it comes again, by the id of a reminder of one's own. */
  readonly repeats: Readonly<Record<number, boolean>>;
}

/**
 * Open reminders up to the end of the last day listed, and what was completed today.
 * @param today the local date in `zone`.
 * @throws ReadError
 */
export async function readReminders(
  database: Database,
  today: Temporal.PlainDate,
  zone: string,
): Promise<ReminderRow[]> {
  const dayStart = atClock(today, '00:00', zone).toString();
  const listEnd = atClock(today.add({ days: DAYS_AHEAD + 1 }), '00:00', zone).toString();
  // One or-group and nothing beside it: InsForge's gateway drops a second one without a word.
  const wanted = [
    `and(status.in.(pending,sent),wanted_at.lt."${listEnd}")`,
    `and(status.eq.completed,completed_at.gte."${dayStart}")`,
  ];
  const rows: ReminderRow[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const result = await database
      .from('scheduled_reminders')
      .select(REMINDER_COLUMNS)
      .or(wanted.join(','))
      .order('wanted_at')
      .order('id')
      .range(page * PAGE_ROWS, (page + 1) * PAGE_ROWS - 1);
    const found = readRows('reminders', result, reminderRowSchema);
    rows.push(...found);
    if (found.length < PAGE_ROWS) break;
  }
  return distinctById(rows);
}

/**
 * Long lists anew, in one request: only what changed since they were read.
 * @param known the rows so far, and when they were read, in product time.
 * @returns null when so much changed that reading everything is simpler.
 * @throws ReadError
 */
export async function readChanges(
  database: Database,
  known: { readonly rows: readonly ReminderRow[]; readonly readAt: Temporal.Instant },
  today: Temporal.PlainDate,
  zone: string,
): Promise<ReminderRow[] | null> {
  const result = await database
    .from('scheduled_reminders')
    .select(REMINDER_COLUMNS)
    .gt('updated_at', known.readAt.subtract({ milliseconds: LATE_COMMIT_MS }).toString())
    .order('id')
    .limit(PAGE_ROWS);
  const changed = readRows('reminders', result, reminderRowSchema);
  if (changed.length === PAGE_ROWS) return null;
  const dayStart = atClock(today, '00:00', zone).epochMilliseconds;
  const listEnd = atClock(today.add({ days: DAYS_AHEAD + 1 }), '00:00', zone).epochMilliseconds;
  const isListed = (row: ReminderRow): boolean =>
    isOpen(row.status)
      ? Date.parse(row.wanted_at) < listEnd
      : row.status === 'completed' && Date.parse(row.completed_at ?? '') >= dayStart;
  return distinctById([...known.rows, ...changed]).filter(isListed);
}

/** A row that moved while the pages were read may stand in two of them. */
function distinctById(rows: readonly ReminderRow[]): ReminderRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** One reminder by its id, whatever its state; null = not this person's or gone. */
export async function readReminder(database: Database, id: number): Promise<ReminderRow | null> {
  const result = await database.from('scheduled_reminders').select(REMINDER_COLUMNS).eq('id', id).limit(1);
  return readRows('reminder', result, reminderRowSchema)[0] ?? null;
}

const occurrenceSchema = z.object({ reminder_id: z.number().int() });

/** Names for reminders, and which of one's own come again. The table has no foreign keys, so nothing can be embedded. */
export async function readWords(
  database: Database,
  leadIds: readonly number[],
  planIds: readonly number[],
  ownIds: readonly number[],
): Promise<Words> {
  const [leads, steps, repeating] = await Promise.all([
    leadIds.length === 0
      ? []
      : database
          .from('leads')
          .select('id,name,company,paused_at')
          .in('id', leadIds)
          .then((result) => readRows('leads', result, leadWordsSchema)),
    planIds.length === 0
      ? []
      : database
          .from('outreach_steps')
          .select('plan_id,step_id,action_type')
          .in('plan_id', planIds)
          .then((result) => readRows('steps', result, stepWordsSchema)),
    ownIds.length === 0
      ? []
      : database
          .from('recurring_occurrences')
          .select('reminder_id')
          .in('reminder_id', ownIds)
          .then((result) => readRows('occurrences', result, occurrenceSchema)),
  ]);
  const again = new Set(repeating.map((one) => one.reminder_id));
  return { leads, steps, repeats: Object.fromEntries(ownIds.map((id) => [id, again.has(id)])) };
}

/** Whether the person has told the bot about anybody yet. */
export async function hasLeads(database: Database): Promise<boolean> {
  const result = await database.from('leads').select('id').limit(1);
  return readRows('leads', result, z.object({ id: z.number() })).length > 0;
}
