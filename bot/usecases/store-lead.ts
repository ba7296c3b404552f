/** A person read out of a text becomes a stored lead with a proposed plan. */
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import { wordLanguage } from '../../shared/rules/words.ts';
import type { NewLead } from '../../shared/schemas/lead.ts';
import type { NewPlan } from '../../shared/schemas/plan.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { detectSituation } from '../domain/plan/situation.ts';
import { templatePlan } from '../domain/plan/template-plan.ts';
import { previewSteps, type PlannedStep } from './preview-plan.ts';
import type { PersonPlanning } from './planning-ports.ts';
import type { Answer, Refusal } from './ports.ts';

/** A lead that was just stored, with the plan that is proposed for it. */
export interface StoredLead {
  readonly kind: 'planned';
  readonly leadId: number;
  readonly lead: NewLead;
  readonly planId: number;
  readonly plan: NewPlan;
  readonly steps: readonly PlannedStep[];
  /** Fields that were inferred and not written as such. */
  readonly guessed: readonly string[];
  /** Code points of the text that did not fit into the notes. */
  readonly notesCut: number;
}

/** A lead that was just stored and whose plan is being written in the background, or cannot be. */
export interface WaitingLead {
  readonly kind: 'planning';
  readonly leadId: number;
  readonly lead: NewLead;
  readonly run: Answer<{ readonly runId: number }>;
}

/** Who a lead's plan comes from. */
export interface PlanSource {
  readonly actionId: string;
  /** Who has plans written by a model; null: the template comes at once. */
  readonly writer: PersonPlanning | null;
}

/**
 * Plans and stores. The dates shown are computed from `now`; acceptance computes them again by the same rule.
 * @param store writes the lead and the plan in one transaction, once per action.
 * @throws what the store throws when the database cannot be asked.
 */
export async function storeLead(
  store: (
    plan: NewPlan | null,
  ) => Promise<Answer<{ readonly lead_id: number; readonly plan_id: number | null }>>,
  input: PlanSource & {
    readonly lead: NewLead;
    readonly text: string;
    readonly guessed: readonly string[];
    readonly notesCut: number;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<StoredLead | WaitingLead | { readonly kind: 'refused'; readonly refusal: Refusal }> {
  const { lead, text, guessed, notesCut, person, now, actionId, writer } = input;
  const language = wordLanguage(person.language);
  const situation = detectSituation(text);
  if (writer !== null) {
    const stored = await store(null);
    if (!stored.ok) return { kind: 'refused', refusal: stored.refusal };
    const leadId = stored.value.lead_id;
    const order = { kind: 'first', news: null, text, situation, language, guessed, notesCut } as const;
    // Died in between: the update comes again, and both calls know their action.
    return {
      kind: 'planning',
      leadId,
      lead,
      run: await writer.requestPlan(`${actionId}:plan`, leadId, order),
    };
  }
  const plan: NewPlan = {
    source: 'template',
    situation,
    language,
    pace: 'fixed_dates',
    prompt_version: null,
    steps: templatePlan(lead, situation, language),
  };
  const answer = await store(plan);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { lead_id: leadId, plan_id: planId } = answer.value;
  if (planId === null) throw new Error(`Lead ${leadId} was stored without its plan.`);
  const steps = previewSteps(plan.steps, timeSettingsOf(person), now);
  return { kind: 'planned', leadId, lead, planId, plan, steps, guessed, notesCut };
}
