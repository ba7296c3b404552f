/**
 * Makes a valid sequence of steps out of whatever a planner answered. What cannot be mended without changing the
 * meaning (too few steps, an invitation that is too long) is left for `findPlanProblems`.
 */
import { actionTypeSchema, type ActionType, type PlanStep } from '../../../shared/schemas/plan.ts';
import type { Language } from '../../../shared/schemas/user.ts';
import { delayFromTiming, timingWords } from './delay-words.ts';

/** What was changed on a step, for the trace of the plan. */
type StepRepair =
  'renumbered' | 'unknown_action' | 'number_from_text' | 'delay_from_timing' | 'delay_raised' | 'not_a_step';

// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;
/** Longer words about a time are no words about a time. Characters. */
const TIMING_LIMIT = 120;

export interface RepairedSteps {
  readonly steps: PlanStep[];
  /** `step_id` after renumbering; 0 for an entry that was no step at all and was dropped. */
  readonly repairs: readonly { readonly step_id: number; readonly repair: StepRepair }[];
}

/**
 * Steps numbered from 1 with delays that never decrease: numeric strings read, missing delays taken from the timing
 * words, negative or decreasing ones raised to the step before, unknown action types made `other`.
 * @param language of the timing words that are missing.
 * @param rawSteps entries of any shape; a bare string counts as a description. Never throws.
 */
export function repairSteps(rawSteps: readonly unknown[], language: Language = 'en'): RepairedSteps {
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
    const timing = text(fields['timing']).slice(0, TIMING_LIMIT).toWellFormed().trim();
    const delay_days = readDelay(fields['delay_days'], timing, previousDelay, note);
    if (fields['step_id'] !== step_id) note('renumbered');
    steps.push({
      step_id,
      action_type: readAction(fields['action_type'], note),
      description: text(fields['description']),
      suggested_text: text(fields['suggested_text']) || null,
      timing: timing || timingWords(delay_days, language),
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

/** Text that can be stored and sent: without control characters and halves of pairs, which PostgreSQL refuses. */
function text(raw: unknown): string {
  if (typeof raw !== 'string') return '';
  return raw.toWellFormed().replace(/\r\n?/g, '\n').replace(UNWANTED, '').trim();
}
