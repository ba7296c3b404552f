/** Dates where a list or a heading has room for less than a sentence; sentences take shared/rules/words.ts. */
import { localDate } from '../../../shared/rules/calendar.ts';

/** `14:00` on the day of `now`, else `Thu 9:30`: the row's section says the rest. */
export function shortWhen(
  instant: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
  locale: string,
): string {
  const local = instant.toZonedDateTimeISO(zone);
  const clock = `${local.hour}:${String(local.minute).padStart(2, '0')}`;
  if (localDate(now, zone).equals(local.toPlainDate())) return clock;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: zone });
  return `${capitalised(weekday.format(instant.epochMilliseconds))} ${clock}`;
}

/** `Wednesday, 14 October`. */
export function longDate(instant: Temporal.Instant, zone: string, locale: string): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: zone }).format(
      instant.epochMilliseconds,
    );
  return capitalised(`${part({ weekday: 'long' })}, ${part({ day: 'numeric', month: 'long' })}`);
}

/** The first letter large, as at the beginning of a line. */
export function capitalised(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}
