/** A lead nobody has spoken to yet, and short ways to check a text against it. */
import { gatherEvidence, type Earlier, type PlanFacts } from '../../../../bot/domain/plan/facts/evidence.ts';
import { inventionIn, type Invention } from '../../../../bot/domain/plan/invented-facts.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';

export const ANNA: NewLead = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  title: 'logistics manager',
  contacts: { emails: ['anna@balticfreight.eu'], phones: ['+48123456789'], links: [], handles: [] },
  notes: 'asked about prices for 12 trucks',
  zone: null,
  language: null,
};

export const COLD: PlanFacts = { lead: ANNA, situation: 'cold', told: [] };
const NOTHING_BEFORE: Earlier = { message: false, talk: false };

/** What is invented in a sentence, null when nothing is. */
export function invention(
  sentence: string,
  options: { facts?: PlanFacts; language?: string; field?: 'description' | 'draft'; earlier?: Earlier } = {},
): Invention | null {
  const { facts = COLD, language = 'en', field = 'draft', earlier = NOTHING_BEFORE } = options;
  return inventionIn(sentence, { field, language, evidence: gatherEvidence(facts), earlier });
}
