/** /remind: a reminder of one's own, in one's own words, shown with its time before anything is stored. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, rowsOf, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const withButton = (person: SandboxPerson, label: string) =>
  bot.telegram.waitForMessage(person, (message) => labels(message).includes(label));

async function ask(person: SandboxPerson, text: string, button = 'Remind me'): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return await withButton(person, button);
}
const freeRows = async (person: SandboxPerson) =>
  (await rowsOf(bot, person)).filter((row) => (row as { title?: string | null }).title !== null);

describe('what and when in one go', () => {
  test('is echoed with weekday, date and zone, and stored only after the yes', async () => {
    const mara = await settled(bot);
    const proposal = await ask(mara, '/remind call the bank tomorrow at 9');
    expect(proposal.text).toMatch(/^call the bank\ntomorrow, \w{3} 9:00 Berlin time$/m);
    expect(labels(proposal)).toEqual(['Remind me', 'Another time']);
    expect(await freeRows(mara)).toEqual([]);

    await bot.telegram.tap(mara, proposal, 'Remind me');
    const set = await messageAfter(bot, mara, proposal, ({ text }) => text.includes("I'll remind you"));
    expect(labels(set)).toEqual(['Undo', 'Open in app']);
    const [row] = await freeRows(mara);
    expect(row).toMatchObject({ title: 'call the bank', status: 'pending', exact: true, lead_id: null });
    expect(row!.wanted_at.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('09:00:00');

    await bot.telegram.tap(mara, set, 'Undo');
    await messageAfter(bot, mara, proposal, ({ text }) => text.includes('cancelled'));
    expect((await freeRows(mara))[0]).toMatchObject({ status: 'cancelled' });
  });

  test.each([
    { languageCode: 'en', city: 'Berlin', text: 'remind me to call mum tomorrow at 9', button: 'Remind me' },
    { languageCode: 'en', city: 'Berlin', text: 'every monday 9:00 water the plants', button: 'Remind me' },
    { languageCode: 'ru', city: 'Берлин', text: 'позвонить маме завтра в 9', button: 'Напомнить' },
  ])('“$text” is as good as the command', async ({ languageCode, city, text, button }) => {
    const mara = await settled(bot, { languageCode }, city);
    await bot.telegram.say(mara, text);
    await withButton(mara, button);
    expect(await freeRows(mara)).toEqual([]);
  });

  test('a lead’s name in it makes it about that lead, unless the person says no', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const proposal = await ask(mara, '/remind send Anna the timetable in 2 hours');
    expect(proposal.text).toContain('About: Anna Kowalska · Baltic Freight');
    await bot.telegram.tap(mara, proposal, 'Not about Anna Kowalska');
    const alone = await messageAfter(bot, mara, proposal, ({ text }) => !text.includes('About:'));
    await bot.telegram.tap(mara, alone, 'Remind me');
    await messageAfter(bot, mara, proposal, ({ text }) => text.includes("I'll remind you"));
    const again = await ask(mara, '/remind ask Anna about lanes in 3 hours');
    await bot.telegram.tap(mara, again, 'Remind me');
    await messageAfter(bot, mara, again, ({ text }) => text.includes("I'll remind you"));
    const rows = (await freeRows(mara)) as unknown as { title: string; lead_id: string | null }[];
    expect(rows.map(({ title, lead_id }) => [title, lead_id === null])).toEqual(
      expect.arrayContaining([
        ['send Anna the timetable', true],
        ['ask Anna about lanes', false],
      ]),
    );
  });

  test('tapped twice at once it is stored once', async () => {
    const mara = await settled(bot);
    const proposal = await ask(mara, '/remind water the plants in 2 hours');
    await Promise.all([
      bot.telegram.tap(mara, proposal, 'Remind me'),
      bot.telegram.tap(mara, proposal, 'Remind me'),
    ]);
    await messageAfter(bot, mara, proposal, ({ text }) => text.includes("I'll remind you"));
    expect(await freeRows(mara)).toHaveLength(1);
  });

  test('a moment in the night is kept, and said to be outside the hours', async () => {
    const mara = await settled(bot);
    const proposal = await ask(mara, '/remind look at the moon tomorrow 23:30');
    expect(proposal.text).toContain("outside your hours; I'll remind you then all the same");
  });
});

describe('asked step by step', () => {
  test('without a time it asks when; half a time is refused and asked again', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/remind call the bank');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('call the bank\nWhen?'));
    await bot.telegram.say(mara, '31 February');
    await bot.telegram.waitForMessage(
      mara,
      ({ text }) => !text.includes('call the bank') && /February|no such|date/i.test(text),
    );
    const proposal = await ask(mara, 'tomorrow 9');
    expect(proposal.text).toMatch(/^call the bank\n/);
  });

  test('without anything it asks for both', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/remind');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('What should I remind you of'));
    await bot.telegram.say(mara, 'tomorrow 9');
    await bot.telegram.waitForMessage(mara, ({ text }) =>
      text.startsWith('And what should I remind you of?'),
    );
    const proposal = await ask(mara, 'tomorrow 9 buy stamps');
    expect(proposal.text).toMatch(/^buy stamps\n/);
  });

  test('“Another time” keeps what it is about', async () => {
    const mara = await settled(bot);
    const first = await ask(mara, '/remind buy stamps tomorrow 9');
    await bot.telegram.tap(mara, first, 'Another time');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('buy stamps\nWhen?'));
    await bot.telegram.say(mara, 'in 3 hours');
    const second = await bot.telegram.waitForMessage(
      mara,
      (message) => message.messageId > first.messageId && labels(message).includes('Remind me'),
    );
    expect(second.text).toMatch(/^buy stamps\n/);
  });
});

test('in Russian', async () => {
  const irina = await settled(bot, { firstName: 'Ирина', languageCode: 'ru' }, 'Москва');
  const proposal = await ask(irina, '/remind позвонить в банк завтра в 9', 'Напомнить');
  expect(proposal.text).toMatch(/^позвонить в банк\n[Зз]автра, .*9:00/);
  await bot.telegram.tap(irina, proposal, 'Напомнить');
  await messageAfter(bot, irina, proposal, ({ text }) => text.includes('Напомню: завтра'));
});
