/** The rows of a month and a little beyond it, with their words. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Database } from '@insforge/sdk';
import { atClock } from '../../../../shared/rules/calendar.ts';
import { REMINDER_COLUMNS, reminderRowSchema } from '../../../../shared/schemas/reminder.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import { applyChanges } from '../../session/pending-changes.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { useLines } from '../today/use-today.ts';

/** Days after the month's end that the agenda still shows: the month's last day has a tomorrow, too. */
const DAYS_BEYOND = 7;
/** Rows of one request; a server may give no more at once. */
const PAGE_ROWS = 1_000;
/** A month holds no more than this: 200 new reminders a day. */
const MOST_ROWS = 6_000;

/** The lines of `month`; `lines` is null until they are known. */
export function useMonth(month: Temporal.PlainYearMonth) {
  const { database, user } = useSession();
  const { changes } = useActions();
  const query = useQuery({
    queryKey: dataKey('month', month.toString(), user.zone),
    queryFn: () => readMonth(database, month, user.zone),
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: 'always',
    placeholderData: keepPreviousData,
  });
  const now = useProductNow(query.dataUpdatedAt);
  const lines = useLines(query.data && applyChanges(query.data, changes));
  return { query, now, lines };
}

/**
 * Open reminders by when they are wanted, done ones by when they were done.
 * @throws ReadError
 */
async function readMonth(
  database: Database,
  month: Temporal.PlainYearMonth,
  zone: string,
): Promise<ReminderRow[]> {
  const first = month.toPlainDate({ day: 1 });
  const from = atClock(first, '00:00', zone).toString();
  const to = atClock(first.add({ months: 1, days: DAYS_BEYOND }), '00:00', zone).toString();
  const rows: ReminderRow[] = [];
  for (;;) {
    // One or-group and nothing beside it: InsForge's gateway drops a second one without a word.
    const result = await database
      .from('scheduled_reminders')
      .select(REMINDER_COLUMNS)
      .or(
        `and(status.in.(pending,sent),wanted_at.gte."${from}",wanted_at.lt."${to}"),` +
          `and(status.eq.completed,completed_at.gte."${from}",completed_at.lt."${to}")`,
      )
      .order('wanted_at')
      .order('id')
      .range(rows.length, rows.length + PAGE_ROWS - 1);
    const page = readRows('month', result, reminderRowSchema);
    rows.push(...page);
    if (page.length < PAGE_ROWS || rows.length >= MOST_ROWS) return rows;
  }
}
