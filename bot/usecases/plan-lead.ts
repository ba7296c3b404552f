/** A plan for a lead that is there: its first, or a new one beside the one that runs. */
import { wordLanguage } from '../../shared/rules/words.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { detectSituation } from '../domain/plan/situation.ts';
import { templatePlan } from '../domain/plan/template-plan.ts';
import type { PersonPlanning } from './planning-ports.ts';
import type { Answer, PersonStore } from './ports.ts';
import { readPlanSteps } from './read-plan-steps.ts';
import { replan, situationNow } from './replan.ts';

/** Either the draft is there, or it is being written. */
export interface PlanMade {
  readonly leadId: number;
  readonly planId: number | null;
  readonly runId: number | null;
}

/**
 * Proposes a plan once per `actionId`; what runs goes on until the new one is accepted.
 * @throws what the store throws when the database cannot be asked.
 */
export async function planLead(
  store: PersonStore,
  input: {
    readonly actionId: string;
    readonly leadId: number;
    /** What is new, or for a first plan whatever helps; may be empty. */
    readonly news: string;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
    /** Who has plans written by a model; null: the template comes at once. */
    readonly writer: PersonPlanning | null;
  },
): Promise<Answer<PlanMade>> {
  const { actionId, leadId, news, person, now, writer } = input;
  const lead = await store.lead(leadId);
  if (lead === null) {
    const message = `There is no lead ${leadId} of yours.`;
    return { ok: false, refusal: { code: 'LEAD_NOT_FOUND', message, detail: { id: leadId } } };
  }
  const runningId = await store.runningPlan(leadId);
  const language = wordLanguage(person.language);
  const about = [news, lead.notes ?? ''].filter((part) => part !== '').join('\n');
  if (writer !== null) {
    const running =
      runningId === null ? null : await readPlanSteps(store, { planId: runningId, person, now });
    if (running?.ok === false) return running;
    const order = {
      text: about,
      situation: running === null ? detectSituation(about) : situationNow(news, running.value),
      language,
      guessed: [],
      notesCut: 0,
      ...(runningId === null ? { kind: 'first' as const, news: null } : { kind: 'replan' as const, news }),
    };
    const asked = await writer.requestPlan(actionId, leadId, order);
    return asked.ok ? { ok: true, value: { leadId, planId: null, runId: asked.value.runId } } : asked;
  }
  if (runningId !== null) {
    const pair = await replan(store, { actionId, news, planId: runningId, person, now });
    return pair.ok ? { ok: true, value: { leadId, planId: pair.value.draft.plan.id, runId: null } } : pair;
  }
  const situation = detectSituation(about);
  const proposed = await store.proposePlan(actionId, leadId, {
    source: 'template',
    situation,
    language,
    pace: 'fixed_dates',
    prompt_version: null,
    steps: templatePlan(lead, situation, language),
  });
  return proposed.ok ? { ok: true, value: { leadId, planId: proposed.value.planId, runId: null } } : proposed;
}
