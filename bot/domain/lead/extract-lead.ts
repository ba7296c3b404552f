/**
 * A lead out of whatever was pasted, by rules alone: contacts first, then who it is, the rest is notes. Nothing typed
 * is lost: what no field took stays in the notes.
 */
import type { NewLead } from '../../../shared/schemas/lead.ts';
import { countryOfZone, zoneOfCountry } from './country-zones.ts';
import { countryOfDomain, findContacts, type Contacts, type Found } from './contacts.ts';
import { readIdentity, type Identity } from './identity.ts';
import { guessLanguage } from './language.ts';
import { companyFromAddress, nameFromEmail } from './from-address.ts';
import type { Extraction, LeadField, ReadLead } from './lead-types.ts';
import { smallTalk } from './not-a-lead.ts';
import { placeZone } from './places.ts';
import { cutNotes, mask, restOf } from './notes.ts';
import { hasVCard, readVCards, type VCard } from './vcard.ts';

/** Part of the text that is searched, in code units; what lies beyond still goes into the notes up to their limit. */
const SEARCH_LIMIT = 12_000;

/** Most people taken from one text. */
const MAX_LEADS = 50;

const COUNTRY_OF_LANGUAGE: Readonly<Record<string, string>> = {
  ru: 'RU',
  uk: 'UA',
  de: 'DE',
  pl: 'PL',
  fr: 'FR',
  es: 'ES',
  he: 'IL',
  ja: 'JP',
  ko: 'KR',
};

/**
 * The lead or leads a text is about, or why it is none. Never throws. Notes longer than `NOTES_LIMIT` are cut, and
 * `understood.notesCut` says by how much.
 * @param options.language what is known of the writer (ISO 639-1): used where the text is too short to tell.
 */
export function extractLead(input: string, options: { readonly language?: string } = {}): Extraction {
  const text = clean(input);
  const reason = smallTalk(text);
  const language = guessLanguage(text) ?? options.language ?? null;
  if (hasVCard(text)) return asExtraction(readVCards(text).map((card) => readCard(card, language)));
  if (reason !== null && !(reason === 'question' && /@\p{L}/u.test(text))) return { kind: 'no_lead', reason };
  const several = readSeveral(text, language);
  return several ? { kind: 'several', leads: several } : asExtraction([readOne(text, language)]);
}

function asExtraction(read: readonly ReadLead[]): Extraction {
  const leads = read.filter(({ understood }) =>
    understood.fields.some((field) => field !== 'zone' && field !== 'title'),
  );
  const [first] = leads;
  if (!first) return { kind: 'no_lead', reason: 'nobody_named' };
  return leads.length === 1
    ? { kind: 'lead', ...first }
    : { kind: 'several', leads: leads.slice(0, MAX_LEADS) };
}

/** Several people only when every block (or every line) names one, with a company or a contact of their own. */
function readSeveral(text: string, language: string | null): ReadLead[] | null {
  for (const between of [/\n\s*\n/, /\n/]) {
    const blocks = text.split(between).filter((block) => block.trim() !== '');
    const heading = /:\s*$/.test(blocks[0] ?? '') ? (blocks.shift() ?? '').trim() : '';
    if (blocks.length < 2 || blocks.length > MAX_LEADS) continue;
    const read = blocks.map((block) => readOne(heading === '' ? block : `${block}\n${heading}`, language));
    const names = new Set(read.map(({ lead }) => lead.name));
    const eachStandsAlone = read.every(({ lead, understood }) => {
      const ownName = understood.fields.includes('name') && !understood.guessed.includes('name');
      return ownName && ((lead.company ?? '') !== '' || hasContact(lead.contacts));
    });
    if (eachStandsAlone && names.size === read.length) return read;
  }
  return null;
}

function readOne(text: string, language: string | null): ReadLead {
  const searched = text.slice(0, SEARCH_LIMIT);
  const contacts = findContacts(searched, likelyCountries(searched, language));
  const spans = [...contacts.emails, ...contacts.links, ...contacts.handles, ...contacts.phones];
  const masked = mask(searched, spans) + text.slice(SEARCH_LIMIT);
  const identity = readIdentity(masked.slice(0, SEARCH_LIMIT));
  return { text, ...assemble(identity, contacts, restOf(text, masked, identity.used), searched, language) };
}

function readCard(card: VCard, language: string | null): ReadLead {
  const contacts = findContacts(card.contacts, likelyCountries(card.contacts, language));
  const identity = { name: card.name, title: card.title, company: card.company, used: [] };
  const text = [card.name, card.title, card.company, card.contacts, card.notes].filter(Boolean).join('\n');
  return { text, ...assemble(identity, contacts, card.notes, `${card.contacts}\n${card.notes}`, language) };
}

function assemble(
  identity: Identity,
  contacts: Contacts,
  rest: string,
  searched: string,
  language: string | null,
): Omit<ReadLead, 'text'> {
  const found = {
    emails: distinct(contacts.emails),
    phones: distinct(contacts.phones),
    links: distinct(contacts.links),
    handles: distinct(contacts.handles),
  };
  const name = identity.name ?? nameFromEmail(found.emails);
  const company = identity.company ?? companyFromAddress([...found.emails, ...found.links]);
  const zone = zoneHint(searched, contacts);
  const known = { ...found, name, company, title: identity.title, zone };
  const fields = FIELDS.filter((field) => (known[field]?.length ?? 0) > 0);
  const inferred: Partial<Record<LeadField, boolean>> = {
    name: identity.name === null,
    company: identity.company === null,
    zone: true,
  };
  const notes = cutNotes(rest);
  return {
    lead: {
      name: name ?? company ?? firstContact(found),
      company,
      title: identity.title,
      contacts: found,
      notes: notes.kept === '' ? null : notes.kept,
      zone,
      language,
    },
    understood: { fields, guessed: fields.filter((field) => inferred[field]), notesCut: notes.cut },
  };
}

const FIELDS = ['name', 'company', 'title', 'emails', 'phones', 'links', 'handles', 'zone'] as const;

function hasContact(contacts: NewLead['contacts']): boolean {
  return Object.values(contacts).some((list) => list.length > 0);
}

/** What a lead without any name is listed under; empty when there is nothing at all. */
function firstContact({ emails, handles, phones, links }: NewLead['contacts']): string {
  return emails[0] ?? handles[0] ?? phones[0] ?? links[0] ?? '';
}

/** A place in the country of the phone number tells the zone best, then the number's country, then any place. */
function zoneHint(text: string, contacts: Contacts): string | null {
  const place = placeZone(text);
  const country = contacts.phones.find((phone) => phone.country !== null)?.country ?? null;
  if (country === null) return place;
  return place !== null && countryOfZone(place) === country ? place : (zoneOfCountry(country) ?? place);
}

/** Where numbers without a country code may come from: other numbers, address endings, places, the language. */
function likelyCountries(text: string, language: string | null): string[] {
  const { emails, links, phones } = findContacts(text, []);
  const place = placeZone(text);
  const candidates = [
    ...phones.map((phone) => phone.country),
    ...[...emails, ...links].map((address) => countryOfDomain(address.value)),
    place === null ? null : countryOfZone(place),
    COUNTRY_OF_LANGUAGE[language ?? ''] ?? null,
    // Ten digits without a break, in an English text.
    language === 'en' && /(?<!\d)[2-9]\d{2}[2-9]\d{6}(?!\d)/.test(text) ? 'US' : null,
    // The North American way of writing numbers gives itself away.
    /(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)/.test(text) ? 'US' : null,
  ];
  return [...new Set(candidates.filter((country) => country !== null))];
}

/** Invisible direction marks and odd line ends would hide names from every rule; letters are put together again. */
function clean(input: string): string {
  return (
    input
      .normalize('NFC')
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      .replace(/(?![\n\t])\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFC]/gu, '')
      .replace(/[\u00A0\u202F]/g, ' ')
      // Long runs of blanks say nothing and make every pattern with an optional blank slow.
      .replace(/[^\S\n]{3,}/g, (run) => (run.includes('\t') ? '\t' : '  '))
  );
}

function distinct(found: readonly Found[]): string[] {
  const seen = new Map(found.map(({ value }) => [value.toLowerCase(), value]));
  return [...seen.values()];
}
