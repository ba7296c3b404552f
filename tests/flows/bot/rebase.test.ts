/** A step moved past the next one: the ways the rest can follow, with their dates, stored as they were shown. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, reminded, rowsOf, settled } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const WAYS = ['Keep gaps', 'Keep dates', 'Squeeze'];

/** The question, after a reply to the first reminder with a time behind the next step. */
async function asked(person: SandboxPerson, card: SandboxMessage, words = 'in 20 days') {
  await bot.telegram.say(person, words, card);
  return bot.telegram.waitForMessage(
    person,
    ({ messageId, inlineKeyboard }) =>
      messageId > card.messageId &&
      inlineKeyboard.flat().some(({ callback_data: data }) => data?.startsWith('1:rb:') === true),
  );
}

const wantedOf = async (person: { id: number }): Promise<number[]> =>
  (await rowsOf(bot, person)).map(({ wanted_at: wanted }) => wanted.getTime());

describe('a snooze past the next step', () => {
  test('asks how the rest follows, with dates before and after, and changes nothing yet', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const before = await wantedOf(mara);
    const question = await asked(mara, card);
    expect(question.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
    expect(question.text).toContain('that is past the next step.');
    expect(question.text).toMatch(/\n2\. .+: \w{3} \d+ \w{3}.*, 9:30 → \w{3} \d+ \w{3}/);
    const buttons = labels(question);
    expect(buttons.at(-1)).toBe('◂ Back');
    const ways = buttons.slice(0, -1).map((label) => label.split(' · ')[0]!);
    expect(ways[0]).toBe('Keep gaps');
    expect(WAYS).toEqual(expect.arrayContaining(ways));
    expect(await wantedOf(mara)).toEqual(before);
    await bot.telegram.tap(mara, question, '◂ Back');
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Done'));
    expect(await wantedOf(mara)).toEqual(before);
  });

  test('keeps the gaps when asked to, says so, and Undo brings every date back', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const before = await wantedOf(mara);
    const question = await asked(mara, card);
    await bot.telegram.tap(mara, question, labels(question)[0]!);
    const done = await messageAfter(bot, mara, question, (message) => labels(message).includes('Undo'));
    expect(done.text).toMatch(/Moved to .+\.\n\d later steps moved with it\.\n2\. /);
    const after = await wantedOf(mara);
    expect(after).toEqual(after.toSorted((a, b) => a - b));
    const days = after.slice(1).map((wanted, index) => (wanted - before[index + 1]!) / 86_400_000);
    for (const gap of days) expect(gap).toBeGreaterThan(19);
    await bot.telegram.tap(mara, done, 'Undo');
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Done'));
    expect(await wantedOf(mara)).toEqual(before);
  });

  test('two taps at once move once; the second keeps the Undo of the first', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const before = await wantedOf(mara);
    const question = await asked(mara, card);
    const data = question.inlineKeyboard[0]![0]!.callback_data!;
    await Promise.all([1, 2].map(() => bot.telegram.tap(mara, question, { data })));
    const done = await messageAfter(bot, mara, question, (message) => labels(message).includes('Undo'));
    await bot.telegram.tap(mara, done, 'Undo');
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Done'));
    expect(await wantedOf(mara)).toEqual(before);
  });

  test('of a plan that changed since shows the present dates before anything moves', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const question = await asked(mara, card);
    const rows = await rowsOf(bot, mara);
    const last = rows.at(-1)!;
    const later = Temporal.Instant.fromEpochMilliseconds(last.wanted_at.getTime()).add({ hours: 24 });
    const answer = await bot.stores.asPerson(mara.id).snoozeReminder('in-app', Number(last.id), later, true);
    expect(answer.ok).toBe(true);
    const before = await wantedOf(mara);
    const toast = await bot.telegram.tap(mara, question, labels(question)[0]!);
    expect(toast.text).toBe('The plan changed meanwhile. These are its dates now.');
    const again = await messageAfter(bot, mara, question, ({ text }) => text.startsWith('The plan changed'));
    expect(await wantedOf(mara)).toEqual(before);
    await bot.telegram.tap(mara, again, labels(again)[0]!);
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Undo'));
    expect(await wantedOf(mara)).not.toEqual(before);
  });

  test('is asked in Russian of somebody who reads Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    const card = await reminded(bot, irina);
    const question = await asked(irina, card, 'через 20 дней');
    expect(question.text).toContain('Это позже следующего шага.');
    expect(labels(question)[0]).toMatch(/^Сохранить промежутки · до /);
    await bot.telegram.tap(irina, question, labels(question)[0]!);
    const done = await messageAfter(bot, irina, question, (message) => labels(message).includes('Вернуть'));
    expect(done.text).toContain('Новое время: ');
  });

  test('somebody else’s button moves nothing', async () => {
    const [mara, kim] = [await settled(bot), await settled(bot)];
    const question = await asked(mara, await reminded(bot, mara));
    const theirs = await reminded(bot, kim);
    const before = await wantedOf(mara);
    const data = question.inlineKeyboard[0]![0]!.callback_data!;
    const toast = await bot.telegram.tap(kim, theirs, { data });
    expect(toast.text).toBe("I don't find this reminder among yours.");
    expect(await wantedOf(mara)).toEqual(before);
  });
});

test('a snooze that stays before the next step asks nothing', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await bot.telegram.tap(mara, card, 'Snooze ▸');
  const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
  await bot.telegram.tap(mara, menu, labels(menu)[0]!);
  await messageAfter(bot, mara, card, ({ text }) => text.includes('Snoozed until'));
});

test('a step of a running plan given a date behind the next one asks the same, and goes back to the steps', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await moveClock(bot.database, 60);
  const { rows } = await bot.database.admin.query<{ id: string; version: number }>(
    'select id, version from engagement_plans where telegram_id = $1',
    [mara.id],
  );
  const { id, version } = rows[0]!;
  await bot.telegram.tap(mara, card, { data: `1:ei:${id}:${version}:1:20` });
  const question = await messageAfter(bot, mara, card, ({ text }) => text.includes('past the next step'));
  await bot.telegram.tap(mara, question, '◂ Back');
  await messageAfter(bot, mara, card, ({ text }) => text.includes('Every step has its date.'));
});
