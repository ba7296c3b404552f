/** What waits: late first, then today, then what comes next. */
import { isBefore, localDate } from '../../shared/rules/calendar.ts';
import { waitsForLead } from '../../shared/rules/waits-for-lead.ts';
import type { PersonStore, ReminderLine } from './ports.ts';

/** Open reminders read at most; whoever has more has them in the mini-app. */
const LIST_LIMIT = 100;
/** How far ahead "next" looks. */
const HORIZON_DAYS = 366;

export interface TodayList {
  readonly late: readonly ReminderLine[];
  readonly today: readonly ReminderLine[];
  readonly next: readonly ReminderLine[];
  /** How many more wait because their lead answered. */
  readonly paused: number;
}

/**
 * Sorts the person's open reminders by their wanted instants, seen from `now` in their zone.
 * @throws what the store throws when the database cannot be asked.
 */
export async function listToday(
  store: PersonStore,
  input: { readonly now: Temporal.Instant; readonly zone: string },
): Promise<TodayList> {
  const { now, zone } = input;
  const open = await store.openReminders(now.add({ hours: 24 * HORIZON_DAYS }), LIST_LIMIT);
  const lines = open.filter(({ reminder, lead }) => !waitsForLead(reminder, lead));
  const wanted = (line: ReminderLine): Temporal.Instant => Temporal.Instant.from(line.reminder.wanted_at);
  const today = localDate(now, zone);
  const late = lines.filter((line) => isBefore(wanted(line), now));
  const ahead = lines.filter((line) => !isBefore(wanted(line), now));
  return {
    late,
    today: ahead.filter((line) => localDate(wanted(line), zone).equals(today)),
    next: ahead.filter((line) => !localDate(wanted(line), zone).equals(today)),
    paused: open.length - lines.length,
  };
}
