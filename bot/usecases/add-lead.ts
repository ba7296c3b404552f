/** Free text becomes a stored lead with a proposed plan, or an answer that says why not. */
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import { wordLanguage } from '../../shared/rules/words.ts';
import type { NewLead } from '../../shared/schemas/lead.ts';
import type { NewPlan } from '../../shared/schemas/plan.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { extractLead } from '../domain/lead/extract-lead.ts';
import type { NoLeadReason, Understood } from '../domain/lead/lead-types.ts';
import { detectSituation } from '../domain/plan/situation.ts';
import { templatePlan } from '../domain/plan/template-plan.ts';
import { previewSteps, type PlannedStep } from './preview-plan.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type AddLeadOutcome =
  | {
      readonly kind: 'planned';
      readonly lead: NewLead;
      readonly planId: number;
      readonly understood: Understood;
      readonly plan: NewPlan;
      readonly steps: readonly PlannedStep[];
    }
  | { readonly kind: 'no_lead'; readonly reason: NoLeadReason }
  /** Nothing was stored: each person deserves a plan of their own. */
  | { readonly kind: 'several'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Reads, plans and stores. The dates shown are computed from `now`; acceptance computes them again by the same rule.
 * @throws what the store throws when the database cannot be asked.
 */
export async function addLead(
  store: PersonStore,
  input: {
    readonly actionId: string;
    readonly text: string;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<AddLeadOutcome> {
  const { actionId, text, person, now } = input;
  const language = wordLanguage(person.language);
  const read = extractLead(text, { language });
  if (read.kind === 'no_lead') return read;
  if (read.kind === 'several') return { kind: 'several', names: read.leads.map(({ lead }) => lead.name) };
  const situation = detectSituation(text);
  const plan: NewPlan = {
    source: 'template',
    situation,
    language,
    pace: 'fixed_dates',
    prompt_version: null,
    steps: templatePlan(read.lead, situation, language),
  };
  const answer = await store.createLead(actionId, read.lead, plan);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { plan_id: planId } = answer.value;
  if (planId === null) throw new Error(`create_lead stored lead ${answer.value.lead_id} without its plan.`);
  const steps = previewSteps(plan.steps, timeSettingsOf(person), now);
  return { kind: 'planned', lead: read.lead, planId, understood: read.understood, plan, steps };
}
