/** The sentences the product was promised with, word for word, in both languages: rule and matter are told apart. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labels, settled } from './people.ts';
import { beginInJune, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
  await beginInJune(bot.database);
});
afterAll(() => bot.stop());

test.each([
  ['en', 'every Monday 9:00 call Anna', 'call Anna', /^↻ every Monday, 9:00$/, 'FREQ=WEEKLY;BYDAY=MO'],
  [
    'en',
    'send the report every last Friday',
    'send the report',
    /^↻ .*last Friday.*$/,
    'FREQ=MONTHLY;BYDAY=-1FR',
  ],
  [
    'en',
    'every 2 weeks until March call Anna',
    'call Anna',
    /^↻ every 2 weeks on \w+, .*until 2[89] February/,
    /^FREQ=WEEKLY;INTERVAL=2;BYDAY=\w\w;UNTIL=\d{4}022\d$/,
  ],
  [
    'ru',
    'каждый понедельник 9:00 позвонить Анне',
    'позвонить Анне',
    /^↻ каждый понедельник, 9:00$/,
    'FREQ=WEEKLY;BYDAY=MO',
  ],
  [
    'ru',
    'каждую последнюю пятницу отправить отчёт',
    'отправить отчёт',
    /^↻ .*последн\S+ пятниц.*$/,
    'FREQ=MONTHLY;BYDAY=-1FR',
  ],
  [
    'ru',
    'каждые 2 недели до марта позвонить Анне',
    'позвонить Анне',
    /^↻ .*2 недели.*до 2[89] февраля/,
    /^FREQ=WEEKLY;INTERVAL=2;BYDAY=\w\w;UNTIL=\d{4}022\d$/,
  ],
] as const)(
  'in %s “%s” is about “%s”, and its next three times are shown before it is stored',
  async (language, words, matter, rule, stored) => {
    const [remind, pause] = language === 'ru' ? ['Напомнить', 'Пауза'] : ['Remind me', 'Pause'];
    const person = await settled(bot, { languageCode: language }, language === 'ru' ? 'Москва' : 'Berlin');
    await bot.telegram.say(person, `/remind ${words}`);
    const proposal = await bot.telegram.waitForMessage(person, (message) => labels(message).includes(remind));
    const [first, second, , ...times] = proposal.text.split('\n');
    expect(first).toBe(matter);
    expect(second).toMatch(rule);
    expect(times.filter((line) => /\d{1,2}:\d\d/.test(line))).toHaveLength(3);
    await bot.telegram.tap(person, proposal, remind);
    await bot.telegram.waitForMessage(person, (message) => labels(message).includes(pause));
    const { rows } = await bot.database.admin.query<{ rule: string; title: string }>(
      'select rule, title from recurring_reminders where telegram_id = $1',
      [person.id],
    );
    expect(rows).toEqual([
      {
        title: matter,
        rule: typeof stored === 'string' ? stored : (expect.stringMatching(stored) as string),
      },
    ]);
  },
);
