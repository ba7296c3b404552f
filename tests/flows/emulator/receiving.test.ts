import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Bot, webhookCallback } from 'grammy';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { call, result, startedPerson, type Result } from './call.ts';

let telegram: TestTelegram;

beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());
beforeEach(async () => {
  await result(telegram, 'deleteWebhook', { drop_pending_updates: true });
  await result(telegram, 'getUpdates', { allowed_updates: [] });
});

const poll = (parameters: Record<string, unknown> = {}) => result(telegram, 'getUpdates', parameters);
const texts = (updates: Result<'getUpdates'>) => updates.map(({ message }) => message?.text);

describe('long polling', () => {
  test('gives an update again until a higher offset confirms it, and never after', async () => {
    const mara = await telegram.person();
    await telegram.say(mara, 'one');
    await telegram.say(mara, 'two');
    const first = await poll();
    expect(texts(first)).toEqual(['one', 'two']);
    const [one, two] = first.map(({ update_id }) => update_id);
    expect(two).toBe(one! + 1);
    expect(texts(await poll())).toEqual(['one', 'two']);
    expect(texts(await poll({ offset: two }))).toEqual(['two']);
    expect(texts(await poll({ offset: two! + 1 }))).toEqual([]);
    expect(texts(await poll())).toEqual([]);
  });

  test('gives at most `limit` updates, oldest first; a negative offset keeps only the newest', async () => {
    const mara = await telegram.person();
    for (const words of ['a', 'b', 'c', 'd']) await telegram.say(mara, words);
    expect(texts(await poll({ limit: 2 }))).toEqual(['a', 'b']);
    expect(texts(await poll({ offset: -1 }))).toEqual(['d']);
    expect(texts(await poll())).toEqual(['d']);
  });

  test('waits for an update and answers the moment it comes', async () => {
    const mara = await telegram.person();
    const waiting = poll({ timeout: 30 });
    await telegram.say(mara, 'at last');
    expect(texts(await waiting)).toEqual(['at last']);
  });

  test('tells the older of two pollers that it is not alone', async () => {
    const mara = await telegram.person();
    const older = call(telegram, 'getUpdates', { timeout: 30 });
    await telegram.polled();
    const newer = poll({ timeout: 30 });
    expect(await older).toEqual({
      status: 409,
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    await telegram.say(mara, 'for the newer');
    expect(texts(await newer)).toEqual(['for the newer']);
  });

  test('a bot that hangs up does not take the next update with it', async () => {
    const mara = await telegram.person();
    const gone = new AbortController();
    const abandoned = call(telegram, 'getUpdates', { timeout: 30 }, { signal: gone.signal }).catch(
      () => 'gone',
    );
    await telegram.polled();
    const left = telegram.waitForEvent(
      (event) => event.type === 'call' && event.call.method === 'getupdates',
    );
    gone.abort();
    await left;
    expect(await abandoned).toBe('gone');
    await telegram.say(mara, 'still here');
    expect(texts(await poll())).toEqual(['still here']);
  });

  test('allowed_updates is kept until it is changed and does not touch what waits already', async () => {
    const mara = await startedPerson(telegram);
    await poll({ offset: -1, allowed_updates: ['my_chat_member'] });
    await poll({ offset: -1 });
    await telegram.say(mara, 'unheard');
    await telegram.block(mara);
    const updates = await poll();
    expect(updates.filter(({ message }) => message?.text === 'unheard')).toEqual([]);
    expect(updates.at(-1)?.my_chat_member).toMatchObject({
      chat: { id: mara.id, type: 'private' },
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    });
  });
});

interface Delivery {
  update: { update_id: number; message: { text: string; chat: { id: number } } };
  secret: string | undefined;
  answer: (status: number, headers?: Record<string, string>, body?: string) => void;
}

describe('a webhook', () => {
  let server: Server;
  let deliveries: Delivery[];
  let waiting: ((delivery: Delivery) => void)[];
  let url: string;

  /** The next delivery, whether it has come already or not. */
  const next = () =>
    new Promise<Delivery>((resolve) => {
      const ready = deliveries.shift();
      if (ready === undefined) waiting.push(resolve);
      else resolve(ready);
    });

  beforeEach(async () => {
    deliveries = [];
    waiting = [];
    const take = async (request: IncomingMessage, answer: Delivery['answer']) => {
      const delivery: Delivery = {
        update: JSON.parse(await text(request)) as Delivery['update'],
        secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined,
        answer,
      };
      const waiter = waiting.shift();
      if (waiter === undefined) deliveries.push(delivery);
      else waiter(delivery);
    };
    server = createServer((request, response) => {
      void take(request, (status, headers = {}, body = '') => response.writeHead(status, headers).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });

  afterEach(async () => {
    await result(telegram, 'deleteWebhook', {});
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('gets each update with the secret, and polling is refused meanwhile', async () => {
    const mara = await telegram.person();
    await result(telegram, 'setWebhook', { url, secret_token: 'only-Telegram_knows' });
    await telegram.say(mara, 'hello');
    const delivery = await next();
    expect(delivery.update.message.text).toBe('hello');
    expect(delivery.secret).toBe('only-Telegram_knows');
    expect(await call(telegram, 'getUpdates')).toMatchObject({
      status: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    expect(await result(telegram, 'getWebhookInfo', {})).toMatchObject({ url, pending_update_count: 1 });
    delivery.answer(200);
  });

  test('setting one ends a poll that waits', async () => {
    const older = call(telegram, 'getUpdates', { timeout: 30 });
    await telegram.polled();
    await result(telegram, 'setWebhook', { url });
    expect(await older).toMatchObject({
      status: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
  });

  test('gets one chat’s updates in order, the next only after the answer, while other chats go on', async () => {
    const [mara, dev] = [await telegram.person(), await telegram.person()];
    await result(telegram, 'setWebhook', { url });
    await telegram.say(mara, 'mara 1');
    const first = await next();
    await telegram.say(mara, 'mara 2');
    await telegram.say(dev, 'dev 1');
    const other = await next();
    expect([first, other].map(({ update }) => update.message.text)).toEqual(['mara 1', 'dev 1']);
    expect(deliveries).toEqual([]);
    first.answer(200);
    const second = await next();
    expect(second.update.message.text).toBe('mara 2');
    second.answer(200);
    other.answer(200);
  });

  test('gets an update again after an error, and only then the next one', async () => {
    const mara = await telegram.person();
    await result(telegram, 'setWebhook', { url });
    await telegram.say(mara, 'important');
    await telegram.say(mara, 'next');
    (await next()).answer(500);
    const again = await next();
    expect(again.update.message.text).toBe('important');
    expect(await result(telegram, 'getWebhookInfo', {})).toMatchObject({
      pending_update_count: 2,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
    again.answer(200);
    const following = await next();
    expect(following.update.message.text).toBe('next');
    following.answer(200);
  });

  test('may answer with a method to call', async () => {
    const mara = await telegram.person();
    await result(telegram, 'setWebhook', { url });
    await telegram.say(mara, 'hello');
    const body = JSON.stringify({ method: 'sendMessage', chat_id: mara.id, text: 'in one go' });
    (await next()).answer(200, { 'content-type': 'application/json' }, body);
    expect((await telegram.waitForMessage(mara)).text).toBe('in one go');
  });

  test('served by grammY holds a conversation', async () => {
    const bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } });
    bot.on('message:text', (context) => context.reply(`You said ${context.message.text}`));
    const handle = webhookCallback(bot, 'http', { secretToken: 'grammy' });
    const own = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(own.address() as AddressInfo).port}/`;
    await result(telegram, 'setWebhook', { url: address, secret_token: 'grammy' });
    const mara = await telegram.person();
    await telegram.say(mara, 'moin');
    expect((await telegram.waitForMessage(mara)).text).toBe('You said moin');
    await result(telegram, 'deleteWebhook', {});
    own.closeAllConnections();
    await new Promise((resolve) => own.close(resolve));
  });
});
