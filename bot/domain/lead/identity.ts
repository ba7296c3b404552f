/**
 * Name, job and company by where they stand: in labelled lines, in a header ("Anna Kowalska, Baltic Freight, …",
 * "Name - Title at Company"), in a signature or a profile of several lines, or inside a sentence ("Jonas from Elbwerk").
 * Each reader says which characters it used up; everything else stays notes.
 */
import {
  isCompanyBySuffix,
  isLowerCaseName,
  isTitle,
  mayBeCompany,
  nameStrength,
  withNameCase,
} from './name-words.ts';
import { isPlace } from './places.ts';

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Identity {
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly used: readonly Span[];
}

/** Stands for a contact that was cut out of the text, so that positions stay as they were. */
export const CONTACT_MARK = '\uFFFC';

interface Segment extends Span {
  readonly text: string;
}

interface Draft {
  name: string | null;
  title: string | null;
  company: string | null;
  used: Span[];
}

const LABELS: readonly (readonly ['name' | 'title' | 'company', RegExp])[] = [
  ['name', /^\s*(?:full name|name|имя|фио|contact person|kontakt|nombre|nom)\s*[:：]\s*(.+)$/iu],
  [
    'company',
    /^\s*(?:company|organi[sz]ation|firma|unternehmen|компания|организация|фирма|empresa)\s*[:：]\s*(.+)$/iu,
  ],
  ['title', /^\s*(?:job title|title|position|role|должность|позиция|cargo)\s*[:：]\s*(.+)$/iu],
];
const LEAD_LABEL =
  /^\s*(?:[-*•▪✅👤\d.)]+\s*)?(?:(?:new |hot )?lead|contact|prospect|client|(?:новый )?лид|контакт|клиент)\s*[:：–-]\s*/iu;
const BULLET = /^[^\p{L}\p{N}«"“]+/u;
const SEPARATOR = /[,;|•·،、\t]|\s[-–—/]\s|\s*[()<>]\s*|(?<=\p{Ll}{3}|\p{Lo})[.!?。](?=\s|$)/gu;
const TITLE_AT_COMPANY = /^(.{2,80}?)\s+(?:at|@|bei|chez|w|en|в компании|компании|в)\s+(.{2,80})$/iu;
const TITLE_THEN_LEGAL_FORM = /^(.{2,80}?)\s+((?:ООО|ОАО|ЗАО|ПАО|АО|ИП|ТОО)\s.{1,60}|[«"“].{1,60}[»"”])$/u;
const SIGN_OFF =
  /^\s*(?:(?:best|kind|warm|many)?\s*regards|best(?: wishes)?|cheers|sincerely|yours(?: sincerely| truly)?|thanks|thank you|mit freundlichen grüßen|viele grüße|mfg|cordialement|saludos|pozdrawiam|с уважением|с наилучшими пожеланиями|спасибо|--)\s*[,.!]?\s*$/iu;
const PROFILE_NOISE =
  /^\s*(?:\(?(?:she|he|they)\s*\/\s*\p{L}+\)?|[·•]?\s*(?:1st|2nd|3rd\+?)|\d[\d,+]* (?:connections|followers)|contact info|message|connect|follow)\s*$/iu;

const PROPER = String.raw`\p{Lu}[\p{L}\p{M}’'-]+`;
const PROPER_RUN = String.raw`${PROPER}(?:\s+(?:&\s+)?${PROPER}){0,3}`;
const SENTENCES: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<!\p{L})(${PROPER}(?:\s${PROPER}){0,2})\s*,?\s+(?:from|at|of|with|из|bei|von)\s+(?:компании\s+)?[«"“]?(${PROPER_RUN})`,
    'u',
  ),
  new RegExp(
    String.raw`(?:^|\s)(?:[Mm]et|[Ss]poke (?:to|with)|[Tt]alked (?:to|with)|[Cc]all with|[Mm]eeting with|[Ii]ntroduced (?:me )?to|[Вв]стретил(?:ся|ась|ись) с|[Пп]ознакомил(?:ся|ась|ись) с|[Сс]озвонил(?:ся|ась|ись) с|[Пп]оговорил[аи]? с)\s+(${PROPER}(?:\s${PROPER}){0,2})`,
    'u',
  ),
];
const MAX_PROFILE_LINES = 6;

/**
 * Who the text is about.
 * @param text with contacts replaced by {@link CONTACT_MARK}, one mark for every character.
 */
export function readIdentity(text: string): Identity {
  const lines = splitLines(text);
  const labelled = fromLabels(lines);
  if (labelled.name !== null) return labelled;
  const signOff = lines.findIndex((line) => SIGN_OFF.test(line.text));
  const fromSignature = signOff >= 0 ? fromLines(lines.slice(signOff + 1)) : null;
  const found = fromSignature ?? fromLines(lines) ?? fromSentence(text) ?? labelled;
  return {
    name: found.name === null ? null : withNameCase(found.name),
    title: labelled.title ?? found.title,
    company: labelled.company ?? found.company,
    used: [...labelled.used, ...found.used],
  };
}

function fromLabels(lines: readonly Segment[]): Draft {
  const draft: Draft = { name: null, title: null, company: null, used: [] };
  for (const line of lines) {
    for (const [field, label] of LABELS) {
      const value = bare(label.exec(line.text)?.[1] ?? '');
      if (value === '' || draft[field] !== null) continue;
      draft[field] = value;
      draft.used.push(line);
    }
  }
  return draft;
}

/** The first line that begins with a name, and the lines after it as far as they say more about the person. */
function fromLines(lines: readonly Segment[]): Draft | null {
  for (const [index, line] of lines.entries()) {
    const header = fromHeader(line);
    if (!header) continue;
    continueProfile(header.draft, header.whole ? lines.slice(index + 1, index + 1 + MAX_PROFILE_LINES) : []);
    const { draft } = header;
    const supported = draft.title !== null || draft.company !== null || text(lines).includes(CONTACT_MARK);
    if (header.strength === 'strong' || supported) return draft;
  }
  return null;
}

function fromHeader(line: Segment): { draft: Draft; strength: 'strong' | 'weak'; whole: boolean } | null {
  const label = LEAD_LABEL.exec(line.text)?.[0] ?? BULLET.exec(line.text)?.[0] ?? '';
  const offset = line.start + label.length;
  const segments = splitSegments(line.text.slice(label.length), offset);
  const [head, ...rest] = segments;
  if (!head || isPlace(head.text)) return null;
  const lowerCase = rest.length > 0 && line.text === line.text.toLowerCase() && isLowerCaseName(head.text);
  const strength = lowerCase ? 'weak' : nameStrength(head.text);
  if (strength === null) return null;
  const draft: Draft = { name: head.text, title: null, company: null, used: [head] };
  if (label !== '') draft.used.push({ start: line.start, end: offset });
  let taken = 0;
  for (const segment of rest) {
    if (!takeDetail(draft, segment, lowerCase)) break;
    taken += 1;
  }
  return { draft, strength, whole: taken === rest.length };
}

/** Lines below a name: job and company are taken, places and contacts passed over; the first other line ends it. */
function continueProfile(draft: Draft, lines: readonly Segment[]): void {
  for (const line of lines) {
    const segments = splitSegments(line.text, line.start);
    if (PROFILE_NOISE.test(line.text)) draft.used.push(line);
    else if (segments.length === 0 || segments.some((segment) => isPlace(segment.text))) continue;
    else {
      const whole = { text: bare(line.text), start: line.start, end: line.end };
      // "Head of Sales, Nordics at Fjordbank" is one job although it has a comma in it.
      if (segments.length > 1 && TITLE_AT_COMPANY.test(whole.text) && takeDetail(draft, whole, false))
        continue;
      if (!segments.every((segment) => takeDetail(draft, segment, false))) return;
    }
  }
}

/** Reads one piece as job, company or both; false when it is neither or the field is already known. */
function takeDetail(draft: Draft, segment: Segment, lowerCase: boolean): boolean {
  const words = segment.text;
  if (isPlace(words)) return false;
  const both = TITLE_AT_COMPANY.exec(words) ?? TITLE_THEN_LEGAL_FORM.exec(words);
  const [, job = '', place = ''] = both ?? [];
  if (draft.title === null && isTitle(job) && (mayBeCompany(place) || lowerCase)) {
    draft.title = job;
    draft.company ??= place;
  } else if (draft.title === null && isTitle(words) && !/[.!?]$/.test(words)) draft.title = words;
  else if (draft.company === null && isCompanyLike(words, lowerCase)) draft.company = words;
  else return false;
  draft.used.push(segment);
  return true;
}

function isCompanyLike(words: string, lowerCase: boolean): boolean {
  if (mayBeCompany(words)) return isCompanyBySuffix(words) || !/[.!?]$/.test(words);
  return lowerCase && isLowerCaseName(words);
}

/** A name inside prose: the sentence stays in the notes, nothing is used up. */
function fromSentence(whole: string): Draft | null {
  for (const pattern of SENTENCES) {
    for (const match of whole.matchAll(new RegExp(pattern, 'gu'))) {
      const [, name = '', company] = match;
      if (nameStrength(name) === null || isPlace(name)) continue;
      const known = company !== undefined && !isPlace(company) && mayBeCompany(company) ? company : null;
      return { name, title: null, company: known, used: [] };
    }
  }
  return null;
}

function splitLines(whole: string): Segment[] {
  return [...whole.matchAll(/[^\n]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The pieces of a line between separators, without marks and outer blanks; empty ones are left out. */
function splitSegments(line: string, offset: number): Segment[] {
  const cuts = [...line.matchAll(SEPARATOR)];
  const ends = [...cuts.map((cut) => cut.index + cut[0].length), line.length];
  const segments: Segment[] = [];
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const piece = line.slice(start, cuts[index]?.index ?? end);
    if (bare(piece) !== '') segments.push({ text: bare(piece), start: offset + start, end: offset + end });
    start = end;
  }
  return segments;
}

function bare(piece: string): string {
  return piece
    .replaceAll(CONTACT_MARK, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|*_]+|[\s,;:|*_]+$/g, '');
}

function text(lines: readonly Segment[]): string {
  return lines.map((line) => line.text).join('\n');
}
