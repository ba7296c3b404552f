/** What can be changed about a plan and what is known of a step's past, as types only; more calls are in ports.ts (`PlanStore`). */
import type { StepChange } from '../../shared/contracts/plans.ts';
import type { WhyFacts } from '../../shared/rules/why-now.ts';
import type { PlanRow } from '../../shared/schemas/plan.ts';
import type { ReminderRow } from '../../shared/schemas/reminder.ts';

/** One change of a plan's steps or pace. Numbers of steps are those of the plan as the person sees it. */
export type PlanEdit =
  | { readonly kind: 'change'; readonly step: number; readonly change: StepChange }
  /** Behind step `after`; 0 = first. */
  | { readonly kind: 'add'; readonly after: number; readonly step: StepChange }
  | { readonly kind: 'remove'; readonly step: number }
  | { readonly kind: 'move'; readonly step: number; readonly to: number }
  | { readonly kind: 'pace'; readonly pace: PlanRow['pace'] }
  | { readonly kind: 'revert'; readonly version: number };

/** What happened to a reminder: the part of a "Why now?" that its own row does not hold. */
export type ReminderStory = Pick<WhyFacts, 'planStart' | 'trigger' | 'events'>;

/** The past of the person's reminders; part of `PersonStore`. */
export interface StoryStore {
  reminderStory(reminder: Pick<ReminderRow, 'id' | 'plan_id' | 'step_id'>): Promise<ReminderStory>;
}
