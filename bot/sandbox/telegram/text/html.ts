/**
 * Telegram's HTML, read as strictly as Telegram reads it: a small set of tags, no forgiveness for anything unclosed or unknown,
 * `&lt; &gt; &amp; &quot;` and numeric references only. Error texts and byte offsets are Telegram's; a test compares text, entities
 * and errors with Telegram's own parser (TDLib). Attributes follow its reader, not the HTML standard: unquoted values are
 * letters, digits, dots and hyphens.
 */
import { checkLink, linkedUserId } from './links.ts';
import { sorted, type FormattedText, type TextEntity } from './entities.ts';

/** The markup is wrong. The message is Telegram's, without "can't parse entities: ". */
export class MarkupProblem extends Error {
  override name = 'MarkupProblem';
}

interface OpenTag {
  name: string;
  /** In the order written: one name may stand there twice. */
  attributes: readonly (readonly [name: string, value: string])[];
  start: number;
}

/** Of an attribute given twice the last value that makes sense counts. */
function attribute(tag: Pick<OpenTag, 'attributes'>, name: string, prefix = ''): string | undefined {
  return tag.attributes.findLast(([key, value]) => key === name && value.startsWith(prefix))?.[1];
}

const TAG_NAMES =
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(' ');
const PLAIN_TYPES: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const SPACE = ' \t\r\n\0\v';
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const HIGHEST_CODE = 0x10ffff;
/** Telegram reads at most this many characters of a numeric reference, "&#" included. */
const REFERENCE_LENGTH = 9;

/** The reader's place in the source; reading past the end gives ''. */
interface Cursor {
  readonly source: string;
  at: number;
}

const peek = (cursor: Cursor) => cursor.source.charAt(cursor.at);
const isSpaceOrEnd = (sign: string) => sign === '' || SPACE.includes(sign);
const byteOffset = (cursor: Cursor, at: number) => Buffer.byteLength(cursor.source.slice(0, at));
const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function takeWhile(cursor: Cursor, wanted: (sign: string) => boolean): string {
  const from = cursor.at;
  while (peek(cursor) !== '' && wanted(peek(cursor))) cursor.at += 1;
  return cursor.source.slice(from, cursor.at);
}

const skipSpace = (cursor: Cursor) => takeWhile(cursor, (sign) => SPACE.includes(sign));

/** @returns the character a reference at the cursor stands for, having moved past it; null = it is plain text */
function takeReference(cursor: Cursor): string | null {
  const found = /^&(?:#x([0-9a-fA-F]*)|#(\d*)|([a-zA-Z]*))/.exec(cursor.source.slice(cursor.at));
  if (found === null) return null;
  const [all, hex, decimal, name] = found;
  let sign: string | undefined;
  if (name === undefined) {
    const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
    const isValid = code > 0 && code < HIGHEST_CODE && all.length <= REFERENCE_LENGTH;
    sign = isValid ? String.fromCodePoint(code) : undefined;
  } else {
    sign = NAMED[name];
  }
  if (sign === undefined) return null;
  cursor.at += all.length;
  if (peek(cursor) === ';') cursor.at += 1;
  return sign;
}

function takeQuoted(cursor: Cursor): string {
  const quote = peek(cursor);
  cursor.at += 1;
  let value = '';
  while (peek(cursor) !== quote && peek(cursor) !== '') {
    const sign = peek(cursor) === '&' ? takeReference(cursor) : null;
    if (sign !== null) {
      value += sign;
    } else {
      value += peek(cursor);
      cursor.at += 1;
    }
  }
  cursor.at += 1;
  return value;
}

function takeToken(cursor: Cursor): string {
  const from = cursor.at;
  const token = takeWhile(cursor, (sign) => /[a-zA-Z0-9.-]/.test(sign));
  if (!isSpaceOrEnd(peek(cursor)) && peek(cursor) !== '>') {
    throw new MarkupProblem(`Unexpected end of name token at byte offset ${byteOffset(cursor, from)}`);
  }
  return lowerAscii(token);
}

/** Reads what stands between a tag's name and its ">"; an attribute without a value counts as "". */
function takeAttributes(cursor: Cursor, name: string, tagOffset: number): OpenTag['attributes'] {
  const attributes: [string, string][] = [];
  const unclosedTag = () => new MarkupProblem(`Unclosed start tag "${name}" at byte offset ${tagOffset}`);
  while (true) {
    skipSpace(cursor);
    if (peek(cursor) === '>') return attributes;
    const key = takeWhile(cursor, (sign) => !SPACE.includes(sign) && !'=>/"\''.includes(sign));
    if (key === '') {
      throw new MarkupProblem(`Empty attribute name in the tag "${name}" at byte offset ${tagOffset}`);
    }
    skipSpace(cursor);
    if (peek(cursor) === '') throw unclosedTag();
    if (peek(cursor) !== '=') {
      attributes.push([key, '']);
      continue;
    }
    cursor.at += 1;
    skipSpace(cursor);
    if (peek(cursor) === '') throw unclosedTag();
    const value = peek(cursor) === '"' || peek(cursor) === "'" ? takeQuoted(cursor) : takeToken(cursor);
    if (peek(cursor) === '') throw new MarkupProblem(`Unclosed start tag at byte offset ${tagOffset}`);
    attributes.push([key, value]);
  }
}

function takeStartTag(cursor: Cursor, start: number): OpenTag {
  const tagOffset = byteOffset(cursor, cursor.at);
  cursor.at += 1;
  const name = lowerAscii(takeWhile(cursor, (sign) => !SPACE.includes(sign) && sign !== '>'));
  if (peek(cursor) === '') throw new MarkupProblem(`Unclosed start tag at byte offset ${tagOffset}`);
  if (!TAG_NAMES.includes(name)) {
    throw new MarkupProblem(`Unsupported start tag "${name}" at byte offset ${tagOffset}`);
  }
  const attributes = takeAttributes(cursor, name, tagOffset);
  if (name === 'span' && attribute({ attributes }, 'class', 'tg-') !== 'tg-spoiler') {
    throw new MarkupProblem(`Tag "span" must have class "tg-spoiler" at byte offset ${tagOffset}`);
  }
  cursor.at += 1;
  return { name, attributes, start };
}

/** Moves past an end tag and checks that it closes `open`. */
function takeEndTag(cursor: Cursor, open: OpenTag | undefined): OpenTag {
  const tagOffset = byteOffset(cursor, cursor.at);
  if (open === undefined) throw new MarkupProblem(`Unexpected end tag at byte offset ${tagOffset}`);
  cursor.at += '</'.length;
  const name = lowerAscii(takeWhile(cursor, (sign) => !SPACE.includes(sign) && sign !== '>'));
  skipSpace(cursor);
  if (peek(cursor) !== '>') throw new MarkupProblem(`Unclosed end tag at byte offset ${tagOffset}`);
  if (name !== '' && name !== open.name) {
    throw new MarkupProblem(
      `Unmatched end tag at byte offset ${tagOffset}, expected "</${open.name}>", found "</${name}>"`,
    );
  }
  cursor.at += 1;
  return open;
}

/** "wDT": weekday, date and time part in Telegram's own order; of two lengths of one part the short one wins. */
function dateFormat(format: string): string {
  if (format === 'r' || format === 'R') return 'r';
  if (!/^[tTdDwW]*$/.test(format)) throw new MarkupProblem('Invalid date format used');
  const part = (short: string, long: string) =>
    format.includes(short) ? short : format.includes(long) ? long : '';
  return (/w/i.test(format) ? 'w' : '') + part('d', 'D') + part('t', 'T');
}

function dateEntity(tag: OpenTag, place: { offset: number; length: number }): TextEntity[] {
  const format = dateFormat(attribute(tag, 'format') ?? '');
  const unixTime = Number.parseInt(/^-?\d+/.exec(attribute(tag, 'unix') ?? '')?.[0] ?? '0', 10) | 0;
  if (unixTime <= 0) return [];
  return [{ type: 'date_time', ...place, unix_time: unixTime, date_time_format: format }];
}

function linkEntity(tag: OpenTag, text: string, place: { offset: number; length: number }): TextEntity[] {
  const href = attribute(tag, 'href') ?? '';
  const link = href === '' ? text.slice(tag.start) : href;
  const userId = linkedUserId(link);
  if (userId !== null) return [{ type: 'text_mention', ...place, user: { id: userId } }];
  const checked = checkLink(link);
  return checked.ok ? [{ type: 'text_link', ...place, url: checked.url }] : [];
}

/** An int64 other than 0, written without decoration. */
function isEmojiId(id: string): boolean {
  return /^-?[1-9]\d*$/.test(id) && BigInt.asIntN(64, BigInt(id)) === BigInt(id);
}

/** While reading, a code element remembers its language: it may yet turn out to stand alone in a pre. */
type DraftEntity = TextEntity & { codeLanguage?: string };

function codeLanguage(tag: OpenTag): string | undefined {
  const language = attribute(tag, 'class', 'language-')?.slice('language-'.length);
  return language === '' ? undefined : language;
}

/** Adds what the closed tag means; a tag around nothing means nothing. */
function closeTag(tag: OpenTag, text: string, entities: DraftEntity[]): void {
  const place = { offset: tag.start, length: text.length - tag.start };
  if (place.length === 0) return;
  const last = entities.at(-1);
  const fills = (type: string) =>
    last?.type === type &&
    last.language === undefined &&
    last.offset === place.offset &&
    last.length === place.length;
  const language = codeLanguage(tag);
  if (tag.name === 'tg-emoji') {
    const id = attribute(tag, 'emoji-id') ?? '';
    if (!isEmojiId(id)) throw new MarkupProblem('Invalid custom emoji identifier specified');
    entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: id });
  } else if (tag.name === 'tg-time') {
    entities.push(...dateEntity(tag, place));
  } else if (tag.name === 'a') {
    entities.push(...linkEntity(tag, text, place));
  } else if (tag.name === 'pre' && last?.codeLanguage !== undefined && fills('code')) {
    entities[entities.length - 1] = { type: 'pre', ...place, language: last.codeLanguage };
  } else if (tag.name === 'pre') {
    entities.push({ type: 'pre', ...place });
  } else if (tag.name === 'code' && language !== undefined && fills('pre')) {
    entities[entities.length - 1] = { type: 'pre', ...place, language };
  } else if (tag.name === 'code') {
    entities.push({ type: 'code', ...place, ...(language === undefined ? {} : { codeLanguage: language }) });
  } else if (tag.name === 'blockquote') {
    entities.push({
      type: attribute(tag, 'expandable') !== undefined ? 'expandable_blockquote' : 'blockquote',
      ...place,
    });
  } else {
    entities.push({ type: PLAIN_TYPES[tag.name] ?? tag.name, ...place });
  }
}

/**
 * @returns the text without its markup and the entities it stood for, untrimmed, as written
 * @throws {MarkupProblem} for anything Telegram refuses
 */
export function parseHtml(source: string): FormattedText {
  const cursor: Cursor = { source, at: 0 };
  const open: OpenTag[] = [];
  const entities: DraftEntity[] = [];
  let text = '';
  let hasHalfSign = false;
  while (peek(cursor) !== '') {
    if (peek(cursor) === '&') {
      const sign = takeReference(cursor);
      if (sign !== null) {
        text += sign;
        // Two halves of a pair are refused as well, though together they are a letter.
        hasHalfSign ||= !sign.isWellFormed();
        continue;
      }
    }
    if (peek(cursor) !== '<') {
      text += peek(cursor);
      cursor.at += 1;
    } else if (source.charAt(cursor.at + 1) === '/') {
      closeTag(takeEndTag(cursor, open.at(-1)), text, entities);
      open.pop();
    } else {
      open.push(takeStartTag(cursor, text.length));
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw new MarkupProblem(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  }
  if (hasHalfSign) {
    throw new MarkupProblem(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    );
  }
  return { text, entities: sorted(entities.map(({ codeLanguage: _, ...entity }) => entity)) };
}
