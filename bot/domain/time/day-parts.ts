/** Which hour people mean by a part of the day. The one place these choices are made. */
import { EVENING } from '../../../shared/rules/snooze-choices.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import type { DayPart } from './facts.ts';

/** Local clocks, `HH:MM`. Evening is the same hour as the snooze preset "this evening". */
const PART_CLOCKS = {
  before_lunch: '11:00',
  lunch: '12:00',
  after_lunch: '14:00',
  afternoon: '15:00',
  end_of_day: '17:00',
  evening: EVENING,
  tonight: '20:00',
} as const;

/** "Morning" for somebody whose preferred hour is no morning hour. */
const MORNING = '09:00';
const MORNING_FROM = '05:00';
const NOON = '12:00';

/** When a week, a month or a working day is over: "by the end of the week" is asked for at this hour. */
export const END_OF_DAY = PART_CLOCKS.end_of_day;

/**
 * The clock a part of the day stands for; null for the night, which says only which half of the day a number means.
 * Morning is the person's own preferred hour when that is one.
 */
export function partClock(part: DayPart, settings: TimeSettings): string | null {
  if (part === 'night') return null;
  if (part !== 'morning') return PART_CLOCKS[part];
  const { preferredHour } = settings;
  const isMorning =
    Temporal.PlainTime.compare(preferredHour, MORNING_FROM) >= 0 &&
    Temporal.PlainTime.compare(preferredHour, NOON) < 0;
  return isMorning ? preferredHour : MORNING;
}

/** A clock reading as hour and minute. */
export interface HourMinute {
  readonly hour: number;
  readonly minute: number;
}

/**
 * The readings a number can have beside a part of the day, best first; none when they contradict each other ("9 in the
 * evening" is 21:00, "14:00 in the morning" is nothing).
 * @param bare it could be either half of the day.
 */
export function readingsOf(
  { hour, minute }: HourMinute,
  bare: boolean,
  part: DayPart | null,
): readonly HourMinute[] {
  const early = { hour: hour % 12, minute };
  const late = { hour: (hour % 12) + 12, minute };
  const isTwelve = bare && hour === 12;
  switch (part) {
    case null:
      if (!bare) return [{ hour, minute }];
      return isTwelve ? [late] : [early, late];
    case 'morning':
      return hour < 12 ? [{ hour, minute }] : [];
    case 'before_lunch':
      return hour <= 12 ? [{ hour, minute }] : [];
    case 'night':
      if (hour === 12) return [early];
      return hour <= 5 || hour >= 18 ? [{ hour, minute }] : hour < 12 ? [late] : [];
    case 'lunch':
    case 'after_lunch':
    case 'afternoon':
      return hour >= 12 && hour < 24 ? [{ hour, minute }] : hour >= 1 && hour <= 7 ? [late] : [];
    case 'end_of_day':
    case 'evening':
    case 'tonight':
      return hour >= 16 && hour < 24 ? [{ hour, minute }] : hour >= 4 && hour < 12 ? [late] : [];
  }
}

/** `HH:MM`. */
export function clockText({ hour, minute }: HourMinute): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
