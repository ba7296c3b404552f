/** Times in words in chat: said back before they are stored, and reminders answered by replying to them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labels, messageAfter, reminded, rowsOf, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => (bot = await startBot()));
afterAll(async () => bot.stop());

/** The first open reminder as Berlin's clocks show it. */
async function wantedLocally(person: { id: number }): Promise<string> {
  const [row] = await rowsOf(bot, person);
  return row!.wanted_at
    .toTemporalInstant()
    .toZonedDateTimeISO('Europe/Berlin')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

const tomorrow = async (): Promise<string> =>
  (await bot.stores.admin.now())
    .toZonedDateTimeISO('Europe/Berlin')
    .toPlainDate()
    .add({ days: 1 })
    .toString();

describe('another time than the presets', () => {
  test('is typed, said back with weekday and zone, and stored by a tap', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.tap(person, card, 'Snooze ▸');
    const menu = await messageAfter(bot, person, card, (shown) => labels(shown).includes('Other time…'));
    await bot.telegram.tap(person, menu, 'Other time…');
    await bot.telegram.waitForMessage(person, ({ text }) => text.includes('When should I bring it back?'));

    await bot.telegram.say(person, 'whenever it suits Anna');
    await bot.telegram.waitForMessage(
      person,
      ({ text }) => text.includes('I don’t see a time') || text.includes("I don't see a time"),
    );
    await bot.telegram.say(person, 'tomorrow 22:30');
    const echo = await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Snooze until '));
    expect(echo.text).toMatch(/^Snooze until tomorrow, (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) 22:30 Berlin time\?/);
    expect(echo.text).toContain('quiet hours');
    expect((await rowsOf(bot, person))[0]!.snooze_count).toBe(0);

    const [confirm] = labels(echo);
    await bot.telegram.tap(person, echo, confirm!);
    // The next step comes tomorrow morning.
    const ways = await messageAfter(bot, person, echo, ({ text }) => text.includes('past the next step'));
    await bot.telegram.tap(
      person,
      ways,
      labels(ways).find((label) => label.startsWith('Keep dates'))!,
    );
    await messageAfter(bot, person, echo, ({ text }) => text.includes('Moved to tomorrow'));
    expect(await wantedLocally(person)).toBe(`${await tomorrow()}T22:30`);
  });

  test('that was not meant is asked for again, and nothing is stored', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.tap(person, card, 'Snooze ▸');
    const menu = await messageAfter(bot, person, card, (shown) => labels(shown).includes('Other time…'));
    await bot.telegram.tap(person, menu, 'Other time…');
    await bot.telegram.waitForMessage(person, ({ text }) => text.includes('When should I bring it back?'));
    await bot.telegram.say(person, 'in 3 hours');
    const echo = await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Snooze until '));
    await bot.telegram.tap(person, echo, 'Another time');
    await messageAfter(bot, person, echo, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    await bot.telegram.say(person, 'every monday');
    await bot.telegram.waitForMessage(person, ({ text }) => text.includes('again and again'));
    expect((await rowsOf(bot, person))[0]!.snooze_count).toBe(0);
  });
});

describe('a reply to a reminder', () => {
  test('“done” completes it, and Undo brings it back', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.say(person, 'Done.', card);
    const acted = await bot.telegram.waitForMessage(
      person,
      (message) => message.messageId > card.messageId && labels(message).includes('Undo'),
    );
    expect((await rowsOf(bot, person))[0]!.status).toBe('completed');
    await bot.telegram.tap(person, acted, 'Undo');
    await messageAfter(bot, person, acted, (shown) => labels(shown).includes('Done'));
    expect((await rowsOf(bot, person))[0]!.status).not.toBe('completed');
  });

  test('a time puts it off at once, says how it was read, and can be undone', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.say(person, 'завтра в 9', card);
    const acted = await bot.telegram.waitForMessage(
      person,
      ({ messageId, text }) => messageId > card.messageId && text.includes('Snoozed until'),
    );
    expect(acted.text).toMatch(/Read as tomorrow, \w{3} 9:00 Berlin time\./);
    expect(labels(acted)).toContain('Undo');
    expect(await wantedLocally(person)).toBe(`${await tomorrow()}T09:00`);
  });

  test('a time that has passed is refused in words, and nothing changes', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.say(person, 'yesterday', card);
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('That has passed.'));
    expect((await rowsOf(bot, person))[0]!.snooze_count).toBe(0);
  });

  test('anything else is offered as a note and becomes one by a tap', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.say(person, 'They want a discount of ten percent before they sign', card);
    const offer = await bot.telegram.waitForMessage(person, ({ text }) =>
      text.includes('keep this as a note'),
    );
    await bot.telegram.tap(person, offer, 'Keep it as a note');
    await messageAfter(bot, person, offer, (shown) => !labels(shown).includes('Keep it as a note'));
    const { rows } = await bot.database.admin.query<{ notes: string }>(
      'select notes from leads where telegram_id = $1',
      [person.id],
    );
    expect(rows[0]!.notes).toContain('They want a discount of ten percent before they sign');
  });

  test('to a card whose buttons are gone is found by the record of what was delivered', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    await bot.telegram.tap(person, card, 'Done');
    const done = await messageAfter(bot, person, card, (shown) => labels(shown).includes('Undo'));
    await bot.telegram.tap(person, done, 'Undo');
    await messageAfter(bot, person, card, (shown) => labels(shown).includes('Done'));
    const store = bot.stores.asPerson(person.id);
    const [row] = await rowsOf(bot, person);
    expect(await store.reminderOfMessage(card.messageId)).toBe(Number(row!.id));
    expect(await store.reminderOfMessage(999_999)).toBeNull();
    const stranger = await settled(bot);
    expect(await bot.stores.asPerson(stranger.id).reminderOfMessage(card.messageId)).toBeNull();
  });

  test('to any other message means what it would mean alone', async () => {
    const person = await settled(bot);
    const card = await reminded(bot, person);
    const before = await rowsOf(bot, person);
    const own = (await saidIn(bot, person)).find(({ messageId }) => messageId < card.messageId);
    await bot.telegram.say(person, 'done', own);
    await bot.telegram.waitForMessage(person, ({ messageId }) => messageId > card.messageId + 1);
    expect(await rowsOf(bot, person)).toEqual(before);
  });
});
