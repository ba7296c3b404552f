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
import { findNameInProse } from './prose-names.ts';
import {
  bare,
  CONTACT_MARK,
  splitLines,
  splitSegments,
  splitSentences,
  type Segment,
  type Span,
} from './segments.ts';

export interface Identity {
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly used: readonly Span[];
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
const LABEL_START =
  /(?<!\p{L})(?:full name|name|имя|фио|company|organi[sz]ation|компания|организация|title|position|role|должность)\s*[:：]/giu;
const LEAD_LABEL =
  /^\s*(?:[-*•▪✅👤\d.)]+\s*)?(?:(?:new |hot )?lead|contact|prospect|client|(?:новый )?лид|контакт|клиент)\s*[:：–-]\s*/iu;
/** "Hi Mara, meet Viktor Lindqvist, CTO at Polarwind": what stands before the name. */
const INTRODUCTION =
  /^\s*(?:(?:hi|hello|hey|dear)\s+\p{L}+\s*[,!]?\s+)?(?:please\s+)?(?:meet|let me introduce(?: you to)?)\s+(?=\p{Lu})/iu;
/** Who speaks in a copied chat, and who sent a forwarded e-mail. The contact after "From:" is a mark by now. */
const SPEAKER: readonly RegExp[] = [
  /^\s*[>*]?\s*(?:from|von|от)\s*:\s*["“]?([^<>"”[(\uFFFC]{2,60}?)["”]?\s*[<[(]?\s*\uFFFC/imu,
  /^\[\d[\d.,:/ apm]{5,24}\]\s*([^:\n]{2,60}):/imu,
  /^([^,:\n[\]]{2,60}),? \[\d[\d.,:/ apm]{5,24}\]:?/imu,
];
const BULLET = /^[^\p{L}\p{N}«"“]+/u;
const TITLE_AT_COMPANY = /^(.{2,80}?)\s+(?:at|@|bei|chez|w|en|в компании|компании|в)\s+(.{2,80})$/iu;
const TITLE_THEN_LEGAL_FORM = /^(.{2,80}?)\s+((?:ООО|ОАО|ЗАО|ПАО|АО|ИП|ТОО)\s.{1,60}|[«"“].{1,60}[»"”])$/u;
const SIGN_OFF =
  /^\s*(?:(?:best|kind|warm|many)?\s*regards|best(?: wishes)?|cheers|sincerely|yours(?: sincerely| truly)?|thanks|thank you|mit freundlichen grüßen|viele grüße|mfg|cordialement|saludos|pozdrawiam|z poważaniem|з повагою|בברכה|مع التحية|с уважением|с наилучшими пожеланиями|спасибо|--)\s*[,.!]?\s*$/iu;
const PROFILE_NOISE =
  /^\s*(?:\(?(?:she|he|they)\s*\/\s*\p{L}+\)?|[·•]?\s*(?:1st|2nd|3rd\+?|[123]\.)|\d[\d.,+]* (?:connections|followers|kontakte|follower)|contact info|kontaktinfo|message|connect|follow)\s*$/iu;

const MAX_PROFILE_LINES = 6;
const LINES_ABOVE = 3;

/**
 * Who the text is about.
 * @param text with contacts replaced by {@link CONTACT_MARK}, one mark for every character.
 */
export function readIdentity(text: string): Identity {
  const lines = splitLines(text);
  const labelled = fromLabels(lines);
  if (labelled.name !== null) return labelled;
  const signOff = lines.findIndex((line) => SIGN_OFF.test(line.text));
  const found =
    fromSpeaker(text) ??
    (signOff >= 0 ? fromLines(lines.slice(signOff + 1), 'any') : null) ??
    fromLines(lines, 'any') ??
    fromLines(splitSentences(lines), 'detailed') ??
    fromProse(text) ??
    fromCompany(lines) ??
    labelled;
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
    for (const piece of splitAtLabels(line)) {
      for (const [field, label] of LABELS) {
        const value = bare(label.exec(piece.text)?.[1] ?? '');
        if (value === '' || draft[field] !== null) continue;
        draft[field] = value;
        draft.used.push(piece);
      }
    }
  }
  return draft;
}

/** "Name: Maria, Company: Solaria, wants …" is three pieces: a value that is followed by a label ends at its comma. */
function splitAtLabels(line: Segment): Segment[] {
  const starts = [...line.text.matchAll(LABEL_START)].map((match) => match.index);
  if (starts.length < 2) return [line];
  return starts.map((start, index) => {
    const piece = line.text.slice(start, starts[index + 1]);
    const value = starts[index + 1] === undefined ? (/^[^,;|]*[,;|]?/.exec(piece)?.[0] ?? piece) : piece;
    return { text: value, start: line.start + start, end: line.start + start + value.length };
  });
}

/**
 * The first line that begins with a name, and the lines after it as far as they say more about the person.
 * @param trust `detailed`: believed only with a job or a company beside the name.
 */
function fromLines(lines: readonly Segment[], trust: 'any' | 'detailed'): Draft | null {
  const hasContact = lines.some((line) => line.text.includes(CONTACT_MARK));
  for (const [index, line] of lines.entries()) {
    const header = fromHeader(line);
    if (!header) continue;
    const { draft } = header;
    continueProfile(draft, header.whole ? lines.slice(index + 1, index + 1 + MAX_PROFILE_LINES) : []);
    draft.company ??= firmAmong(draft, lines.slice(Math.max(0, index - LINES_ABOVE), index));
    const detailed = draft.title !== null || draft.company !== null;
    if (detailed || (trust === 'any' && (header.strength === 'strong' || hasContact))) return draft;
  }
  return null;
}

/** Business cards print the firm first: a line above the name that can be nothing else. */
function firmAmong(draft: Draft, lines: readonly Segment[]): string | null {
  const firm = lines.find(
    (line) => isCompanyBySuffix(outermost(line.text)) && mayBeCompany(outermost(line.text)),
  );
  if (!firm) return null;
  draft.used.push(firm);
  return withNameCase(outermost(firm.text));
}

/** Nothing is used up: who wrote when stays in the notes. */
function fromSpeaker(text: string): Draft | null {
  for (const pattern of SPEAKER) {
    const name = bare(pattern.exec(text)?.[1] ?? '');
    if (nameStrength(name) === 'strong' && !isPlace(name)) {
      return { name, title: null, company: findNameInProse(text)?.company ?? null, used: [] };
    }
  }
  return null;
}

function fromProse(text: string): Draft | null {
  const found = findNameInProse(text);
  // The sentence stays in the notes: nothing is used up.
  return found && { ...found, title: null, used: [] };
}

/** A firm without a person, "Acme Corp" or "Acme Corp, John Smith". */
function fromCompany(lines: readonly Segment[]): Draft | null {
  const [line] = lines;
  const [head, second] = line ? splitSegments(line.text, line.start) : [];
  if (!head || !isCompanyBySuffix(head.text) || !mayBeCompany(head.text)) return null;
  const draft: Draft = { name: null, title: null, company: head.text, used: [head] };
  if (second && nameStrength(second.text) !== null && !isPlace(second.text)) {
    draft.name = second.text;
    draft.used.push(second);
  }
  return draft;
}

function fromHeader(line: Segment): { draft: Draft; strength: 'strong' | 'weak'; whole: boolean } | null {
  const label =
    LEAD_LABEL.exec(line.text)?.[0] ?? INTRODUCTION.exec(line.text)?.[0] ?? BULLET.exec(line.text)?.[0] ?? '';
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
  // After a full stop a sentence begins, which says something else.
  if (isPlace(words) || /^[.!?]/.test(words)) return false;
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

/** The words of a line without bullets and ornaments around them. */
function outermost(line: string): string {
  return bare(line).replace(/^[^\p{L}\p{N}«"“]+|[^\p{L}\p{N}.»"”]+$/gu, '');
}
