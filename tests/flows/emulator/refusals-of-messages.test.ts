import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectRefusal, inline, refused, setScene, type Case, type Scene } from './refusal-scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.telegram.stop());

/** A message to Mara, refused with 400. */
const send = (name: string, fields: Record<string, unknown>, description: string) =>
  refused(name, 'sendMessage', ({ mara }) => ({ chat_id: mara.id, ...fields }), description);
const html = (name: string, text: string, problem: string) =>
  send(name, { text, parse_mode: 'HTML' }, `can't parse entities: ${problem}`);
/** An entity over the first half of an emoji, unless the fields say otherwise. */
const entity = (name: string, fields: Record<string, unknown>, description: string) =>
  send(name, { text: '😀 hi', entities: [{ type: 'bold', offset: 0, length: 1, ...fields }] }, description);
const markup = (name: string, reply_markup: unknown, description: string) =>
  send(name, { text: 'hi', reply_markup }, description);
const button = (name: string, fields: Record<string, unknown>, description: string) =>
  markup(name, inline({ text: 'x', ...fields }), description);
const badButton = (name: string, fields: Record<string, unknown>, problem: string) =>
  button(name, fields, `can't parse inline keyboard button: ${problem}`);

const TEXTS: Case[] = [
  send('no text', {}, 'message text is empty'),
  send('an empty text', { text: '' }, 'message text is empty'),
  send('a text of blanks', { text: ' \n\u200b ' }, 'text must be non-empty'),
  send('4,097 characters', { text: 'x'.repeat(4097) }, 'message is too long'),
  send('more than 32 KiB of text', { text: 'x'.repeat(40_000) }, 'text is too long'),
  send(
    '4,097 after markup',
    { text: `<b>${'x'.repeat(4097)}</b>`, parse_mode: 'HTML' },
    'message is too long',
  ),
  send('a parse mode that does not exist', { text: 'hi', parse_mode: 'XML' }, 'unsupported parse_mode'),
  html('an unclosed tag', '<b>hi', 'Can\'t find end tag corresponding to start tag "b"'),
  html('a bare less-than sign', 'a < b', 'Unsupported start tag "" at byte offset 2'),
  html(
    'crossed tags',
    '<b>a<i>b</b></i>',
    'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
  ),
  send(
    'a reply to nothing',
    { text: 'hi', reply_parameters: { message_id: 1 } },
    'message to be replied not found',
  ),
  send('a topic that does not exist', { text: 'hi', message_thread_id: 7 }, 'message thread not found'),
];

const START = 'entity beginning at UTF-16 offset 0';
const IN_ENTITY = "can't parse MessageEntity:";
const ENTITIES: Case[] = [
  send('entities that are no JSON', { text: 'hi', entities: '[{' }, "can't parse entities JSON object"),
  entity('a negative offset', { offset: -1 }, 'receive an entity with incorrect offset -1'),
  entity('a negative length', { length: -1 }, 'receive an entity with incorrect length -1'),
  entity(
    'one beyond the text',
    { length: 99 },
    `${START} ends after the end of the text at UTF-16 offset 99`,
  ),
  entity('half an emoji', { length: 1 }, `${START} ends in a middle of a UTF-16 symbol at byte offset 4`),
  entity('one of no kind', { type: 'shiny' }, `${IN_ENTITY} Unsupported type specified`),
  entity('one without a length', { length: undefined }, `${IN_ENTITY} Can't find field "length"`),
  entity('a length in words', { length: 'two' }, `${IN_ENTITY} Field "length" must be a Number`),
  entity(
    'a link without an address',
    { type: 'text_link', length: 2 },
    `${IN_ENTITY} Can't find field "url"`,
  ),
  entity(
    'a date in no format',
    { type: 'date_time', length: 2, unix_time: 5, date_time_format: 'y' },
    `${IN_ENTITY} Invalid date-time format specified`,
  ),
];

const NO_ACTION = 'Text buttons are unallowed in the inline keyboard';
const ONLY_HTTPS = 'is invalid: Only HTTPS links are allowed';
const KEYBOARDS: Case[] = [
  badButton('a button that does nothing', {}, NO_ACTION),
  badButton('empty callback data', { callback_data: '' }, NO_ACTION),
  badButton('a button without a label', { text: undefined, callback_data: 'a' }, 'Can\'t find field "text"'),
  badButton(
    'a style that does not exist',
    { callback_data: 'a', style: 'pink' },
    'Invalid button style specified',
  ),
  button('65 bytes of callback data', { callback_data: 'x'.repeat(65) }, 'BUTTON_DATA_INVALID'),
  button('33 letters of two bytes each', { callback_data: 'é'.repeat(33) }, 'BUTTON_DATA_INVALID'),
  button('an empty label', { text: '', callback_data: 'a' }, 'inline keyboard button text must be non-empty'),
  button('257 characters to copy', { copy_text: { text: 'x'.repeat(257) } }, 'BUTTON_COPY_TEXT_INVALID'),
  button(
    'a mini-app over plain http',
    { web_app: { url: 'http://example.com/' } },
    `inline keyboard button Web App URL 'http://example.com/' ${ONLY_HTTPS}`,
  ),
  button(
    'a link that is none',
    { url: 'nonsense' },
    "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
  ),
  markup(
    '101 buttons',
    { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'a' }]) },
    'reply markup is too long',
  ),
  markup(
    'a keyboard that is no list of lists',
    { inline_keyboard: [{ text: 'x' }] },
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ),
  markup('markup that is no JSON', '{', "can't parse reply keyboard markup JSON object"),
  markup('markup that is no object', [], 'object expected as reply markup'),
  refused(
    'a mini-app button in a group',
    'sendMessage',
    ({ group }) => ({
      chat_id: group.id,
      text: 'hi',
      reply_markup: inline({ text: 'x', web_app: { url: 'https://example.com/' } }),
    }),
    'BUTTON_TYPE_INVALID',
  ),
];

const to = (who: 'stranger' | 'blocked') => (given: Scene) => ({ chat_id: given[who].id, text: 'hi' });
const CHATS: Case[] = [
  refused('no chat', 'sendMessage', () => ({ text: 'hi' }), 'chat_id is empty'),
  refused('an unknown chat', 'sendMessage', () => ({ chat_id: 12345, text: 'hi' }), 'chat not found'),
  refused('an unknown name', 'sendMessage', () => ({ chat_id: '@nobody', text: 'hi' }), 'chat not found'),
  {
    name: 'a person who never pressed START',
    method: 'sendMessage',
    parameters: to('stranger'),
    code: 403,
    description: "Forbidden: bot can't initiate conversation with a user",
  },
  {
    name: 'a person who blocked the bot',
    method: 'sendMessage',
    parameters: to('blocked'),
    code: 403,
    description: 'Forbidden: bot was blocked by the user',
  },
];

describe('a message is refused, as at Telegram, for', () => {
  test.each([...TEXTS, ...ENTITIES, ...KEYBOARDS, ...CHATS])('$name', (refusal) =>
    expectRefusal(scene, refusal),
  );
});
