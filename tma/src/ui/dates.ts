/** Dates where a list or a heading has room for less than a sentence; sentences take shared/rules/words.ts. */
import { localDate } from '../../../shared/rules/calendar.ts';
import { formatWeekday } from '../../../shared/rules/words.ts';
import type { Say } from '../texts/texts.ts';

/** `14:00` on the day of `now`, else `Thu 9:30`: the row's section says the rest. */
export function shortWhen(
  instant: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
  locale: string,
): string {
  const weekday = formatWeekday(instant, zone, locale);
  const isToday = localDate(now, zone).equals(localDate(instant, zone));
  return isToday ? weekday.slice(weekday.indexOf(' ') + 1) : capitalised(weekday);
}

/** `Wednesday, 14 October`, in the catalogue's own words: see the note on Intl in shared/rules/words.ts. */
export function longDate(instant: Temporal.Instant, zone: string, say: Say): string {
  const { day, dayOfWeek, month } = instant.toZonedDateTimeISO(zone);
  return say('long-date', { weekday: dayOfWeek, day, month });
}

/** Has Intl make its first date, which takes a phone 150 ms, when nobody waits for it. Today needs none. */
export function warmDates(locale: string): void {
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(0);
}

/** The first letter large, as at the beginning of a line. */
export function capitalised(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}
