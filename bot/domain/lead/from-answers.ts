/** A lead out of the answers to a form: who it is was asked outright, only the rest is read by rules. */
import type { ReadLead } from './lead-types.ts';
import { extractLead } from './extract-lead.ts';
import { cutNotes } from './notes.ts';

export interface LeadAnswers {
  readonly name: string;
  /** Null when it was not said. */
  readonly company: string | null;
  /** How things stand, contacts, whatever else is known; may be empty. */
  readonly context: string;
}

/**
 * The lead. Names in the context are other people's as often as not, so it stays whole as the notes; contacts, role, place
 * and a company that was not said are taken out of it, the company as a guess.
 * @param options.language what is known of the writer (ISO 639-1).
 */
export function fromAnswers(
  { name, company, context }: LeadAnswers,
  options: { readonly language: string },
): ReadLead {
  const text = [[name, company].filter(Boolean).join(', '), context].filter(Boolean).join('\n');
  const read = extractLead(context, options);
  const rest = read.kind === 'lead' ? read : null;
  const notes = cutNotes(context.trim());
  const guessedCompany = company === null && rest?.lead.company != null;
  const known = rest?.understood.fields.filter((field) => field !== 'name' && field !== 'company') ?? [];
  return {
    text,
    lead: {
      name,
      company: company ?? rest?.lead.company ?? null,
      title: rest?.lead.title ?? null,
      contacts: rest?.lead.contacts ?? { emails: [], phones: [], links: [], handles: [] },
      notes: notes.kept === '' ? null : notes.kept,
      zone: rest?.lead.zone ?? null,
      language: rest?.lead.language ?? null,
    },
    understood: {
      fields: ['name', ...(company === null && !guessedCompany ? [] : (['company'] as const)), ...known],
      guessed: [
        ...(guessedCompany ? (['company'] as const) : []),
        ...(rest?.understood.guessed.filter((field) => field !== 'name' && field !== 'company') ?? []),
      ],
      notesCut: notes.cut,
    },
  };
}

/** Whether a text says more than a name: then it is read as everything else people write. */
export function saysMoreThanName(text: string, options: { readonly language: string }): boolean {
  const read = extractLead(text, options);
  if (read.kind === 'several') return true;
  if (read.kind === 'no_lead') return false;
  const { company, contacts } = read.lead;
  const isCompanyAlone = company === read.lead.name;
  return (company !== null && !isCompanyAlone) || Object.values(contacts).some((list) => list.length > 0);
}
