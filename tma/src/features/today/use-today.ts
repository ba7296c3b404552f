/** Keeps Today's rows fresh: every 15 s while visible, on focus, after each action. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { localDate } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { applyChanges } from '../../session/pending-changes.ts';
import type { Line } from '../reminder/line.ts';
import { arrange, toLines } from './arrange.ts';
import { DAYS_AHEAD, hasLeads, readReminder, readReminders, readWords } from './read-today.ts';

/** A row changed this far in the future: the product's clock was moved, and ours is behind. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Several requests' worth of rows: asked for less often. */
const MANY_ROWS = 1000;
const RARE_POLL_MS = 60_000;

const KEY = 'reminders';

/** Today's rows and when they were read. */
export function useReminders({ isPolling }: { isPolling: boolean }) {
  const { database, clock, syncClock, user } = useSession();
  // A new day is a new key; the old day's rows stay on screen until the new ones are there.
  const today = localDate(clock.now(), user.zone);
  const query = useQuery({
    queryKey: dataKey(KEY, today.toString(), user.zone),
    queryFn: async () => {
      const rows = await readReminders(database, today, user.zone);
      if (isClockBehind(rows, clock.now())) await syncClock();
      return rows;
    },
    refetchInterval: ({ state }) =>
      isPolling && (state.data?.length ?? 0) <= MANY_ROWS ? POLL_MS : isPolling ? RARE_POLL_MS : false,
    // The poll and what is done here keep it fresh; a page that comes back does not ask a second time.
    staleTime: isPolling ? 0 : Infinity,
    refetchOnWindowFocus: 'always',
    placeholderData: (previous) => previous,
  });
  const now = useProductNow(query.dataUpdatedAt);
  return { query, now };
}

/** How many reminders are late, for the badge: read with Today's rows, without a poll of its own. */
export function useLateCount(): number {
  const { query, now } = useReminders({ isPolling: false });
  const { user } = useSession();
  const { changes } = useActions();
  const { data } = query;
  return useMemo(() => {
    if (data === undefined) return 0;
    return arrange(toLines(applyChanges(data, changes), [], []), now, user.zone, DAYS_AHEAD).late.length;
  }, [data, changes, now, user.zone]);
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
    queryKey: dataKey('reminder', id),
    queryFn: () => (id === null ? null : readReminder(database, id)),
    enabled: isFar,
  });
  return { atOpening, far: isFar ? (far.data ?? null) : null };
}

/** Whether this is a person who has not begun yet; asked only when there is nothing to show. */
export function useIsFirstRun(isEmpty: boolean): boolean | null {
  const { database } = useSession();
  const query = useQuery({
    queryKey: dataKey('has-leads'),
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
