/**
 * What Telegram does to every text it is given before it stores it: invisible and control characters go, entities that make no
 * sense are refused, crossing ones are untangled, white space around the text is cut, and links and commands are found.
 */
import { detectEntities } from './detect.ts';
import { characterCount, end, type FormattedText, type TextEntity } from './entities.ts';
import { withDetected, withoutOverlaps } from './overlaps.ts';
import { badRequest } from '../refusal.ts';

/** In characters (code points), after markup is taken out. */
const MAX_TEXT_LENGTH = 4096;
/** In bytes of the raw parameter; beyond it the server does not even read. */
const MAX_RAW_BYTES = 1 << 15;
const MAX_ENTITY_OFFSET = 1_000_000;

/** Carriage returns, line and paragraph separators, direction overrides and three combining lines are cut out. */
const CUT = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/;
// eslint-disable-next-line no-control-regex -- Telegram drops control characters; naming them is the point
const CONTROL = /[\0-\x09\x0b\x0c\x0e-\x1f]/;
const DIRECTION_MARKS = /[\u200e\u200f]+(?=[\u200e\u200f])/g;
/** Characters that draw nothing: a text of them alone counts as empty. */
const BLANK =
  /^(?:[\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\ufffc]|\u034f|\u17b4|\u17b5)*$/;

const splitsPair = (text: string, offset: number) =>
  /[\udc00-\udfff]/.test(text.charAt(offset)) && /[\ud800-\udbff]/.test(text.charAt(offset - 1));

function checkPlace(entity: TextEntity): void {
  if (entity.offset < 0 || entity.offset > MAX_ENTITY_OFFSET) {
    throw badRequest(`Receive an entity with incorrect offset ${entity.offset}`);
  }
  if (entity.length < 0 || entity.length > MAX_ENTITY_OFFSET) {
    throw badRequest(`Receive an entity with incorrect length ${entity.length}`);
  }
}

function checkFit(entity: TextEntity, text: string): void {
  const bytesUpTo = (offset: number) => Buffer.byteLength(text.slice(0, offset + 1));
  if (entity.offset > text.length) {
    throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
  }
  if (splitsPair(text, entity.offset)) {
    throw badRequest(
      `Entity begins in a middle of a UTF-16 symbol at byte offset ${bytesUpTo(entity.offset)}`,
    );
  }
  const start = `Entity beginning at UTF-16 offset ${entity.offset}`;
  if (end(entity) > text.length) {
    throw badRequest(`${start} ends after the end of the text at UTF-16 offset ${end(entity)}`);
  }
  if (splitsPair(text, end(entity))) {
    throw badRequest(`${start} ends in a middle of a UTF-16 symbol at byte offset ${bytesUpTo(end(entity))}`);
  }
}

/** Cleans the text and moves the entities to where their text went. */
function cleaned({ text, entities }: FormattedText): FormattedText {
  for (const entity of entities) checkFit(entity, text);
  let result = '';
  const moved: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    moved.push(result.length);
    const sign = text.charAt(at);
    if (!CUT.test(sign)) result += CONTROL.test(sign) ? ' ' : sign;
  }
  moved.push(result.length);
  const place = (offset: number) => moved[offset] ?? result.length;
  return {
    text: result.replace(DIRECTION_MARKS, (marks) => '\u200c'.repeat(marks.length)),
    entities: entities
      .map((entity) => ({
        ...entity,
        offset: place(entity.offset),
        length: place(end(entity)) - place(entity.offset),
      }))
      .filter(({ length }) => length > 0),
  };
}

/** Blanks after the text always go, those before it only up to the first entity. */
function trimmed({ text, entities }: FormattedText): FormattedText {
  const short = text.replace(/[ \n]+$/, '');
  const inside = entities
    .filter(({ offset }) => offset < short.length)
    .map((entity) => ({ ...entity, length: Math.min(end(entity), short.length) - entity.offset }));
  const blanks = /^[ \n]*/.exec(short)?.[0].length ?? 0;
  const cut = Math.min(blanks, ...inside.map(({ offset }) => offset));
  return {
    text: short.slice(cut),
    entities: inside.map((entity) => ({ ...entity, offset: entity.offset - cut })),
  };
}

/**
 * @returns the text as Telegram would keep it, without looking for links
 * @throws {Refusal} for entities that do not fit the text and, unless `emptyAllowed`, for a text of blanks
 */
export function tidied(given: FormattedText, options: { emptyAllowed?: boolean } = {}): FormattedText {
  for (const entity of given.entities) checkPlace(entity);
  const whole = withoutOverlaps(given.entities.filter(({ length }) => length > 0));
  const clean = cleaned({ text: given.text, entities: whole });
  if (BLANK.test(clean.text)) {
    if (options.emptyAllowed === true) return { text: '', entities: [] };
    throw badRequest('Text must be non-empty');
  }
  const result = trimmed({ text: clean.text, entities: withoutOverlaps(clean.entities) });
  return { text: result.text, entities: withoutOverlaps(result.entities) };
}

/**
 * @param given text and entities as the sender gave them, markup already taken out
 * @throws {Refusal} if Telegram would refuse to store it
 */
export function normalised(given: FormattedText, options: { emptyAllowed?: boolean } = {}): FormattedText {
  const { text, entities } = tidied(given, options);
  if (characterCount(text) > MAX_TEXT_LENGTH) throw badRequest('Message is too long');
  return { text, entities: withDetected(entities, detectEntities(text)) };
}

/** @throws {Refusal} for a parameter so long that the server does not parse it */
export function checkRawLength(text: string): void {
  if (Buffer.byteLength(text) > MAX_RAW_BYTES) throw badRequest('Text is too long');
}
