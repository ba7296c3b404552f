import { createHmac, createPublicKey, verify } from 'node:crypto';
import type { ApiMethods } from '@grammyjs/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { call, nextUpdate, result, startedPerson } from './call.ts';

let telegram: TestTelegram;

beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());
beforeEach(() => api('deleteWebhook', { drop_pending_updates: true }));

const api = <Name extends keyof ApiMethods<never>>(method: Name, parameters: Record<string, unknown> = {}) =>
  result(telegram, method, parameters);
const done = { inline_keyboard: [[{ text: 'Done', callback_data: 'done' }]] };

describe('answers have Telegram’s full shape', () => {
  test('getMe', async () => {
    expect(await api('getMe')).toMatchObject({
      id: telegram.botId,
      is_bot: true,
      first_name: 'Nudge',
      username: 'nudge_bot',
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    });
  });

  test('a sent message, with its sender, chat and date in seconds, and the message it replies to', async () => {
    const mara = await telegram.person({ firstName: 'Mara', lastName: 'Feld', username: 'mara' });
    const question = await telegram.say(mara, 'What is due?');
    const before = Math.floor(Date.now() / 1000);
    const sent = await api('sendMessage', {
      chat_id: String(mara.id),
      text: ' Call <b>Anna</b>, see example.com ',
      parse_mode: 'HTML',
      reply_markup: done,
      reply_parameters: { message_id: question.messageId },
    });
    expect(sent).toEqual({
      message_id: question.messageId + 1,
      from: { id: telegram.botId, is_bot: true, first_name: 'Nudge', username: 'nudge_bot' },
      chat: { id: mara.id, type: 'private', first_name: 'Mara', last_name: 'Feld', username: 'mara' },
      date: expect.any(Number) as number,
      text: 'Call Anna, see example.com',
      entities: [
        { type: 'bold', offset: 5, length: 4 },
        { type: 'url', offset: 15, length: 11 },
      ],
      reply_markup: done,
      reply_to_message: expect.objectContaining({
        message_id: question.messageId,
        text: 'What is due?',
      }) as object,
    });
    expect(sent.date).toBeGreaterThanOrEqual(before);
    expect(sent.date).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
  });

  test('an update of a command, in UTF-16 units', async () => {
    const mara = await telegram.person();
    await telegram.say(mara, '😀 /today');
    const message = await nextUpdate(telegram, 'message');
    expect(message).toMatchObject({
      from: { id: mara.id, is_bot: false, language_code: 'en' },
      chat: { id: mara.id, type: 'private' },
      entities: [{ type: 'bot_command', offset: 3, length: 6 }],
    });
  });

  test('a tap, with the message it was made on; a stub when that is gone', async () => {
    const mara = await startedPerson(telegram);
    const card = await api('sendMessage', { chat_id: mara.id, text: 'card', reply_markup: done });
    const tapped = telegram.tap(mara, { messageId: card.message_id }, { data: 'done' });
    const query = await nextUpdate(telegram, 'callback_query');
    expect(query).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      from: expect.objectContaining({ id: mara.id }) as object,
      message: card,
      chat_instance: expect.stringMatching(/^-?\d+$/) as string,
      data: 'done',
    });
    await api('answerCallbackQuery', { callback_query_id: query.id, text: 'Careful', show_alert: true });
    expect(await tapped).toMatchObject({ text: 'Careful', showAlert: true });

    await api('deleteMessage', { chat_id: mara.id, message_id: card.message_id });
    telegram.tap(mara, { messageId: card.message_id }, { data: 'done' }).catch(() => undefined);
    const late = await nextUpdate(telegram, 'callback_query');
    expect(late.message).toEqual({ chat: card.chat, message_id: card.message_id, date: 0 });
    expect(late.chat_instance).toBe(query.chat_instance);
  });

  test('edited words, places and contacts of people, in private and in groups', async () => {
    const mara = await startedPerson(telegram);
    const first = await telegram.say(mara, 'tomorow');
    await telegram.edit(mara, first, 'tomorrow');
    expect(await nextUpdate(telegram, 'edited_message')).toMatchObject({
      message_id: first.messageId,
      text: 'tomorrow',
      edit_date: expect.any(Number) as number,
    });
    await telegram.shareLocation(mara, 52.52, 13.405);
    expect(await nextUpdate(telegram, 'message')).toMatchObject({
      location: { latitude: 52.52, longitude: 13.405 },
    });
    const contact = { phone_number: '+49301234567', first_name: 'Anna' };
    const group = await telegram.group('Sales');
    await telegram.send(mara, { contact }, group);
    expect(await nextUpdate(telegram, 'message')).toMatchObject({
      chat: { id: group.id, type: 'group', title: 'Sales' },
      contact,
    });
  });
});

describe('a call may be written', () => {
  const path = (method: string) => `${telegram.apiRoot}/bot${telegram.token}/${method}`;
  const sentText = async (response: Response) => {
    const answer = (await response.json()) as { result?: { text: string; reply_markup: unknown } };
    return { text: answer.result?.text, reply_markup: answer.result?.reply_markup };
  };

  test('as a query, a form or a multipart form, with objects as strings of JSON', async () => {
    const mara = await startedPerson(telegram);
    const fields = { chat_id: String(mara.id), text: 'hi', reply_markup: JSON.stringify(done) };
    const expected = { text: 'hi', reply_markup: done };
    expect(
      await sentText(await fetch(`${path('sendMessage')}?${new URLSearchParams(fields).toString()}`)),
    ).toEqual(expected);
    const form = { method: 'POST', body: new URLSearchParams(fields) };
    expect(await sentText(await fetch(path('SENDMESSAGE'), form))).toEqual(expected);
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    expect(await sentText(await fetch(path('sendMessage'), { method: 'POST', body: multipart }))).toEqual(
      expected,
    );
  });

  test('with parameters Telegram does not know, which it ignores', async () => {
    const mara = await startedPerson(telegram);
    expect(await call(telegram, 'sendMessage', { chat_id: mara.id, text: 'hi', sparkle: 1 })).toMatchObject({
      ok: true,
    });
  });

  test('as JSON that is none: refused', async () => {
    expect(await call(telegram, 'getMe', {}, { body: '{' })).toMatchObject({ status: 400 });
  });
});

describe('the bot presents itself', () => {
  test('with commands by scope and language', async () => {
    const english = [{ command: 'today', description: 'What is due' }];
    const russian = [{ command: 'today', description: 'Что сегодня' }];
    await api('setMyCommands', { commands: english });
    await api('setMyCommands', {
      commands: russian,
      language_code: 'ru',
      scope: { type: 'all_private_chats' },
    });
    expect(await api('getMyCommands')).toEqual(english);
    expect(await api('getMyCommands', { language_code: 'ru' })).toEqual([]);
    expect(await api('getMyCommands', { language_code: 'ru', scope: { type: 'all_private_chats' } })).toEqual(
      russian,
    );
    await api('deleteMyCommands', { language_code: 'ru', scope: { type: 'all_private_chats' } });
    expect(await api('getMyCommands', { language_code: 'ru', scope: { type: 'all_private_chats' } })).toEqual(
      [],
    );
  });

  test('with names and descriptions, the general one where a language has none', async () => {
    await api('setMyDescription', { description: 'Never lets a lead go cold' });
    await api('setMyShortDescription', { short_description: 'Напоминает', language_code: 'ru' });
    expect(await api('getMyDescription', { language_code: 'ru' })).toEqual({
      description: 'Never lets a lead go cold',
    });
    expect(await api('getMyShortDescription', { language_code: 'ru' })).toEqual({
      short_description: 'Напоминает',
    });
    expect(await api('getMyShortDescription')).toEqual({ short_description: '' });
    expect(await api('getMyName')).toEqual({ name: 'Nudge' });
  });

  test('with a menu button for all, and another for one', async () => {
    const mara = await startedPerson(telegram);
    const button = (url: string) => ({ type: 'web_app', text: 'Open', web_app: { url } });
    await api('setChatMenuButton', { menu_button: button('https://nudge.example/') });
    await api('setChatMenuButton', { chat_id: mara.id, menu_button: button('https://nudge.example/mara') });
    expect(await api('getChatMenuButton')).toEqual(button('https://nudge.example/'));
    expect(await api('getChatMenuButton', { chat_id: mara.id })).toEqual(
      button('https://nudge.example/mara'),
    );
    expect((await telegram.state()).menuButton).toEqual({ text: 'Open', url: 'https://nudge.example/' });
  });
});

describe('what the page is told', () => {
  test('a draft is shown while it is written and goes when the message comes', async () => {
    const mara = await startedPerson(telegram);
    const first = telegram.waitForEvent((event) => event.type === 'message' && event.message.draft);
    await api('sendMessageDraft', { chat_id: mara.id, draft_id: 7, text: 'A plan in' });
    const shown = await first;
    await api('sendMessageDraft', { chat_id: mara.id, draft_id: 7, text: 'A plan in seven steps' });
    const { messages } = await telegram.state();
    const draft = messages.filter((message) => message.chatId === mara.id && message.draft);
    expect(draft.map(({ text }) => text)).toEqual(['A plan in seven steps']);
    expect(shown).toMatchObject({ message: { messageId: draft[0]!.messageId, text: 'A plan in' } });
    const gone = telegram.waitForEvent((event) => event.type === 'deleted');
    await api('sendMessage', { chat_id: mara.id, text: 'A plan in seven steps' });
    expect(await gone).toMatchObject({ chatId: mara.id, messageId: draft[0]!.messageId });
  });

  test('typing, reply keyboards shown and taken away, buttons that are disabled, silence', async () => {
    const mara = await startedPerson(telegram);
    const typing = telegram.waitForEvent((event) => event.type === 'typing');
    await api('sendChatAction', { chat_id: mara.id, action: 'typing' });
    expect(await typing).toMatchObject({ chatId: mara.id });
    const place = { text: 'Share my place', request_location: true };
    await api('sendMessage', {
      chat_id: mara.id,
      text: 'Where?',
      reply_markup: { keyboard: [[place], ['Skip']] },
    });
    await api('sendMessage', {
      chat_id: mara.id,
      text: 'Thanks',
      reply_markup: { remove_keyboard: true },
      disable_notification: true,
    });
    await api('sendMessage', {
      chat_id: mara.id,
      text: 'Done',
      reply_markup: { inline_keyboard: [[{ text: 'Done 09:04', style: 'success', disabled: {} }]] },
    });
    const shown = (await telegram.state()).messages.filter(
      ({ chatId, from }) => chatId === mara.id && from === 'bot',
    );
    expect(shown.map(({ replyKeyboard }) => replyKeyboard)).toEqual([
      [[place], [{ text: 'Skip' }]],
      [],
      null,
    ]);
    expect(shown.map(({ silent }) => silent)).toEqual([false, true, false]);
    expect(shown[2]?.inlineKeyboard).toEqual([[{ text: 'Done 09:04', style: 'success', disabled: true }]]);
  });

  test('a person who has blocked the bot cannot write to it until they unblock it', async () => {
    const mara = await startedPerson(telegram, { firstName: 'Mara' });
    await telegram.block(mara);
    await expect(telegram.say(mara, 'hello')).rejects.toThrow('Mara has blocked the bot. Unblock it first.');
    await telegram.block(mara, false);
    expect((await telegram.say(mara, 'hello')).text).toBe('hello');
  });
});

test('launch data is signed as Telegram signs it: for the bot by HMAC, for everybody by Ed25519', async () => {
  const mara = await startedPerson(telegram);
  const raw = await telegram.signInitData(mara, { startParam: 'lead-7', authDate: 1_800_000_000 });
  const { hash, ...pairs } = Object.fromEntries(new URLSearchParams(raw));
  const lines = (names: string[]) => names.toSorted().map((name) => `${name}=${pairs[name] ?? ''}`);
  const secret = createHmac('sha256', 'WebAppData').update(telegram.token).digest();
  expect(
    createHmac('sha256', secret)
      .update(lines(Object.keys(pairs)).join('\n'))
      .digest('hex'),
  ).toBe(hash);
  expect(pairs).toMatchObject({ auth_date: '1800000000', start_param: 'lead-7' });
  expect(JSON.parse(pairs['user'] ?? '')).toMatchObject({
    id: mara.id,
    language_code: 'en',
    allows_write_to_pm: true,
  });

  const key = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: Buffer.from(telegram.initDataPublicKey, 'hex').toString('base64url'),
  };
  const signed = [
    `${telegram.botId}:WebAppData`,
    ...lines(Object.keys(pairs).filter((name) => name !== 'signature')),
  ];
  const check = (text: string) =>
    verify(
      null,
      Buffer.from(text),
      createPublicKey({ key, format: 'jwk' }),
      Buffer.from(pairs['signature'] ?? '', 'base64url'),
    );
  expect(check(signed.join('\n'))).toBe(true);
  expect(check(signed.join('\n').replace('lead-7', 'lead-8'))).toBe(false);
});
