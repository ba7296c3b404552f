/** E-mail addresses, links and phone numbers in a text, with the places where they stand. */
import {
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';

export interface Found {
  readonly value: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

interface FoundPhone extends Found {
  readonly country: CountryCode | null;
}

export interface Contacts {
  readonly emails: readonly Found[];
  readonly links: readonly Found[];
  /** Values without the `@`. */
  readonly handles: readonly Found[];
  readonly phones: readonly FoundPhone[];
}

// Each pattern begins only where no word is running: without that, a long word would be tried from every letter.
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;
const URL_WITH_SCHEME = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"'«»[\]{}]+/giu;
const TLD =
  'com|net|org|io|ai|co|eu|de|at|ch|pl|cz|sk|hu|ro|bg|gr|hr|si|rs|ru|рф|ua|by|kz|ge|am|az|uk|ie|fr|es|pt|it|nl|be|lu|dk|se|no|fi|is|ee|lv|lt|tr|il|ae|in|jp|cn|kr|sg|au|nz|ca|us|mx|br|ar|cl|za|dev|app|tech|biz|info|me|agency|cloud|xyz|online|site|shop|store|group|consulting|digital|studio|solutions|systems|ventures|capital|finance|legal|health|energy|global';
const BARE_LINK = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,5}(?:${TLD})(?::\d{2,5})?(?:/[^\s<>"'«»[\]{},;]*)?(?![\p{L}\p{N}@-])`,
  'gu',
);
const HANDLE = /(?<![\p{L}\p{N}._@/-])@[a-z]\w{3,31}(?![\p{L}\p{N}@.])/giu;
/** A plus and 7 to 15 digits, grouped by at most two signs at a time, on one line. */
const INTERNATIONAL = /(?<![\p{L}\p{N}+])\+(?:\d[ ().\u2010-\u2014-]{0,2}(?:\((?=\d))?){6,14}\d(?!\d)/gu;
const TRAILING_PUNCTUATION = /[.,;:!?)]+$/;

/**
 * Every well-formed contact of the text, in its order, without overlaps.
 * @param countries where numbers without a country code may come from, the likeliest first.
 */
export function findContacts(text: string, countries: readonly string[]): Contacts {
  const taken: Found[] = [];
  const emails = claim(
    taken,
    [...text.matchAll(EMAIL)].map((match) => found(match, match[0])),
  );
  const links = claim(taken, [
    ...[...text.matchAll(URL_WITH_SCHEME)].map((match) =>
      found(match, match[0].replace(TRAILING_PUNCTUATION, '')),
    ),
    ...[...text.matchAll(BARE_LINK)].map((match) => found(match, match[0].replace(TRAILING_PUNCTUATION, ''))),
  ]);
  const handles = claim(
    taken,
    [...text.matchAll(HANDLE)].map((match) => found(match, match[0])),
  );
  const phones = findPhones(text, taken, countries);
  return {
    emails: emails.toSorted(inOrder),
    links: links.toSorted(inOrder).map((link) => ({ ...link, value: asAddress(link.value) })),
    handles: handles.map((handle) => ({ ...handle, value: handle.value.slice(1) })),
    phones,
  };
}

/** The country an address belongs to by its ending: "DE" for firm.de; null for endings that tell nothing. */
export function countryOfDomain(address: string): CountryCode | null {
  const host = /^(?:https?:\/\/)?(?:[^@/\s]*@)?([^/:\s]+)/i.exec(address)?.[1] ?? '';
  const ending = (host.split('.').at(-1) ?? '').toUpperCase();
  const country = ending === 'UK' ? 'GB' : ending === 'РФ' ? 'RU' : ending;
  // .io, .ai, .me and .co are sold to everybody and say nothing about a place.
  return /^(?:IO|AI|ME|CO)$/.test(country) || !isSupportedCountry(country) ? null : country;
}

function findPhones(text: string, taken: readonly Found[], countries: readonly string[]): FoundPhone[] {
  const phones: FoundPhone[] = [];
  const add = (phone: FoundPhone): void => {
    if (![...taken, ...phones].some((other) => overlaps(other, phone))) phones.push(phone);
  };
  // With a country code the intention is plain: a number that may exist is taken, assigned or not.
  for (const match of text.matchAll(INTERNATIONAL)) {
    const number = parsePhoneNumberFromString(match[0]);
    if (number?.isPossible() === true)
      add({ ...found(match, match[0]), value: number.number, country: number.country ?? null });
  }
  for (const country of countries.filter((code) => isSupportedCountry(code))) {
    for (const { number, startsAt, endsAt } of findPhoneNumbersInText(text, { defaultCountry: country })) {
      add({ value: number.number, country: number.country ?? null, start: startsAt, end: endsAt });
    }
  }
  return phones.toSorted(inOrder);
}

function claim(taken: Found[], candidates: readonly Found[]): Found[] {
  const claimed: Found[] = [];
  for (const candidate of candidates) {
    if (taken.some((other) => overlaps(other, candidate))) continue;
    taken.push(candidate);
    claimed.push(candidate);
  }
  return claimed;
}

function found(match: RegExpExecArray, value: string): Found {
  return { value, start: match.index, end: match.index + value.length };
}

function asAddress(link: string): string {
  return /^https?:\/\//i.test(link) ? link : `https://${link}`;
}

function overlaps(a: Found, b: Found): boolean {
  return a.start < b.end && b.start < a.end;
}

function inOrder(a: Found, b: Found): number {
  return a.start - b.start;
}
