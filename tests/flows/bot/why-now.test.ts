/** "Why now?" under a reminder: the story of its time in place of the card, and the way back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labels, messageAfter, reminded, rowsOf, settled } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

test.each([
  {
    ...{ languageCode: 'en', city: 'Berlin', why: 'Why now?', back: '◂ Back', done: 'Done' },
    story: [/It was due today|It comes today/, /Rule: at once/, /Step 1 of the plan from /],
  },
  {
    ...{ languageCode: 'ru', city: 'Берлин', why: 'Почему сейчас?', back: '◂ Назад', done: 'Готово' },
    story: [/Было назначено на|Придёт/, /Правило: сразу/, /Шаг 1 плана от /],
  },
])('in $languageCode the story stands in place of the card, and leads back', async (voice) => {
  const mara = await settled(bot, { languageCode: voice.languageCode }, voice.city);
  const card = await reminded(bot, mara);
  await bot.telegram.tap(mara, card, voice.why);
  const story = await messageAfter(bot, mara, card, (message) => labels(message).includes(voice.back));
  for (const part of voice.story) expect(story.text).toMatch(part);
  expect(story.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
  await bot.telegram.tap(mara, story, voice.back);
  const again = await messageAfter(bot, mara, card, (message) => labels(message).includes(voice.done));
  expect(again.text.split('\n').slice(0, 2)).toEqual(card.text.split('\n').slice(0, 2));
});

test('a snooze stands in the story of the card that comes then', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await bot.telegram.tap(mara, card, 'Snooze ▸');
  const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
  await bot.telegram.tap(mara, menu, labels(menu)[0]!);
  await messageAfter(bot, mara, card, ({ text }) => text.includes('Snoozed until'));
  await bot.deliverNext(mara.id);
  const second = await bot.telegram.waitForMessage(
    mara,
    (message) => message.messageId > card.messageId && labels(message).includes('Why now?'),
  );
  await bot.telegram.tap(mara, second, 'Why now?');
  const story = await messageAfter(bot, mara, second, ({ text }) => text.includes('Snoozed to'));
  expect(story.text).toMatch(/Snoozed to today.*\nOnce so far/);
  expect(story.text).toContain('the minute you picked');
});

test('a reminder that is over, or somebody else’s, tells no story', async () => {
  const [mara, kim] = [await settled(bot), await settled(bot)];
  const card = await reminded(bot, mara);
  const theirs = await reminded(bot, kim);
  const data = labels(theirs).map((_, index) => theirs.inlineKeyboard.flat()[index]!.callback_data);
  const foreign = data.find((each) => each?.startsWith('1:y:') === true)!;
  expect((await bot.telegram.tap(mara, card, { data: foreign })).text).toBe(
    "I don't find this reminder among yours.",
  );
  await bot.stores
    .asPerson(mara.id)
    .completeReminder('done-in-app', Number((await rowsOf(bot, mara))[0]!.id));
  expect((await bot.telegram.tap(mara, card, 'Why now?')).text).toBe('Already done.');
  const closed = await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
  expect(closed.text).toContain('Already done.');
});

test('a reply to the story is a reply to its reminder', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await moveClock(bot.database, 60);
  await bot.telegram.tap(mara, card, 'Why now?');
  const story = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
  await bot.telegram.say(mara, 'done', story);
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Done.'));
  expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'completed' });
});
