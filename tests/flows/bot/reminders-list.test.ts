/** /reminders: everything that is open, in pages that turn in place. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Free reminders "Thing 1" … "Thing n", an hour apart, far ahead. */
async function withReminders(person: SandboxPerson, count: number): Promise<void> {
  await bot.database.admin.query(
    `insert into scheduled_reminders (telegram_id, due_at, title)
     select $1, now() + interval '30 days' + n * interval '1 hour', 'Thing ' || n from generate_series(1, $2::int) n`,
    [person.id, count],
  );
}

async function list(person: SandboxPerson) {
  await bot.telegram.say(person, '/reminders');
  return await bot.telegram.waitForMessage(person, ({ text }) =>
    /^(Open reminders|Открытые напоминания)/.test(text),
  );
}

test('with nothing open it says so and what to do', async () => {
  const mara = await settled(bot);
  await bot.telegram.say(mara, '/reminders');
  const answer = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Nothing is planned'));
  expect(answer.text).toContain('Tell me about a lead');
});

test('a short list has no pages; its buttons open the cards', async () => {
  const mara = await settled(bot);
  await withReminders(mara, 3);
  const card = await list(mara);
  expect(card.text.split('\n')[0]).toBe('Open reminders');
  expect(labels(card)).toEqual(['1. Thing 1', '2. Thing 2', '3. Thing 3', 'Open in app']);
  await bot.telegram.tap(mara, card, '2. Thing 2');
  const opened = await bot.telegram.waitForMessage(mara, ({ messageId }) => messageId > card.messageId);
  expect(opened.text).toMatch(/^Thing 2/);
  expect(labels(opened)).toContain('Done');
});

test('a long list turns in place, forth and back, and shows each line once', async () => {
  const mara = await settled(bot);
  await withReminders(mara, 18);
  const first = await list(mara);
  expect(first.text.split('\n')[0]).toBe('Open reminders, page 1');
  expect(labels(first)).not.toContain('‹ Earlier');
  await bot.telegram.tap(mara, first, 'Later ›');
  const second = await messageAfter(bot, mara, first, ({ text }) => text.includes('page 2'));
  expect(second.text).toContain('Thing 9 ');
  expect(second.text).toContain('Thing 16 ');
  await bot.telegram.tap(mara, second, 'Later ›');
  const third = await messageAfter(bot, mara, first, ({ text }) => text.includes('page 3'));
  expect(third.text).toContain('Thing 18 ');
  expect(labels(third)).not.toContain('Later ›');
  await bot.telegram.tap(mara, third, '‹ Earlier');
  await messageAfter(bot, mara, first, ({ text }) => text.includes('page 2'));
});

test('a page whose rows were done meanwhile turns to the last that is there', async () => {
  const mara = await settled(bot);
  await withReminders(mara, 10);
  const first = await list(mara);
  await bot.database.admin.query(
    `update scheduled_reminders set status = 'completed' where telegram_id = $1 and title = any ('{Thing 9,Thing 10}')`,
    [mara.id],
  );
  await bot.telegram.tap(mara, first, 'Later ›');
  const shorter = await messageAfter(bot, mara, first, ({ text }) => text.startsWith('Open reminders\n'));
  expect(labels(shorter)).not.toContain('Later ›');
});

test('in Russian, and never somebody else’s', async () => {
  const irina = await settled(bot, { firstName: 'Ирина', languageCode: 'ru' }, 'Москва');
  const other = await settled(bot);
  await withReminders(other, 2);
  await bot.database.admin.query(
    `insert into scheduled_reminders (telegram_id, due_at, title) values ($1, now() + interval '9 days', 'Отчёт')`,
    [irina.id],
  );
  const card = await list(irina);
  expect(card.text).toMatch(/^Открытые напоминания\n1\. Отчёт/);
  expect(card.text).not.toContain('Thing');
});
