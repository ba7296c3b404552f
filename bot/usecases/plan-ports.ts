/** What can be changed about a plan, as types only; the calls are in ports.ts (`PlanStore`). */
import type { StepChange } from '../../shared/contracts/plans.ts';
import type { PlanRow } from '../../shared/schemas/plan.ts';

/** One change of a plan's steps or pace. Numbers of steps are those of the plan as the person sees it. */
export type PlanEdit =
  | { readonly kind: 'change'; readonly step: number; readonly change: StepChange }
  /** Behind step `after`; 0 = first. */
  | { readonly kind: 'add'; readonly after: number; readonly step: StepChange }
  | { readonly kind: 'remove'; readonly step: number }
  | { readonly kind: 'move'; readonly step: number; readonly to: number }
  | { readonly kind: 'pace'; readonly pace: PlanRow['pace'] }
  | { readonly kind: 'revert'; readonly version: number };
