/** What a person does with a plan: begin it, drop it, change its steps. Every change names the version it was made on. */
import type { Database } from '@insforge/sdk';
import { acceptPlanAnswerSchema, discardPlanAnswerSchema } from '../../../../shared/contracts/actions.ts';
import { planEditAnswerSchema } from '../../../../shared/contracts/plans.ts';
import type { PlanEditAnswer, StepChange } from '../../../../shared/contracts/plans.ts';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { schedulePlan } from '../../../../shared/rules/plan-schedule.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import type { Outcome } from '../../session/outcome.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';

/** A change of a plan: the function's name, what it takes, and what it is called. */
export type PlanEdit =
  | { readonly kind: 'edit_step'; readonly p_step_id: number; readonly p_change: StepChange }
  | { readonly kind: 'add_step'; readonly p_after: number; readonly p_step: StepChange }
  | { readonly kind: 'remove_step'; readonly p_step_id: number }
  | { readonly kind: 'move_step'; readonly p_step_id: number; readonly p_to: number }
  | { readonly kind: 'set_plan_pace'; readonly p_pace: PlanWithSteps['pace'] }
  | { readonly kind: 'revert_plan'; readonly p_version: number };

export function usePlanActions(plan: PlanWithSteps) {
  const { database, clock, user } = useSession();
  const settings = useTimeSettings();
  const { perform } = useActions();
  const say = useTexts();

  return {
    /** Begins a draft at the dates the planner gives it now, which are the simulator's. */
    accept: (): Promise<Outcome<unknown> | null> => {
      return perform({
        call: (actionId) => {
          const wanted = schedulePlan(clock.now(), plan.steps, settings);
          const schedule = plan.steps.map((step, index) => ({
            step_id: step.step_id,
            wanted_at: (wanted[index] ?? clock.now()).toString(),
          }));
          const parameters = { p_action_id: actionId, p_plan_id: plan.id, p_schedule: schedule };
          return callFunction(
            database,
            'accept_plan',
            { ...parameters, p_source: SOURCE },
            acceptPlanAnswerSchema,
          );
        },
        said: (answer) => {
          const first = answer?.reminders[0];
          if (first === undefined) return say('did-start-plan');
          const at = Temporal.Instant.from(first.wanted_at);
          const when = formatWhen(at, clock.now(), user.zone, user.language, { withWeekday: true });
          return say('did-start-plan-first', { when });
        },
      });
    },
    discard: (): Promise<Outcome<unknown> | null> => {
      return perform({
        call: (actionId) =>
          callFunction(
            database,
            'discard_plan',
            { p_action_id: actionId, p_plan_id: plan.id },
            discardPlanAnswerSchema,
          ),
        said: () => say('did-discard-plan'),
        canUndo: false,
      });
    },
    edit: (change: PlanEdit): Promise<Outcome<PlanEditAnswer> | null> => {
      return perform({
        call: (actionId) => editPlan(database, actionId, plan, change),
        said: (answer) => {
          const what = say('did-edit-plan', { type: change.kind });
          // The step's own date is what was asked for; the others followed.
          const followed =
            answer === null ? 0 : answer.moved.filter((row) => row.step_id !== answer.step_id).length;
          return followed === 0 ? what : say('did-and-followed', { what, count: followed });
        },
      });
    },
  };
}

async function editPlan(
  database: Database,
  actionId: string,
  plan: PlanWithSteps,
  { kind, ...own }: PlanEdit,
): Promise<Outcome<PlanEditAnswer>> {
  const shared = { p_action_id: actionId, p_plan_id: plan.id, p_expected: plan.version, p_source: SOURCE };
  return callFunction(database, kind, { ...shared, ...own }, planEditAnswerSchema);
}
