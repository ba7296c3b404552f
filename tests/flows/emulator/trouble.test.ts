import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { call, nextUpdate, result, startedPerson } from './call.ts';

let telegram: TestTelegram;

beforeAll(async () => {
  telegram = await startTelegram();
  await telegram.moveClock({ freezeMachine: true });
});
afterAll(() => telegram.stop());
afterEach(() => telegram.fault());

const send = (chat: { id: number }, text = 'hi') => call(telegram, 'sendMessage', { chat_id: chat.id, text });
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status);
const botMessages = async (chat: { id: number }) =>
  (await telegram.state()).messages.filter(({ chatId, from }) => chatId === chat.id && from === 'bot');

describe('too many messages', () => {
  test('in one chat: a burst passes, then 429 with the seconds to wait, then one a second', async () => {
    const mara = await startedPerson(telegram);
    const answers = [];
    for (let count = 0; count < 25; count += 1) answers.push(await send(mara, `number ${count}`));
    expect(statuses(answers)).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)]);
    expect(answers[20]).toMatchObject({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    await telegram.moveClock({ machineSeconds: 1 });
    expect(statuses([await send(mara), await send(mara)])).toEqual([200, 429]);
    await telegram.moveClock({ machineSeconds: 60 });
  });

  test('to many people: 30 pass, the rest is refused for all of them', async () => {
    const people = [];
    for (let count = 0; count < 40; count += 1) people.push(await startedPerson(telegram));
    const answers = await Promise.all(people.map((person) => send(person)));
    expect(statuses(answers).filter((status) => status === 200)).toHaveLength(30);
    expect(await send(people[0]!)).toMatchObject({ status: 429 });
    await telegram.moveClock({ machineSeconds: 60 });
    expect(await send(people[0]!)).toMatchObject({ status: 200 });
  });

  test('is a limit a test can switch off', async () => {
    await telegram.rateLimits(false);
    const mara = await startedPerson(telegram);
    const answers = await Promise.all(Array.from({ length: 60 }, () => send(mara)));
    expect(statuses(answers).every((status) => status === 200)).toBe(true);
    await telegram.rateLimits(true);
    await telegram.moveClock({ machineSeconds: 60 });
  });
});

describe('trouble on order', () => {
  test('429 hits exactly the call it was ordered for', async () => {
    const [mara, dev] = [await startedPerson(telegram), await startedPerson(telegram)];
    await telegram.fault({
      kind: '429',
      method: 'sendMessage',
      chatId: mara.id,
      skip: 1,
      times: 1,
      retryAfter: 7,
    });
    expect(await send(dev)).toMatchObject({ status: 200 });
    expect(await send(mara)).toMatchObject({ status: 200 });
    expect(await send(mara)).toMatchObject({ status: 429, parameters: { retry_after: 7 } });
    expect(await send(mara)).toMatchObject({ status: 200 });
  });

  test('a time line of troubles: each begins and ends when it was ordered to', async () => {
    const mara = await startedPerson(telegram);
    await telegram.fault(
      { kind: '429', times: 'always', fromSeconds: 120, forSeconds: 30, retryAfter: 30 },
      { kind: '500', times: 'always', fromSeconds: 300 },
    );
    const statusAfter = async (machineSeconds: number) => {
      await telegram.moveClock({ machineSeconds });
      return (await send(mara)).status;
    };
    expect(await statusAfter(0)).toBe(200);
    expect(await statusAfter(119)).toBe(200);
    expect(await statusAfter(1)).toBe(429);
    expect(await statusAfter(29)).toBe(429);
    expect(await statusAfter(1)).toBe(200);
    expect(await statusAfter(150)).toBe(500);
    await telegram.fault();
    expect(await statusAfter(0)).toBe(200);
  });

  test('500 comes as JSON, 502 as the page of a proxy', async () => {
    const mara = await startedPerson(telegram);
    await telegram.fault({ kind: '500' }, { kind: '502_html' });
    expect(await send(mara)).toMatchObject({ status: 500, description: 'Internal Server Error' });
    const response = await fetch(
      `${telegram.apiRoot}/bot${telegram.token}/sendMessage?chat_id=${mara.id}&text=hi`,
    );
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await botMessages(mara)).toEqual([]);
  });

  test('a dropped connection did nothing; one dropped after the work did everything', async () => {
    const mara = await startedPerson(telegram);
    await telegram.fault({ kind: 'reset' });
    await expect(send(mara, 'lost')).rejects.toThrow('fetch failed');
    expect(await botMessages(mara)).toEqual([]);
    await telegram.fault({ kind: 'drop_after_accept' });
    await expect(send(mara, 'arrived')).rejects.toThrow('fetch failed');
    expect((await botMessages(mara)).map(({ text }) => text)).toEqual(['arrived']);
    const made = (await telegram.calls()).filter(({ chatId }) => chatId === mara.id);
    expect(made.map(({ text, status, accepted }) => ({ text, status, accepted }))).toEqual([
      { text: 'lost', status: null, accepted: false },
      { text: 'arrived', status: null, accepted: true },
    ]);
  });

  test('a call that hangs is let go when the trouble is over, and has done nothing', async () => {
    const mara = await startedPerson(telegram);
    await telegram.fault({ kind: 'hang' });
    const hanging = send(mara, 'lost').then(
      () => 'answered',
      () => 'dropped',
    );
    await telegram.fault();
    expect(await hanging).toBe('dropped');
    expect(await botMessages(mara)).toEqual([]);
  });

  test('a delayed call still does its work', async () => {
    const mara = await startedPerson(telegram);
    await telegram.fault({ kind: 'delay', delayMs: 50 });
    expect(await send(mara, 'late')).toMatchObject({ status: 200 });
  });
});

test('a tap that is answered after half a minute is answered too late', async () => {
  const mara = await startedPerson(telegram);
  const keyboard = { inline_keyboard: [[{ text: 'Done', callback_data: 'done' }]] };
  const card = await result(telegram, 'sendMessage', {
    chat_id: mara.id,
    text: 'card',
    reply_markup: keyboard,
  });
  telegram.tap(mara, { messageId: card.message_id }, { data: 'done' }).catch(() => undefined);
  const { id } = await nextUpdate(telegram, 'callback_query');
  await telegram.moveClock({ machineSeconds: 31 });
  expect(await call(telegram, 'answerCallbackQuery', { callback_query_id: id })).toMatchObject({
    status: 400,
  });
});

test('a message can be deleted for 48 hours, and edited for ever', async () => {
  const mara = await startedPerson(telegram);
  const send2 = (text: string) => result(telegram, 'sendMessage', { chat_id: mara.id, text });
  const [young, old] = [await send2('young'), await send2('old')];
  await telegram.moveClock({ productSeconds: 48 * 3600 - 60 });
  const chat = { chat_id: mara.id };
  expect(await call(telegram, 'deleteMessage', { ...chat, message_id: young.message_id })).toMatchObject({
    result: true,
  });
  await telegram.moveClock({ productSeconds: 120 });
  expect(await call(telegram, 'deleteMessage', { ...chat, message_id: old.message_id })).toMatchObject({
    status: 400,
    description: "Bad Request: message can't be deleted for everyone",
  });
  const edited = await result(telegram, 'editMessageText', {
    ...chat,
    message_id: old.message_id,
    text: 'changed',
  });
  if (edited === true) throw new Error('An edited message of one’s own comes back as a message');
  expect(edited).toMatchObject({ text: 'changed', date: old.date });
  expect(edited.edit_date).toBeGreaterThan(old.date + 48 * 3600);
});

test('killed in the middle, it comes back with chats, undelivered updates, commands and numbers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  const mortal = await startTelegram({ storage: join(folder, 'telegram.sqlite') });
  try {
    const mara = await startedPerson(mortal);
    await result(mortal, 'setMyCommands', { commands: [{ command: 'today', description: 'What is due' }] });
    await result(mortal, 'setChatMenuButton', {
      menu_button: { type: 'web_app', text: 'Open', web_app: { url: 'http://127.0.0.1:1/app' } },
    });
    const sent = await result(mortal, 'sendMessage', { chat_id: mara.id, text: 'before' });
    const updates = await result(mortal, 'getUpdates', {});
    await mortal.say(mara, 'still waiting');
    const launch = await mortal.signInitData(mara, { authDate: 1_800_000_000 });
    const before = await mortal.state();

    await mortal.kill();
    await mortal.restart();

    expect(await mortal.state()).toEqual(before);
    expect(before.commands).toEqual([{ command: 'today', description: 'What is due' }]);
    expect(before.menuButton).toEqual({ text: 'Open', url: 'http://127.0.0.1:1/app' });
    expect(await mortal.signInitData(mara, { authDate: 1_800_000_000 })).toBe(launch);
    const again = await result(mortal, 'getUpdates', {});
    expect(again.map(({ update_id }) => update_id)).toEqual([
      updates[0]!.update_id,
      updates[0]!.update_id + 1,
    ]);
    const after = await result(mortal, 'sendMessage', { chat_id: mara.id, text: 'after' });
    expect(after.message_id).toBe(sent.message_id + 2);
    expect((await mortal.transcript(mara)).map(({ what, text }) => `${what}: ${text}`)).toEqual([
      'person_sent: /start',
      'bot_sent: before',
      'person_sent: still waiting',
      'bot_sent: after',
    ]);
  } finally {
    await mortal.stop();
    await rm(folder, { recursive: true });
  }
});
