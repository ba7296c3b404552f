/**
 * From `delay_days` to instants. Preview, acceptance and re-planning all call this one function, so a plan's card shows
 * exactly what will be stored.
 */
import { isAwake, isBefore, later, localDate, nextOpen, workingMorning } from './calendar.ts';
import type { TimeSettings } from './time-settings.ts';

/** Steps of one plan that would fall together are set this far apart (dispatch.md). */
const STEP_SPACING_MINUTES = 15;

/**
 * When one step is wanted: the plan start's local date + `delayDays` at the preferred hour, moved on from days off and
 * quiet hours. Day 0 is the start itself if awake, else the next window.
 * @param delayDays whole days, 0 or more; anything else throws a RangeError.
 */
export function stepWantedAt(
  planStart: Temporal.Instant,
  delayDays: number,
  settings: TimeSettings,
): Temporal.Instant {
  if (!Number.isInteger(delayDays) || delayDays < 0) {
    throw new RangeError(`delay_days must be a whole number of days, 0 or more; got ${delayDays}`);
  }
  if (delayDays === 0) return nextOpen(planStart, settings);
  return workingMorning(localDate(planStart, settings.zone).add({ days: delayDays }), settings);
}

/**
 * The wanted instants of a whole plan, in the order of its steps: never decreasing, steps of the plan at least
 * 15 minutes apart, none outside an open window.
 * @param steps in plan order; a delay smaller than the one before is treated as equal to it.
 * @param taken instants of the person's other reminders. A step moves past one that is closer than the spacing, unless
 *   that would push it out of its window: sharing a moment is better than losing the day.
 */
export function schedulePlan(
  planStart: Temporal.Instant,
  steps: readonly { readonly delay_days: number }[],
  settings: TimeSettings,
  taken: readonly Temporal.Instant[] = [],
): Temporal.Instant[] {
  const sortedTaken = taken.toSorted((a, b) => Temporal.Instant.compare(a, b));
  const wanted: Temporal.Instant[] = [];
  let delay = 0;
  for (const step of steps) {
    delay = Math.max(delay, step.delay_days);
    const previous = wanted.at(-1);
    const base = stepWantedAt(planStart, delay, settings);
    const own = previous === undefined ? base : spacedAfter(previous, base, settings);
    wanted.push(clearOf(sortedTaken, own, settings));
  }
  return wanted;
}

/** `instant`, or the spacing after `previous` when it would come sooner than that. */
export function spacedAfter(
  previous: Temporal.Instant,
  instant: Temporal.Instant,
  settings: TimeSettings,
): Temporal.Instant {
  const earliest = previous.add({ minutes: STEP_SPACING_MINUTES });
  return isBefore(instant, earliest) ? later(nextOpen(earliest, settings), earliest) : instant;
}

function clearOf(
  sortedTaken: readonly Temporal.Instant[],
  instant: Temporal.Instant,
  settings: TimeSettings,
): Temporal.Instant {
  let moved = instant;
  for (const other of sortedTaken) {
    const freeFrom = other.add({ minutes: STEP_SPACING_MINUTES });
    const freeUntil = other.subtract({ minutes: STEP_SPACING_MINUTES });
    if (isBefore(moved, freeFrom) && isBefore(freeUntil, moved)) moved = freeFrom;
  }
  return isAwake(moved, settings) ? moved : instant;
}
