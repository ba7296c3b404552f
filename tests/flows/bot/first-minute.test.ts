/** A newcomer's first minute, through the chat alone: start, where they are, a lead, its plan, accepted or not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordsFor } from '../../../bot/telegram/text/words.ts';
import { messageAfter, labels, LEAD, proposed, reminded, rowsOf, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

describe('the first message', () => {
  test('asks where the person is, offers cities with their time, and shows how to begin', async () => {
    const mara = await bot.telegram.person({ firstName: 'Mara' });
    await bot.telegram.say(mara, '/start');
    const hello = await bot.telegram.waitForMessage(mara);
    expect(hello.text).toMatch(/^Hello, Mara\. I'm Nudge\./);
    expect(hello.text).toContain('Anna Kowalska, Baltic Freight');
    expect(hello.text).toContain('Where are you?');
    expect(labels(hello)).toContainEqual(expect.stringMatching(/^Berlin, \d{1,2}:\d{2}$/));
  });

  test('turns into the answer when a city is tapped', async () => {
    const { telegram } = bot;
    const mara = await telegram.person();
    await telegram.say(mara, '/start');
    const hello = await telegram.waitForMessage(mara);
    await telegram.tap(
      mara,
      hello,
      labels(hello).find((label) => label.startsWith('Berlin'))!,
    );
    const answer = await messageAfter(bot, mara, hello, ({ text }) => text.startsWith('Berlin it is'));
    expect(answer.text).toContain('I remind you between 8:00 and 21:00');
    const { rows } = await bot.database.admin.query(
      'select zone, zone_source from users where telegram_id = $1',
      [mara.id],
    );
    expect(rows).toEqual([{ zone: 'Europe/Berlin', zone_source: 'city' }]);
  });

  test('speaks Russian to whoever’s Telegram does, and English to everybody else', async () => {
    const { telegram } = bot;
    const irina = await telegram.person({ firstName: 'Ирина', languageCode: 'ru' });
    await telegram.say(irina, '/start');
    expect((await telegram.waitForMessage(irina)).text).toMatch(/^Здравствуйте, Ирина\./);
    const jun = await telegram.person({ firstName: 'Jun', languageCode: 'ja' });
    await telegram.say(jun, '/start');
    expect((await telegram.waitForMessage(jun)).text).toMatch(/^Hello, Jun\./);
  });

  test('greets somebody who is known without asking again', async () => {
    const { telegram } = bot;
    const mara = await settled(bot);
    await telegram.say(mara, '/start');
    const hello = await telegram.waitForMessage(mara, ({ text }) => text.includes('Nothing is planned yet'));
    expect(hello.text).not.toContain('Where are you?');
  });

  test('tells somebody who is behind what is still open, and how late it is', async () => {
    const mara = await settled(bot);
    await reminded(bot, mara);
    await bot.deliverNext(mara.id);
    await bot.telegram.say(mara, '/start');
    await bot.telegram.waitForMessage(mara, ({ text }) =>
      /Still open: Thank Anna for the meeting, \d+ \w+ late\. \/today shows the rest\./.test(text),
    );
  });
});

describe('a lead pasted as free text', () => {
  test('is stored and answered with a plan whose dates are those of the accepted rows', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara);
    expect(plan.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
    expect(labels(plan)).toEqual(['Accept', 'Discard', 'Edit the plan', 'Lead ▸']);
    const shown = [...plan.text.matchAll(/^\d+\. (\w{3} \d{1,2} \w{3}(?: \d{4})?, \d{1,2}:\d{2}): /gm)];
    expect(await rowsOf(bot, mara)).toEqual([]);

    await bot.telegram.tap(mara, plan, 'Accept');
    await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan started'));
    const rows = await rowsOf(bot, mara);
    const words = wordsFor(bot.nudge.texts, 'en', 'Europe/Berlin', await bot.stores.admin.now());
    const stored = rows.map((row) => words.date(Temporal.Instant.from(row.wanted_at.toISOString())));
    // The first step is "now": between showing and accepting a minute may pass.
    expect(shown.slice(1).map(([, date]) => date)).toEqual(stored.slice(1));
    expect(shown).toHaveLength(rows.length);
    expect(rows.every(({ status }) => status === 'pending')).toBe(true);
  });

  test('in Russian gets a plan in Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Москва');
    const plan = await proposed(bot, irina, 'Анна Ковальская, Балтик Фрейт, anna@bf.example, ждёт цены');
    expect(labels(plan)).toEqual(['Принять', 'Отклонить', 'Изменить план', 'Лид ▸']);
    await bot.telegram.tap(irina, plan, 'Принять');
    const card = await messageAfter(bot, irina, plan, ({ text }) => text.includes('План начат'));
    expect(card.text).toContain('Первый шаг:');
    expect(labels(card)).toEqual(['Вернуть', 'Изменить план', 'Открыть в приложении']);
  });

  test('with the zone unknown still gets its plan, in UTC and saying so', async () => {
    const mara = await bot.telegram.person();
    const plan = await proposed(bot, mara);
    expect(plan.text).toContain('The times are in UTC');
  });
});

describe('a proposed plan', () => {
  test('accepted says what comes first and when, and can be taken back as it was', async () => {
    const mara = await settled(bot);
    const card = await started(bot, mara);
    expect(card.text).toMatch(/Plan started: \d steps until /);
    expect(card.text).toMatch(/First: .+, (?:today|tomorrow), \w{3} \d{1,2}:\d{2}\./);
    expect(labels(card)).toEqual(['Undo', 'Edit the plan', 'Open in app']);
    expect(await bot.telegram.tap(mara, card, 'Undo')).toMatchObject({ text: 'Taken back.' });
    const again = await messageAfter(bot, mara, card, (message) => labels(message).includes('Accept'));
    expect(again.text).toMatch(/^1\. /m);
    expect((await rowsOf(bot, mara)).map(({ status }) => status)).not.toContain('pending');
    await bot.telegram.tap(mara, again, 'Accept');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Plan started'));
    expect((await rowsOf(bot, mara)).filter(({ status }) => status === 'pending').length).toBeGreaterThan(2);
  });

  test('discarded leaves the lead and no reminder', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara);
    expect(await bot.telegram.tap(mara, plan, 'Discard')).toMatchObject({ text: 'Plan discarded' });
    const card = await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan discarded'));
    expect(card.inlineKeyboard).toEqual([]);
    expect(await rowsOf(bot, mara)).toEqual([]);
    const { rows } = await bot.database.admin.query('select name from leads where telegram_id = $1', [
      mara.id,
    ]);
    expect(rows).toEqual([{ name: 'Anna Kowalska' }]);
    const { data } = plan.inlineKeyboard[0]!.map((button) => ({ data: button.callback_data! }))[0]!;
    expect((await bot.telegram.tap(mara, plan, { data })).text).toMatch(/^This plan has ended/);
  });

  test('accepted twice at once starts once', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara);
    const data = plan.inlineKeyboard[0]![0]!.callback_data!;
    const toasts = await Promise.all([
      bot.telegram.tap(mara, plan, { data }),
      bot.telegram.tap(mara, plan, { data }),
    ]);
    expect(toasts.map(({ text }) => text).toSorted()).toEqual([
      'Plan started',
      'This plan is already running',
    ]);
    const steps = (await rowsOf(bot, mara)).map(({ step_id: step }) => step);
    expect(new Set(steps).size).toBe(steps.length);
    const card = await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan started'));
    expect(labels(card)).toContain('Undo');
  });
});

describe('/today', () => {
  test('says so when nothing is planned', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/today');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Nothing is planned'));
  });

  test('lists what waits, and a line’s button opens its card', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    await bot.telegram.say(mara, '/today');
    const list = await bot.telegram.waitForMessage(mara, ({ text }) => /^Next$/m.test(text));
    expect(list.text).toContain('Anna Kowalska: ');
    await bot.telegram.tap(mara, list, '1. Anna Kowalska');
    const card = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Done'));
    expect(card.messageId).toBeGreaterThan(list.messageId);
  });
});

test('/help says what can be done, in both languages', async () => {
  for (const [languageCode, title] of [
    ['en', 'How this works'],
    ['ru', 'Как это работает'],
  ] as const) {
    const person = await bot.telegram.person({ languageCode });
    await bot.telegram.say(person, '/help');
    expect((await bot.telegram.waitForMessage(person)).text.startsWith(title)).toBe(true);
  }
});

test('a lead is planned within the time of one breath', async () => {
  const mara = await settled(bot);
  const begin = process.cpuUsage();
  await proposed(bot, mara, LEAD);
  // The bot's own work, in this process: a text that takes the reader seconds would be a defect.
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1_000).toBeLessThan(5_000);
});
