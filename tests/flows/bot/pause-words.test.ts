/** A vacation told in a sentence: said back with its end, stored by a tap, and never taken for a lead. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labels, messageAfter, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function pausedUntil({ id }: { id: number }): Promise<Date | null> {
  const { rows } = await bot.database.admin.query<{ paused_until: Date | null }>(
    'select paused_until from users where telegram_id = $1',
    [id],
  );
  return rows[0]!.paused_until;
}

test.each([
  { languageCode: 'en', city: 'Berlin', text: 'vacation until next friday', echo: /^Pause until .*\?/ },
  { languageCode: 'en', city: 'Berlin', text: 'pause everything until monday', echo: /^Pause until .*\?/ },
  { languageCode: 'en', city: 'Berlin', text: 'I am away till friday', echo: /^Pause until .*\?/ },
  { languageCode: 'ru', city: 'Берлин', text: 'пауза до пятницы', echo: /^Пауза до .*\?/ },
])('“$text” is said back before it is stored', async ({ languageCode, city, text, echo }) => {
  const mara = await settled(bot, { languageCode }, city);
  await bot.telegram.say(mara, text);
  const asked = await bot.telegram.waitForMessage(mara, (message) => echo.test(message.text));
  expect(await pausedUntil(mara)).toBeNull();
  await bot.telegram.tap(mara, asked, labels(asked)[0]!);
  await messageAfter(bot, mara, asked, (message) => message.text !== asked.text);
  await expect.poll(() => pausedUntil(mara)).not.toBeNull();
});

test.each([
  {
    languageCode: 'en',
    city: 'Berlin',
    text: 'I’m away next week',
    echo: /^Pause until .*\?/,
    note: 'It begins now, not later',
  },
  {
    languageCode: 'ru',
    city: 'Берлин',
    text: 'меня не будет на следующей неделе',
    echo: /^Пауза до .*\?/,
    note: 'Пауза начнётся сразу',
  },
])('“$text” is said back with the Monday after it, and that a pause begins now', async (told) => {
  const mara = await settled(bot, { languageCode: told.languageCode }, told.city);
  const now = (await bot.stores.admin.now()).toZonedDateTimeISO('Europe/Berlin');
  await bot.telegram.say(mara, told.text);
  const asked = await bot.telegram.waitForMessage(mara, (message) => told.echo.test(message.text));
  expect(asked.text).toContain(told.note);
  expect(await pausedUntil(mara)).toBeNull();
  await bot.telegram.tap(mara, asked, labels(asked)[0]!);
  await expect.poll(() => pausedUntil(mara)).not.toBeNull();
  const until = Temporal.Instant.from((await pausedUntil(mara))!.toISOString()).toZonedDateTimeISO(
    'Europe/Berlin',
  );
  const monday = now.toPlainDate().add({ days: 15 - now.dayOfWeek });
  expect(until.toPlainDateTime().toString()).toBe(`${monday.toString()}T09:30:00`);
});

test('an end that nobody understands, or that has passed, is asked for again, and the next text answers it', async () => {
  const mara = await settled(bot);
  await bot.telegram.say(mara, 'vacation until pigs fly');
  await bot.telegram.waitForMessage(mara, ({ text }) =>
    text.startsWith('Until when should everything rest?'),
  );
  await bot.telegram.say(mara, 'next friday');
  await bot.telegram.waitForMessage(mara, ({ text }) => /^Pause until .*\?/.test(text));
  expect(await pausedUntil(mara)).toBeNull();
});

test('without an end the choices come', async () => {
  const mara = await settled(bot);
  await bot.telegram.say(mara, 'pause everything');
  const page = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('◂ Back'));
  await bot.telegram.tap(mara, page, labels(page)[0]!);
  await expect.poll(() => pausedUntil(mara)).not.toBeNull();
});

test('/today says that everything rests, and until when', async () => {
  const mara = await settled(bot);
  await started(bot, mara);
  await bot.telegram.say(mara, 'pause everything');
  const page = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('◂ Back'));
  await bot.telegram.tap(mara, page, labels(page)[0]!);
  await expect.poll(() => pausedUntil(mara)).not.toBeNull();
  await bot.telegram.say(mara, '/today');
  await bot.telegram.waitForMessage(mara, ({ text }) =>
    /^1\. Anna[^]*Everything is paused until /m.test(text),
  );
});
