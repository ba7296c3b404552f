/** /settings: everything that can be set, by buttons and typed, said back each time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, rowsOf, saidIn, settled, started } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function settings(person: SandboxPerson, title = 'Settings'): Promise<SandboxMessage> {
  await bot.telegram.say(person, '/settings');
  return await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith(title));
}

/** Taps a button of the card and gives the card as it is then. */
async function tap(
  person: SandboxPerson,
  card: SandboxMessage,
  button: string,
  wanted: (text: string) => boolean,
): Promise<SandboxMessage> {
  await bot.telegram.tap(person, card, button);
  return await messageAfter(bot, person, card, ({ text }) => wanted(text));
}

/** What the bot says next in a new message. */
const said = (person: SandboxPerson, words: string): Promise<SandboxMessage> =>
  bot.telegram.waitForMessage(person, ({ text }) => text.includes(words));

async function rowOf({ id }: SandboxPerson) {
  const { rows } = await bot.database.admin.query<{
    zone: string;
    preferred_hour: string;
    quiet_from: string;
    quiet_to: string;
    working_days: number[];
    language: string;
    paused_until: Date | null;
  }>('select * from users where telegram_id = $1', [id]);
  return rows[0]!;
}

test('the card says every setting in words, with the time where the person is', async () => {
  const mara = await settled(bot);
  const card = await settings(mara);
  expect(card.text.split('\n')).toEqual([
    'Settings',
    expect.stringMatching(/^Time zone: Berlin, where it is \d{1,2}:\d\d now\.$/),
    'Plan steps come at 9:30.',
    'Quiet hours: 21:00 to 8:00.',
    'Working days: every day.',
    'Morning summary: off.',
    'Language: English.',
    'Reminders come as planned.',
  ]);
  expect(labels(card)).toEqual([
    'Time zone',
    'Plan steps at…',
    'Quiet hours',
    'Working days',
    'Pause everything',
    'Send a morning summary',
    'По-русски',
    'Open in app',
  ]);
});

test('before anybody said where they are, the card says that it goes by UTC', async () => {
  const person = await bot.telegram.person();
  const card = await settings(person);
  expect(card.text).toContain('not known yet, so I go by UTC');
});

test('the time zone is asked for as by /zone', async () => {
  const mara = await settled(bot);
  await bot.telegram.tap(mara, await settings(mara), 'Time zone');
  await said(mara, 'Where are you?');
  await bot.telegram.say(mara, 'Tokyo');
  await said(mara, 'Tokyo it is');
  expect((await rowOf(mara)).zone).toBe('Asia/Tokyo');
});

describe('the hour of plan steps', () => {
  test('by a button: said back with the number of steps that moved', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const before = await rowsOf(bot, mara);
    const page = await tap(mara, await settings(mara), 'Plan steps at…', (text) => text.includes('At which'));
    const after = await tap(mara, page, '12:00', (text) => text.startsWith('Saved.'));
    const [first, second] = after.text.split('\n');
    expect(first).toBe('Saved. Plan steps come at 12:00.');
    const moved = (await rowsOf(bot, mara)).filter(
      (row, index) => row.wanted_at.getTime() !== before[index]!.wanted_at.getTime(),
    );
    expect(moved.length).toBeGreaterThan(1);
    expect(second).toBe(`${moved.length} planned steps moved to your new hours.`);
    expect((await rowOf(mara)).preferred_hour).toBe('12:00:00');
  });

  test('typed: what is no time of day is asked again, and a longer text is something else', async () => {
    const mara = await settled(bot);
    const page = await tap(mara, await settings(mara), 'Plan steps at…', (text) => text.includes('At which'));
    await bot.telegram.tap(mara, page, 'Other…');
    await said(mara, 'For example 9:30');
    await bot.telegram.say(mara, 'soon');
    await said(mara, "I don't see a time of day in that");
    await bot.telegram.say(mara, '2 pm');
    await said(mara, 'Saved. Plan steps come at 14:00.');
    expect((await rowOf(mara)).preferred_hour).toBe('14:00:00');
  });

  test('inside the quiet hours it is kept, and the card says when steps come instead', async () => {
    const mara = await settled(bot);
    const page = await tap(mara, await settings(mara), 'Plan steps at…', (text) => text.includes('At which'));
    await bot.telegram.tap(mara, page, 'Other…');
    await said(mara, 'For example 9:30');
    await bot.telegram.say(mara, '6:15');
    await said(mara, 'Plan steps are set to 6:15, but your quiet hours last until 8:00: they come then.');
  });

  test('a button answers the question that waits for it to be typed', async () => {
    const mara = await settled(bot);
    const page = await tap(mara, await settings(mara), 'Plan steps at…', (text) => text.includes('At which'));
    await bot.telegram.tap(mara, page, 'Other…');
    const question = await said(mara, 'For example 9:30');
    await tap(mara, page, '10:00', (text) => text.startsWith('Saved.'));
    await messageAfter(bot, mara, question, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    await bot.telegram.say(mara, '/cancel');
    await said(mara, 'There is no open question to leave');
  });
});

test('a change whose answer got lost is made once, and said back with all that moved', async () => {
  const mara = await settled(bot);
  await started(bot, mara);
  const page = await tap(mara, await settings(mara), 'Plan steps at…', (text) => text.includes('At which'));
  // Both tries of the HTTP layer fail: the update is worked on again.
  await bot.telegram.fault({ kind: '500', method: 'editMessageText', chatId: mara.id, times: 2 });
  const after = await tap(mara, page, '17:00', (text) => text.startsWith('Saved.'));
  expect(after.text).toMatch(
    /^Saved\. Plan steps come at 17:00\.\n\d planned steps moved to your new hours\./,
  );
  const { rows } = await bot.database.admin.query<{ times: number }>(
    `select count(distinct action_id)::int as times from reminder_events
     where telegram_id = $1 and action = 'settings'`,
    [mara.id],
  );
  expect(rows[0]!.times).toBe(1);
});

describe('quiet hours', () => {
  const quietPage = async (mara: SandboxPerson): Promise<SandboxMessage> =>
    tap(mara, await settings(mara), 'Quiet hours', (text) => text.includes('When should nothing come?'));

  test('by a button, and none at all', async () => {
    const mara = await settled(bot);
    const saved = await tap(mara, await quietPage(mara), '22:00 – 7:00', (text) => text.startsWith('Saved.'));
    expect(saved.text).toContain('Saved. Quiet hours: 22:00 to 7:00.');
    const page = await tap(mara, saved, 'Quiet hours', (text) => text.includes('When should nothing come?'));
    await tap(mara, page, 'No quiet hours', (text) => text.startsWith('Saved. Quiet hours: none.'));
    expect(await rowOf(mara)).toMatchObject({ quiet_from: '00:00:00', quiet_to: '00:00:00' });
  });

  test('typed: doubtful hours are asked again, hours without a waking hour refused, “off” means none', async () => {
    const mara = await settled(bot);
    await bot.telegram.tap(mara, await quietPage(mara), 'Other…');
    await said(mara, 'From when to when');
    await bot.telegram.say(mara, '10-7');
    await said(mara, 'From 10:00 to 7:00 would be nearly the whole day');
    await bot.telegram.say(mara, '8:00-7:30');
    await said(mara, 'At least one hour of the day must not be quiet');
    expect(await rowOf(mara)).toMatchObject({ quiet_from: '21:00:00', quiet_to: '08:00:00' });
    await bot.telegram.say(mara, 'from 9 pm to 7');
    const saved = await said(mara, 'Saved. Quiet hours: 21:00 to 7:00.');
    const page = await tap(mara, saved, 'Quiet hours', (text) => text.includes('When should nothing come?'));
    await bot.telegram.tap(mara, page, 'Other…');
    await said(mara, 'From when to when');
    await bot.telegram.say(mara, 'off');
    await said(mara, 'Saved. Quiet hours: none.');
  });
});

describe('working days', () => {
  const daysPage = async (mara: SandboxPerson): Promise<SandboxMessage> =>
    tap(mara, await settings(mara), 'Working days', (text) => text.includes('On which days'));

  test('each day is a switch; presets set them all', async () => {
    const mara = await settled(bot);
    const page = await daysPage(mara);
    expect(labels(page)).toEqual([
      ...['✓ Mon', '✓ Tue', '✓ Wed', '✓ Thu', '✓ Fri', '✓ Sat', '✓ Sun'],
      ...['Mon–Fri', 'Every day', '◂ Back'],
    ]);
    const weekdays = await tap(mara, page, 'Mon–Fri', (text) =>
      text.startsWith('Saved. Working days: Mon–Fri.'),
    );
    expect(labels(weekdays).slice(4, 7)).toEqual(['✓ Fri', 'Sat', 'Sun']);
    await tap(mara, weekdays, '✓ Wed', (text) => text.includes('Working days: Mon, Tue, Thu, Fri.'));
    expect((await rowOf(mara)).working_days).toEqual([1, 2, 4, 5]);
  });

  test('tapped twice at once a day is switched once', async () => {
    const mara = await settled(bot);
    const page = await daysPage(mara);
    await Promise.all([bot.telegram.tap(mara, page, '✓ Sun'), bot.telegram.tap(mara, page, '✓ Sun')]);
    const saved = await messageAfter(bot, mara, page, ({ text }) => text.startsWith('Saved.'));
    expect(saved.text).toContain('Working days: Mon–Sat.');
    expect((await rowOf(mara)).working_days).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('an old card on a second phone changes its day and no other', async () => {
    const mara = await settled(bot);
    const [first, second] = [await daysPage(mara), await daysPage(mara)];
    await tap(mara, first, '✓ Sat', (text) => text.startsWith('Saved.'));
    const saved = await tap(mara, second, '✓ Sun', (text) => text.startsWith('Saved.'));
    expect(saved.text).toContain('Working days: Mon–Fri.');
  });

  test('the last day stays, and the refusal says so', async () => {
    const mara = await settled(bot);
    await bot.database.admin.query(`update users set working_days = '{3}' where telegram_id = $1`, [mara.id]);
    const answer = await bot.telegram.tap(mara, await daysPage(mara), '✓ Wed');
    expect(answer.text).toContain('one day must be a working day');
    expect((await rowOf(mara)).working_days).toEqual([3]);
  });
});

describe('the language', () => {
  test('switches at once, with the card, and back', async () => {
    const mara = await settled(bot);
    const russian = await tap(mara, await settings(mara), 'По-русски', (text) => text.startsWith('Записал.'));
    expect(russian.text).toContain('Язык: русский.');
    expect(russian.text).toContain('Часовой пояс: Берлин');
    await bot.telegram.say(mara, '/cancel');
    await said(mara, 'Открытых вопросов нет.');
    await tap(mara, russian, 'In English', (text) => text.startsWith('Saved. Language: English.'));
    expect((await rowOf(mara)).language).toBe('en');
  });
});

describe('a pause of everything', () => {
  const pausePage = async (mara: SandboxPerson): Promise<SandboxMessage> =>
    tap(mara, await settings(mara), 'Pause everything', (text) => text.includes('everything rest?'));

  test('by a preset, which names its day; nothing comes meanwhile, and something when it ends', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const page = await pausePage(mara);
    const [twoWeeks] = labels(page).filter((label) => label.startsWith('2 weeks:'));
    expect(twoWeeks).toMatch(/^2 weeks: \w{3} \d{1,2} \w{3}.*, 9:30$/);
    const paused = await tap(mara, page, twoWeeks!, (text) => text.startsWith('Saved. Everything is paused'));
    expect(labels(paused)).toContain('Resume now');
    expect((await rowOf(mara)).paused_until!.getTime()).toBeGreaterThan(Date.now() + 12 * 86_400_000);
    const reminders = async (): Promise<SandboxMessage[]> =>
      (await saidIn(bot, mara)).filter(
        ({ messageId, text }) => messageId > paused.messageId && text.includes('Anna Kowalska'),
      );
    const { rows } = await bot.database.admin.query<{ left: string }>(
      'select extract(epoch from paused_until - app_now()) as left from users where telegram_id = $1',
      [mara.id],
    );
    const seconds = Math.ceil(Number(rows[0]!.left));
    await moveClock(bot.database, seconds - 600);
    await bot.deliver();
    expect(await reminders()).toEqual([]);
    await moveClock(bot.database, 600);
    await bot.deliver();
    expect(await reminders()).not.toEqual([]);
  });

  test('is taken back by Resume now, also by an old button', async () => {
    const mara = await settled(bot);
    const page = await pausePage(mara);
    const paused = await tap(mara, page, labels(page)[1]!, (text) => text.startsWith('Saved.'));
    const going = await tap(mara, paused, 'Resume now', (text) => text.includes('Reminders come as planned'));
    expect((await rowOf(mara)).paused_until).toBeNull();
    expect(labels(going)).not.toContain('Resume now');
    await bot.telegram.tap(mara, paused, 'Resume now');
    expect((await rowOf(mara)).paused_until).toBeNull();
  });

  test('typed, it is said back before it is stored', async () => {
    const mara = await settled(bot);
    await bot.telegram.tap(mara, await pausePage(mara), 'Other…');
    await said(mara, 'Until when should everything rest? For example');
    await bot.telegram.say(mara, 'when pigs fly');
    await said(mara, "I don't see a time in that");
    await bot.telegram.say(mara, 'until in 10 days');
    const echo = await said(mara, 'Pause until');
    expect(echo.text).toMatch(/^Pause until .*Berlin time\?/);
    expect((await rowOf(mara)).paused_until).toBeNull();
    await tap(mara, echo, 'Pause', (text) => text.startsWith('Saved. Everything is paused until'));
    expect((await rowOf(mara)).paused_until).not.toBeNull();
  });

  test('whose end has passed is refused by its old button', async () => {
    const mara = await settled(bot);
    const page = await pausePage(mara);
    const minute = Math.floor(Date.now() / 60_000 - 1440).toString(36);
    const answer = await bot.telegram.tap(mara, page, { data: `1:gp:${minute}` });
    expect(answer.text).toContain('That moment has passed');
    expect((await rowOf(mara)).paused_until).toBeNull();
  });
});

test('forged data in a button changes nothing and is answered', async () => {
  const mara = await settled(bot);
  const card = await settings(mara);
  for (const data of ['1:gh:2561', '1:gd:8:e', '1:gw:', '1:gl:de', '1:g:all', '1:gr:now'])
    expect((await bot.telegram.tap(mara, card, { data })).text).toContain('older version');
  expect(await rowOf(mara)).toMatchObject({ preferred_hour: '09:30:00', language: 'en' });
});

test('по-русски: карточка, страница дней и набранные тихие часы', async () => {
  const anna = await bot.telegram.person({ languageCode: 'ru' });
  await bot.telegram.say(anna, '/zone Москва');
  await said(anna, 'Записал: Москва');
  const card = await settings(anna, 'Настройки');
  expect(card.text).toContain('Шаги плана приходят в 9:30.');
  const days = await tap(anna, card, 'Рабочие дни', (text) => text.includes('В какие дни'));
  expect(labels(days)[0]).toBe('✓ Пн');
  const saved = await tap(anna, days, 'Пн–Пт', (text) => text.startsWith('Записал. Рабочие дни: Пн–Пт.'));
  const main = await tap(anna, saved, '◂ Назад', (text) => text.startsWith('Настройки'));
  const quiet = await tap(anna, main, 'Тихие часы', (text) => text.includes('Когда ничего не присылать'));
  await bot.telegram.tap(anna, quiet, 'Другое…');
  await said(anna, 'С какого и до какого часа');
  await bot.telegram.say(anna, 'с 10 вечера до 7 утра');
  await said(anna, 'Записал. Тихие часы: с 22:00 до 7:00.');
});
