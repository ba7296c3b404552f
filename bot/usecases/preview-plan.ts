/** A plan with the dates it would get if it began now: what its card shows before it is accepted. */
import { schedulePlan } from '../../shared/rules/plan-schedule.ts';
import { timeSettingsOf, type TimeSettings } from '../../shared/rules/time-settings.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { MadePlanRow } from '../../shared/schemas/plan-origin.ts';
import type { PlanStep, StepRow } from '../../shared/schemas/plan.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import type { Answer, PersonStore } from './ports.ts';

export type PlannedStep = Pick<PlanStep, 'step_id' | 'action_type' | 'description' | 'suggested_text'> & {
  readonly wantedAt: Temporal.Instant;
};

export interface PlanView {
  readonly plan: MadePlanRow;
  readonly lead: LeadRow;
  readonly steps: readonly PlannedStep[];
}

/** Steps with the instants they would be wanted at. */
export function previewSteps(
  steps: readonly (Omit<PlannedStep, 'wantedAt'> & Pick<StepRow, 'delay_days'>)[],
  settings: TimeSettings,
  now: Temporal.Instant,
): PlannedStep[] {
  const instants = schedulePlan(now, steps, settings);
  return steps.map((step, index) => ({ ...step, wantedAt: instants[index] ?? now }));
}

/** One plan of the person with its lead. Somebody else's is not found, like a missing one. */
export async function previewPlan(
  store: PersonStore,
  input: { readonly planId: number; readonly person: UserRow; readonly now: Temporal.Instant },
): Promise<Answer<PlanView>> {
  const found = await store.plan(input.planId);
  const lead = found === null ? null : await store.lead(found.plan.lead_id);
  if (found === null || lead === null) {
    const message = `There is no plan ${input.planId} of yours.`;
    return { ok: false, refusal: { code: 'PLAN_NOT_FOUND', message, detail: { id: input.planId } } };
  }
  const steps = previewSteps(found.steps, timeSettingsOf(input.person), input.now);
  return { ok: true, value: { plan: found.plan, lead, steps } };
}
