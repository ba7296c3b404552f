/** What makes a repaired plan unusable: reasons to ask the planner again, at most twice (product.md, system A). */
import {
  INVITATION_LIMIT,
  MAX_DELAY_DAYS,
  DESCRIPTION_LIMIT,
  DRAFT_LIMIT,
  MAX_STEPS,
  MIN_STEPS,
  type PlanStep,
} from '../../../shared/schemas/plan.ts';

export type PlanProblem =
  | { readonly kind: 'too_few_steps' | 'too_many_steps'; readonly count: number }
  | { readonly kind: 'long_invitation'; readonly step_id: number; readonly codePoints: number }
  | { readonly kind: 'long_delay'; readonly step_id: number; readonly delay_days: number }
  | {
      readonly kind: 'long_description' | 'long_draft';
      readonly step_id: number;
      readonly characters: number;
    }
  | { readonly kind: 'empty_description'; readonly step_id: number };

/** Every problem of the plan, none when it can be shown to a person. */
export function findPlanProblems(steps: readonly PlanStep[]): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (steps.length < MIN_STEPS) problems.push({ kind: 'too_few_steps', count: steps.length });
  if (steps.length > MAX_STEPS) problems.push({ kind: 'too_many_steps', count: steps.length });
  for (const { step_id, action_type, description, suggested_text, delay_days } of steps) {
    const codePoints = codePointLength(suggested_text ?? '');
    if (action_type === 'linkedin_connect' && codePoints >= INVITATION_LIMIT) {
      problems.push({ kind: 'long_invitation', step_id, codePoints });
    }
    if (description.length > DESCRIPTION_LIMIT) {
      problems.push({ kind: 'long_description', step_id, characters: description.length });
    }
    const characters = suggested_text?.length ?? 0;
    if (characters > DRAFT_LIMIT) problems.push({ kind: 'long_draft', step_id, characters });
    if (delay_days > MAX_DELAY_DAYS) problems.push({ kind: 'long_delay', step_id, delay_days });
    if (description.trim() === '') problems.push({ kind: 'empty_description', step_id });
  }
  return problems;
}

/** Length as SQL and Telegram's people count it: an emoji beyond the basic plane is one. */
export function codePointLength(text: string): number {
  return Array.from(text).length;
}
