/** What an edited message changes about the lead it was about. */
import type { LeadChange } from '../../../shared/contracts/leads.ts';
import type { LeadRow, NewLead } from '../../../shared/schemas/lead.ts';
import { extractLead } from './extract-lead.ts';

/** `expected`: the values the old text had given; a field that is another one by now belongs to a later change. */
export interface ChangeByEdit {
  readonly change: LeadChange;
  readonly expected: LeadChange;
}

/** Notes are looked after by themselves: more may have been written below them. */
const FIELDS = ['name', 'company', 'title', 'contacts', 'zone', 'language'] as const;
/** Fields whose value may have been typed as a message of its own. */
const TYPED_FIELDS = ['name', 'company', 'title'] as const;

/** @param language the person's, as when the old text was read. */
export function changeByEdit(
  texts: { readonly before: string; readonly after: string },
  lead: LeadRow,
  language: string,
): ChangeByEdit {
  const [before, after] = [readOne(texts.before, language), readOne(texts.after, language)];
  if (before !== null && after !== null) {
    const differing = FIELDS.filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    return withNotes(pick(after, differing), pick(before, differing), lead, {
      before: before.notes ?? '',
      after: after.notes ?? '',
    });
  }
  const typed = TYPED_FIELDS.find((field) => lead[field] === texts.before.trim());
  if (typed !== undefined) {
    return { change: { [typed]: texts.after.trim() }, expected: { [typed]: lead[typed] } };
  }
  return withNotes({}, {}, lead, texts);
}

function readOne(text: string, language: string): NewLead | null {
  const read = extractLead(text, { language });
  return read.kind === 'lead' ? read.lead : null;
}

function pick(lead: NewLead, fields: readonly (typeof FIELDS)[number][]): LeadChange {
  return Object.fromEntries(fields.map((field) => [field, lead[field]]));
}

function withNotes(
  change: LeadChange,
  expected: LeadChange,
  { notes }: LeadRow,
  words: { readonly before: string; readonly after: string },
): ChangeByEdit {
  const [before, after] = [words.before.trim(), words.after.trim()];
  const present = notes ?? '';
  if (before === after || (before !== '' && !present.includes(before))) return { change, expected };
  const changed =
    before === '' ? [present, after].filter(Boolean).join('\n') : present.replace(before, () => after);
  return { change: { ...change, notes: changed }, expected: { ...expected, notes } };
}
