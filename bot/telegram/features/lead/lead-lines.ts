/** What is known of a lead, field by field: what was guessed is marked, so that it can be put right. */
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { LEAD_FIELDS, type LeadFieldName } from '../../../domain/lead/read-field.ts';
import { clip, oneLine, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** UTF-16 units of one line: ten of them leave room for a plan. */
const LINE_LIMIT = 160;

/**
 * One line a field, without the notes.
 * @param guessed fields that were inferred. Name and company stand in the heading, and here only when they are guesses.
 */
export function leadLines(
  lead: Pick<NewLead, 'name' | 'company' | 'title' | 'contacts'> & { readonly zone?: string | null },
  guessed: readonly string[],
  words: Words,
): Lines {
  return LEAD_FIELDS.filter(
    (field) => field !== 'notes' && (guessed.includes(field) || (field !== 'name' && field !== 'company')),
  ).map((field) => {
    const value = oneLine(fieldText(lead, field, words));
    if (value === '') return null;
    const label = words.say(`lead-field-${field}`);
    const shown = clip(value, LINE_LIMIT);
    return [
      guessed.includes(field)
        ? words.say('lead-line-guessed', { label, value: shown })
        : words.say('lead-line', { label, value: shown }),
    ];
  });
}

/** A field's value as people read it; empty when there is none. */
export function fieldText(
  lead: Pick<NewLead, 'name' | 'company' | 'title' | 'contacts'> & {
    readonly zone?: string | null;
    readonly notes?: string | null;
  },
  field: LeadFieldName,
  words: Words,
): string {
  switch (field) {
    case 'emails':
    case 'phones':
    case 'links':
      return lead.contacts[field].join(', ');
    case 'handles':
      return lead.contacts.handles.map((handle) => `@${handle}`).join(', ');
    case 'zone':
      return lead.zone == null ? '' : zoneLabel(lead.zone, words.language);
    default:
      return lead[field] ?? '';
  }
}
