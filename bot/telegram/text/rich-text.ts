/**
 * Text with formatting as entities, never as markup: whatever a person or a planner wrote is shown as it is, and
 * nothing has to be escaped. Every piece is cleaned the way Telegram cleans it, so that offsets stay right.
 */
import type { MessageEntity } from 'grammy/types';

/** A message's text; offsets count UTF-16 units, as Telegram does. */
export interface RichText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

type Style = 'bold' | 'strikethrough' | 'blockquote' | 'expandable_blockquote';

/** A piece of a line: plain words, or words in one style. */
export type Piece = string | { readonly style: Style; readonly text: string };

export const bold = (text: string): Piece => ({ style: 'bold', text });
export const struck = (text: string): Piece => ({ style: 'strikethrough', text });
export const quote = (text: string): Piece => ({ style: 'blockquote', text });
/** A quote that shows three lines and unfolds at a tap. */
export const folded = (text: string): Piece => ({ style: 'expandable_blockquote', text });

/** Lines of a message, each a list of pieces; null lines are left out, an empty list is a blank line. */
export type Lines = readonly (readonly Piece[] | null)[];

/** Puts lines together. Blank lines never stand at the beginning, at the end or twice in a row. */
export function richText(lines: Lines): RichText {
  let text = '';
  let gap = '';
  const entities: MessageEntity[] = [];
  for (const line of lines) {
    if (line === null) continue;
    let words = '';
    const begin = text.length + gap.length;
    for (const piece of line) {
      if (typeof piece === 'string') {
        words += piece.includes('\uE000') ? withMoments(piece, begin + words.length, entities) : clean(piece);
        continue;
      }
      // An entity must not begin or end with white space: Telegram would move its borders. It keeps no date in bold either.
      const styled = clean(piece.text).trim();
      if (styled === '') continue;
      entities.push({ type: piece.style, offset: begin + words.length, length: styled.length });
      words += styled;
    }
    if (words === '') {
      if (text !== '') gap = '\n\n';
      continue;
    }
    text += gap + words;
    gap = '\n';
  }
  return { text, entities };
}

/** The words of a piece that tells instants, as they begin at `offset`; their entities are added. */
function withMoments(piece: string, offset: number, entities: MessageEntity[]): string {
  let words = '';
  let rest = 0;
  for (const { 0: whole, 1: time = '', 2: told = '', index } of piece.matchAll(MOMENT)) {
    words += clean(piece.slice(rest, index));
    const seconds = Number.parseInt(time, 36);
    const moment = clean(told).trim();
    if (seconds <= LAST_SECOND && moment !== '') {
      const place = { offset: offset + words.length, length: moment.length };
      entities.push({ type: 'date_time', ...place, unix_time: seconds, date_time_format: '' });
    }
    words += moment;
    rest = index + whole.length;
  }
  return words + clean(piece.slice(rest));
}

/**
 * Words for an instant that Telegram knows as one: a tap on them shows it on the reader's own clock, wherever they are, and
 * can note it down. They are shown as we wrote them, so a client that knows no such dates shows the same. For plain pieces
 * of a message's text only, unclipped; buttons and toasts take no entities.
 */
export function asMoment(instant: Temporal.Instant, words: string): string {
  const seconds = Math.floor(instant.epochMilliseconds / 1000);
  return seconds < 1 || seconds > LAST_SECOND ? words : `\uE000${seconds.toString(36)}\uE001${words}\uE002`;
}

/** Telegram's own limit: the year 2038. */
const LAST_SECOND = 2 ** 31 - 1;
/** Signs for private use, which `clean` takes out of everything that somebody else wrote. */
const MOMENT = /\uE000([1-9a-z][0-9a-z]{0,5})\uE001([^\uE000-\uE002]*)\uE002/g;

/** Carriage returns, line separators, direction overrides and three combining lines: Telegram cuts them out; our own marks. */
const CUT = /\r|[\u2028-\u202e\ue000-\ue002]|\u0333|\u033f|\u030a/g;
// eslint-disable-next-line no-control-regex -- these very characters are meant
const CONTROL = /[\0-\u0009\u000b-\u001f]/g;
/** Telegram turns all but the last of several direction marks into another sign; one is enough anyway. */
const DIRECTION_MARKS = /[\u200e\u200f]+(?=[\u200e\u200f])/g;
/** Half of a surrogate pair is no text and would make the request unreadable. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Anything of the above: most texts hold none of it, and every card goes through here. */
const SUSPECT =
  // eslint-disable-next-line no-control-regex -- these very characters are meant
  /[\0-\u0009\u000b-\u001f\u200e\u200f\u2028-\u202e\ud800-\udfff\ue000-\ue002]|\u030a|\u0333|\u033f/;

/** The text as Telegram would keep it, apart from white space around it. */
export function clean(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(/\r\n/g, '\n')
    .replace(CUT, '')
    .replace(CONTROL, ' ')
    .replace(DIRECTION_MARKS, '')
    .replace(LONE_SURROGATE, '\uFFFD');
}

/** The most a message may hold (Bot API: 4,096 characters after entity parsing). UTF-16 units here: never more. */
export const MESSAGE_LIMIT = 4096;
/** What a toast may hold (answerCallbackQuery). */
export const TOAST_LIMIT = 200;

/**
 * At most `limit` UTF-16 units of the text, with "…" where something is missing; no character is cut in half.
 * @param limit 1 or more.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Telegram keeps no more formatting of a message than this. */
const ENTITY_LIMIT = 100;

/**
 * The message as Telegram takes it: cut at its limit, formatting that crosses the cut shortened and what lies behind it left
 * out. Cards measure their own parts; this is for what none of them thought of.
 */
export function fitted(whole: RichText): RichText {
  if (whole.text.length <= MESSAGE_LIMIT && whole.entities.length <= ENTITY_LIMIT) return whole;
  const text = clip(whole.text, MESSAGE_LIMIT);
  const entities = whole.entities
    .filter(({ offset }) => offset < text.length)
    .map((entity) => ({ ...entity, length: Math.min(entity.length, text.length - entity.offset) }))
    .slice(0, ENTITY_LIMIT);
  return { text, entities };
}

/** The text on one line, for labels and headings. */
export function oneLine(text: string): string {
  const cleaned = clean(text);
  return NOT_ONE_LINE.test(cleaned) ? cleaned.replace(/\s+/g, ' ').trim() : cleaned;
}

/** White space that is no single space between words. */
const NOT_ONE_LINE = /[^\S ]|\s{2}|^\s|\s$/;
