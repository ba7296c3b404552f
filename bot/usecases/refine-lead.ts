/** A stored lead is read again by the language model; what the person has changed meanwhile stays theirs. */
import type { LeadChange } from '../../shared/contracts/leads.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { Language } from '../../shared/schemas/user.ts';
import { extractLead } from '../domain/lead/extract-lead.ts';
import { withReading } from '../domain/lead/lead-reading.ts';
import type { LeadModel, ModelUsage } from './model-ports.ts';
import type { LeadStore } from './ports.ts';

export interface RefinedLead {
  readonly lead: LeadRow;
  /** Columns that were corrected or completed; empty when the rules had read it all. */
  readonly refined: readonly string[];
  /** What the reading cost; null = no model was asked. */
  readonly usage: ModelUsage | null;
}

/**
 * Reads the text again and writes what is better. A model that does not answer, or answers what the text does not say,
 * changes nothing; so does a lead that is closed to changes by now.
 * @param input.text what the lead was read out of.
 * @param input.language the person's, as when the rules read it.
 * @throws what the store throws when the database cannot be asked.
 */
export async function refineLead(
  deps: { readonly model: LeadModel; readonly store: Pick<LeadStore, 'updateLead'> },
  input: {
    readonly actionId: string;
    readonly lead: LeadRow;
    readonly text: string;
    readonly language: Language;
  },
  signal: AbortSignal,
): Promise<RefinedLead> {
  const { actionId, lead, text, language } = input;
  const byRules = extractLead(text, { language });
  // A vCard says itself what is what.
  if (byRules.kind !== 'lead' || /^BEGIN:VCARD/im.test(text)) return { lead, refined: [], usage: null };
  const { reading, usage } = await deps.model.read(text, signal);
  const asItIs: RefinedLead = { lead, refined: [], usage };
  if (reading === null) return asItIs;
  const { lead: better, refined } = withReading(byRules.lead, reading, text);
  const change = pick(better, refined);
  if (Object.keys(change).length === 0) return asItIs;
  // A column that no longer holds what the rules read was edited, or had another source: it is left alone.
  const answer = await deps.store.updateLead(actionId, lead.id, change, pick(byRules.lead, refined));
  return answer.ok ? { lead: answer.value.lead, refined: answer.value.changed, usage } : asItIs;
}

function pick(lead: LeadChange, columns: readonly (keyof LeadChange)[]): LeadChange {
  return Object.fromEntries(columns.map((column) => [column, lead[column]]));
}
