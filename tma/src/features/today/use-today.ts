/** Keeps Today's rows fresh: every 15 s while visible, on focus, after each action. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { applyChanges } from '../../session/pending-changes.ts';
import type { Line } from '../reminder/line.ts';
import { arrange, toLines } from './arrange.ts';
import { DAYS_AHEAD, hasLeads, readReminder } from './read-today.ts';
import { linkedQuery, remindersQuery, wordsQuery } from './today-queries.ts';

/** Read ahead of the page, a moment ago: no reason to ask again. */
const JUST_READ_MS = 2_000;

/** Today's rows and when they were read. */
export function useReminders({ isPolling }: { isPolling: boolean }) {
  const session = useSession();
  const query = useQuery({
    ...remindersQuery(session),
    refetchInterval: isPolling ? POLL_MS : false,
    // The poll and what is done here keep it fresh; a page that comes back does not ask a second time.
    staleTime: isPolling ? JUST_READ_MS : Infinity,
    refetchOnWindowFocus: 'always',
    // The old day's rows stay on screen until the new ones are there.
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
  const rows = useMemo(() => data && applyChanges(data, changes), [data, changes]);
  const lines = useLines(rows);
  return useMemo(
    () => (lines === null ? 0 : arrange(lines, now, user.zone, DAYS_AHEAD).late.length),
    [lines, now, user.zone],
  );
}

/** The rows with the names of their leads and steps; null until those are known. */
export function useLines(reminders: readonly ReminderRow[] | undefined): readonly Line[] | null {
  const { database } = useSession();
  const words = useQuery({
    ...wordsQuery(database, reminders ?? []),
    enabled: reminders !== undefined,
    // A lead that was paused in the chat meanwhile.
    refetchOnWindowFocus: 'always',
    placeholderData: (previous) => previous,
  });
  return useMemo(() => {
    if (reminders === undefined || words.data === undefined) return null;
    return toLines(reminders, words.data);
  }, [reminders, words.data]);
}

/**
 * The reminder a link names: as it was when the link was opened (`atOpening`; null = gone or not this person's), and,
 * when it is open but on a day that is not listed, as it is now (`far`).
 */
export function useLinkedReminder(id: number | null, listed: readonly ReminderRow[] | undefined) {
  const { database } = useSession();
  const atOpening = useQuery({ ...linkedQuery(database, id), enabled: id !== null });
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
