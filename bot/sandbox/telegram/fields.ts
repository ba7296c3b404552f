/**
 * Parameters as the Bot API takes them: each may come as JSON or as text in a form, so a number may be "5", a flag "true" and an
 * object a string of JSON. What does not fit is refused in Telegram's words, where it has words for it.
 */
import { z } from 'zod';
import { badRequest, type Refusal } from './refusal.ts';

/** Text; a number in its place is taken as its digits. */
export const words = () =>
  z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());

export const integer = () =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.number().int(),
  );

/** Any text that is not one of Telegram's words for yes means no. */
export const flag = () =>
  z.preprocess(
    (value) => (typeof value === 'string' ? ['true', 'yes', '1'].includes(value.toLowerCase()) : value),
    z.boolean(),
  );

const NOT_JSON = Symbol('not JSON');

/** An object or a list, as such or in a string. */
export const json = <Shape extends z.ZodType>(shape: Shape) => z.preprocess(decoded, shape);

function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return NOT_JSON;
  }
}

/** What Telegram calls a parameter that holds JSON, and how it begins an error inside of it. */
const JSON_NAMES: Readonly<Record<string, { name: string; expected: string; inside: string }>> = {
  reply_markup: { name: 'reply keyboard markup', expected: 'Object expected as reply markup', inside: '' },
  reply_parameters: { name: 'reply parameters', expected: 'Object expected as reply parameters', inside: '' },
  link_preview_options: {
    name: 'link preview options',
    expected: 'Object expected as link preview options',
    inside: '',
  },
  entities: {
    name: 'entities',
    expected: 'Expected an Array of MessageEntity',
    inside: "Can't parse MessageEntity: ",
  },
  commands: {
    name: 'commands',
    expected: 'Expected an Array of BotCommand',
    inside: "Can't parse BotCommand: ",
  },
  scope: {
    name: 'BotCommandScope',
    expected: "Can't parse BotCommandScope: BotCommandScope must be an Object",
    inside: "Can't parse BotCommandScope: ",
  },
  menu_button: {
    name: 'menu button',
    expected: "Can't parse menu button: MenuButton must be an Object",
    inside: "Can't parse menu button: ",
  },
  message_ids: { name: 'message_ids', expected: 'Expected an Array of message identifiers', inside: '' },
  allowed_updates: { name: 'allowed_updates', expected: 'Expected an Array of String', inside: '' },
};

/** The missing parameters Telegram has its own sentence for. */
const MISSING: Readonly<Record<string, string>> = {
  chat_id: 'chat_id is empty',
  text: 'Message text is empty',
  message_id: 'Message identifier is not specified',
  message_ids: 'Message identifiers are not specified',
  action: 'Wrong parameter action in request',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'must be of type String',
  number: 'must be a Number',
  int: 'must be a valid Number',
  boolean: 'must be of type Boolean',
  array: 'must be of type Array',
  object: 'must be of type Object',
};

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
}

const isBrokenJson = (value: unknown) => decoded(value) === NOT_JSON;

/** @returns the refusal for the first thing wrong with the parameters, in the order the method reads them */
function explain(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): Refusal {
  const [parameter, ...inside] = issue.path;
  const name = String(parameter);
  const known = JSON_NAMES[name];
  if (issue.code === 'custom') return badRequest(issue.message);
  if (given[name] === undefined) return badRequest(MISSING[name] ?? `Parameter "${name}" is required`);
  if (known !== undefined && isBrokenJson(given[name]))
    return badRequest(`Can't parse ${known.name} JSON object`);
  if (known !== undefined && inside.length === 0) return badRequest(known.expected);
  const field = String(issue.path.findLast((key) => typeof key === 'string'));
  const isMissing =
    inside.length > 0 &&
    valueAt(known === undefined ? given[name] : decoded(given[name]), inside) === undefined;
  const kind =
    issue.code === 'invalid_type' ? (KINDS[issue.expected] ?? 'has a wrong value') : 'has a wrong value';
  return badRequest(
    (known?.inside ?? '') + (isMissing ? `Can't find field "${field}"` : `Field "${field}" ${kind}`),
  );
}

/**
 * Reads a call's parameters. Unknown ones are ignored, as Telegram does.
 *
 * @param given name → value, nothing empty among them
 * @throws {Refusal} 400
 */
export function readParameters<Shape extends z.ZodType>(
  shape: Shape,
  given: Readonly<Record<string, unknown>>,
): z.infer<Shape> {
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  if (issue === undefined) throw new Error('A failed reading must name an issue', { cause: read.error });
  throw explain(issue, given);
}
