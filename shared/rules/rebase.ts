/** What moving one step does to the rest of its plan, shown before it is done and then stored unchanged. */
import { atClock, isBefore, later, localDate, nextOpen } from './calendar.ts';
import { spacedAfter } from './plan-schedule.ts';
import type { TimeSettings } from './time-settings.ts';

/**
 * `keep_gaps`: every later step moves by as many days. `keep_dates`: only steps that would now come before the moved
 * one move. `squeeze`: the last day stays, gaps shrink in proportion.
 */
export type RebaseMode = 'keep_gaps' | 'keep_dates' | 'squeeze';

/** An open step of the plan and when it is wanted. */
export interface DatedStep {
  readonly step_id: number;
  readonly wanted: Temporal.Instant;
}

/**
 * New instants for all open steps of a plan; never decreasing. The moved step keeps the instant the person picked, also
 * in quiet hours, unless the step before it is later: then it takes that one's. Steps before it stay; later steps that
 * do move keep their local clock time and land in an open window.
 * @param steps open steps in plan order.
 * @param movedStepId must be among them, else RangeError.
 */
export function rebase(
  steps: readonly DatedStep[],
  movedStepId: number,
  newWanted: Temporal.Instant,
  mode: RebaseMode,
  settings: TimeSettings,
): DatedStep[] {
  const index = steps.findIndex((step) => step.step_id === movedStepId);
  const moved = steps[index];
  if (moved === undefined)
    throw new RangeError(`step ${movedStepId} is not among the open steps of the plan`);
  const before = steps.slice(0, index);
  const target = later(newWanted, before.at(-1)?.wanted ?? newWanted);
  const laterSteps = steps.slice(index + 1);
  const last = laterSteps.at(-1) ?? moved;
  const newDay = dayMover(moved.wanted, target, last.wanted, mode, settings.zone);

  const result: DatedStep[] = [...before, { step_id: moved.step_id, wanted: target }];
  let previous = target;
  for (const step of laterSteps) {
    const shifted = onDay(step.wanted, newDay(step.wanted), settings);
    // A step that keeps its instant may share it with the one before (one card), as the database allows too.
    const inOrder = shifted.equals(step.wanted) ? !isBefore(shifted, previous) : isBefore(previous, shifted);
    const wanted = inOrder ? shifted : spacedAfter(previous, shifted, settings);
    result.push({ step_id: step.step_id, wanted });
    previous = wanted;
  }
  return result;
}

/** What a move does, in the numbers its sheet tells. */
export interface RebaseEffect {
  /** Steps whose instant changes. */
  readonly movedStepIds: readonly number[];
  /** When the last open step is wanted afterwards. */
  readonly endsAt: Temporal.Instant;
  /** Local days by which every later step moves, when it is the same for all of them; null = it differs. */
  readonly laterDays: number | null;
}

/**
 * Compares a plan's open steps before and after.
 * @param before open steps in plan order, at least one; `after` is `rebase`'s answer for them.
 */
export function rebaseEffect(
  before: readonly DatedStep[],
  after: readonly DatedStep[],
  movedStepId: number,
  zone: string,
): RebaseEffect {
  const pairs = after.map((step, index) => ({ step, was: before[index]?.wanted ?? step.wanted }));
  const last = pairs.at(-1);
  if (last === undefined) throw new RangeError('A rebase needs at least one open step.');
  const laterPairs = pairs.slice(pairs.findIndex(({ step }) => step.step_id === movedStepId) + 1);
  const days = new Set(
    laterPairs.map(({ step, was }) => localDate(was, zone).until(localDate(step.wanted, zone)).days),
  );
  const [only = null] = days;
  return {
    movedStepIds: pairs.filter(({ step, was }) => !step.wanted.equals(was)).map(({ step }) => step.step_id),
    endsAt: last.step.wanted,
    laterDays: days.size === 1 ? only : null,
  };
}

/**
 * Whether a later move of one step passes the step after it, so that the person is asked how the rest follows. Two steps
 * may share an instant.
 * @param steps open steps in plan order.
 */
export function passesNextStep(
  steps: readonly DatedStep[],
  movedStepId: number,
  target: Temporal.Instant,
): boolean {
  const place = steps.findIndex(({ step_id: id }) => id === movedStepId);
  const [moved, next] = [steps[place], steps[place + 1]];
  return (
    moved !== undefined &&
    next !== undefined &&
    isBefore(moved.wanted, target) &&
    isBefore(next.wanted, target)
  );
}

/** One way a plan can follow a moved step. */
export interface RebaseOption {
  readonly mode: RebaseMode;
  /** All open steps in plan order, at their new instants. */
  readonly after: readonly DatedStep[];
  readonly effect: RebaseEffect;
}

const MODES: readonly RebaseMode[] = ['keep_gaps', 'keep_dates', 'squeeze'];

/**
 * The three ways, each with its dates and what it does.
 * @param steps open steps in plan order; the moved one is among them.
 */
export function rebaseOptions(
  steps: readonly DatedStep[],
  movedStepId: number,
  target: Temporal.Instant,
  settings: TimeSettings,
): RebaseOption[] {
  return MODES.map((mode) => {
    const after = rebase(steps, movedStepId, target, mode, settings);
    return { mode, after, effect: rebaseEffect(steps, after, movedStepId, settings.zone) };
  });
}

/** Moves an instant to another local date at its own clock time; one that stays on its date is not touched. */
function onDay(wanted: Temporal.Instant, date: Temporal.PlainDate, settings: TimeSettings): Temporal.Instant {
  const local = wanted.toZonedDateTimeISO(settings.zone);
  if (local.toPlainDate().equals(date)) return wanted;
  return nextOpen(atClock(date, local.toPlainTime().toString(), settings.zone), settings);
}

function dayMover(
  oldWanted: Temporal.Instant,
  newWanted: Temporal.Instant,
  lastWanted: Temporal.Instant,
  mode: RebaseMode,
  zone: string,
): (wanted: Temporal.Instant) => Temporal.PlainDate {
  if (mode === 'keep_dates') return (wanted) => localDate(wanted, zone);
  const oldDay = localDate(oldWanted, zone);
  const newDay = localDate(newWanted, zone);
  const daysAfterOld = (wanted: Temporal.Instant): number => oldDay.until(localDate(wanted, zone)).days;
  if (mode === 'keep_gaps') return (wanted) => newDay.add({ days: daysAfterOld(wanted) });
  const oldSpan = daysAfterOld(lastWanted);
  const newSpan = Math.max(0, newDay.until(localDate(lastWanted, zone)).days);
  const ratio = oldSpan > 0 ? newSpan / oldSpan : 0;
  return (wanted) => newDay.add({ days: Math.round(daysAfterOld(wanted) * ratio) });
}
