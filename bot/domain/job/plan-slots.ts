/**
 * Which slots of a job run now, which are left out and why, and when the next one is. Pure: the same job and instant give
 * the same answer on every worker, so that whoever writes it first writes what the others would have.
 */
import type { JobRow } from '../../../shared/schemas/job.ts';
import { readCron } from './cron.ts';
import type { CronRule } from './cron.ts';

/** A slot that nobody took for so long counts as missed: nobody was working. Milliseconds. */
const MISSED_AFTER_MS = 60_000;
/** Missed slots that are written down, the newest; there may have been a million. */
const RECORDED_SKIPS = 20;
/** How far back to look for the newest slots, tried in turn: an expression may fire each second or each leap year. */
const LOOK_BACK_HOURS = [1 / 60, 1, 24, 31 * 24, 400 * 24, 9 * 366 * 24];

/** A slot that has come. `reason`: why it does not run, in words. */
export type SlotDecision =
  | { readonly at: string; readonly run: true }
  | { readonly at: string; readonly run: false; readonly reason: string };

/** What decides about a job's slots. */
export type SlotRules = Pick<
  JobRow,
  | 'type'
  | 'schedule'
  | 'timezone'
  | 'catch_up'
  | 'catch_up_limit'
  | 'catch_up_window_ms'
  | 'max_executions'
  | 'ends_at'
  | 'slot_count'
  | 'skip_before'
> & { readonly next_run: string };

export interface SlotPlan {
  /** Oldest first. */
  readonly slots: readonly SlotDecision[];
  /** Null = there will be no further slot. */
  readonly next: string | null;
}

/**
 * Decides about everything that was due by `now`.
 * @throws Error when the stored expression cannot be read: it was checked when the job was scheduled.
 */
export function planSlots(job: SlotRules, now: Temporal.Instant): SlotPlan {
  // One time is one time, however late, and whatever pause lay between.
  if (job.schedule === null) return { slots: [{ at: job.next_run, run: true }], next: null };
  const reading = readCron(job.schedule);
  if (!reading.ok) throw new Error(reading.problem);
  const due = dueSlots(reading.rule, job, now);
  const chosen = choose(job, due, now);
  const left = job.max_executions === null ? Infinity : Math.max(0, job.max_executions - job.slot_count);
  const running = new Set(chosen.slice(0, left).map(String));
  const skipped = due.filter((slot) => !running.has(slot.toString())).slice(-RECORDED_SKIPS);
  const recorded = new Set(skipped.map(String));
  const slots = due.flatMap((slot): SlotDecision[] => {
    const at = slot.toString();
    if (running.has(at)) return [{ at, run: true }];
    return recorded.has(at) ? [{ at, run: false, reason: reasonOf(job, slot, now) }] : [];
  });
  return {
    slots,
    next: left - running.size <= 0 ? null : (nextSlot(reading.rule, job, now)?.toString() ?? null),
  };
}

/** The first slot after `after`; null when the job's end comes before it. */
export function nextSlot(
  rule: CronRule,
  job: Pick<JobRow, 'timezone' | 'ends_at'>,
  after: Temporal.Instant,
): Temporal.Instant | null {
  const next = rule.next(after, job.timezone);
  return next !== null && isWithin(job, next) ? next : null;
}

function isWithin(job: Pick<JobRow, 'ends_at'>, slot: Temporal.Instant): boolean {
  return job.ends_at === null || Temporal.Instant.compare(slot, Temporal.Instant.from(job.ends_at)) <= 0;
}

/** The newest slots that have come, oldest first: as many as can matter. */
function dueSlots(rule: CronRule, job: SlotRules, now: Temporal.Instant): Temporal.Instant[] {
  const planned = Temporal.Instant.from(job.next_run);
  const pausedUntil = job.skip_before === null ? planned : Temporal.Instant.from(job.skip_before);
  const wasPaused = job.skip_before !== null && Temporal.Instant.compare(planned, pausedUntil) <= 0;
  const first = wasPaused ? pausedUntil : planned;
  const needed = job.catch_up_limit + RECORDED_SKIPS;
  for (const hours of LOOK_BACK_HOURS) {
    const start = later(first, now.subtract({ milliseconds: Math.round(hours * 3_600_000) }));
    const slots: Temporal.Instant[] = [];
    // One millisecond earlier: the first slot itself is one of them.
    let slot = rule.next(start.subtract({ milliseconds: 1 }), job.timezone);
    while (slot !== null && Temporal.Instant.compare(slot, now) <= 0 && isWithin(job, slot)) {
      slots.push(slot);
      slot = rule.next(slot, job.timezone);
    }
    const isAll = start.equals(first);
    if (!isAll && slots.length < needed) continue;
    // An operator may have set next_run by hand to an instant the expression does not know.
    if (isAll && !wasPaused && slots[0]?.equals(planned) !== true && isWithin(job, planned))
      slots.unshift(planned);
    return slots.slice(-needed);
  }
  return [];
}

/** The slots that run, by the catch-up policy: only the newest can be on time, all others were missed. */
function choose(
  job: SlotRules,
  due: readonly Temporal.Instant[],
  now: Temporal.Instant,
): readonly Temporal.Instant[] {
  const newest = due.at(-1);
  if (newest === undefined) return [];
  const onTime = ageMs(newest, now) <= MISSED_AFTER_MS ? [newest] : [];
  if (job.catch_up === 'skip') return onTime;
  const inWindow = due.filter((slot) => ageMs(slot, now) <= job.catch_up_window_ms);
  const madeUp = inWindow.slice(job.catch_up === 'once' ? -1 : -job.catch_up_limit);
  return madeUp.length > 0 ? madeUp : onTime;
}

function reasonOf(job: SlotRules, slot: Temporal.Instant, now: Temporal.Instant): string {
  const late = `nobody was working at its time (${Math.round(ageMs(slot, now) / 1000)} s ago)`;
  if (job.catch_up === 'skip') return `Missed: ${late}; this job makes nothing up.`;
  if (ageMs(slot, now) > job.catch_up_window_ms) {
    return `Missed: ${late}, longer than this job's window of ${job.catch_up_window_ms / 1000} s.`;
  }
  return job.catch_up === 'once'
    ? `Missed: ${late}; a later slot is made up for it.`
    : `Missed: ${late}; this job makes up for ${job.catch_up_limit} slots at most.`;
}

function ageMs(slot: Temporal.Instant, now: Temporal.Instant): number {
  return now.epochMilliseconds - slot.epochMilliseconds;
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
}
