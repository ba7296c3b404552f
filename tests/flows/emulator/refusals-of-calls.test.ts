import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, nextUpdate } from './call.ts';
import { CARD_BUTTONS, expectRefusal, refused, setScene, type Case, type Scene } from './refusal-scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.telegram.stop());

/** A call about Mara's chat, refused with 400. */
const aboutMara = (name: string, method: string, fields: Record<string, unknown>, description: string) =>
  refused(name, method, ({ mara }) => ({ chat_id: mara.id, ...fields }), description);
/** A call about the bot's card in Mara's chat. */
const aboutCard = (name: string, method: string, fields: Record<string, unknown>, description: string) =>
  refused(
    name,
    method,
    ({ mara, card }) => ({ chat_id: mara.id, message_id: card.message_id, ...fields }),
    description,
  );
const commands = (name: string, fields: Record<string, unknown>, description: string) =>
  refused(name, 'setMyCommands', () => ({ commands: [], ...fields }), description);
const webhook = (name: string, fields: Record<string, unknown>, description: string) =>
  refused(name, 'setWebhook', () => ({ url: 'https://example.com/hook', ...fields }), description);

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const EXPIRED = 'query is too old and response timeout expired or query ID is invalid';
const TOO_MANY = Array.from({ length: 101 }, (_, index) => index + 1);

const EDITS: Case[] = [
  aboutMara(
    'editing what is not there',
    'editMessageText',
    { message_id: 1, text: 'new' },
    'message to edit not found',
  ),
  aboutMara('editing no message', 'editMessageText', { text: 'new' }, 'message identifier is not specified'),
  refused(
    'editing a person’s own words',
    'editMessageText',
    ({ mara, own }) => ({ chat_id: mara.id, message_id: own.messageId, text: 'new' }),
    "message can't be edited",
  ),
  aboutCard('editing to nothing', 'editMessageText', { text: '' }, 'message text is empty'),
  aboutCard(
    'changing nothing',
    'editMessageText',
    { text: 'card', reply_markup: CARD_BUTTONS },
    NOT_MODIFIED,
  ),
  aboutCard('the same buttons again', 'editMessageReplyMarkup', { reply_markup: CARD_BUTTONS }, NOT_MODIFIED),
  aboutCard(
    'a reply keyboard under an old message',
    'editMessageReplyMarkup',
    { reply_markup: { keyboard: [['x']] } },
    'inline keyboard expected',
  ),
  aboutMara('deleting what is not there', 'deleteMessage', { message_id: 1 }, 'message to delete not found'),
  aboutMara('deleting none', 'deleteMessages', { message_ids: [] }, 'message identifiers are not specified'),
  aboutMara(
    'deleting 101',
    'deleteMessages',
    { message_ids: TOO_MANY },
    'too many message identifiers specified',
  ),
];

const LOOKS: Case[] = [
  refused('looking at an unknown chat', 'getChat', () => ({ chat_id: 12345 }), 'chat not found'),
  refused(
    'looking at a person who never pressed START',
    'getChat',
    ({ stranger }) => ({ chat_id: stranger.id }),
    'chat not found',
  ),
];

const SIGNALS: Case[] = [
  refused('a bogus tap', 'answerCallbackQuery', () => ({ callback_query_id: '12345' }), EXPIRED),
  refused(
    'a toast of 201 characters',
    'answerCallbackQuery',
    () => ({ callback_query_id: '1', text: 'x'.repeat(201) }),
    'MESSAGE_TOO_LONG',
  ),
  aboutMara(
    'an unknown action',
    'sendChatAction',
    { action: 'dancing' },
    'wrong parameter action in request',
  ),
  aboutMara('a draft without a number', 'sendMessageDraft', { draft_id: 0, text: 'hi' }, 'RANDOM_ID_EMPTY'),
  refused(
    'a draft in a group',
    'sendMessageDraft',
    ({ group }) => ({ chat_id: group.id, draft_id: 1, text: 'hi' }),
    'TEXTDRAFT_PEER_INVALID',
  ),
  {
    name: 'typing to one who blocked the bot',
    method: 'sendChatAction',
    parameters: ({ blocked }) => ({ chat_id: blocked.id, action: 'typing' }),
    code: 403,
    description: 'Forbidden: bot was blocked by the user',
  },
];

const HTTP_BUTTON = { type: 'web_app', text: 'Open', web_app: { url: 'http://example.com' } };
const SETTINGS: Case[] = [
  commands(
    'a command in capitals',
    { commands: [{ command: 'Go', description: 'x' }] },
    'BOT_COMMAND_INVALID',
  ),
  commands(
    'a command without a description',
    { commands: [{ command: 'go', description: '' }] },
    'command description must be non-empty',
  ),
  commands(
    'an unknown scope',
    { scope: { type: 'all' } },
    "can't parse BotCommandScope: Unsupported type specified",
  ),
  commands('no language', { language_code: 'english' }, 'invalid language code specified'),
  refused(
    'a menu button over plain http',
    'setChatMenuButton',
    () => ({ menu_button: HTTP_BUTTON }),
    "menu button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
  ),
  webhook(
    'a webhook over plain http',
    { url: 'http://example.com/hook' },
    'bad webhook: An HTTPS URL must be provided for webhook',
  ),
  webhook(
    'a webhook on port 3000',
    { url: 'https://example.com:3000/hook' },
    'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
  ),
  webhook('a secret with a space', { secret_token: 'a b' }, 'secret token contains unallowed characters'),
];

const notFound = (method: string): Case => ({
  name: `the method ${method}, which is not there`,
  method,
  parameters: ({ mara }) => ({ chat_id: mara.id, text: 'hi', photo: 'x' }),
  code: 404,
  description: 'Not Found',
});

describe('a call is refused, as at Telegram, for', () => {
  const all = [...EDITS, ...LOOKS, ...SIGNALS, ...SETTINGS, notFound('sendTelepathy'), notFound('sendPhoto')];
  test.each(all)('$name', (refusal) => expectRefusal(scene, refusal));

  test('a wrong token', async () => {
    const { apiRoot, token: right } = scene.telegram;
    for (const token of ['4242:wrong', 'nonsense', `${right}x`]) {
      expect(await call({ apiRoot, token }, 'getMe')).toMatchObject({
        status: 401,
        description: 'Unauthorized',
      });
    }
  });

  test('answering one tap twice', async () => {
    const { telegram, mara, card } = scene;
    const tapped = telegram.tap(mara, { messageId: card.message_id }, { data: 'done:1' });
    const { id } = await nextUpdate(telegram, 'callback_query');
    const answer = () => call(telegram, 'answerCallbackQuery', { callback_query_id: id, text: 'ok' });
    expect(await answer()).toMatchObject({ result: true });
    expect(await tapped).toMatchObject({ text: 'ok' });
    expect(await answer()).toMatchObject({ status: 400, description: `Bad Request: ${EXPIRED}` });
  });
});

test('a chat it knows can be looked at', async () => {
  const { telegram, mara } = scene;
  expect(await call(telegram, 'getChat', { chat_id: mara.id })).toMatchObject({
    result: { id: mara.id, type: 'private' },
  });
});
