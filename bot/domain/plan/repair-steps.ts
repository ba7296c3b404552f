/**
 * Makes a valid sequence of steps out of whatever a planner answered. What cannot be mended without changing the
 * meaning (too few steps, an invitation that is too long) is left for `findPlanProblems`.
 */
import { actionTypeSchema, type ActionType, type PlanStep } from '../../../shared/schemas/plan.ts';
import { delayFromTiming, timingWords } from './delay-words.ts';

/** What was changed on a step, for the trace of the plan. */
type StepRepair =
  'renumbered' | 'unknown_action' | 'number_from_text' | 'delay_from_timing' | 'delay_raised' | 'not_a_step';

export interface RepairedSteps {
  readonly steps: PlanStep[];
  /** `step_id` after renumbering; 0 for an entry that was no step at all and was dropped. */
  readonly repairs: readonly { readonly step_id: number; readonly repair: StepRepair }[];
}

/**
 * Steps numbered from 1 with delays that never decrease: numeric strings read, missing delays taken from the timing
 * words, negative or decreasing ones raised to the step before, unknown action types made `other`.
 * @param rawSteps entries of any shape; a bare string counts as a description. Never throws.
 */
export function repairSteps(rawSteps: readonly unknown[]): RepairedSteps {
  const steps: PlanStep[] = [];
  const repairs: { step_id: number; repair: StepRepair }[] = [];
  for (const raw of rawSteps) {
    const fields = asFields(raw);
    if (!fields) {
      repairs.push({ step_id: 0, repair: 'not_a_step' });
      continue;
    }
    const step_id = steps.length + 1;
    const note = (repair: StepRepair): void => {
      repairs.push({ step_id, repair });
    };
    const previousDelay = steps.at(-1)?.delay_days ?? null;
    const timing = text(fields['timing']);
    const delay_days = readDelay(fields['delay_days'], timing, previousDelay, note);
    if (fields['step_id'] !== step_id) note('renumbered');
    steps.push({
      step_id,
      action_type: readAction(fields['action_type'], note),
      description: text(fields['description']),
      suggested_text: text(fields['suggested_text']) || null,
      timing: timing || timingWords(delay_days, 'en'),
      delay_days,
    });
  }
  return { steps, repairs };
}

function readDelay(
  raw: unknown,
  timing: string,
  previous: number | null,
  note: (repair: StepRepair) => void,
): number {
  let days = typeof raw === 'number' ? raw : Number.NaN;
  if (typeof raw === 'string' && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(raw)) {
    days = Number(raw);
    note('number_from_text');
  }
  if (!Number.isFinite(days)) {
    // "in 5 days" in the number's own place is as good as in the words beside it.
    days = delayFromTiming(`${text(raw)} ${timing}`, previous);
    note('delay_from_timing');
  }
  // Half a day counts as the whole one: never earlier than asked.
  const whole = Math.ceil(days);
  const least = previous ?? 0;
  if (whole >= least) return whole;
  note('delay_raised');
  return least;
}

function readAction(raw: unknown, note: (repair: StepRepair) => void): ActionType {
  const folded = text(raw)
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const known = actionTypeSchema.safeParse(folded);
  if (known.success) return known.data;
  note('unknown_action');
  return 'other';
}

function asFields(raw: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof raw === 'string') return raw.trim() === '' ? null : { description: raw };
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? { ...raw } : null;
}

function text(raw: unknown): string {
  return typeof raw === 'string' ? raw.trim() : '';
}
