/** One field of a lead as a person types it. A value that is only half understood is refused, never guessed. */
import { normaliseZone } from '../../../shared/rules/zones.ts';
import type { LeadChange } from '../../../shared/contracts/leads.ts';
import { NOTES_LIMIT, type NewLead } from '../../../shared/schemas/lead.ts';
import { countryOfZone } from './country-zones.ts';
import { findContacts } from './contacts.ts';

/** Fields a person can change, in the order they are shown. */
export const LEAD_FIELDS = [
  'name',
  'company',
  'title',
  'emails',
  'phones',
  'links',
  'handles',
  'zone',
  'notes',
] as const;
export type LeadFieldName = (typeof LEAD_FIELDS)[number];

export type FieldProblem =
  'empty_name' | 'too_long' | 'no_email' | 'no_phone' | 'no_link' | 'no_handle' | 'unknown_zone';

export type ReadField =
  { readonly ok: true; readonly change: LeadChange } | { readonly ok: false; readonly problem: FieldProblem };

const SHORT_LIMIT = 200;
/** What people type for "nothing". */
const EMPTY = /^(?:[-–—]|none|empty|нет|пусто)$/iu;
/** What may stand between and around several contacts. */
const BETWEEN = /^[\s,;|/·•]*(?:and|und|y|и|или|or)?[\s,;|/·•]*$/iu;
const NO_CONTACT = {
  emails: 'no_email',
  phones: 'no_phone',
  links: 'no_link',
  handles: 'no_handle',
} as const;

/**
 * The change to a lead that an answer asks for.
 * @param known the present contacts: only the list of the field is replaced.
 * @param zone of the person, for numbers without a country code.
 */
export function readField(
  field: LeadFieldName,
  typed: string,
  known: NewLead['contacts'],
  zone: string,
): ReadField {
  const text = typed.trim();
  const isEmpty = text === '' || EMPTY.test(text);
  switch (field) {
    case 'name':
      if (isEmpty) return { ok: false, problem: 'empty_name' };
      return short('name', text);
    case 'company':
    case 'title':
      return isEmpty ? { ok: true, change: { [field]: null } } : short(field, text);
    case 'notes':
      if (isEmpty) return { ok: true, change: { notes: null } };
      return text.length > NOTES_LIMIT
        ? { ok: false, problem: 'too_long' }
        : { ok: true, change: { notes: text } };
    case 'zone': {
      if (isEmpty) return { ok: true, change: { zone: null } };
      const read = normaliseZone(text);
      return read.ok ? { ok: true, change: { zone: read.zone } } : { ok: false, problem: 'unknown_zone' };
    }
    default:
      return contactsOf(field, isEmpty ? '' : text, known, zone);
  }
}

function short(field: 'name' | 'company' | 'title', text: string): ReadField {
  const line = text.replace(/\s+/g, ' ');
  if (line.length > SHORT_LIMIT) return { ok: false, problem: 'too_long' };
  return { ok: true, change: { [field]: line } };
}

function contactsOf(
  field: keyof NewLead['contacts'],
  text: string,
  known: NewLead['contacts'],
  zone: string,
): ReadField {
  if (text === '') return { ok: true, change: { contacts: { ...known, [field]: [] } } };
  // A bare word is a handle where a handle is asked for.
  const asked = field === 'handles' ? text.replace(/(?<![\w@/.])(?=[a-z]\w{3,31}(?![\w./]))/gi, '@') : text;
  const country = countryOfZone(zone);
  const found = findContacts(asked, country === null ? [] : [country]);
  const parts = found[field];
  let rest = asked;
  for (const { start, end } of parts.toReversed()) rest = `${rest.slice(0, start)}\n${rest.slice(end)}`;
  const isWhole = parts.length > 0 && rest.split('\n').every((between) => BETWEEN.test(between));
  if (!isWhole) return { ok: false, problem: NO_CONTACT[field] };
  const values = [...new Set(parts.map(({ value }) => value))];
  return { ok: true, change: { contacts: { ...known, [field]: values } } };
}
