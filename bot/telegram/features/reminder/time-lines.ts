/** A time that was typed, said back with weekday, date and zone; or why it was not taken. */
import type { TimeRefusal } from '../../../../shared/contracts/times.ts';
import { isAwake } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import type { TimeInWords } from '../../../usecases/read-time.ts';
import type { Talk } from '../../context.ts';
import { clip, oneLine } from '../../text/rich-text.ts';

/** One moment to put a reminder off to. */
export interface PickedMoment {
  readonly at: Temporal.Instant;
  readonly exact: boolean;
  /** Only its beginning is taken of a range such as "next week". */
  readonly isRange: boolean;
}

/** What was typed is repeated only up to here. UTF-16 units. */
const ECHO_LIMIT = 80;

/** The moment of a reading, null when it is refused. A recurrence is one: this asks for a single moment. */
export function pickedMoment(read: TimeInWords): PickedMoment | null {
  if (read.kind === 'instant') return { at: read.at, exact: read.exact, isRange: false };
  if (read.kind === 'range') return { at: read.from, exact: read.exact, isRange: true };
  return null;
}

/** The moment in words that leave no doubt: weekday, date, clock, zone. */
export function momentInWords({ at }: PickedMoment, { words }: Talk): string {
  return words.when(at, { withWeekday: true, withZone: true });
}

/** What should be known before saying yes: quiet hours, a day off, the beginning of a range. */
export function momentNotes({ at, isRange }: PickedMoment, { words, person }: Talk): string[] {
  const settings = timeSettingsOf(person);
  const isQuiet = !isAwake(at, { ...settings, workingDays: [] });
  const isDayOff = !isQuiet && !isAwake(at, settings);
  return [
    ...(isRange ? [words.say('time-range-start')] : []),
    ...(isQuiet ? [words.say('time-in-quiet-hours')] : []),
    ...(isDayOff ? [words.say('time-on-day-off')] : []),
  ];
}

/** Why a text is no time, with words that would have worked. */
export function timeRefused(
  read: { readonly reason: TimeRefusal; readonly understood: string | null; readonly hint: string },
  { words }: Talk,
): string {
  const part = clip(oneLine(read.understood ?? ''), ECHO_LIMIT);
  return words.say(`time-refused-${read.reason.replaceAll('_', '-')}`, { part, hint: read.hint });
}
