/**
 * When a person may be reached. Every rule is derived from one thing: the awake windows of a local date, as pairs of
 * instants. Clock readings are turned into instants with Temporal's "compatible" rule (02:30 in a spring gap is 03:30;
 * in an overlap the first instant), and a moment is awake when it lies inside such a pair. Comparing wall clocks
 * instead would call the repeated hour of an autumn night open, closed and open again.
 */
import type { TimeSettings } from './time-settings.ts';

interface AwakeWindow {
  readonly start: Temporal.Instant;
  /** Exclusive. */
  readonly end: Temporal.Instant;
}

const NANOSECONDS_PER_HOUR = 3_600_000_000_000;

/**
 * Dates looked through for a window. One working day a week whose only window falls into a clock change leaves
 * 14 days without any; the rest is margin.
 */
const SEARCH_DAYS = 32;

/** Whether a message may reach the person at `instant`. */
export function isAwake(instant: Temporal.Instant, settings: TimeSettings): boolean {
  return nextAwake(instant, settings).equals(instant);
}

/**
 * The first awake moment at or after `instant`: where a window opens, whatever the preferred hour.
 * @throws RangeError when the settings leave no window at all.
 */
export function nextAwake(instant: Temporal.Instant, settings: TimeSettings): Temporal.Instant {
  return later(windowsFrom(instant, settings).next().value.start, instant);
}

/**
 * When a message that may not go at `instant` goes instead (dispatch.md): at the end of the quiet hours; if a day off
 * lies in between, at the preferred hour of the next working day. An awake instant is returned unchanged.
 *
 * Not monotonic by nature: Sunday noon becomes Monday 9:30 while Monday 8:10 stays. Callers that order several
 * instants take the maximum with the one before.
 */
export function nextOpen(instant: Temporal.Instant, settings: TimeSettings): Temporal.Instant {
  const awake = nextAwake(instant, settings);
  if (awake.equals(instant)) return instant;
  const askedDate = localDate(instant, settings.zone);
  const openDate = localDate(awake, settings.zone);
  const crossesDayOff = !isWorkingDay(askedDate, settings) || askedDate.until(openDate).days > 1;
  return crossesDayOff ? later(awake, workingMorning(openDate, settings)) : awake;
}

/**
 * The preferred hour of the first working day at or after `date`. A preferred hour inside the quiet hours gives way to
 * their end on the same date: the day is what was asked for, so it is kept.
 */
export function workingMorning(date: Temporal.PlainDate, settings: TimeSettings): Temporal.Instant {
  const { preferredHour, quietTo, zone } = settings;
  const clock = isQuietClock(preferredHour, settings) ? quietTo : preferredHour;
  // A clock change can push even that into the quiet hours.
  return nextAwake(atClock(nextWorkingDay(date, settings), clock, zone), settings);
}

/**
 * The moment when `hours` awake hours have passed since `instant`; itself awake, so four hours before bedtime end at
 * the next window's start and not at the minute the window closes.
 * @param hours zero or more, fractions allowed.
 */
export function addAwakeHours(
  instant: Temporal.Instant,
  hours: number,
  settings: TimeSettings,
): Temporal.Instant {
  if (!(hours >= 0)) throw new RangeError(`awake hours must be zero or more, got ${hours}`);
  const windows = windowsFrom(instant, settings);
  let remaining = Math.round(hours * NANOSECONDS_PER_HOUR);
  for (;;) {
    const window = windows.next().value;
    const start = later(window.start, instant);
    const length = nanosecondsBetween(start, window.end);
    if (remaining < length) return start.add({ nanoseconds: remaining });
    remaining -= length;
  }
}

/** Awake hours between two instants; 0 when `to` is not after `from`. */
export function awakeHoursBetween(
  from: Temporal.Instant,
  to: Temporal.Instant,
  settings: TimeSettings,
): number {
  let total = 0;
  for (const window of windowsFrom(from, settings)) {
    if (!isBefore(window.start, to)) break;
    const end = isBefore(window.end, to) ? window.end : to;
    total += Math.max(0, nanosecondsBetween(later(window.start, from), end));
  }
  return total / NANOSECONDS_PER_HOUR;
}

/** Whether the person works on this date. */
function isWorkingDay(date: Temporal.PlainDate, settings: TimeSettings): boolean {
  return settings.workingDays.length === 0 || settings.workingDays.includes(date.dayOfWeek);
}

/** The first working day at or after `date`. */
function nextWorkingDay(date: Temporal.PlainDate, settings: TimeSettings): Temporal.PlainDate {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const candidate = date.add({ days: ahead });
    if (isWorkingDay(candidate, settings)) return candidate;
  }
  throw new RangeError(`no ISO weekday (1 to 7) among the working days [${settings.workingDays.join(', ')}]`);
}

/** The local date of an instant. */
export function localDate(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * The instant at which the clocks of `zone` show `clock` on `date`, by the "compatible" rule.
 * @param clock `HH:MM`; a value no clock shows throws a RangeError.
 */
export function atClock(date: Temporal.PlainDate, clock: string, zone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(clock) }).toInstant();
}

/** The later of two instants. */
export function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? b : a;
}

/** Whether `a` lies strictly before `b`. */
export function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

/** Whether a local clock reading lies in the quiet hours. */
export function isQuietClock(clock: string, { quietFrom, quietTo }: TimeSettings): boolean {
  const afterFrom = Temporal.PlainTime.compare(clock, quietFrom) >= 0;
  const beforeTo = Temporal.PlainTime.compare(clock, quietTo) < 0;
  const overMidnight = Temporal.PlainTime.compare(quietFrom, quietTo) > 0;
  return overMidnight ? afterFrom || beforeTo : afterFrom && beforeTo;
}

/** Windows that end after `instant`, in order and without end. */
function* windowsFrom(instant: Temporal.Instant, settings: TimeSettings): Generator<AwakeWindow, never> {
  // A day early: clocks set back over midnight show a date again after the next one has begun.
  let date = localDate(instant, settings.zone).subtract({ days: 1 });
  for (let barrenDays = 0; barrenDays < SEARCH_DAYS; barrenDays += 1) {
    for (const window of windowsOf(date, settings)) {
      if (!isBefore(instant, window.end)) continue;
      barrenDays = 0;
      yield window;
    }
    date = date.add({ days: 1 });
  }
  throw new RangeError(
    `no awake window within ${SEARCH_DAYS} days of ${instant.toString()}: ${JSON.stringify(settings)}`,
  );
}

function windowsOf(date: Temporal.PlainDate, settings: TimeSettings): AwakeWindow[] {
  const { zone, quietFrom, quietTo } = settings;
  if (!isWorkingDay(date, settings)) return [];
  const dayStart = date.toZonedDateTime(zone);
  // A date that an island skipped when it crossed the date line has no moments of its own.
  if (!dayStart.toPlainDate().equals(date)) return [];
  const from = dayStart.toInstant();
  const to = date.add({ days: 1 }).toZonedDateTime(zone).toInstant();
  const order = Temporal.PlainTime.compare(quietFrom, quietTo);
  if (order === 0) return [{ start: from, end: to }];
  const quietStart = atClock(date, quietFrom, zone);
  const quietEnd = atClock(date, quietTo, zone);
  // A spring gap can swallow quiet minutes and put their end before their beginning: then the day is one window, for
  // two that overlap would count the same hour twice.
  if (order < 0 && !isBefore(quietStart, quietEnd)) return [{ start: from, end: to }];
  const windows: AwakeWindow[] =
    order > 0
      ? [{ start: quietEnd, end: quietStart }]
      : [
          { start: from, end: quietStart },
          { start: quietEnd, end: to },
        ];
  return windows.filter((window) => isBefore(window.start, window.end));
}

function nanosecondsBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Number(to.epochNanoseconds - from.epochNanoseconds);
}
