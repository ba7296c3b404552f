/** Moving a step past the next one of its plan: the ways the rest can follow, and storing the one that was chosen. */
import type { RebaseAnswer } from '../../shared/contracts/rebase.ts';
import {
  passesNextStep,
  rebaseOptions,
  type DatedStep,
  type RebaseOption,
} from '../../shared/rules/rebase.ts';
import { isOpen } from '../../shared/rules/reminder-states.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { readReminder, type ReminderView } from './act-on-reminder.ts';
import type { Answer, PersonStore } from './ports.ts';

/** An open step with its reminder and what it says. */
export interface OpenStep extends DatedStep {
  readonly reminderId: number;
  readonly title: string | null;
}

/** Where a reminder goes. `exact`: an instant the person picked, which quiet hours do not move. */
export interface MoveTarget {
  readonly until: Temporal.Instant;
  readonly exact: boolean;
}

/** A move that passes the plan's next step, with what each way makes of the steps behind it. */
export interface RebaseChoice {
  readonly view: ReminderView;
  readonly planId: number;
  /** The plan's open steps in order; the moved one is `moved`. */
  readonly steps: readonly OpenStep[];
  readonly moved: OpenStep;
  readonly target: MoveTarget;
  /** Each with other dates than the ones before it. */
  readonly options: readonly RebaseOption[];
}

/**
 * What there is to choose when a reminder moves; null when nothing is in its way: it is no step of a plan, not open, or
 * does not come after the next step (two may share an instant). Reads only.
 * @throws what the store throws when the database cannot be asked.
 */
export async function findRebase(
  store: PersonStore,
  input: { readonly id: number; readonly target: MoveTarget; readonly person: UserRow },
): Promise<RebaseChoice | null> {
  const found = await readReminder(store, input.id);
  if (!found.ok || !isOpen(found.value.reminder.status)) return null;
  const { plan_id: planId, step_id: stepId } = found.value.reminder;
  if (planId === null || stepId === null) return null;
  const steps = await openSteps(store, planId);
  const moved = steps.find(({ reminderId }) => reminderId === input.id);
  const { until } = input.target;
  if (moved === undefined || !passesNextStep(steps, stepId, until)) return null;
  const options = rebaseOptions(steps, stepId, until, timeSettingsOf(input.person));
  return { view: found.value, planId, steps, moved, target: input.target, options: distinct(options) };
}

/** Stores one way of a choice unchanged, once per `actionId`. */
export function storeRebase(
  store: PersonStore,
  actionId: string,
  { planId, steps, moved, target }: RebaseChoice,
  option: RebaseOption,
): Promise<Answer<RebaseAnswer>> {
  const schedule = option.after.map(({ step_id: step, wanted }, index) => ({
    id: steps[index]?.reminderId ?? 0,
    wanted_at: wanted.toString(),
    exact: target.exact && step === moved.step_id && wanted.equals(target.until),
  }));
  return store.rebasePlan(actionId, planId, schedule);
}

/**
 * What the action stored when this very update was worked on before; null = nothing. Dates that name no step are refused
 * for an action that is new, so this changes nothing.
 */
export async function storedRebase(
  store: PersonStore,
  actionId: string,
  planId: number,
): Promise<RebaseAnswer | null> {
  const answer = await store.rebasePlan(actionId, planId, []);
  return answer.ok && answer.value.replayed ? answer.value : null;
}

/** Open reminders of the plan in the order of their steps. */
async function openSteps(store: PersonStore, planId: number): Promise<OpenStep[]> {
  const reminders = await store.planReminders(planId);
  return reminders
    .flatMap(({ id, step_id: step, status, wanted_at: wanted, title }) =>
      step === null || !isOpen(status)
        ? []
        : [{ step_id: step, wanted: Temporal.Instant.from(wanted), reminderId: id, title }],
    )
    .toSorted((a, b) => a.step_id - b.step_id);
}

function distinct(options: readonly RebaseOption[]): RebaseOption[] {
  const dates = ({ after }: RebaseOption): string => after.map(({ wanted }) => wanted.toString()).join();
  return options.filter(
    (option, index) => options.findIndex((other) => dates(other) === dates(option)) === index,
  );
}
