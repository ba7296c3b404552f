/** A plan's steps one by one: what became of each, when it is wanted and whether it can still be changed. */
import type { OldDiffStep, StepOutcome } from '../../shared/rules/plan-diff.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { MadePlanRow } from '../../shared/schemas/plan-origin.ts';
import type { StepRow } from '../../shared/schemas/plan.ts';
import type { ReminderRow, ReminderStatus } from '../../shared/schemas/reminder.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import type { Answer, PersonStore } from './ports.ts';
import { previewSteps } from './preview-plan.ts';

export interface PlanStepView {
  readonly row: StepRow;
  /** The state of its reminder; `waiting`: it has none. */
  readonly state: ReminderStatus | 'waiting';
  /** When it is wanted, or when it was finished; null = it waits for the one before it. */
  readonly at: Temporal.Instant | null;
  readonly draft: string | null;
  /** The person picked this very instant. */
  readonly isPicked: boolean;
  /** Done, skipped or cancelled: it stays as it is. */
  readonly isOver: boolean;
  /** Another step may take its place (dispatch.md: what was sent or picked never changes by itself). */
  readonly isMovable: boolean;
}

export interface PlanSteps {
  readonly plan: MadePlanRow;
  readonly lead: LeadRow;
  readonly steps: readonly PlanStepView[];
}

export interface PlanQuestion {
  readonly planId: number;
  readonly person: UserRow;
  readonly now: Temporal.Instant;
}

/**
 * One plan of the person. Somebody else's is not found, like a missing one.
 * @throws what the store throws when the database cannot be asked.
 */
export async function readPlanSteps(
  store: PersonStore,
  { planId, person, now }: PlanQuestion,
): Promise<Answer<PlanSteps>> {
  const found = await store.plan(planId);
  const lead = found === null ? null : await store.lead(found.plan.lead_id);
  if (found === null || lead === null) {
    const message = `There is no plan ${planId} of yours.`;
    return { ok: false, refusal: { code: 'PLAN_NOT_FOUND', message, detail: { id: planId } } };
  }
  const { plan, steps } = found;
  if (plan.status === 'draft') {
    const planned = previewSteps(steps, timeSettingsOf(person), now);
    const isDated = (index: number): boolean => plan.pace === 'fixed_dates' || index === 0;
    const views = steps.map((row, index) =>
      waiting(row, isDated(index) ? planned[index]?.wantedAt : undefined),
    );
    return { ok: true, value: { plan, lead, steps: views } };
  }
  const reminders = await store.planReminders(planId);
  return { ok: true, value: { plan, lead, steps: steps.map((row) => viewOf(row, reminders)) } };
}

function waiting(row: StepRow, at: Temporal.Instant | undefined): PlanStepView {
  const draft = row.suggested_text;
  return {
    row,
    state: 'waiting',
    at: at ?? null,
    draft,
    isPicked: false,
    isOver: false,
    isMovable: true,
  };
}

function viewOf(row: StepRow, reminders: readonly ReminderRow[]): PlanStepView {
  const own = reminders.filter(({ step_id: step }) => step === row.step_id);
  const live = own.find(({ status }) => status === 'pending' || status === 'sent');
  const reminder = live ?? own.at(-1);
  if (reminder === undefined) {
    return waiting(
      row,
      row.next_step_ready_at === null ? undefined : Temporal.Instant.from(row.next_step_ready_at),
    );
  }
  const { status } = reminder;
  const isOver = status === 'completed' || status === 'skipped' || status === 'cancelled';
  const finished = reminder.completed_at ?? (isOver ? reminder.updated_at : null);
  const isPicked = status === 'pending' && reminder.exact;
  return {
    row,
    state: status,
    at: Temporal.Instant.from(finished ?? reminder.wanted_at),
    draft: isOver ? row.suggested_text : reminder.draft_text,
    isPicked,
    isOver,
    isMovable: status === 'pending' && reminder.reminder_count === 0 && !isPicked,
  };
}

const OUTCOMES: Readonly<Record<PlanStepView['state'], StepOutcome>> = {
  waiting: 'not_started',
  pending: 'open',
  sent: 'open',
  failed: 'open',
  completed: 'done',
  skipped: 'skipped',
  cancelled: 'cancelled',
};

/** The step as planDiff compares it. */
export function diffStep({ row, at, draft, state }: PlanStepView): OldDiffStep {
  return {
    id: row.id,
    action_type: row.action_type,
    description: row.description,
    suggested_text: draft,
    wantedAt: at,
    outcome: OUTCOMES[state],
  };
}

/** Where a step goes when it is moved one place up (-1) or down (1); null = nowhere. */
export function nextPlace(steps: readonly PlanStepView[], stepId: number, direction: 1 | -1): number | null {
  const order = direction === 1 ? steps : steps.toReversed();
  const passed = (id: number): boolean => (direction === 1 ? id > stepId : id < stepId);
  return order.find(({ row, isMovable }) => isMovable && passed(row.step_id))?.row.step_id ?? null;
}
