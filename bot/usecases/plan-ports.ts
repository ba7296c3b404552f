/** What changing a plan needs of the database, as types only. */
import type { PlanEditAnswer, PlanVersion, StepChange } from '../../shared/contracts/plans.ts';
import type { NewPlan, PlanRow } from '../../shared/schemas/plan.ts';
import type { ReminderRow } from '../../shared/schemas/reminder.ts';
import type { Answer } from './ports.ts';

/** One change of a plan's steps or pace. Numbers of steps are those of the plan as the person sees it. */
export type PlanEdit =
  | { readonly kind: 'change'; readonly step: number; readonly change: StepChange }
  /** Behind step `after`; 0 = first. */
  | { readonly kind: 'add'; readonly after: number; readonly step: StepChange }
  | { readonly kind: 'remove'; readonly step: number }
  | { readonly kind: 'move'; readonly step: number; readonly to: number }
  | { readonly kind: 'pace'; readonly pace: PlanRow['pace'] }
  | { readonly kind: 'revert'; readonly version: number };

/** The person's plans; part of `PersonStore`. */
export interface PlanStore {
  /** @param expected the version the person was looking at; another one by now is refused as `PLAN_CHANGED`. */
  editPlan(
    actionId: string,
    planId: number,
    edit: PlanEdit,
    expected: number,
  ): Promise<Answer<PlanEditAnswer>>;
  /** A further draft for a lead. */
  proposePlan(actionId: string, leadId: number, plan: NewPlan): Promise<Answer<{ readonly planId: number }>>;
  /** The id of the lead's running plan; null = none runs. */
  runningPlan(leadId: number): Promise<number | null>;
  /** All reminders there ever were of the plan, oldest first. */
  planReminders(planId: number): Promise<readonly ReminderRow[]>;
  /** Newest first; none before the first change. */
  planVersions(planId: number): Promise<readonly PlanVersion[]>;
}
