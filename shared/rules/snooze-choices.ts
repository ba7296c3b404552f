/** The presets behind "Snooze", each with the instant it stands for, so the buttons can write the date out. */
import { atClock, isAwake, isBefore, localDate, workingMorning } from './calendar.ts';
import type { TimeSettings } from './time-settings.ts';

export type SnoozeKey = '1h' | 'evening' | 'tomorrow' | '2days' | 'monday';

export interface SnoozeChoice {
  readonly key: SnoozeKey;
  readonly at: Temporal.Instant;
}

/** Local clock meant by "this evening". */
export const EVENING = '18:00';

/**
 * Presets in the order of time, all later than `now`. `1h` is exact. The others never fall into quiet hours; those on a
 * day off are left out (a button saying "tomorrow" must not mean Monday), except next Monday, so there is always one
 * choice beyond today. "This evening" is left out when 18:00 is past or less than an hour away.
 */
export function snoozeChoices(now: Temporal.Instant, settings: TimeSettings): SnoozeChoice[] {
  const today = localDate(now, settings.zone);
  const inAnHour = now.add({ hours: 1 });
  const evening = atClock(today, EVENING, settings.zone);
  const ahead = (days: number): Temporal.Instant => preferredOn(today.add({ days }), settings);

  // In the order of preference: of two presets for one moment the first stays ("tomorrow" on a Sunday).
  const candidates: SnoozeChoice[] = [{ key: 'tomorrow', at: ahead(1) }];
  if (!isBefore(evening, inAnHour)) candidates.push({ key: 'evening', at: evening });
  const open = candidates.filter((choice) => isAwake(choice.at, settings));
  open.push({ key: 'monday', at: ahead(8 - today.dayOfWeek) });
  if (isAwake(ahead(2), settings)) open.push({ key: '2days', at: ahead(2) });

  const distinct = open.filter((choice, i) => open.findIndex((other) => other.at.equals(choice.at)) === i);
  const rest = distinct.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return [{ key: '1h', at: inAnHour }, ...rest];
}

/** The preferred hour of a date, days off ignored; when it lies in quiet hours, their end. */
function preferredOn(date: Temporal.PlainDate, settings: TimeSettings): Temporal.Instant {
  return workingMorning(date, { ...settings, workingDays: [] });
}
