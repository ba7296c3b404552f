/**
 * A bot written with another library (Telegraf) finds what it expects of Telegram: it was not made for this emulator, and
 * this emulator was not made for it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Markup, Telegraf, TelegramError } from 'telegraf';
import { message } from 'telegraf/filters';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';

let telegram: TestTelegram;
let bot: Telegraf;
let running: Promise<void> | null = null;

beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());
beforeEach(() => {
  bot = new Telegraf(telegram.token, { telegram: { apiRoot: telegram.apiRoot } });
});
afterEach(async () => {
  if (running === null) return;
  bot.stop('test');
  await running;
  running = null;
});

/** Launches the bot by long polling; resolves when it has asked for its first updates. */
async function launch(): Promise<void> {
  running = bot.launch();
  await telegram.polled();
}

test('a command and a text are answered, one after the other', async () => {
  bot.start((ctx) => ctx.reply(`Hello ${ctx.from.first_name}`));
  bot.hears(/(.+)/, (ctx) => ctx.reply(`You said: ${ctx.match[1] ?? ''}`));
  await launch();
  const mara = await telegram.person({ firstName: 'Mara' });
  await telegram.say(mara, '/start');
  await telegram.waitForMessage(mara, ({ text }) => text === 'Hello Mara');
  await telegram.say(mara, 'see you');
  await telegram.waitForMessage(mara, ({ text }) => text === 'You said: see you');
});

test('a tap is answered with a toast, and the message under it changes', async () => {
  bot.start((ctx) => ctx.reply('Ready?', Markup.inlineKeyboard([Markup.button.callback('Yes', 'yes:7')])));
  bot.action(/^yes:(\d+)$/, async (ctx) => {
    await ctx.answerCbQuery(`Number ${ctx.match[1] ?? ''}`);
    await ctx.editMessageText('<b>Good.</b>', { parse_mode: 'HTML' });
  });
  await launch();
  const mara = await telegram.person();
  await telegram.say(mara, '/start');
  const question = await telegram.waitForMessage(mara);
  expect(await telegram.tap(mara, question, 'Yes')).toMatchObject({ text: 'Number 7', showAlert: false });
  const edited = await telegram.waitForMessage(mara, ({ editDate }) => editDate !== null);
  expect(edited).toMatchObject({ messageId: question.messageId, text: 'Good.', inlineKeyboard: [] });
  expect(edited.entities).toEqual([{ type: 'bold', offset: 0, length: 5 }]);
});

test('a refusal comes as the error this library knows, with code and Telegram’s words', async () => {
  const nobody = bot.telegram.sendMessage(1, 'hello');
  await expect(nobody).rejects.toThrow(TelegramError);
  await expect(nobody).rejects.toMatchObject({ code: 400, description: 'Bad Request: chat not found' });
  const unknown = new Telegraf('1:nonsense', { telegram: { apiRoot: telegram.apiRoot } }).telegram.getMe();
  await expect(unknown).rejects.toMatchObject({ code: 401, description: 'Unauthorized' });
});

test('a flood wait carries the seconds to wait', async () => {
  const mara = await telegram.person();
  await telegram.say(mara, 'hello');
  await telegram.fault({ kind: '429', retryAfter: 3 });
  try {
    await expect(bot.telegram.sendMessage(mara.id, 'hello')).rejects.toMatchObject({
      code: 429,
      parameters: { retry_after: 3 },
    });
  } finally {
    await telegram.fault();
  }
});

test('by webhook: updates arrive with the secret, and are answered', async () => {
  bot.on(message('text'), (ctx) => ctx.reply(`By webhook: ${ctx.message.text}`));
  const handle = bot.webhookCallback('/hook', { secretToken: 'a-secret' });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  try {
    await bot.telegram.setWebhook(url, { secret_token: 'a-secret' });
    const mara = await telegram.person();
    await telegram.say(mara, 'ping');
    await telegram.waitForMessage(mara, ({ text }) => text === 'By webhook: ping');
  } finally {
    await bot.telegram.deleteWebhook();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
