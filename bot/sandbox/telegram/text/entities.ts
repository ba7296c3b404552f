/** Text with formatting as the Bot API carries it, and the order Telegram keeps entities in. */

/** An entity in Bot API names. Offset and length count UTF-16 code units, exactly as JavaScript strings do. */
export interface TextEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
  user?: { id: number };
}

export interface FormattedText {
  text: string;
  entities: TextEntity[];
}

/** Formatting that may be cut in pieces and merged again. */
const SPLITTABLE = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
/** Nothing may be formatted inside these. A date counts among them: bold around or in it is dropped. */
const LITERAL = new Set(['code', 'pre', 'date_time']);

export const isSplittable = (entity: TextEntity) => SPLITTABLE.has(entity.type);
export const isLiteral = (entity: TextEntity) => LITERAL.has(entity.type);
export const isQuote = (entity: TextEntity) =>
  entity.type === 'blockquote' || entity.type === 'expandable_blockquote';

/** Which of two entities over the same stretch of text is the outer one: the smaller number. */
const RANK: Readonly<Record<string, number>> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  date_time: 30,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};
const DETECTED_RANK = 50;
const PRE_WITH_LANGUAGE_RANK = 10;

function rank(entity: TextEntity): number {
  if (entity.type === 'pre' && entity.language !== undefined) return PRE_WITH_LANGUAGE_RANK;
  return RANK[entity.type] ?? DETECTED_RANK;
}

/** Telegram's limits count characters (code points), not UTF-16 units. */
export const characterCount = (text: string) => Array.from(text).length;

export const end = (entity: TextEntity) => entity.offset + entity.length;

/** Telegram's order: by start, the longer first, the outer first. */
export function sorted(entities: readonly TextEntity[]): TextEntity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
}
