/** Today's reads as queries, for the page and for what is read ahead of it. */
import { queryOptions } from '@tanstack/react-query';
import type { Database } from '@insforge/sdk';
import { localDate } from '../../../../shared/rules/calendar.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { dataKey } from '../../session/keys.ts';
import type { Session } from '../../session/open-session.ts';
import { readChanges, readReminder, readReminders, readWords } from './read-today.ts';

/** A row changed this far in the future: the product's clock was moved, and ours is behind. */
const CLOCK_TOLERANCE_MS = 5_000;

/** More than one request's worth: from then on only changes are read. */
const MANY_ROWS = 1000;

/** Today's rows. A new day is a new key. */
export function remindersQuery({ database, clock, syncClock, user }: Session) {
  const today = localDate(clock.now(), user.zone);
  const queryKey = dataKey('reminders', today.toString(), user.zone);
  return queryOptions({
    queryKey,
    queryFn: async ({ client }) => {
      const { data: known = [], dataUpdatedAt = 0 } =
        client.getQueryState<readonly ReminderRow[]>(queryKey) ?? {};
      const readAt = clock.now().subtract({ milliseconds: Math.max(0, Date.now() - dataUpdatedAt) });
      const changes =
        known.length > MANY_ROWS
          ? await readChanges(database, { rows: known, readAt }, today, user.zone)
          : null;
      const rows = changes ?? (await readReminders(database, today, user.zone));
      if (isClockBehind(rows, clock.now())) await syncClock();
      return rows;
    },
  });
}

/** Matches the names of all rows. */
export const WORDS_KEY = ['words'] as const;

/** Reminders of one's own that are asked about at once: their ids stand in the address. */
const MOST_OWN = 200;

/** The names of the rows' leads and steps, and what repeats. */
export function wordsQuery(database: Database, reminders: readonly ReminderRow[]) {
  const leadIds = distinct(reminders.map((row) => row.lead_id));
  const planIds = distinct(reminders.map((row) => row.plan_id));
  const own = reminders.filter((row) => row.plan_id === null).slice(0, MOST_OWN);
  const ownIds = distinct(own.map((row) => row.id));
  return queryOptions({
    queryKey: [...WORDS_KEY, leadIds, planIds, ownIds],
    queryFn: () => readWords(database, leadIds, planIds, ownIds),
    // Names change rarely, and the poll must stay one request.
    staleTime: 5 * 60_000,
  });
}

/** The reminder a link names, as it was when the link was opened; null = no link, gone, or not this person's. */
export function linkedQuery(database: Database, id: number | null) {
  return queryOptions({
    queryKey: ['linked', id],
    queryFn: () => (id === null ? null : readReminder(database, id)),
    staleTime: Infinity,
  });
}

function isClockBehind(rows: readonly ReminderRow[], now: Temporal.Instant): boolean {
  const limit = now.epochMilliseconds + CLOCK_TOLERANCE_MS;
  return rows.some((row) => Date.parse(row.updated_at) > limit);
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))].toSorted((a, b) => a - b);
}
