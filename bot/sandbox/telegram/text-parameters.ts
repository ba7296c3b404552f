/** The text of a message as a call gives it: plain, as HTML, or with entities. */
import { z } from 'zod';
import { flag, integer, json, words } from './fields.ts';
import { badRequest, Refusal } from './refusal.ts';
import { personUser } from './shapes.ts';
import type { FormattedText, TextEntity } from './text/entities.ts';
import { MarkupProblem, parseHtml } from './text/html.ts';
import { checkLink, linkedUserId } from './text/links.ts';
import { checkRawLength, normalised } from './text/normalise.ts';
import type { World } from './world.ts';

const entityShape = z.looseObject({
  type: words(),
  offset: integer(),
  length: integer(),
  url: words().optional(),
  language: words().optional(),
  custom_emoji_id: words().optional(),
  unix_time: integer().optional(),
  date_time_format: words().optional(),
  user: z.looseObject({ id: integer() }).optional(),
});
type GivenEntity = z.infer<typeof entityShape>;

export const textShape = {
  parse_mode: words().optional(),
  entities: json(z.array(entityShape)).optional(),
};

export const linkPreviewShape = json(
  z.looseObject({ is_disabled: flag().optional(), url: words().optional() }),
).optional();

const PLAIN = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
];
/** Found by Telegram itself; given ones are ignored. */
const DETECTED = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
];

const inEntity = (problem: string) => badRequest(`Can't parse MessageEntity: ${problem}`);

function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw inEntity(`Can't find field "${field}"`);
  return value;
}

function linkOf(place: { offset: number; length: number }, url: string): TextEntity {
  const userId = linkedUserId(url);
  if (userId !== null) return { type: 'text_mention', ...place, user: { id: userId } };
  const checked = checkLink(url);
  if (!checked.ok) throw badRequest(`Entity URL '${url}' is invalid: ${checked.reason}`);
  return { type: 'text_link', ...place, url: checked.url };
}

/** @returns the entity as Telegram would keep it; none for kinds it finds itself */
function readEntity(given: GivenEntity): TextEntity[] {
  const place = { offset: given.offset, length: given.length };
  if (PLAIN.includes(given.type)) return [{ type: given.type, ...place }];
  if (DETECTED.includes(given.type)) return [];
  switch (given.type) {
    case 'pre':
      return [
        { type: 'pre', ...place, ...(given.language === undefined ? {} : { language: given.language }) },
      ];
    case 'text_link':
      return [linkOf(place, required(given.url, 'url'))];
    case 'text_mention':
      return [{ type: 'text_mention', ...place, user: { id: required(given.user, 'user').id } }];
    case 'custom_emoji':
      return [
        {
          type: 'custom_emoji',
          ...place,
          custom_emoji_id: required(given.custom_emoji_id, 'custom_emoji_id'),
        },
      ];
    case 'date_time': {
      const unixTime = required(given.unix_time, 'unix_time');
      const format = given.date_time_format ?? '';
      if (!/^(?:[rR]|[tTdDwW]*)$/.test(format)) throw inEntity('Invalid date-time format specified');
      if (unixTime <= 0) throw badRequest('Invalid date specified');
      return [{ type: 'date_time', ...place, unix_time: unixTime, date_time_format: format }];
    }
    default:
      throw inEntity(given.type === '' ? 'Type is not specified' : 'Unsupported type specified');
  }
}

function parse(text: string, mode: string | undefined, entities: readonly GivenEntity[]): FormattedText {
  const markup = (mode ?? 'none').toLowerCase();
  if (markup === 'none') return { text, entities: entities.flatMap(readEntity) };
  if (markup === 'markdown' || markup === 'markdownv2') {
    throw new Refusal(501, 'Not Implemented: the emulator reads no Markdown; send entities or HTML');
  }
  if (markup !== 'html') throw badRequest('Unsupported parse_mode');
  try {
    return parseHtml(text);
  } catch (cause) {
    if (cause instanceof MarkupProblem) throw badRequest(`Can't parse entities: ${cause.message}`);
    throw cause;
  }
}

/** People the bot does not know cannot be mentioned: the text stays, the link goes. */
function withKnownUsers(world: World, entities: readonly TextEntity[]): TextEntity[] {
  return entities.flatMap((entity) => {
    if (entity.user === undefined) return [entity];
    const person = world.chats.person(entity.user.id);
    return person === null ? [] : [{ ...entity, user: personUser(person) }];
  });
}

/**
 * @param options.emptyAllowed for drafts, where no text means "Thinking…"
 * @throws {Refusal} 400
 */
export function readText(
  world: World,
  given: {
    text?: string | undefined;
    parse_mode?: string | undefined;
    entities?: readonly GivenEntity[] | undefined;
  },
  options: { emptyAllowed?: boolean } = {},
): FormattedText {
  const text = given.text ?? '';
  if (text === '' && options.emptyAllowed !== true) throw badRequest('Message text is empty');
  checkRawLength(text);
  const formatted = parse(text, given.parse_mode, given.entities ?? []);
  return normalised({ ...formatted, entities: withKnownUsers(world, formatted.entities) }, options);
}
