/** A new plan in the middle without a language model: what the news calls for, without what was done already. */
import { MIN_STEPS, type PlanStep, type Situation } from '../../../shared/schemas/plan.ts';
import type { Language } from '../../../shared/schemas/user.ts';
import { timingWords } from './delay-words.ts';
import { templatePlan } from './template-plan.ts';
import type { TemplateLead } from './template-types.ts';

/** When a situation's own steps are used up: what fits a lead that one knows already, the mildest first. */
const FURTHER: readonly Situation[] = ['after_call', 'gone_quiet', 'after_meeting', 'warm_intro', 'cold'];

/**
 * Steps for the situation, none of which repeats one that is done; day 0 is now. An invitation is sent once.
 * @param done the steps that happened.
 */
export function replanTemplate(
  lead: TemplateLead,
  situation: Situation,
  language: Language,
  done: readonly Pick<PlanStep, 'action_type' | 'description'>[],
): PlanStep[] {
  const isDone = (step: PlanStep): boolean =>
    done.some(
      (one) =>
        one.description.trim() === step.description.trim() ||
        (step.action_type === 'linkedin_connect' && one.action_type === 'linkedin_connect'),
    );
  const fresh = templatePlan(lead, situation, language).filter((step) => !isDone(step));
  for (const further of FURTHER) {
    if (fresh.length >= MIN_STEPS) break;
    const known = new Set(fresh.map(({ description }) => description));
    const more = templatePlan(lead, further, language).filter(
      (step) => !isDone(step) && !known.has(step.description),
    );
    const last = fresh.at(-1)?.delay_days ?? 0;
    const missing = more.slice(0, MIN_STEPS - fresh.length);
    fresh.push(...missing.map((step, index) => ({ ...step, delay_days: last + 3 * (index + 1) })));
  }
  const start = fresh[0]?.delay_days ?? 0;
  return fresh.map((step, index) => ({
    ...step,
    step_id: index + 1,
    delay_days: step.delay_days - start,
    timing: timingWords(step.delay_days - start, language),
  }));
}
