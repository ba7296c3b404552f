/** Finding people among a person's leads: by a few typed words, or by whose message was forwarded. */
import { findContacts } from './contacts.ts';

/** What a search looks through. */
export interface Searchable {
  readonly name: string;
  readonly company: string | null;
  readonly contacts: {
    readonly emails: readonly string[];
    readonly phones: readonly string[];
    readonly links: readonly string[];
    readonly handles: readonly string[];
  };
}

/** Two digits stand in almost every number. */
const SHORTEST_NUMBER = 3;

/**
 * The leads that hold every word in their name, company or contacts. Case, accents and the signs inside phone numbers do
 * not matter.
 * @param typed no words: all of them.
 */
export function matchLeads<L extends Searchable>(leads: readonly L[], typed: string): L[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  return leads.filter((lead) => {
    const { emails, phones, links, handles } = lead.contacts;
    const names = [lead.name, lead.company ?? '', ...emails, ...links, ...handles.map((one) => `@${one}`)];
    const haystack = fold(names.join('\n'));
    const numbers = phones.map(digitsOf).join('\n');
    return words.every((word) => haystack.includes(word) || isInNumber(word, numbers));
  });
}

/** Who a forwarded message is from, among a person's leads. */
export type ForwardedBy<L> =
  | { readonly kind: 'one'; readonly lead: L }
  /** A first name alone, or several leads of one name: the person is asked. */
  | { readonly kind: 'perhaps'; readonly leads: readonly L[] }
  | { readonly kind: 'nobody' };

/**
 * The lead whose words were forwarded: by the sender's handle, else by their full name, else by the contacts in the text.
 * Nobody is guessed: what fits several, or only a first name, is a question.
 * @param text what was forwarded; its e-mail addresses, phone numbers and handles tell who it is about.
 */
export function leadOfForward<L extends Searchable>(
  leads: readonly L[],
  sender: { readonly name: string; readonly handle: string | null },
  text: string,
): ForwardedBy<L> {
  const handle = sender.handle?.toLowerCase();
  const byHandle = leads.filter(
    ({ contacts }) => handle !== undefined && contacts.handles.some((one) => one.toLowerCase() === handle),
  );
  if (byHandle.length > 0) return oneOrAsk(byHandle);
  const said = nameWords(sender.name);
  const alike = leads.filter((lead) => isPart(said, nameWords(lead.name)));
  const full = alike.filter((lead) => said.length > 1 && nameWords(lead.name).length > 1);
  if (full.length > 0) {
    // A handle that is another one than the lead's: perhaps two people of one name.
    const isAnother = handle !== undefined && full.some(({ contacts }) => contacts.handles.length > 0);
    return isAnother ? { kind: 'perhaps', leads: full } : oneOrAsk(full);
  }
  const byContact = leads.filter((lead) => hasContact(lead, text));
  if (byContact.length > 0) return oneOrAsk(byContact);
  return alike.length === 0 ? { kind: 'nobody' } : { kind: 'perhaps', leads: alike };
}

function oneOrAsk<L>(leads: readonly L[]): ForwardedBy<L> {
  const [only, second] = leads;
  return only !== undefined && second === undefined
    ? { kind: 'one', lead: only }
    : { kind: 'perhaps', leads };
}

/** Every word of the shorter name stands in the longer one. */
function isPart(a: readonly string[], b: readonly string[]): boolean {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  return shorter.length > 0 && shorter.every((word) => longer.includes(word));
}

function nameWords(name: string): string[] {
  return fold(name).match(/\p{L}{2,}/gu) ?? [];
}

function hasContact({ contacts }: Searchable, text: string): boolean {
  const found = findContacts(text, []);
  const shares = (known: readonly string[], said: readonly { readonly value: string }[]): boolean =>
    known.some((one) => said.some(({ value }) => value.toLowerCase() === one.toLowerCase()));
  return (
    shares(contacts.emails, found.emails) ||
    shares(contacts.phones, found.phones) ||
    shares(contacts.handles, found.handles)
  );
}

function isInNumber(word: string, numbers: string): boolean {
  const digits = digitsOf(word);
  return digits.length >= SHORTEST_NUMBER && /^[\d+()./-]+$/.test(word) && numbers.includes(digits);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');
}
