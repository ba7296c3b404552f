/** Days as a table of dates has room for them. */
import { wordLanguage } from '../../../../shared/rules/words.ts';
import { capitalised } from '../../ui/dates.ts';

/** `Fri 16 Oct`, with the year when it is another one. */
export function dayName(at: Temporal.Instant, zone: string, locale: string, presentYear: number): string {
  const isPresent = at.toZonedDateTimeISO(zone).year === presentYear;
  const format = new Intl.DateTimeFormat(wordLanguage(locale) === 'ru' ? 'ru' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!isPresent && { year: 'numeric' }),
    timeZone: zone,
  });
  return capitalised(format.format(at.epochMilliseconds).replaceAll(/[,.]/g, ''));
}

/** `Fri 16 Oct, 9:45`. */
export function dayWithClock(
  at: Temporal.Instant,
  zone: string,
  locale: string,
  presentYear: number,
): string {
  const local = at.toZonedDateTimeISO(zone);
  const clock = `${local.hour}:${String(local.minute).padStart(2, '0')}`;
  return `${dayName(at, zone, locale, presentYear)}, ${clock}`;
}
