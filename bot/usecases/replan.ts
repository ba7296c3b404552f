/** A new plan in the middle of one: proposed beside it. The running plan goes on until the new one is accepted. */
import { wordLanguage } from '../../shared/rules/words.ts';
import { situationSchema, type Situation } from '../../shared/schemas/plan.ts';
import { detectSituation } from '../domain/plan/situation.ts';
import { replanTemplate } from '../domain/plan/replan-template.ts';
import type { Answer, PersonStore } from './ports.ts';
import { readPlanSteps, type PlanQuestion, type PlanSteps } from './read-plan-steps.ts';

/** A draft and the plan it would replace. */
export interface PlanPair {
  readonly running: PlanSteps;
  readonly draft: PlanSteps;
}

/**
 * Proposes a template plan by the news, without what is done; once per `actionId`.
 * @param input `planId`: the plan that runs.
 * @throws what the store throws when the database cannot be asked.
 */
export async function replan(
  store: PersonStore,
  input: PlanQuestion & { readonly actionId: string; readonly news: string },
): Promise<Answer<PlanPair>> {
  const { actionId, news, person, now } = input;
  const running = await readPlanSteps(store, input);
  if (!running.ok) return running;
  const { lead, steps } = running.value;
  const language = wordLanguage(person.language);
  const done = steps.filter(({ isOver }) => isOver).map(({ row }) => row);
  const situation = situationNow(news, running.value);
  const proposed = await store.proposePlan(actionId, lead.id, {
    source: 'template',
    situation,
    language,
    pace: running.value.plan.pace,
    prompt_version: null,
    steps: replanTemplate(lead, situation, language, done),
  });
  if (!proposed.ok) return proposed;
  const draft = await readPlanSteps(store, { planId: proposed.value.planId, person, now });
  return draft.ok ? { ok: true, value: { running: running.value, draft: draft.value } } : draft;
}

/** A lead with a plan is nobody new: where the news says nothing, the plan does, and after its first steps silence. */
export function situationNow(news: string, { plan, steps }: PlanSteps): Situation {
  const said = detectSituation(news);
  if (said !== 'cold') return said;
  const before = situationSchema.safeParse(plan.situation);
  if (before.success && before.data !== 'cold') return before.data;
  return steps.some(({ isOver }) => isOver) ? 'gone_quiet' : 'cold';
}

/** The draft beside the lead's running plan; null = nothing runs that it could replace, or it is no draft. */
export async function readPlanPair(store: PersonStore, input: PlanQuestion): Promise<PlanPair | null> {
  const draft = await readPlanSteps(store, input);
  if (!draft.ok || draft.value.plan.status !== 'draft') return null;
  const runningId = await store.runningPlan(draft.value.lead.id);
  if (runningId === null) return null;
  const running = await readPlanSteps(store, { ...input, planId: runningId });
  return running.ok ? { running: running.value, draft: draft.value } : null;
}
