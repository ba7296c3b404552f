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
  const weekday = formatter(locale, zone, { weekday: 'short' }).format(instant.epochMilliseconds);
  return `${capitalised(weekday)} ${clock}`;
}

/** `Wednesday, 14 October`. */
export function longDate(instant: Temporal.Instant, zone: string, locale: string): string {
  const format = formatter(locale, zone, { weekday: 'long', day: 'numeric', month: 'long' });
  const parts = new Map(
    format.formatToParts(instant.epochMilliseconds).map(({ type, value }) => [type, value]),
  );
  return capitalised(`${parts.get('weekday') ?? ''}, ${parts.get('day') ?? ''} ${parts.get('month') ?? ''}`);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept: a new one takes a phone 4 ms, and the first of another locale (British beside American English) 40. */
function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = [locale, zone, ...Object.keys(options)].join(' ');
  const known = formatters.get(key);
  if (known) return known;
  const built = new Intl.DateTimeFormat(locale === 'en' ? 'en-US' : locale, { ...options, timeZone: zone });
  formatters.set(key, built);
  return built;
}

/** The first letter large, as at the beginning of a line. */
export function capitalised(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}
