/** What a day holds: how it is drawn in the grid, and who stands in whose way. */
import { isBefore, isAwake, localDate } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';

/** What the calendar looks at in a reminder. */
export interface Entry {
  readonly reminder: Pick<ReminderRow, 'id' | 'status' | 'completed_at'>;
  readonly wanted: Temporal.Instant;
  /** Its lead answered: it waits and is never late. */
  readonly isWaiting?: boolean;
}

export type Dot = 'open' | 'late' | 'done';

export interface DayLoad {
  readonly open: number;
  readonly late: number;
  readonly done: number;
  /** At most three; from four on one bar in the colour of `dots[0]`. */
  readonly dots: readonly Dot[];
  readonly isFull: boolean;
}

/** From so many reminders on a day is one bar instead of dots. */
const FULL_DAY = 4;
/** Reminders are spread this far apart, in minutes; the spacing of plan steps. */
const SPACING_MINUTES = 15;

export const EMPTY_DAY: DayLoad = { open: 0, late: 0, done: 0, dots: [], isFull: false };

/** The day an entry stands on: when it was done, else when it is wanted. */
export function dayOf(entry: Entry, zone: string): Temporal.PlainDate {
  const { status, completed_at: completedAt } = entry.reminder;
  const at =
    status === 'completed' && completedAt !== null ? Temporal.Instant.from(completedAt) : entry.wanted;
  return localDate(at, zone);
}

/** The entries of each day, in the order of time; keys are `YYYY-MM-DD`. */
export function byDay<One extends Entry>(entries: readonly One[], zone: string): ReadonlyMap<string, One[]> {
  const days = new Map<string, One[]>();
  const inOrder = entries.toSorted(
    (a, b) => Temporal.Instant.compare(a.wanted, b.wanted) || a.reminder.id - b.reminder.id,
  );
  for (const entry of inOrder) {
    const key = dayOf(entry, zone).toString();
    const day = days.get(key);
    if (day === undefined) days.set(key, [entry]);
    else day.push(entry);
  }
  return days;
}

/** How full a day is. Open ones are drawn, late first; a day on which everything is done shows that instead. */
export function loadOf(entries: readonly Entry[], now: Temporal.Instant): DayLoad {
  const open = entries.filter((entry) => isOpen(entry.reminder.status));
  const late = open.filter((entry) => isLate(entry, now)).length;
  const done = entries.filter((entry) => entry.reminder.status === 'completed').length;
  const drawn: Dot[] = open.length > 0 ? open.map((_, index) => (index < late ? 'late' : 'open')) : [];
  const dots = open.length > 0 ? drawn : Array.from({ length: done }, (): Dot => 'done');
  return {
    open: open.length,
    late,
    done,
    dots: dots.slice(0, FULL_DAY - 1),
    isFull: dots.length >= FULL_DAY,
  };
}

/** Wanted at least a minute ago and still open. */
export function isLate(entry: Entry, now: Temporal.Instant): boolean {
  if (entry.isWaiting === true) return false;
  return isOpen(entry.reminder.status) && isBefore(entry.wanted, now.subtract({ minutes: 1 }));
}

/** Open reminders still to come that fall on the same minute: groups of two or more, in order. */
export function clashes<One extends Entry>(entries: readonly One[], now: Temporal.Instant): One[][] {
  const groups = new Map<number, One[]>();
  for (const entry of entries) {
    if (!isOpen(entry.reminder.status) || isBefore(entry.wanted, now)) continue;
    const minute = Math.floor(entry.wanted.epochMilliseconds / 60_000);
    groups.set(minute, [...(groups.get(minute) ?? []), entry]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

export interface Move<One extends Entry> {
  readonly entry: One;
  readonly to: Temporal.Instant;
}

/**
 * Where the members of a clash go so that each has its quarter of an hour: the first stays, the others follow past
 * whatever else the day holds. One that would leave the awake hours stays: sharing a moment is better than losing the
 * day.
 * @param day all entries of that day.
 */
export function spread<One extends Entry>(
  clash: readonly One[],
  day: readonly Entry[],
  settings: TimeSettings,
): Move<One>[] {
  const [first, ...rest] = clash;
  if (first === undefined) return [];
  const moving = new Set(rest.map((entry) => entry.reminder.id));
  const taken = day
    .filter((entry) => isOpen(entry.reminder.status) && !moving.has(entry.reminder.id))
    .map((entry) => entry.wanted);
  const moves: Move<One>[] = [];
  for (const entry of rest) {
    const to = firstFree(first.wanted, taken);
    if (
      !isAwake(to, settings) ||
      !localDate(to, settings.zone).equals(localDate(first.wanted, settings.zone))
    )
      break;
    taken.push(to);
    moves.push({ entry, to });
  }
  return moves;
}

/** The first instant a spacing or more after `from` that keeps that distance to every taken one. */
function firstFree(from: Temporal.Instant, taken: readonly Temporal.Instant[]): Temporal.Instant {
  let free = from.add({ minutes: SPACING_MINUTES });
  for (const other of taken.toSorted((a, b) => Temporal.Instant.compare(a, b))) {
    const isInTheWay = Math.abs(other.epochMilliseconds - free.epochMilliseconds) < SPACING_MINUTES * 60_000;
    if (isInTheWay) free = other.add({ minutes: SPACING_MINUTES });
  }
  return free;
}
