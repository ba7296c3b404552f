/** A proposed plan is not wanted. The lead stays. */
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type DiscardOutcome =
  | { readonly kind: 'discarded' | 'already'; readonly lead: LeadRow | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** @throws what the store throws when the database cannot be asked. */
export async function discardPlan(
  store: PersonStore,
  input: { readonly actionId: string; readonly planId: number },
): Promise<DiscardOutcome> {
  const answer = await store.discardPlan(input.actionId, input.planId);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const lead = await store.lead(answer.value.lead_id);
  return { kind: answer.value.already ? 'already' : 'discarded', lead };
}
