/** What template texts are written from. */
import type { NewLead } from '../../../shared/schemas/lead.ts';
import type { ActionType } from '../../../shared/schemas/plan.ts';

/** What a template may use of a lead, stored or not. Without a field another sentence is written. */
export type TemplateLead = Pick<NewLead, 'name' | 'company' | 'contacts'>;

/** The lead in the words of one language. Every field can stand in a sentence as it is. */
export interface TemplateContext {
  /** "Hi Anna," or a greeting that needs no name. */
  readonly greeting: string;
  /** First name, else null. */
  readonly first: string | null;
  readonly company: string | null;
  /** How to write to the lead: the best channel known. */
  readonly write: ActionType;
  /** `call` when a phone number is known, else the written channel. */
  readonly talk: ActionType;
}

/** One step before numbering. `drafts` are tried in order: an invitation takes the first one that is short enough. */
export interface TemplateStep {
  readonly day: number;
  readonly action: ActionType;
  readonly description: string;
  readonly drafts: readonly string[];
}
