import { Bot, InlineKeyboard } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';

let telegram: TestTelegram;
let bot: Bot;
let polling: Promise<void>;

beforeAll(async () => {
  telegram = await startTelegram();
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } });
  bot.command('start', (context) =>
    context.reply(`Hello ${context.from?.first_name ?? ''}`, {
      reply_markup: new InlineKeyboard().text('Done', 'done:1').text('Later', 'later:1'),
    }),
  );
  bot.callbackQuery('done:1', async (context) => {
    await context.answerCallbackQuery('Noted');
    await context.editMessageText('Done.');
  });
  bot.on('message:location', (context) => context.reply(`Latitude ${context.message.location.latitude}`));
  bot.on('my_chat_member', (context) =>
    context.myChatMember.new_chat_member.status === 'member' ? context.reply('Welcome back') : undefined,
  );
  bot.on('message:text', (context) =>
    context.reply(context.message.reply_to_message?.text ?? 'a reply to nothing'),
  );
  polling = bot.start();
  await telegram.polled();
});

afterAll(async () => {
  await bot.stop();
  await polling;
  await telegram.stop();
});

test('a bot on long polling answers /start with buttons, and a tap edits its message', async () => {
  const mara = await telegram.person({ firstName: 'Mara' });
  await telegram.say(mara, '/start');
  const hello = await telegram.waitForMessage(mara);
  expect(hello.text).toBe('Hello Mara');
  expect(await telegram.tap(mara, hello, 'Done')).toMatchObject({ text: 'Noted', showAlert: false });
  const edited = await telegram.waitForMessage(mara, ({ editDate }) => editDate !== null);
  expect(edited).toMatchObject({ messageId: hello.messageId, text: 'Done.', inlineKeyboard: [] });
});

test('a reply, a place, and being unblocked reach the bot', async () => {
  const dev = await telegram.person({ firstName: 'Dev' });
  await telegram.say(dev, '/start');
  const hello = await telegram.waitForMessage(dev);
  await telegram.say(dev, 'and this?', hello);
  await telegram.waitForMessage(
    dev,
    ({ messageId, text }) => messageId > hello.messageId && text === 'Hello Dev',
  );
  await telegram.shareLocation(dev, 35.68, 139.69);
  await telegram.waitForMessage(dev, ({ text }) => text === 'Latitude 35.68');
  await telegram.block(dev);
  await telegram.block(dev, false);
  await telegram.waitForMessage(dev, ({ text }) => text === 'Welcome back');
});

test('five hundred people who write at once are all answered', async () => {
  await telegram.rateLimits(false);
  // A hundred requests at a time, as many as one getUpdates gives: more only wait for a socket, on a busy machine too long.
  const people: SandboxPerson[] = [];
  while (people.length < 500)
    people.push(...(await Promise.all(Array.from({ length: 100 }, () => telegram.person()))));
  for (let first = 0; first < 500; first += 100)
    await Promise.all(people.slice(first, first + 100).map((person) => telegram.say(person, '/start')));
  const answers = await Promise.all(people.map((person) => telegram.waitForMessage(person)));
  expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(500);
});
