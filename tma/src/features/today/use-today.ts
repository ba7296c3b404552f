/** Keeps Today's rows fresh: every 15 s while visible, on focus, after each action. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { localDate } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { toLines } from './arrange.ts';
import type { Line } from './arrange.ts';
import { hasLeads, readReminder, readReminders, readWords } from './read-today.ts';

/** One request in this time while the page is visible. */
const POLL_MS = 15_000;
/** A row changed this far in the future: the product's clock was moved, and ours is behind. */
const CLOCK_TOLERANCE_MS = 5_000;

const KEY = 'reminders';

/** Today's rows and when they were read. */
export function useReminders() {
  const { database, clock, syncClock, user } = useSession();
  const client = useQueryClient();
  // A new day is a new key; the old day's rows stay on screen until the new ones are there.
  const today = localDate(clock.now(), user.zone);
  const query = useQuery({
    queryKey: [KEY, today.toString()],
    queryFn: async () => {
      const rows = await readReminders(database, today, user.zone);
      if (isClockBehind(rows, clock.now())) await syncClock();
      return rows;
    },
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: 'always',
    placeholderData: (previous) => previous,
  });
  // The sandbox moves product time while nothing else changes; coming back to the page is when that shows.
  useQuery({
    queryKey: ['product-time'],
    queryFn: async () => {
      await syncClock();
      return clock.now().toString();
    },
    initialData: '',
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
  });
  const now = useProductNow(query.dataUpdatedAt);
  const refresh = async (): Promise<void> => client.invalidateQueries({ queryKey: [KEY] });
  return { query, now, refresh };
}

/** The rows with the names of their leads and steps; null until those are known. */
export function useLines(reminders: readonly ReminderRow[] | undefined): readonly Line[] | null {
  const { database } = useSession();
  const leadIds = distinct(reminders?.map((row) => row.lead_id));
  const planIds = distinct(reminders?.map((row) => row.plan_id));
  const words = useQuery({
    queryKey: ['words', leadIds, planIds],
    queryFn: () => readWords(database, leadIds, planIds),
    enabled: reminders !== undefined,
    placeholderData: (previous) => previous,
    // Names change rarely, and the poll must stay one request.
    staleTime: 5 * 60_000,
  });
  return useMemo(
    () =>
      reminders === undefined || words.data === undefined
        ? null
        : toLines(reminders, words.data.leads, words.data.steps),
    [reminders, words.data],
  );
}

/**
 * The reminder a link names: as it was when the link was opened (`atOpening`; null = gone or not this person's), and,
 * when it is open but on a day that is not listed, as it is now (`far`).
 */
export function useLinkedReminder(id: number | null, listed: readonly ReminderRow[] | undefined) {
  const { database } = useSession();
  const atOpening = useQuery({
    queryKey: ['linked', id],
    queryFn: () => (id === null ? null : readReminder(database, id)),
    enabled: id !== null,
    staleTime: Infinity,
  });
  const isListed = listed?.some((row) => row.id === id) === true;
  const isFar = atOpening.data != null && isOpen(atOpening.data.status) && listed !== undefined && !isListed;
  const far = useQuery({
    queryKey: [KEY, 'far', id],
    queryFn: () => (id === null ? null : readReminder(database, id)),
    enabled: isFar,
  });
  return { atOpening, far: isFar ? (far.data ?? null) : null };
}

/** Whether this is a person who has not begun yet; asked only when there is nothing to show. */
export function useIsFirstRun(isEmpty: boolean): boolean | null {
  const { database } = useSession();
  const query = useQuery({
    queryKey: ['has-leads'],
    queryFn: () => hasLeads(database),
    enabled: isEmpty,
    refetchInterval: POLL_MS,
  });
  return query.data === undefined ? null : !query.data;
}

function isClockBehind(rows: readonly ReminderRow[], now: Temporal.Instant): boolean {
  const limit = now.epochMilliseconds + CLOCK_TOLERANCE_MS;
  return rows.some((row) => Date.parse(row.updated_at) > limit);
}

function distinct(ids: readonly (number | null)[] | undefined): number[] {
  return [...new Set((ids ?? []).filter((id) => id !== null))].toSorted((a, b) => a - b);
}
