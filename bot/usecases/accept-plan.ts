/** A proposed plan begins: every step becomes a reminder, at dates computed now from the steps as stored. */
import type { AcceptPlanAnswer } from '../../shared/contracts/actions.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { previewPlan, type PlanView } from './preview-plan.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type AcceptOutcome =
  | { readonly kind: 'started' | 'already'; readonly answer: AcceptPlanAnswer; readonly view: PlanView }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Starts the plan once, however often it is called.
 * @throws what the store throws when the database cannot be asked.
 */
export async function acceptPlan(
  store: PersonStore,
  input: {
    readonly actionId: string;
    readonly planId: number;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<AcceptOutcome> {
  const view = await previewPlan(store, input);
  if (!view.ok) return { kind: 'refused', refusal: view.refusal };
  const schedule = view.value.steps.map((step) => ({
    step_id: step.step_id,
    wanted_at: step.wantedAt.toString(),
  }));
  const answer = await store.acceptPlan(input.actionId, input.planId, schedule);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  return { kind: answer.value.already ? 'already' : 'started', answer: answer.value, view: view.value };
}
