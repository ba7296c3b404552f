/** /newlead: a lead by three questions, which can be left, skipped, answered twice and answered all at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, LEAD, messageAfter, proposed, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function leadsOf({ id }: { id: number }) {
  const { rows } = await bot.database.admin.query<{
    name: string;
    company: string | null;
    contacts: { emails: string[] };
    notes: string | null;
  }>('select name, company, contacts, notes from leads where telegram_id = $1 order by id', [id]);
  return rows;
}

async function answered(person: SandboxPerson, text: string, wanted: RegExp): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return bot.telegram.waitForMessage(person, (message) => wanted.test(message.text));
}

describe.each([
  {
    ...{ languageCode: 'en', city: 'Berlin', name: /^Who is it\?/, company: /Which company\?/ },
    ...{ context: /How do things stand/, accept: 'Accept', skip: 'Skip' },
    what: 'Met in Hamburg, wants prices. anna@balticfreight.example',
  },
  {
    ...{ languageCode: 'ru', city: 'Берлин', name: /^Кто это\?/, company: /Какая компания\?/ },
    ...{ context: /Как обстоят дела/, accept: 'Принять', skip: 'Пропустить' },
    what: 'Познакомились в Гамбурге, просит цены. anna@balticfreight.example',
  },
])('in $languageCode', ({ languageCode, city, name, company, context, accept, skip, what }) => {
  test('three answers become a lead with a plan; nothing that was typed is lost', async () => {
    const mara = await settled(bot, { languageCode }, city);
    await answered(mara, '/newlead', name);
    const second = await answered(mara, 'Anna Kowalska', company);
    expect(second.text).toMatch(/^Anna Kowalska\n/);
    await answered(mara, 'Baltic Freight', context);
    expect(await leadsOf(mara)).toEqual([]);
    const plan = await answered(mara, what, /^\d\. /m);
    expect(plan.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
    expect(labels(plan)).toContain(accept);
    await messageAfter(bot, mara, second, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    expect(await leadsOf(mara)).toMatchObject([
      {
        ...{ name: 'Anna Kowalska', company: 'Baltic Freight', notes: what },
        contacts: { emails: ['anna@balticfreight.example'] },
      },
    ]);
  });

  test('a name is enough: both other questions can be skipped', async () => {
    const mara = await settled(bot, { languageCode }, city);
    await answered(mara, '/newlead', name);
    const second = await answered(mara, 'Anna', company);
    await bot.telegram.tap(mara, second, skip);
    const third = await bot.telegram.waitForMessage(mara, ({ text }) => context.test(text));
    await bot.telegram.tap(mara, third, skip);
    await bot.telegram.waitForMessage(mara, ({ text }) => /^\d\. /m.test(text));
    await messageAfter(bot, mara, third, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna', company: null, notes: null }]);
  });
});

test('who writes everything in the first answer is not asked the rest', async () => {
  const mara = await settled(bot);
  await answered(mara, '/newlead', /^Who is it\?/);
  const plan = await answered(mara, LEAD, /^\d\. /m);
  expect(plan.text).toContain('Anna Kowalska · Baltic Freight');
  // The form is over: the next text is a lead of its own.
  await answered(mara, 'Jonas Weber, Alpine Rail, jonas@alpinerail.example', /^Jonas Weber · Alpine Rail/);
  expect(await leadsOf(mara)).toHaveLength(2);
});

test('words behind the command are read at once', async () => {
  const mara = await settled(bot);
  const plan = await answered(mara, `/newlead ${LEAD}`, /^\d\. /m);
  expect(plan.text).toContain('Anna Kowalska · Baltic Freight');
});

test.each([
  ['/cancel', /I left the question about the new lead's company/, 0],
  ['/today', /Nothing is planned/, 0],
])('%s in the middle leaves it, and nothing is stored', async (command, said, count) => {
  const mara = await settled(bot);
  await answered(mara, '/newlead', /^Who is it\?/);
  await answered(mara, 'Anna Kowalska', /Which company\?/);
  await answered(mara, command, said);
  expect(await leadsOf(mara)).toHaveLength(count);
  await answered(mara, 'Baltic Freight', /found nobody|Baltic Freight/);
});

test('a lead that is there already is noticed before anything is stored', async () => {
  const mara = await settled(bot);
  await proposed(bot, mara);
  await answered(mara, '/newlead', /^Who is it\?/);
  await answered(mara, 'Anna Kowalska', /Which company\?/);
  await answered(mara, 'Baltic Freight', /How do things stand/);
  const question = await answered(mara, 'Called again.', /I may have this lead already/);
  expect(labels(question)).toEqual(expect.arrayContaining(['Open that one', 'Add anyway']));
  expect(await leadsOf(mara)).toHaveLength(1);
});

test('what is no name is asked for again', async () => {
  const mara = await settled(bot);
  await answered(mara, '/newlead', /^Who is it\?/);
  await answered(mara, '🙂', /A lead needs a name/);
  await answered(mara, 'x'.repeat(201), /That is too long/);
  await answered(mara, 'Anna', /Which company\?/);
});

test('a button under an older question skips nothing', async () => {
  const mara = await settled(bot);
  await answered(mara, '/newlead', /^Who is it\?/);
  const second = await answered(mara, 'Anna', /Which company\?/);
  await answered(mara, '/cancel', /I left the question/);
  const data = second.inlineKeyboard[0]![0]!.callback_data!;
  expect((await bot.telegram.tap(mara, second, { data })).text).toBe('This question is not open any more');
  expect(await leadsOf(mara)).toEqual([]);
});

test('an answer that comes twice, because nobody could confirm it, is asked about once', async () => {
  const mara = await settled(bot);
  await answered(mara, '/newlead', /^Who is it\?/);
  await answered(mara, 'Anna', /Which company\?/);
  const { rows } = await bot.database.admin.query<{ id: string }>(
    'select max(update_id) as id from processed_updates',
  );
  await bot.database.admin.query('delete from processed_updates where update_id = $1', [rows[0]!.id]);
  const from = { id: mara.id, is_bot: false, first_name: 'Mara' };
  const message = {
    message_id: 1,
    date: 1,
    chat: { id: mara.id, type: 'private' as const, first_name: 'Mara' },
  };
  await bot.nudge.handle({ update_id: Number(rows[0]!.id), message: { ...message, from, text: 'Anna' } });
  await answered(mara, 'Baltic Freight', /How do things stand/);
  const questions = (await saidIn(bot, mara)).filter(({ text }) => text.includes('Which company?'));
  expect(questions).toHaveLength(1);
});
