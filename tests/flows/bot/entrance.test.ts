/** How updates come in and what Telegram shows around the chat: polling, conflicts, stops, commands, menu. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBot } from '../../../bot/telegram/create-bot.ts';
import { COMMANDS } from '../../../bot/telegram/features/commands.ts';
import { runPolling } from '../../../bot/telegram/run-polling.ts';
import { setupBot, setWebhook } from '../../../bot/telegram/setup-bot.ts';
import { saidIn } from './people.ts';
import { recorder, type Logged } from './record-log.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

function anotherBot(token: string, logged: Logged[]) {
  return createBot({ ...bot.parts, token, miniAppUrl: null, log: recorder(logged) });
}

test('commands, descriptions and the menu button are set in both languages', async () => {
  await setupBot(bot.nudge.bot, { texts: bot.nudge.texts, miniAppUrl: 'https://nudge.example/' });
  const { commands, menuButton } = await bot.telegram.state();
  const names = commands.map(({ command }) => command);
  // What only owners and admins can do stands in their own menus.
  expect(names).toEqual(Object.keys(COMMANDS).filter((name) => name !== 'jobs'));
  expect(names).toEqual(
    expect.arrayContaining(['start', 'settings', 'export', 'privacy', 'delete_me', 'help']),
  );
  expect(menuButton).toEqual({ text: 'Open', url: 'https://nudge.example/' });
  const { api } = bot.nudge.bot;
  const russian = await api.getMyCommands({ scope: { type: 'all_private_chats' }, language_code: 'ru' });
  expect(russian[0]).toEqual({ command: 'start', description: 'Начать или начать заново' });
  expect(russian.map(({ command }) => command)).toEqual(names);
  for (const { description } of russian) expect(description).toMatch(/[а-яё]/i);
  expect((await api.getMyDescription({ language_code: 'ru' })).description).toContain('план касаний');
  expect((await api.getMyShortDescription()).short_description).toContain('Follow-up plans');
});

test('without a mini-app the menu shows the commands', async () => {
  await setupBot(bot.nudge.bot, { texts: bot.nudge.texts, miniAppUrl: null });
  expect((await bot.telegram.state()).menuButton).toBeNull();
});

test('what came while nobody listened is answered after the start, and once', async () => {
  const mara = await bot.telegram.person();
  await bot.polling().stop();
  await bot.telegram.say(mara, '/help');
  await bot.telegram.say(mara, '/start');
  bot.startPolling();
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Hello'));
  // Stopping waits for what is under way and confirms it: a second start finds nothing old.
  await bot.polling().stop();
  bot.startPolling();
  await bot.telegram.say(mara, '/today');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Nothing is planned'));
  const said = await saidIn(bot, mara);
  expect(said.map(({ text }) => text.split(/[\n,]/)[0])).toEqual([
    'How this works',
    'Hello',
    'Nothing is planned',
  ]);
});

test('a second reader of the same bot is named in the log, and both go on trying', async () => {
  const conflict = Promise.withResolvers<undefined>();
  const log = recorder([], ({ event }) => {
    if (event === 'bot.polling_conflict') conflict.resolve(undefined);
  });
  const second = anotherBot(bot.telegram.token, []);
  const first = Promise.race([conflict.promise, bot.loggedEvent('bot.polling_conflict')]);
  const polling = runPolling(second, log);
  await first;
  await polling.stop();
  const mara = await bot.telegram.person();
  await bot.telegram.say(mara, '/help');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
});

test('a token that Telegram does not know ends the polling with a clear sentence', async () => {
  const stranger = anotherBot('42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', []);
  const polling = runPolling(stranger, recorder([]));
  await expect(polling.done).rejects.toThrow('Telegram does not know this BOT_TOKEN');
});

test('polling takes over from a webhook that was set', async () => {
  await bot.polling().stop();
  await setWebhook(bot.nudge.bot, { url: 'https://nudge.example/telegram/webhook', secret: 'abc' });
  expect((await bot.nudge.bot.api.getWebhookInfo()).url).toBe('https://nudge.example/telegram/webhook');
  bot.startPolling();
  const mara = await bot.telegram.person();
  await bot.telegram.say(mara, '/help');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
  expect((await bot.nudge.bot.api.getWebhookInfo()).url).toBe('');
});
