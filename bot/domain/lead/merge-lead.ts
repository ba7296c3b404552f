/** What a newly read text adds to a lead that is there already. Nothing known is overwritten. */
import { NOTES_LIMIT, type NewLead } from '../../../shared/schemas/lead.ts';
import type { LeadChange } from '../../../shared/contracts/leads.ts';

type Known = Pick<NewLead, 'name' | 'company' | 'title' | 'contacts' | 'notes' | 'zone' | 'language'>;

/** Contacts of one kind a lead can hold; more are left out. `check_lead_change` in SQL refuses more. */
const MOST_CONTACTS = 30;

/**
 * The fields to change: empty ones are filled, contacts and notes are added to. An empty object: there is nothing new.
 * Notes that would not fit whole are not added; then `notesFit` is false.
 */
export function mergeLead(known: Known, found: NewLead): { change: LeadChange; notesFit: boolean } {
  const change: LeadChange = {};
  for (const field of ['company', 'title', 'zone', 'language'] as const) {
    if ((known[field] ?? '') === '' && (found[field] ?? '') !== '') change[field] = found[field];
  }
  const contacts = {
    emails: union(known.contacts.emails, found.contacts.emails),
    phones: union(known.contacts.phones, found.contacts.phones),
    links: union(known.contacts.links, found.contacts.links),
    handles: union(known.contacts.handles, found.contacts.handles),
  };
  const grew = Object.entries(contacts).some(
    ([kind, list]) => list.length > known.contacts[kind as keyof typeof contacts].length,
  );
  if (grew) change.contacts = contacts;
  const notes = newLines(known.notes ?? '', found.notes ?? '');
  const together = [known.notes ?? '', notes].filter(Boolean).join('\n\n');
  const notesFit = notes === '' || Array.from(together).length <= NOTES_LIMIT;
  if (notes !== '' && notesFit) change.notes = together;
  return { change, notesFit };
}

/** The present list with what it lacks behind it, whatever the case of the letters. */
function union(present: readonly string[], more: readonly string[]): string[] {
  const seen = new Set(present.map((value) => value.toLowerCase()));
  const added = more.filter((value) => !seen.has(value.toLowerCase()));
  return [...present, ...added].slice(0, Math.max(MOST_CONTACTS, present.length));
}

/** Lines that are not in the notes yet. */
function newLines(present: string, more: string): string {
  const known = new Set(present.split('\n').map((line) => line.trim()));
  return more
    .split('\n')
    .filter((line) => line.trim() === '' || !known.has(line.trim()))
    .join('\n')
    .trim();
}
