/**
 * Working days in a row with something done. A working day on which nothing waited is no gap: nobody is blamed for an
 * empty calendar; and today is open until it is over.
 */
import type { Insights } from '../../../../shared/contracts/insights.ts';

/** Days drawn. */
export const STRIP_DAYS = 14;
/** A streak is looked for this many days back, as far as `my_insights` tells. */
const SEARCH_DAYS = 400;

export type StripDay = 'done' | 'missed' | 'free' | 'open';

export interface Streak {
  readonly current: number;
  readonly longest: number;
  /** The last working days, the newest last. */
  readonly strip: readonly { readonly date: Temporal.PlainDate; readonly state: StripDay }[];
}

/** @param workingDays ISO weekdays; empty counts as all. */
export function streakOf(
  { today, done_days: doneDays, busy }: Pick<Insights, 'today' | 'done_days' | 'busy'>,
  workingDays: readonly number[],
): Streak {
  const last = Temporal.PlainDate.from(today);
  const done = new Set(doneDays);
  // Dates as text sort like dates.
  const isBusy = (day: string): boolean => busy.some(({ from, to }) => from <= day && day <= to);
  const days: { date: Temporal.PlainDate; state: StripDay }[] = [];
  for (let ago = SEARCH_DAYS; ago >= 0; ago -= 1) {
    const date = last.subtract({ days: ago });
    if (workingDays.length > 0 && !workingDays.includes(date.dayOfWeek)) continue;
    const day = date.toString();
    const isUndone = isBusy(day) && ago > 0 ? 'missed' : 'free';
    days.push({ date, state: done.has(day) ? 'done' : ago === 0 ? 'open' : isUndone });
  }
  let current = 0;
  let longest = 0;
  for (const { state } of days) {
    if (state === 'done') current += 1;
    if (state === 'missed') current = 0;
    longest = Math.max(longest, current);
  }
  return { current, longest, strip: days.slice(-STRIP_DAYS) };
}
