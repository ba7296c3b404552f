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
    const pieces = line.map(cleanPiece).filter(({ text: words }) => words !== '');
    if (pieces.length === 0) {
      if (text !== '') gap = '\n\n';
      continue;
    }
    text += gap;
    for (const piece of pieces) {
      if (piece.style !== null) {
        entities.push({ type: piece.style, offset: text.length, length: piece.text.length });
      }
      text += piece.text;
    }
    gap = '\n';
  }
  return { text, entities };
}

function cleanPiece(piece: Piece): { style: Style | null; text: string } {
  if (typeof piece === 'string') return { style: null, text: clean(piece) };
  // An entity must not begin or end with white space: Telegram would move its borders.
  return { style: piece.style, text: clean(piece.text).trim() };
}

/** Carriage returns, line separators, direction overrides and three combining lines: Telegram cuts them out. */
const CUT = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/g;
// eslint-disable-next-line no-control-regex -- these very characters are meant
const CONTROL = /[\0-\u0009\u000b-\u001f]/g;
/** Telegram turns all but the last of several direction marks into another sign; one is enough anyway. */
const DIRECTION_MARKS = /[\u200e\u200f]+(?=[\u200e\u200f])/g;
/** Half of a surrogate pair is no text and would make the request unreadable. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Anything of the above: most texts hold none of it, and every card goes through here. */
// eslint-disable-next-line no-control-regex -- these very characters are meant
const SUSPECT = /[\0-\u0009\u000b-\u001f\u200e\u200f\u2028-\u202e\ud800-\udfff]|\u030a|\u0333|\u033f/;

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

/** The text on one line, for labels and headings. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}
