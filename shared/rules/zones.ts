/**
 * From what a person calls their time zone to an IANA id that Temporal, Intl and PostgreSQL all understand. Offset ids
 * such as "+03:00" are never stored: PostgreSQL reads their sign the POSIX way round, so UTC+3 becomes `Etc/GMT-3`.
 */
import { CITY_ZONES } from './zone-cities.ts';

export type ZoneRefusal =
  'empty' | 'unknown_zone' | 'ambiguous' | 'offset_out_of_range' | 'offset_needs_city';

export type ZoneAnswer =
  | { readonly ok: true; readonly zone: string; readonly label: string }
  | { readonly ok: false; readonly reason: ZoneRefusal; readonly suggestions: readonly string[] };

interface City {
  readonly zone: string;
  readonly en: string;
  readonly ru: string;
}

/** Letters people use for their zone. IANA's own EST, MST and HST are left out on purpose: they know no summer time. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  msk: 'Europe/Moscow',
  bst: 'Europe/London',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  ct: 'America/Chicago',
  cdt: 'America/Chicago',
  mt: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  hst: 'Pacific/Honolulu',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  sgt: 'Asia/Singapore',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
};

/** Letters that mean clocks hours apart: asked back instead of guessed. */
const AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  ist: ['Delhi', 'Tel Aviv', 'Dublin'],
  cst: ['Chicago', 'Shanghai', 'Mexico City'],
  ast: ['America/Halifax', 'Riyadh'],
  eet: ['Helsinki', 'Athens', 'Kyiv', 'Cairo'],
  eest: ['Helsinki', 'Athens', 'Kyiv'],
  gst: ['Dubai', 'Atlantic/South_Georgia'],
};

/** Broken offsets of places without summer time, in minutes east of UTC. */
const BROKEN_OFFSETS: Readonly<Record<number, string>> = {
  [-570]: 'Pacific/Marquesas',
  [210]: 'Asia/Tehran',
  [270]: 'Asia/Kabul',
  [330]: 'Asia/Kolkata',
  [345]: 'Asia/Kathmandu',
  [390]: 'Asia/Yangon',
  [525]: 'Australia/Eucla',
  [570]: 'Australia/Darwin',
};

/** Broken offsets of places whose clocks also change: a fixed offset would be wrong half of the year. */
const CHANGING_OFFSETS: Readonly<Record<number, string>> = {
  [-210]: 'America/St_Johns',
  [-150]: 'America/St_Johns',
  [630]: 'Australia/Adelaide',
  [765]: 'Pacific/Chatham',
};

const OFFSET = /^(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?$/i;
const WEST_LIMIT_HOURS = 12;
const EAST_LIMIT_HOURS = 14;

/**
 * What zone a person means by an IANA id in any case, a city in English or Russian, an offset ("UTC+3", "GMT-5") or
 * common letters. The id keeps the person's spelling (Europe/Kyiv stays Europe/Kyiv); compare with {@link sameZone}.
 * @param input text as typed; never throws.
 */
export function normaliseZone(input: string): ZoneAnswer {
  const text = input.trim().replace(/\s+/g, ' ');
  if (text === '') return refused('empty');
  if (/^(?:utc|gmt|z|zulu|etc\/utc)$/i.test(text)) return { ok: true, zone: 'UTC', label: 'UTC' };
  const offset = OFFSET.exec(text);
  if (offset) return fromOffset(offset);
  const letters = text.toLowerCase();
  const places = AMBIGUOUS[letters];
  if (places) return refused('ambiguous', places);
  const lettersZone = ABBREVIATIONS[letters];
  if (lettersZone !== undefined) return { ok: true, zone: lettersZone, label: zoneLabel(lettersZone, 'en') };
  return fromCity(text) ?? fromIana(text) ?? refused('unknown_zone');
}

/** The zone of a city by one of its known spellings, diacritics and case aside; null when it is not a known city. */
export function cityZone(name: string): string | null {
  return cities().get(fold(name))?.zone ?? null;
}

/** Whether two zone ids name the same zone (Europe/Kiev and Europe/Kyiv do). Ids must be valid, else RangeError. */
export function sameZone(a: string, b: string): boolean {
  const epoch = Temporal.Instant.fromEpochMilliseconds(0);
  return epoch.toZonedDateTimeISO(a).equals(epoch.toZonedDateTimeISO(b));
}

/** A zone's name for people: its city, or "UTC+3" for a fixed offset. */
export function zoneLabel(zone: string, locale: string): string {
  const fixed = /^Etc\/GMT([+-])(\d{1,2})$/.exec(zone);
  if (fixed) return `UTC${fixed[1] === '-' ? '+' : '-'}${fixed[2] ?? ''}`;
  if (/^(?:utc|etc\/utc|etc\/gmt)$/i.test(zone)) return 'UTC';
  const city = cityPart(zone);
  if (!locale.toLowerCase().startsWith('ru')) return city;
  return cities().get(fold(city))?.ru ?? city;
}

/** The offset in force at an instant: "UTC+3", "UTC+5:30", "UTC" for none. */
export function offsetLabel(zone: string, instant: Temporal.Instant): string {
  const minutes = Math.round(instant.toZonedDateTimeISO(zone).offsetNanoseconds / 60_000_000_000);
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

function fromOffset(match: RegExpExecArray): ZoneAnswer {
  const sign = match[1] === '+' ? 1 : -1;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  const limit = sign > 0 ? EAST_LIMIT_HOURS : WEST_LIMIT_HOURS;
  if (minutes > 59 || hours * 60 + minutes > limit * 60) return refused('offset_out_of_range');
  if (minutes !== 0) return fromBrokenOffset(sign * (hours * 60 + minutes));
  if (hours === 0) return { ok: true, zone: 'UTC', label: 'UTC' };
  // Etc/GMT counts westward: the inverted sign is the rule of that name space, not a slip.
  const zone = `Etc/GMT${sign > 0 ? '-' : '+'}${hours}`;
  return { ok: true, zone, label: zoneLabel(zone, 'en') };
}

function fromBrokenOffset(minutesEast: number): ZoneAnswer {
  const zone = BROKEN_OFFSETS[minutesEast];
  if (zone !== undefined) return { ok: true, zone, label: cityPart(zone) };
  const changing = CHANGING_OFFSETS[minutesEast];
  return refused('offset_needs_city', changing === undefined ? [] : [changing]);
}

function fromCity(text: string): ZoneAnswer | null {
  // "Berlin, Germany" and "г. Казань" name a city with something around it.
  const bare = text.replace(/^(?:г\.|город|city of)\s*/i, '');
  const city = cities().get(fold(bare)) ?? cities().get(fold(bare.split(',')[0] ?? ''));
  if (!city) return null;
  return { ok: true, zone: city.zone, label: /\p{Script=Cyrillic}/u.test(text) ? city.ru : city.en };
}

function fromIana(text: string): ZoneAnswer | null {
  const id = text.replaceAll(' ', '_');
  // Temporal also accepts offsets and whole date-times here; a zone id is letters first and nothing exotic.
  if (!/^[a-z]{3,}[a-z0-9_+\-/]*$/i.test(id)) return null;
  try {
    const zone = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId;
    return { ok: true, zone, label: zoneLabel(zone, 'en') };
  } catch {
    return null;
  }
}

function refused(reason: ZoneRefusal, suggestions: readonly string[] = []): ZoneAnswer {
  return { ok: false, reason, suggestions };
}

let cityIndex: ReadonlyMap<string, City> | undefined;

/** Built at the first question, not at import: 400 ids of the runtime and the table above. */
function cities(): ReadonlyMap<string, City> {
  cityIndex ??= buildCityIndex();
  return cityIndex;
}

function buildCityIndex(): Map<string, City> {
  const index = new Map<string, City>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const name = cityPart(zone);
    if (zone.includes('/')) index.set(fold(name), { zone, en: name, ru: name });
  }
  for (const line of CITY_ZONES.trim().split('\n')) {
    const [zone = '', list = ''] = line.split(' > ');
    for (const spellings of list.split(';')) {
      const names = spellings.split(',').map((name) => name.trim());
      const en = names[0] ?? '';
      const ru = names.find((name) => /\p{Script=Cyrillic}/u.test(name)) ?? en;
      for (const name of names) index.set(fold(name), { zone, en, ru });
    }
  }
  return index;
}

function cityPart(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Case, diacritics, hyphens and dots do not tell cities apart. */
function fold(name: string): string {
  const plain = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');
  return plain
    .replace(/[-.’']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
