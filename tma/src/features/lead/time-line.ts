/** A plan as a time line: what is done, what comes next, what is later, and who set each step going. */
import type { LeadPage, PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { StepRow } from '../../../../shared/schemas/plan.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';

/** `waiting`: a step of a plan paced "after I finish the previous step" that has no date yet. */
export type StepState = 'done' | 'skipped' | 'cancelled' | 'failed' | 'next' | 'late' | 'later' | 'waiting';

export interface TimeLineItem {
  readonly step: StepRow;
  /** The step's live reminder, else its newest; null = it has none yet. */
  readonly reminder: ReminderRow | null;
  readonly state: StepState;
  /** When it was finished, else when it is wanted; null = not known. */
  readonly at: Temporal.Instant | null;
}

/** The steps of a running plan in order. */
export function timeLine(
  plan: PlanWithSteps,
  reminders: readonly ReminderRow[],
  now: Temporal.Instant,
  zone: string,
): TimeLineItem[] {
  const ofPlan = reminders.filter((reminder) => reminder.plan_id === plan.id);
  const items = plan.steps.map((step) => ({ step, reminder: reminderOf(ofPlan, step.step_id) }));
  const current = items.find(({ reminder }) => reminder !== null && isStanding(reminder))?.step.step_id;
  return items.map(({ step, reminder }) => {
    if (reminder === null) return { step, reminder, state: 'waiting', at: null };
    const wanted = Temporal.Instant.from(reminder.wanted_at);
    const finished = reminder.completed_at ?? (isOpen(reminder.status) ? null : reminder.updated_at);
    const at = finished === null ? wanted : Temporal.Instant.from(finished);
    const isLate = isBefore(wanted, now) && formatLateness(wanted, now, zone, 'en') !== null;
    return { step, reminder, state: stateOf(reminder, step.step_id === current, isLate), at };
  });
}

/**
 * The steps of a plan that waits for a yes.
 * @param wanted when each would be wanted if the plan began now.
 */
export function draftLine(plan: PlanWithSteps, wanted: readonly Temporal.Instant[]): TimeLineItem[] {
  return plan.steps.map((step, index) => {
    const at = plan.pace === 'after_previous' && index > 0 ? null : (wanted[index] ?? null);
    return { step, reminder: null, state: 'waiting', at };
  });
}

/** Steps that are behind: done or skipped. */
export function finishedSteps(items: readonly TimeLineItem[]): number {
  return items.filter(({ state }) => state === 'done' || state === 'skipped').length;
}

/** The step whose turn it is; null = none is open. */
export function currentItem(items: readonly TimeLineItem[]): TimeLineItem | null {
  return items.find(({ reminder }) => reminder !== null && isOpen(reminder.status)) ?? null;
}

/** The running plan and the draft of a lead's page. */
export function plansOf({ plans }: Pick<LeadPage, 'plans'>): {
  readonly active: PlanWithSteps | null;
  readonly draft: PlanWithSteps | null;
} {
  const withStatus = (status: PlanWithSteps['status']): PlanWithSteps | null =>
    plans.find((plan) => plan.status === status) ?? null;
  return { active: withStatus('active'), draft: withStatus('draft') };
}

function reminderOf(reminders: readonly ReminderRow[], stepId: number): ReminderRow | null {
  const own = reminders.filter((reminder) => reminder.step_id === stepId).toSorted((a, b) => b.id - a.id);
  return own.find((reminder) => isOpen(reminder.status)) ?? own[0] ?? null;
}

/** Open, or refused by Telegram and waiting to come back. */
function isStanding({ status }: ReminderRow): boolean {
  return isOpen(status) || status === 'failed';
}

function stateOf(reminder: ReminderRow, isCurrent: boolean, isLate: boolean): StepState {
  switch (reminder.status) {
    case 'completed':
      return 'done';
    case 'skipped':
    case 'cancelled':
    case 'failed':
      return reminder.status;
    case 'pending':
    case 'sent':
      if (isLate) return 'late';
      return isCurrent ? 'next' : 'later';
  }
}
