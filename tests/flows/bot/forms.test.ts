/** Questions that wait for an answer: what a person may do while one is open. The form is /zone's, the rules are all forms'. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, LEAD, messageAfter, proposed, saidIn, settled } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const isQuestion = ({ text }: { text: string }): boolean => text.includes('Where are you?');

/** Somebody from Berlin whom /zone has just asked where they are. */
async function asked(): Promise<{ person: SandboxPerson; question: Awaited<ReturnType<typeof ask>> }> {
  const person = await settled(bot);
  return { person, question: await ask(person) };
}

async function ask(person: SandboxPerson) {
  await bot.telegram.say(person, '/zone');
  return await bot.telegram.waitForMessage(
    person,
    (message) => isQuestion(message) && labels(message).includes('Leave it'),
  );
}

async function zoneOf({ id }: SandboxPerson): Promise<string> {
  const { rows } = await bot.database.admin.query<{ zone: string }>(
    'select zone from users where telegram_id = $1',
    [id],
  );
  return rows[0]!.zone;
}

async function leadsOf({ id }: SandboxPerson): Promise<number> {
  const { rows } = await bot.database.admin.query('select id from leads where telegram_id = $1', [id]);
  return rows.length;
}

describe('an open question', () => {
  test('takes the next text as its answer, closes, and loses its buttons', async () => {
    const { person, question } = await asked();
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Tokyo it is'));
    await messageAfter(bot, person, question, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    expect(await zoneOf(person)).toBe('Asia/Tokyo');
    // Closed: the next text is a lead again.
    await proposed(bot, person);
  });

  test('stays open after an answer that does not do', async () => {
    const { person } = await asked();
    await bot.telegram.say(person, 'Atlantis');
    await bot.telegram.waitForMessage(
      person,
      ({ text }) => text.includes('I don’t know') || text.includes("I don't know"),
    );
    await bot.telegram.say(person, 'Lisbon');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Lisbon it is'));
  });

  test('gives way to a text that is no answer to it', async () => {
    const { person } = await asked();
    await bot.telegram.say(person, LEAD);
    await bot.telegram.waitForMessage(person, ({ text }) => /^\d\. /m.test(text));
    expect(await leadsOf(person)).toBe(1);
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.includes('name'));
    expect(await zoneOf(person)).toBe('Europe/Berlin');
  });

  test('answers anything but text with what it waits for, and goes on waiting', async () => {
    const { person } = await asked();
    await bot.telegram.send(person, {
      sticker: {
        file_id: 'x',
        file_unique_id: 'y',
        type: 'regular',
        width: 1,
        height: 1,
        is_animated: false,
        is_video: false,
      },
    });
    await bot.telegram.waitForMessage(person, ({ text }) =>
      text.startsWith("I'm waiting for text: your time zone"),
    );
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Tokyo it is'));
  });

  test('is left by /cancel, which says what was left', async () => {
    const { person } = await asked();
    await bot.telegram.say(person, '/cancel');
    const left = await bot.telegram.waitForMessage(person, ({ text }) =>
      text.startsWith('I left the question'),
    );
    expect(left.text).toContain('your time zone');
    await bot.telegram.say(person, '/cancel');
    await bot.telegram.waitForMessage(person, ({ text }) => text === 'There is no open question to leave.');
  });

  test('is left by any other command, which works as ever', async () => {
    const { person } = await asked();
    await bot.telegram.say(person, '/help');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('How this works'));
    expect((await saidIn(bot, person)).some(({ text }) => text.startsWith('I left the question'))).toBe(true);
    await bot.telegram.say(person, LEAD);
    await bot.telegram.waitForMessage(person, ({ text }) => /^\d\. /m.test(text));
  });

  test('is left by the button under it', async () => {
    const { person, question } = await asked();
    await bot.telegram.tap(person, question, 'Leave it');
    await messageAfter(bot, person, question, ({ text }) => text.startsWith('I left the question'));
    await proposed(bot, person);
  });

  test('does not disturb the buttons of other cards', async () => {
    const person = await settled(bot);
    const plan = await proposed(bot, person);
    await ask(person);
    await bot.telegram.tap(person, plan, 'Accept');
    await messageAfter(bot, person, plan, (card) => !labels(card).includes('Accept'));
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Tokyo it is'));
  });

  test('is answered by its own buttons too', async () => {
    const { person, question } = await asked();
    const london = labels(question).find((label) => label.startsWith('London'))!;
    await bot.telegram.tap(person, question, london);
    await messageAfter(bot, person, question, ({ text }) => text.startsWith('London it is'));
    await proposed(bot, person);
  });

  test('is replaced by a newer one, whose older sister says that she is closed', async () => {
    const { person, question } = await asked();
    const stale = { ...question };
    await ask(person);
    const { text } = await bot.telegram.tap(person, stale, 'Leave it');
    expect(text).toBe('This question is not open any more');
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Tokyo it is'));
  });

  test('is answered in the language the person has by then', async () => {
    const { person } = await asked();
    await bot.database.admin.query(`update users set language = 'ru' where telegram_id = $1`, [person.id]);
    await bot.telegram.say(person, 'Токио');
    await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith('Записал: Токио'));
  });

  test('takes two texts sent at once one after the other: an answer and a lead', async () => {
    const { person } = await asked();
    // The chat takes them one by one; the bot still works on the first when the second is there.
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.say(person, LEAD);
    await bot.telegram.waitForMessage(person, ({ text }) => /^\d\. /m.test(text));
    expect([await zoneOf(person), await leadsOf(person)]).toEqual(['Asia/Tokyo', 1]);
  });

  test('is over after a day: what comes then is an ordinary text', async () => {
    const { person } = await asked();
    await moveClock(bot.database, 24 * 3600);
    await bot.telegram.say(person, 'Tokyo');
    await bot.telegram.waitForMessage(person, ({ text }) => text.includes('name'));
    expect(await zoneOf(person)).toBe('Europe/Berlin');
  });
});
