/** What repeats, by chat: read, shown with its next times, stored after the yes, and steered afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { advanceRecurring } from '../../../bot/usecases/advance-recurring.ts';
import { labels, messageAfter, rowsOf, settled, started } from './people.ts';
import { beginInJune, moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
  await beginInJune(bot.database);
});
afterAll(() => bot.stop());

const REMIND = { en: 'Remind me', ru: 'Напомнить' };

async function propose(person: SandboxPerson, text: string, button = REMIND.en): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return await bot.telegram.waitForMessage(
    person,
    (message) => labels(message).includes(button) && message.text.includes('↻'),
  );
}

async function ruleOf(person: SandboxPerson) {
  const { rows } = await bot.database.admin.query<{
    rule: string;
    status: string;
    title: string;
    clock: string;
    slot_on: string;
  }>(
    'select rule, status, title, clock::text, slot_on::text from recurring_reminders where telegram_id = $1 order by id desc',
    [person.id],
  );
  return rows;
}

/** Stored: the card of the rule. */
async function stored(person: SandboxPerson, text: string): Promise<SandboxMessage> {
  const proposal = await propose(person, text);
  await bot.telegram.tap(person, proposal, 'Remind me');
  return await messageAfter(bot, person, proposal, (card) => labels(card).includes('Pause'));
}

describe('setting it', () => {
  test('shows the rule in words and its next three times, and stores nothing before the yes', async () => {
    const mara = await settled(bot);
    const proposal = await propose(mara, '/remind water the plants every Monday at 9');
    expect(proposal.text).toMatch(/^water the plants\n↻ every Monday, 9:00\nNext times:\n/);
    expect(proposal.text.match(/9:00$/gm)).toHaveLength(4);
    expect(await ruleOf(mara)).toEqual([]);

    await bot.telegram.tap(mara, proposal, 'Remind me');
    const card = await messageAfter(bot, mara, proposal, (message) => labels(message).includes('Pause'));
    expect(card.text).toMatch(
      /^Set\. It comes again and again:\n\nwater the plants\n↻ every Monday, 9:00\nNext: /,
    );
    expect(await ruleOf(mara)).toMatchObject([
      { rule: 'FREQ=WEEKLY;BYDAY=MO', status: 'active', title: 'water the plants', clock: '09:00:00' },
    ]);
    const rows = await rowsOf(bot, mara);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.wanted_at.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('09:00:00');
  });

  test('Undo takes the rule and its reminder back', async () => {
    const mara = await settled(bot);
    const card = await stored(mara, '/remind call the bank every last Friday at 10');
    await bot.telegram.tap(mara, card, 'Undo');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Ended'));
    expect(await ruleOf(mara)).toMatchObject([{ status: 'ended' }]);
    expect(await rowsOf(bot, mara)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('tapped twice at once it is stored once', async () => {
    const mara = await settled(bot);
    const proposal = await propose(mara, '/remind stretch every day at 11');
    await Promise.all([
      bot.telegram.tap(mara, proposal, 'Remind me'),
      bot.telegram.tap(mara, proposal, 'Remind me'),
    ]);
    await messageAfter(bot, mara, proposal, (message) => labels(message).includes('Pause'));
    expect(await ruleOf(mara)).toHaveLength(1);
  });

  test('a lead’s name makes it about that lead, unless the person says no', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const proposal = await propose(mara, '/remind call Anna every 2 weeks until March at 9:00');
    expect(proposal.text).toContain('About: Anna Kowalska · Baltic Freight');
    expect(proposal.text).toMatch(/every 2 weeks on \w+, 9:00, until 2[89] February/);
    await bot.telegram.tap(mara, proposal, 'Not about Anna Kowalska');
    const alone = await messageAfter(bot, mara, proposal, ({ text }) => !text.includes('About:'));
    expect(alone.text.split('\n').slice(0, 6)).toEqual(proposal.text.split('\n').slice(0, 6));
  });

  test('“Another time” takes a rule too', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/remind buy stamps');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('buy stamps\nWhen?'));
    const proposal = await propose(mara, 'every other Friday at 3pm');
    expect(proposal.text).toMatch(/^buy stamps\n↻ every 2 weeks on Friday, 15:00\n/);
  });
});

describe('steering it', () => {
  test('one time is left out, the next comes', async () => {
    const mara = await settled(bot);
    const card = await stored(mara, '/remind water the plants every Monday at 9');
    const skip = labels(card).find((label) => label.startsWith('Leave out'))!;
    await bot.telegram.tap(mara, card, skip);
    await messageAfter(bot, mara, card, ({ text }) => text.startsWith('Left out:'));
    await advanceRecurring(bot.stores.recurring);
    const rows = await rowsOf(bot, mara);
    expect(rows.map(({ status }) => status).toSorted()).toEqual(['pending', 'skipped']);
    const [first, second] = rows.map(({ wanted_at: at }) => at.getTime()).toSorted((a, b) => a - b);
    expect(Math.round((second! - first!) / 86_400_000)).toBe(7);
  });

  test('paused, resumed and ended, each with an answer', async () => {
    const mara = await settled(bot);
    const card = await stored(mara, '/remind water the plants every Monday at 9');
    await bot.telegram.tap(mara, card, 'Pause');
    const paused = await messageAfter(bot, mara, card, (message) => labels(message).includes('Resume'));
    expect(paused.text).toContain('does not come until you resume it');
    expect(await rowsOf(bot, mara)).toMatchObject([{ status: 'cancelled' }]);
    await advanceRecurring(bot.stores.recurring);
    expect(await rowsOf(bot, mara)).toHaveLength(1);

    await bot.telegram.tap(mara, paused, 'Resume');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Pause'));
    await advanceRecurring(bot.stores.recurring);
    expect((await rowsOf(bot, mara)).map(({ status }) => status).toSorted()).toEqual([
      'cancelled',
      'pending',
    ]);

    await bot.telegram.tap(mara, card, 'End it');
    const ended = await messageAfter(bot, mara, card, ({ text }) => text.startsWith('Ended.'));
    expect(labels(ended)).toEqual(['Undo']);
    await bot.telegram.tap(mara, ended, 'Undo');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Pause'));
    expect(await ruleOf(mara)).toMatchObject([{ status: 'active' }]);
  });

  test('other times hold for all that follow', async () => {
    const mara = await settled(bot);
    const card = await stored(mara, '/remind water the plants every Monday at 9');
    await bot.telegram.tap(mara, card, 'Other times');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('When should it come from now on?'));
    await bot.telegram.say(mara, 'tomorrow 9:00');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('That is a single moment'));
    await bot.telegram.say(mara, 'every Tuesday at 10');
    const echo = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Save'));
    expect(echo.text).toContain('every Tuesday, 10:00');
    await bot.telegram.tap(mara, echo, 'Save');
    await messageAfter(bot, mara, echo, ({ text }) => text.startsWith('Changed'));
    expect(await ruleOf(mara)).toMatchObject([{ rule: 'FREQ=WEEKLY;BYDAY=TU', clock: '10:00:00' }]);
    expect((await rowsOf(bot, mara)).filter(({ status }) => status === 'pending')).toHaveLength(1);
  });

  test('it comes, is snoozed and done, and the rule stays where it was', async () => {
    const mara = await settled(bot);
    await stored(mara, '/remind water the plants every day at 11:00');
    await advanceRecurring(bot.stores.recurring);
    await bot.deliverNext(mara.id);
    const reminder = await bot.telegram.waitForMessage(
      mara,
      (message) => labels(message).includes('Done') && message.text.includes('water the plants'),
    );
    await bot.telegram.tap(mara, reminder, 'Done');
    const done = await messageAfter(bot, mara, reminder, ({ text }) => text.includes('Done.'));
    expect(done.text).toMatch(/Comes again tomorrow, \w{3} 11:00/);
    expect(labels(done)).toContain('↻ Repeats ▸');
    await advanceRecurring(bot.stores.recurring);

    await bot.telegram.say(mara, '/reminders');
    const list = await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Open reminders'));
    expect(list.text).toMatch(/1\. ↻ water the plants \(tomorrow/);

    await bot.telegram.tap(mara, done, 'Undo');
    await messageAfter(bot, mara, reminder, (message) => labels(message).includes('Done'));
    const open = (await rowsOf(bot, mara)).filter(({ status }) => ['pending', 'sent'].includes(status));
    expect(open).toHaveLength(1);
    await moveClock(bot.database, 86_400);
    await advanceRecurring(bot.stores.recurring);
    expect((await rowsOf(bot, mara)).filter(({ status }) => status === 'skipped')).toHaveLength(1);
  });
});

test('in Russian, from the words to the button', async () => {
  const irina = await settled(bot, { firstName: 'Ирина', languageCode: 'ru' }, 'Москва');
  const proposal = await propose(irina, '/remind позвонить в банк каждый понедельник в 9', REMIND.ru);
  expect(proposal.text).toMatch(/^позвонить в банк\n↻ каждый понедельник, 9:00\nБлижайшие:\n/);
  await bot.telegram.tap(irina, proposal, REMIND.ru);
  const card = await messageAfter(bot, irina, proposal, (message) => labels(message).includes('Пауза'));
  expect(card.text).toMatch(/^Готово\. Будет повторяться:/);
  await bot.telegram.tap(irina, card, 'Закончить');
  await messageAfter(bot, irina, card, ({ text }) => text.startsWith('Закончено.'));
});
