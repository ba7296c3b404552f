import { Bot, InlineKeyboard } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  bot.on('message:location', (context) => context.reply(`You are at ${context.message.location.latitude}`));
  bot.on('my_chat_member', (context) => {
    seenStatuses.push(context.myChatMember.new_chat_member.status);
  });
  polling = bot.start();
});

afterAll(async () => {
  await bot.stop();
  await polling;
  await telegram.stop();
});

const seenStatuses: string[] = [];

test('a bot on long polling answers /start with buttons, and a tap edits its message', async () => {
  const mara = await telegram.person({ firstName: 'Mara' });
  await telegram.say(mara, '/start');
  const hello = await telegram.waitForMessage(mara);
  expect(hello.text).toBe('Hello Mara');
  expect(await telegram.tap(mara, hello, 'Done')).toMatchObject({ text: 'Noted', showAlert: false });
  const done = await telegram.waitForMessage(mara, ({ editDate }) => editDate !== null);
  expect(done).toMatchObject({ messageId: hello.messageId, text: 'Done.', inlineKeyboard: [] });
});
