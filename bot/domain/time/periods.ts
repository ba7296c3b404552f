/** Weeks, months, quarters and years as dates, and the days in them that people work. */
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import type { Fact } from './facts.ts';

/** Both ends inclusive. */
export interface Dates {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

const WEEKDAYS = [1, 2, 3, 4, 5] as const;

export function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

export function monthOf(date: Temporal.PlainDate): Dates {
  return { first: date.with({ day: 1 }), last: date.with({ day: date.daysInMonth }) };
}

/** The dates of a period, counted from the one that holds `today`. Weeks begin on Monday. */
export function periodDates(
  period: Extract<Fact, { is: 'period' }> | null,
  today: Temporal.PlainDate,
): Dates {
  const ahead = period?.ahead ?? 0;
  switch (period?.unit) {
    case undefined:
    case 'week': {
      const first = mondayOf(today).add({ weeks: ahead });
      return { first, last: first.add({ days: 6 }) };
    }
    case 'month':
      return monthOf(today.with({ day: 1 }).add({ months: ahead }));
    case 'quarter': {
      const month = 3 * Math.floor((today.month - 1) / 3) + 1;
      const first = today.with({ month, day: 1 }).add({ months: 3 * ahead });
      return { first, last: monthOf(first.add({ months: 2 })).last };
    }
    case 'year': {
      const first = today.with({ month: 1, day: 1 }).add({ years: ahead });
      return { first, last: monthOf(first.with({ month: 12 })).last };
    }
  }
}

/** The first, middle or last working day of a period. */
export function edgeDate(
  { first, last }: Dates,
  edge: 'start' | 'middle' | 'end',
  settings: TimeSettings,
): Temporal.PlainDate {
  if (edge === 'start') return firstWorkingDay(first, last, settings);
  if (edge === 'end') return lastWorkingDay(first, last, settings);
  const middle = first.add({
    days: Math.floor((first.until(last).days - (last.dayOfWeek === 7 ? 2 : 0)) / 2),
  });
  return firstWorkingDay(middle, last, settings);
}

/** The first working day of the dates; their first when none is. */
export function firstWorkingDay(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  settings: TimeSettings,
): Temporal.PlainDate {
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (businessDays(settings).includes(date.dayOfWeek)) return date;
  }
  return first;
}

/** The last working day of the dates; their last when none is. */
export function lastWorkingDay(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  settings: TimeSettings,
): Temporal.PlainDate {
  for (let date = last; Temporal.PlainDate.compare(date, first) >= 0; date = date.subtract({ days: 1 })) {
    if (businessDays(settings).includes(date.dayOfWeek)) return date;
  }
  return last;
}

/** The date `count` working days after `date`; `date` itself for 0. */
export function workingDaysAfter(
  date: Temporal.PlainDate,
  count: number,
  settings: TimeSettings,
): Temporal.PlainDate {
  const days = businessDays(settings);
  let reached = date;
  for (let left = count; left > 0;) {
    reached = reached.add({ days: 1 });
    if (days.includes(reached.dayOfWeek)) left -= 1;
  }
  return reached;
}

/** Somebody who may be reached every day still means Monday to Friday by "business days". */
function businessDays({ workingDays }: TimeSettings): readonly number[] {
  return workingDays.length === 0 || workingDays.length === 7 ? WEEKDAYS : workingDays;
}
