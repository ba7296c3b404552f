/**
 * The flight simulator: when every message of a plan would arrive, before the plan is started. The instants come from
 * `schedulePlan`, the same function whose answer `accept_plan` stores; what is added here only explains them. Repeats
 * (escalation) are left out: whether they come is decided by what the person does.
 */
import { atClock, isAwake, isBefore, later, localDate, nextOpen } from './calendar.ts';
import { schedulePlan, stepWantedAt } from './plan-schedule.ts';
import type { DatedStep } from './rebase.ts';
import type { TimeSettings } from './time-settings.ts';

/** Days the simulator looks ahead, the first one included. */
export const FLIGHT_DAYS = 90;

/** Two reminders closer than this arrive as good as together, in minutes; the spacing of plan steps. */
const COLLISION_MINUTES = 15;

/** Why a message does not come at the hour its plan asks for. */
export type ShiftReason = 'quiet_hours' | 'day_off' | 'clock_change' | 'spacing' | 'paused';

/** Another open reminder of the person. */
export interface OtherReminder {
  readonly id: number;
  readonly wanted: Temporal.Instant;
}

export interface FlightMessage {
  readonly stepId: number;
  /** What `accept_plan` stores and screens show. */
  readonly wanted: Temporal.Instant;
  /** When the message goes out: `wanted`, or the end of a pause. */
  readonly arrives: Temporal.Instant;
  /** What the plan alone asks for: the start, or the preferred hour of the step's day. */
  readonly asked: Temporal.Instant;
  readonly shift: ShiftReason | null;
  /** Reminders outside this plan that arrive within a quarter of an hour. */
  readonly collidesWith: readonly number[];
  /** Later than the days that are drawn. */
  readonly isBeyond: boolean;
}

/** A night in which the clocks of a zone change. */
export interface ClockChange {
  readonly zone: string;
  readonly at: Temporal.Instant;
  /** What the clocks show at that moment, by the old and by the new rule. */
  readonly from: Temporal.PlainDateTime;
  readonly to: Temporal.PlainDateTime;
}

export interface FlightDay {
  readonly date: Temporal.PlainDate;
  readonly isWorking: boolean;
  readonly hasClockChange: boolean;
  /** Steps that arrive on this local date, in order. */
  readonly stepIds: readonly number[];
}

export interface Flight {
  readonly messages: readonly FlightMessage[];
  readonly clockChanges: readonly ClockChange[];
  readonly days: readonly FlightDay[];
}

export interface FlightInput {
  /** The plan's beginning: now. */
  readonly start: Temporal.Instant;
  /** In plan order, `delay_days` counted from the start. */
  readonly steps: readonly { readonly step_id: number; readonly delay_days: number }[];
  readonly settings: TimeSettings;
  /** IANA zone of the lead, when it is known. */
  readonly leadZone: string | null;
  readonly others: readonly OtherReminder[];
  /** The person's pause; null = none. */
  readonly pausedUntil: Temporal.Instant | null;
}

/** Simulates a plan that begins at `start`. */
export function simulatePlan(input: FlightInput): Flight {
  const { start, steps, settings } = input;
  const instants = schedulePlan(start, steps, settings);
  const legs = steps.map((step, index): Leg => {
    const wanted = instants[index] ?? start;
    const asked = askedAt(start, step.delay_days, settings);
    return {
      stepId: step.step_id,
      wanted,
      asked,
      exact: false,
      shift: shiftOf(asked, wanted, { start, step, settings }),
    };
  });
  return fly(legs, input);
}

/** The flight of a plan that is running: its open reminders as they stand. `exact` ones mind no window. */
export function flightOfDates(
  dated: readonly (DatedStep & { readonly exact: boolean })[],
  frame: Omit<FlightInput, 'steps'>,
): Flight {
  const legs = dated.map(({ step_id: stepId, wanted, exact }): Leg => ({
    stepId,
    wanted,
    asked: wanted,
    exact,
    shift: null,
  }));
  return fly(legs, frame);
}

type Leg = Pick<FlightMessage, 'stepId' | 'wanted' | 'asked' | 'shift'> & { readonly exact: boolean };

function fly(legs: readonly Leg[], frame: Omit<FlightInput, 'steps'>): Flight {
  const { start, settings, others, pausedUntil } = frame;
  const firstDate = localDate(start, settings.zone);
  const end = atClock(firstDate.add({ days: FLIGHT_DAYS }), '00:00', settings.zone);
  const messages = legs.map(({ exact, ...leg }): FlightMessage => {
    const arrives = arrival(leg.wanted, exact, frame);
    const isMoved = isBefore(start, leg.wanted) && !arrives.equals(leg.wanted);
    const isPaused = pausedUntil !== null && isBefore(leg.wanted, pausedUntil);
    const shift = isPaused ? 'paused' : isMoved ? 'quiet_hours' : leg.shift;
    const collidesWith = others.filter((other) => isClose(other.wanted, arrives)).map((other) => other.id);
    return { ...leg, arrives, shift, collidesWith, isBeyond: !isBefore(arrives, end) };
  });
  const zones = new Set([settings.zone, ...(frame.leadZone === null ? [] : [frame.leadZone])]);
  const clockChanges = [...zones]
    .flatMap((zone) => clockChangesBetween(zone, start, end))
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return { messages, clockChanges, days: daysOf(firstDate, messages, clockChanges, settings) };
}

/** The nights between two instants in which the clocks of `zone` change. */
export function clockChangesBetween(
  zone: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): ClockChange[] {
  const changes: ClockChange[] = [];
  let at = from.toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || !isBefore(next.toInstant(), to)) return changes;
    const instant = next.toInstant();
    const before = instant.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).offsetNanoseconds;
    const local = next.toPlainDateTime();
    if (before !== next.offsetNanoseconds) {
      const old = local.add({ nanoseconds: before - next.offsetNanoseconds });
      changes.push({ zone, at: instant, from: old, to: local });
    }
    at = next;
  }
}

function askedAt(start: Temporal.Instant, delayDays: number, settings: TimeSettings): Temporal.Instant {
  if (delayDays === 0) return start;
  const date = localDate(start, settings.zone).add({ days: delayDays });
  return atClock(date, settings.preferredHour, settings.zone);
}

/**
 * When a message goes out, as the dispatcher decides it (`hold_back` in the migrations): what is late goes now, what falls
 * into a pause at its end, and what is not exact in the next window.
 */
function arrival(
  wanted: Temporal.Instant,
  exact: boolean,
  { start, pausedUntil, settings }: Omit<FlightInput, 'steps'>,
): Temporal.Instant {
  const due = later(wanted, start);
  const free = pausedUntil === null ? due : later(due, pausedUntil);
  return exact ? free : nextOpen(free, settings);
}

function shiftOf(
  asked: Temporal.Instant,
  wanted: Temporal.Instant,
  { start, step, settings }: Pick<FlightInput, 'start' | 'settings'> & { step: { delay_days: number } },
): ShiftReason | null {
  const { zone, preferredHour } = settings;
  const base = stepWantedAt(start, step.delay_days, settings);
  if (asked.equals(base)) {
    if (!wanted.equals(base)) return 'spacing';
    const isPreferredHour = asked.toZonedDateTimeISO(zone).toPlainTime().equals(preferredHour);
    // The night's gap swallowed the preferred hour: Temporal's "compatible" rule moved it on.
    return step.delay_days > 0 && !isPreferredHour ? 'clock_change' : null;
  }
  if (!isWorking(localDate(asked, zone), settings)) return 'day_off';
  return isAwake(asked, settings) ? 'clock_change' : 'quiet_hours';
}

function isClose(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Math.abs(a.epochMilliseconds - b.epochMilliseconds) < COLLISION_MINUTES * 60_000;
}

function isWorking(date: Temporal.PlainDate, { workingDays }: TimeSettings): boolean {
  return workingDays.length === 0 || workingDays.includes(date.dayOfWeek);
}

function daysOf(
  first: Temporal.PlainDate,
  messages: readonly FlightMessage[],
  changes: readonly ClockChange[],
  settings: TimeSettings,
): FlightDay[] {
  const arrivals = messages.map(({ stepId, arrives }) => ({
    stepId,
    date: localDate(arrives, settings.zone),
  }));
  const changing = new Set(changes.map(({ from }) => from.toPlainDate().toString()));
  return Array.from({ length: FLIGHT_DAYS }, (_, index) => {
    const date = first.add({ days: index });
    return {
      date,
      isWorking: isWorking(date, settings),
      hasClockChange: changing.has(date.toString()),
      stepIds: arrivals.filter((arrival) => arrival.date.equals(date)).map(({ stepId }) => stepId),
    };
  });
}
