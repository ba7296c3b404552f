/** The moment and the person that the tables of phrases were written for. */
import { readTime, type TimeReading } from '../../../bot/domain/time/read-time.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';

/** Works Monday to Friday in Berlin, likes 9:30, sleeps from 21:00 to 8:00. */
export const BERLIN: TimeSettings = {
  ...DEFAULT_TIME_SETTINGS,
  zone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
};

/** Wednesday. */
export const NOW = at('2026-10-14T09:41');

export function at(local: string, zone = BERLIN.zone): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
}

export function local(instant: Temporal.Instant, zone = BERLIN.zone): string {
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

export function read(
  text: string,
  {
    language = 'en',
    now = NOW,
    settings = BERLIN,
  }: { language?: string; now?: Temporal.Instant; settings?: TimeSettings } = {},
): TimeReading {
  return readTime(text, { now, settings, language });
}

/** An instant as local time, "!" when nothing moves it; otherwise what the reading is instead. */
export function instantOf(reading: TimeReading): string {
  if (reading.kind !== 'instant')
    return reading.kind === 'refused' ? `refused: ${reading.reason}` : reading.kind;
  return `${local(reading.at)}${reading.exact ? '!' : ''}`;
}

/** The lines of a table. */
export function linesOf(table: string): string[] {
  return table.trim().split('\n');
}
