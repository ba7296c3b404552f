/** A table of leads sent into the chat: shown first, stored at a tap, once, and never twice the same lead. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const TABLE =
  'Name,Company,Email,Phone,Budget\nAnna Kowalska,Baltic Freight,anna@baltic.example,+49 151 23456789,9000\n' +
  'Jonas Weber,Nordsee GmbH,jonas@nordsee.example,,\n,,,,500\nJ. Weber,Nordsee,JONAS@nordsee.example,,';

async function sent(person: SandboxPerson, table: string | Buffer, name = 'leads.csv', type = 'text/csv') {
  const last = bot.telegram.messages(person).at(-1)!.messageId;
  const base64 = Buffer.from(table).toString('base64');
  await bot.telegram.send(person, { document: { base64, file_name: name, mime_type: type } });
  return bot.telegram.waitForMessage(person, ({ messageId }) => messageId > last + 1);
}

async function leadsOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query<{ name: string; notes: string | null }>(
    'select name, notes from leads where telegram_id = $1 order by id',
    [person.id],
  );
  return rows;
}

describe('a table of leads', () => {
  test('is looked at first, stored at a tap, and a second tap stores nothing more', async () => {
    const mara = await settled(bot);
    const card = await sent(mara, TABLE);
    expect(card.text).toBe(
      'leads.csv\n2 new leads.\n1 may be there already and is left out.\nLines that name nobody: 4.\n' +
        "Columns I don't know go into the notes: Budget.\nNothing is stored yet.",
    );
    expect(labels(card)).toEqual(['Import 2', 'Leave it']);
    expect(await leadsOf(mara)).toEqual([]);
    const data = card.inlineKeyboard[0]![0]!.callback_data!;
    await bot.telegram.tap(mara, card, { data });
    const done = await messageAfter(bot, mara, card, ({ text }) => text.startsWith('2 leads are stored.'));
    expect(done.inlineKeyboard).toEqual([]);
    await bot.telegram.tap(mara, card, { data });
    expect(await leadsOf(mara)).toEqual([
      { name: 'Anna Kowalska', notes: 'Budget: 9000' },
      { name: 'Jonas Weber', notes: null },
    ]);
    // Sent once more, everybody is there already.
    const again = await sent(mara, TABLE);
    expect(again.text).toContain('I find no new lead in this table.\n3 may be there already');
    expect(labels(again)).toEqual(['Leave it']);
    await bot.telegram.tap(mara, again, 'Leave it');
    await messageAfter(bot, mara, again, ({ text }) => text === 'Nothing was imported.');
  });

  test('in Russian, in the letters of an old spreadsheet, is read and answered in Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    // "Имя;Компания\nАнна Ким;Балтика" in windows-1251.
    const bytes = Buffer.from('c8ecff3bcaeeecefe0ede8ff0ac0ededE020cae8ec3bc1e0ebf2e8eae0', 'hex');
    const card = await sent(irina, bytes);
    expect(card.text).toBe('leads.csv\n1 новый лид.\nПока ничего не сохранено.');
    await bot.telegram.tap(irina, card, 'Загрузить: 1');
    await messageAfter(bot, irina, card, ({ text }) => text.startsWith('1 лид сохранён.'));
    expect(await leadsOf(irina)).toMatchObject([{ name: 'Анна Ким' }]);
  });

  test.each([
    ['without rows', 'Name,Company\n', 'This table has no rows below its heading.'],
    ['without a heading', 'Anna,1\nJonas,2', 'The first line must name the columns'],
    ['that is broken', 'Name,Notes\nAnna,"and', "I can't read this table"],
    ['that names nobody', 'Name,Notes\n,x', 'No line of this table names anybody.'],
    ['that is huge', `Name\n${'x'.repeat(1024 * 1024)}`, 'This table is larger than 1,024 kB.'],
  ])('%s is answered with what to do, and nothing is stored', async (_, table, sentence) => {
    const mara = await settled(bot);
    const card = await sent(mara, table);
    expect(card.text.startsWith(sentence), card.text).toBe(true);
    expect(card.inlineKeyboard).toEqual([]);
    expect(await leadsOf(mara)).toEqual([]);
  });

  test('of somebody else can’t be imported by a forged button', async () => {
    const mara = await settled(bot);
    const card = await sent(mara, TABLE);
    const eve = await settled(bot);
    const own = await bot.telegram.waitForMessage(eve);
    const { text } = await bot.telegram.tap(eve, own, {
      data: card.inlineKeyboard[0]![0]!.callback_data!,
    });
    expect(text).toBe('I no longer see the file. Send it again.');
    expect(await leadsOf(eve)).toEqual([]);
    expect(await leadsOf(mara)).toEqual([]);
  });
});
