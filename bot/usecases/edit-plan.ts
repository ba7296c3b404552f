/** One change of a plan, and the plan as it stands then. */
import type { PlanEditAnswer } from '../../shared/contracts/plans.ts';
import { nextOpen } from '../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { PlanEdit } from './plan-ports.ts';
import type { PersonStore, Refusal } from './ports.ts';
import { readPlanSteps, type PlanQuestion, type PlanSteps } from './read-plan-steps.ts';

/** `shift`: by so many days, earlier or later, at the same time of day. */
export type PlanEditRequest =
  PlanEdit | { readonly kind: 'shift'; readonly step: number; readonly days: number };

export type EditPlanOutcome =
  | { readonly kind: 'edited'; readonly answer: PlanEditAnswer; readonly view: PlanSteps }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Changes the plan once per `actionId`, however often it is called.
 * @param input `expected`: the version the person was looking at.
 * @throws what the store throws when the database cannot be asked.
 */
export async function editPlan(
  store: PersonStore,
  input: PlanQuestion & {
    readonly actionId: string;
    readonly expected: number;
    readonly edit: PlanEditRequest;
  },
): Promise<EditPlanOutcome> {
  const edit = await plainEdit(store, input);
  const answer = await store.editPlan(input.actionId, input.planId, edit, input.expected);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const view = await readPlanSteps(store, input);
  return view.ok
    ? { kind: 'edited', answer: answer.value, view: view.value }
    : { kind: 'refused', refusal: view.refusal };
}

/** A shift in days is a date for a reminder that has one, and another day in the plan for everything else. */
export async function plainEdit(
  store: PersonStore,
  input: PlanQuestion & { readonly edit: PlanEditRequest },
): Promise<PlanEdit> {
  const { edit } = input;
  if (edit.kind !== 'shift') return edit;
  const found = await readPlanSteps(store, input);
  const step = found.ok ? found.value.steps.find(({ row }) => row.step_id === edit.step) : undefined;
  // Gone or not the person's own: the database says so in its own words.
  if (!found.ok || step === undefined) return { kind: 'change', step: edit.step, change: {} };
  if (step.state === 'waiting' || step.at === null) {
    const days = Math.max(0, step.row.delay_days + edit.days);
    return { kind: 'change', step: edit.step, change: { delay_days: days } };
  }
  const settings = timeSettingsOf(input.person);
  const moved = step.at.toZonedDateTimeISO(settings.zone).add({ days: edit.days }).toInstant();
  const wanted = step.isPicked ? moved : nextOpen(moved, settings);
  return {
    kind: 'change',
    step: edit.step,
    change: { wanted_at: wanted.toString(), exact: step.isPicked },
  };
}
