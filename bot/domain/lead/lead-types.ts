/** What is read out of a text about a lead, and how sure that is. */
import type { NewLead } from '../../../shared/schemas/lead.ts';

export type LeadField = 'name' | 'company' | 'title' | 'emails' | 'phones' | 'links' | 'handles' | 'zone';

/** What to tell the person about how their text was read. */
export interface Understood {
  readonly fields: readonly LeadField[];
  /** Of these, inferred from an address or a place and not written as such. */
  readonly guessed: readonly LeadField[];
  /** Code points of notes that did not fit and were left out; 0 when all was kept. */
  readonly notesCut: number;
}

export interface ReadLead {
  /** What was written about this person: the whole text, or the part that is theirs. */
  readonly text: string;
  /**
   * Ready to be stored. A lead without a person's name carries its company or else its first contact as name; then
   * `understood.fields` does not list `name`.
   */
  readonly lead: NewLead;
  readonly understood: Understood;
}

export type NoLeadReason = 'empty' | 'no_words' | 'command' | 'greeting' | 'question' | 'nobody_named';

export type Extraction =
  | ({ readonly kind: 'lead' } & ReadLead)
  | { readonly kind: 'several'; readonly leads: readonly ReadLead[] }
  | { readonly kind: 'no_lead'; readonly reason: NoLeadReason };
