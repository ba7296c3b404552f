/** /privacy, /export and /delete_me: what is stored about the person who asks, theirs to get and to delete; nobody else's. */
import { Api } from 'grammy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, LEAD, messageAfter, reminded, saidIn, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const said = (person: SandboxPerson, words: string | RegExp): Promise<SandboxMessage> =>
  bot.telegram.waitForMessage(person, ({ text }) =>
    typeof words === 'string' ? text.includes(words) : words.test(text),
  );

async function ask(person: SandboxPerson, command: string, words: string | RegExp): Promise<SandboxMessage> {
  await bot.telegram.say(person, command);
  return await said(person, words);
}

/** Files in the person's chat, oldest first, by name. */
async function filesOf(person: SandboxPerson): Promise<string[]> {
  return (await saidIn(bot, person)).map(({ text }) => text).filter((text) => text.startsWith('📎'));
}

/** Rows about the person in every table that knows whose a row is, and their open question. */
async function rowsAbout({ id }: { id: number }): Promise<Record<string, number>> {
  const { rows: tables } = await bot.database.admin.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'telegram_id'
       and table_name in (select tablename from pg_tables where schemaname = 'public')`,
  );
  expect(tables.length).toBeGreaterThan(8);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await bot.database.admin.query(`select from public.${name} where telegram_id = $1`, [
      id,
    ]);
    if (rows.length > 0) found[name] = rows.length;
  }
  const { rows } = await bot.database.admin.query('select from conversation_state where key = $1', [
    String(id),
  ]);
  if (rows.length > 0) found['conversation_state'] = rows.length;
  return found;
}

describe('/privacy', () => {
  test('counts what is stored about the person, and nothing of anybody else', async () => {
    const [mara, other] = [await settled(bot), await settled(bot)];
    await started(bot, other);
    const empty = await ask(mara, '/privacy', 'What I keep about you');
    expect(empty.text).toContain('Leads, with what you wrote about them: 0\nPlans: 0\nReminders: 0\n');
    await started(bot, mara);
    await bot.database.admin.query(
      `insert into planning_runs (telegram_id, lead_id, state, outcome, refusal, finished_at)
       select telegram_id, id, 'done', 'refused', 'LEAD_CLOSED', now() from leads where telegram_id = any ($1)`,
      [[mara.id, other.id]],
    );
    await bot.telegram.say(mara, '/privacy');
    const card = await said(mara, 'them: 1');
    expect(card.text).toContain('Plans asked of a language model: 1\n');
    const stored = await rowsAbout(mara);
    expect(card.text).toContain(`Plans: 1\nReminders: ${stored['scheduled_reminders']}\n`);
    expect(card.text).toContain(`happened to reminders: ${stored['reminder_events']}\n`);
    expect(card.text).toContain('No language model is connected');
    expect(labels(card)).toEqual(['Export', 'Delete everything']);
  });

  test('answers the question in words, too, instead of taking it for a lead', async () => {
    const mara = await settled(bot);
    await ask(mara, 'What do you store about me?', 'What I keep about you');
    expect((await rowsAbout(mara))['leads']).toBeUndefined();
  });

  test('its buttons lead to the file and to the deletion', async () => {
    const mara = await settled(bot);
    const card = await ask(mara, '/privacy', 'What I keep about you');
    await bot.telegram.tap(mara, card, 'Export');
    await said(mara, 'Which kind?');
    await bot.telegram.tap(mara, card, 'Delete everything');
    const question = await said(mara, 'type the word DELETE');
    expect(labels(question)).toEqual(['Export', 'Leave it']);
  });

  test('по-русски: счёт и слова', async () => {
    const anna = await bot.telegram.person({ languageCode: 'ru' });
    const card = await ask(anna, 'Что вы обо мне храните?', 'Что я о вас храню');
    expect(card.text).toContain('Планы: 0');
    expect(labels(card)).toEqual(['Выгрузить', 'Удалить всё']);
  });
});

describe('/export', () => {
  test.each([
    ['JSON', 'json'],
    ['CSV', 'csv'],
    ['ICS', 'ics'],
  ])('%s comes into the chat as a file, once however often it is tapped', async (label, ending) => {
    const mara = await settled(bot);
    await started(bot, mara);
    const card = await ask(mara, '/export', 'Which kind?');
    expect(labels(card).toSorted()).toEqual(['CSV', 'ICS', 'JSON']);
    await Promise.all([bot.telegram.tap(mara, card, label), bot.telegram.tap(mara, card, label)]);
    const done = await messageAfter(bot, mara, card, ({ text }) => text.startsWith('Here it is'));
    expect(labels(done)).toEqual([]);
    expect(await filesOf(mara)).toEqual([expect.stringMatching(new RegExp(`nudge-[\\d-]+\\.${ending}$`))]);
  });

  test('named behind the command it comes at once, and holds the person’s own rows only', async () => {
    const [mara, other] = [await settled(bot), await settled(bot)];
    await started(bot, other);
    await started(bot, mara);
    const file = await ask(mara, '/export json', /^📎 nudge-/);
    const content = await contentOf(file);
    const owned = z.array(z.looseObject({ telegram_id: z.number() }));
    const all = z.object({ leads: owned, plans: owned, steps: owned, reminders: owned, events: owned });
    const rows = Object.values(all.parse(JSON.parse(content))).flat();
    expect(rows.length).toBeGreaterThan(5);
    expect(new Set(rows.map(({ telegram_id: id }) => id))).toEqual(new Set([mara.id]));
  });

  test('arrives whole when Telegram asks to wait first', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    await bot.telegram.fault({ kind: '429', method: 'sendDocument', chatId: mara.id });
    const content = await contentOf(await ask(mara, '/export ics', /^📎 nudge-/));
    expect(content).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\s*$/);
    expect(content).toContain('SUMMARY:Anna Kowalska');
  });

  test('по-русски', async () => {
    const anna = await bot.telegram.person({ languageCode: 'ru' });
    const card = await ask(anna, '/export', 'Какой нужен?');
    await bot.telegram.tap(anna, card, 'CSV');
    await messageAfter(bot, anna, card, ({ text }) => text.startsWith('Вот он: nudge-'));
  });
});

/** The bytes of a file in the chat, as its receiver would load them. */
async function contentOf(file: SandboxMessage): Promise<string> {
  const { token, apiRoot } = bot.telegram;
  const api = new Api(token, { apiRoot });
  // The emulator numbers its files; the newest is the one that was just sent.
  const sent = (await saidInAll()).filter(({ text }) => text.startsWith('📎'));
  const number = sent.findIndex(
    ({ messageId, chatId }) => messageId === file.messageId && chatId === file.chatId,
  );
  const { file_path: path } = await api.getFile(`BQACAgIAAxkBAAI${String(number + 1)}`);
  return await (await fetch(`${apiRoot}/file/bot${token}/${path ?? ''}`)).text();
}

async function saidInAll(): Promise<SandboxMessage[]> {
  return (await bot.telegram.state()).messages;
}

describe('/delete_me', () => {
  test('says what goes, wants the word, and then nothing of the person is left anywhere', async () => {
    const [mara, other] = [await settled(bot), await settled(bot)];
    await started(bot, other);
    const card = await reminded(bot, mara);
    const before = await rowsAbout(other);
    const question = await ask(mara, '/delete_me', 'Delete everything?');
    expect(question.text).toMatch(/Leads: 1, plans: 1, reminders: \d+, and your notes, history and settings/);
    await bot.telegram.say(mara, 'yes');
    await said(mara, 'Nothing was deleted: that was not the word');
    expect((await rowsAbout(mara))['leads']).toBe(1);

    await bot.telegram.say(mara, 'delete');
    await said(mara, 'Everything of yours is deleted');
    await bot.nudge.idle();
    expect(await rowsAbout(mara)).toEqual({});
    expect(await rowsAbout(other)).toEqual(before);

    // What is still in the chat acts on nothing, and says so.
    const answer = await bot.telegram.tap(mara, card, 'Done');
    expect(answer.text).toContain("I don't find this reminder");
    await bot.telegram.say(mara, '/start');
    await bot.telegram.waitForMessage(
      mara,
      ({ messageId, text }) =>
        messageId > question.messageId && text.startsWith('Hello') && text.includes('Where are you?'),
    );
    expect((await rowsAbout(mara))['leads']).toBeUndefined();
  });

  test('is left by its button, by a command, or by writing about something else', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const question = await ask(mara, '/delete_me', 'type the word DELETE');
    await bot.telegram.tap(mara, question, 'Leave it');
    await messageAfter(bot, mara, question, ({ text }) => text.includes('Nothing was changed'));
    await bot.telegram.say(mara, 'DELETE');
    await said(mara, 'send /delete_me first');

    await bot.telegram.say(mara, '/delete_me');
    await bot.telegram.waitForMessage(
      mara,
      ({ messageId, text }) => messageId > question.messageId && text.includes('type the word DELETE'),
    );
    await bot.telegram.say(mara, LEAD.replaceAll('Anna Kowalska', 'Jonas Weber').replace('anna@', 'jonas@'));
    await said(mara, 'Jonas Weber');
    expect((await rowsAbout(mara))['leads']).toBe(2);
  });

  test('sent again after its answer got lost, it says that nothing is left', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    await ask(mara, '/delete_me', 'type the word DELETE');
    await bot.telegram.fault({ kind: '500', method: 'sendMessage', chatId: mara.id });
    await bot.telegram.say(mara, 'DELETE');
    await said(mara, /Everything of yours is deleted|I keep nothing of yours/);
    await bot.telegram.fault();
    expect((await rowsAbout(mara))['leads']).toBeUndefined();
  });

  test('по-русски: другое слово', async () => {
    const anna = await bot.telegram.person({ languageCode: 'ru' });
    await ask(anna, '/delete_me', 'напишите слово УДАЛИТЬ');
    await bot.telegram.say(anna, 'удалить');
    await said(anna, 'Всё ваше удалено');
    await bot.nudge.idle();
    expect(await rowsAbout(anna)).toEqual({});
  });
});
