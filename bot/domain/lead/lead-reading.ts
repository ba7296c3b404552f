/**
 * What a language model read out of a text, held against that text. The rules of this folder never lose: a model may add
 * what they missed and correct who somebody is, and only with words that stand in the text.
 */
import { z } from 'zod';
import { cityZone } from '../../../shared/rules/zones.ts';
import { NOTES_LIMIT, type NewLead } from '../../../shared/schemas/lead.ts';
import { findContacts } from './contacts.ts';

const list = z.array(z.string());

/** What the model answers (prompts/read_lead.md). */
export const leadReadingSchema = z.object({
  name: z.string().nullable(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  emails: list,
  phones: list,
  links: list,
  handles: list,
  /** Where the lead is, as the text says it. */
  city: z.string().nullable(),
  /** ISO 639-1. */
  language: z.string().nullable(),
});
export type LeadReading = z.infer<typeof leadReadingSchema>;

const SHORT_LIMIT = 200;
/** Letters that may differ at the end of an inflected word: "с Ольгой Ким" is Ольга Ким. */
const ENDING = 2;
const STEM = 3;

/** The lead as the rules read it, with what the model saw better. `refined` names the columns that changed. */
export function withReading(
  byRules: NewLead,
  reading: LeadReading,
  text: string,
): { readonly lead: NewLead; readonly refined: readonly (keyof NewLead)[] } {
  const stands = wordsOf(text);
  const identity = {
    name: better(byRules.name, reading.name, stands) ?? byRules.name,
    company: better(byRules.company, reading.company, stands),
    title: better(byRules.title, reading.title, stands),
  };
  const contacts = withContacts(byRules.contacts, reading, text);
  const city = reading.city !== null && isIn(reading.city, stands) ? cityZone(reading.city) : null;
  const lead: NewLead = {
    ...byRules,
    ...identity,
    contacts,
    zone: byRules.zone ?? city,
    language: byRules.language ?? (/^[a-z]{2}$/.test(reading.language ?? '') ? reading.language : null),
  };
  lead.notes = withLost(lead, [byRules.name, byRules.company, byRules.title]);
  const columns = Object.keys(lead) as (keyof NewLead)[];
  const refined = columns.filter(
    (column) => JSON.stringify(lead[column]) !== JSON.stringify(byRules[column]),
  );
  return { lead, refined };
}

/** The model's words when all of them stand in the text and say no less than the rules found. */
function better(known: string | null, read: string | null, stands: ReadonlySet<string>): string | null {
  const words = (read ?? '').replace(/\s+/g, ' ').trim();
  if (words === '' || words.length > SHORT_LIMIT || !isIn(words, stands)) return known;
  return known?.toLowerCase().includes(words.toLowerCase()) === true ? known : words;
}

function isIn(words: string, stands: ReadonlySet<string>): boolean {
  const asked = [...wordsOf(words)];
  return asked.length > 0 && asked.every((word) => stands.has(word) || isInflected(word, stands));
}

function isInflected(word: string, stands: ReadonlySet<string>): boolean {
  if (!/\p{Script=Cyrillic}/u.test(word)) return false;
  const stem = word.slice(0, Math.max(STEM, word.length - ENDING));
  if (word.length < STEM) return false;
  return [...stands].some(
    (other) => other.startsWith(stem) && Math.abs(other.length - word.length) <= ENDING,
  );
}

/** Contacts stand in the text as they are, whatever is written between the digits of a number. */
function withContacts(known: NewLead['contacts'], reading: LeadReading, text: string): NewLead['contacts'] {
  const letters = text.toLowerCase();
  const digits = text.replace(/[^\d\n]/g, '');
  const asWritten = findContacts(
    [
      ...reading.emails.filter((email) => letters.includes(email.toLowerCase())),
      ...reading.links.filter((link) => letters.includes(bareLink(link))),
      ...reading.handles
        .map((handle) => `@${handle.replace(/^@/, '')}`)
        .filter((handle) => letters.includes(handle.toLowerCase())),
      ...reading.phones.filter((phone) => isLongNumber(phone) && digits.includes(phone.replace(/\D/g, ''))),
    ].join('\n'),
    [],
  );
  const union = (present: readonly string[], more: readonly { readonly value: string }[]): string[] => {
    const seen = new Set(present.map((value) => value.toLowerCase()));
    return [...present, ...more.map(({ value }) => value).filter((value) => !seen.has(value.toLowerCase()))];
  };
  return {
    emails: union(known.emails, asWritten.emails),
    phones: union(known.phones, asWritten.phones),
    links: union(known.links, asWritten.links),
    handles: union(known.handles, asWritten.handles),
  };
}

function bareLink(link: string): string {
  return link
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/+$/, '');
}

function isLongNumber(phone: string): boolean {
  return phone.replace(/\D/g, '').length >= 7;
}

/** What a corrected field held before goes into the notes, unless it still stands somewhere: no word is lost. */
function withLost(lead: NewLead, before: readonly (string | null)[]): string | null {
  const { notes, ...rest } = lead;
  const kept = `${JSON.stringify(rest)} ${notes ?? ''}`.toLowerCase();
  const lost = before.filter((value) => value !== null && !kept.includes(value.toLowerCase()));
  const together = [notes, ...lost].filter(Boolean).join('\n');
  return together === '' || together.length > NOTES_LIMIT ? notes : together;
}

function wordsOf(text: string): Set<string> {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? []);
}
