/** A shared place says where somebody is; the clock there is what is kept of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const said = (person: SandboxPerson, words: string) =>
  bot.telegram.waitForMessage(person, ({ text }) => text.includes(words));

test('sets the zone at once, and says what time it is there', async () => {
  const mara = await bot.telegram.person();
  await bot.telegram.say(mara, '/start');
  await bot.telegram.waitForMessage(mara);
  await bot.telegram.shareLocation(mara, 35.68, 139.69);
  const answer = await said(mara, 'Tokyo it is');
  expect(answer.text).toMatch(/^Tokyo it is: \w{3} \d{1,2} \w{3}, \d{1,2}:\d{2} by your clock\./);
  expect(answer.text).toContain('To begin, write who it is');
  expect(await bot.stores.asPerson(mara.id).self()).toMatchObject({
    zone: 'Asia/Tokyo',
    zone_source: 'location',
  });
});

test('answers the question where somebody is', async () => {
  const mara = await settled(bot);
  await bot.telegram.say(mara, '/zone');
  await said(mara, 'Where');
  await bot.telegram.shareLocation(mara, 27.72, 85.32);
  const set = await said(mara, 'Kathmandu it is');
  // Somebody who travels knows how to begin.
  expect(set.text).not.toContain('To begin, write who it is');
  // The question is closed: a text is a text again, not another city.
  await bot.telegram.say(mara, 'thanks');
  const answer = await bot.telegram.waitForMessage(mara, ({ messageId }) => messageId > set.messageId);
  expect(answer.text).not.toMatch(/place|city/);
});

test('at sea there is no clock to follow: it says so and offers cities', async () => {
  const mara = await settled(bot);
  await bot.telegram.shareLocation(mara, 35, -40);
  const answer = await said(mara, 'no land at that place');
  expect(answer.inlineKeyboard.length).toBeGreaterThan(0);
  expect(await bot.stores.asPerson(mara.id).self()).toMatchObject({ zone: 'Europe/Berlin' });
});

test('the place itself is stored nowhere', async () => {
  // A latitude that no instant's seconds look like.
  const mara = await bot.telegram.person();
  await bot.telegram.shareLocation(mara, 60.16952, 24.93545);
  await said(mara, 'Helsinki it is');
  const { rows } = await bot.database.admin.query<{ found: boolean }>(
    `select bool_or(query_to_xml(format('select * from %I', relname), false, false, '')::text like '%60.169%') as found
     from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  expect(rows).toEqual([{ found: false }]);
});
