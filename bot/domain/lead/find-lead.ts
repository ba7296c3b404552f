/** Finding people among a person's leads by a few typed words. */

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
