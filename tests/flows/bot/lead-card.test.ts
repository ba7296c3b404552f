/** A lead's card in chat: every field can be changed, notes added, the lead deleted and brought back; duplicates are asked about. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, proposed, rowsOf, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function leadsOf({ id }: { id: number }) {
  const { rows } = await bot.database.admin.query<Record<string, unknown>>(
    'select name, company, title, contacts, notes, zone, deleted_at from leads where telegram_id = $1 order by id',
    [id],
  );
  return rows;
}

/** The lead's card, opened from its plan. */
async function opened(person: SandboxPerson): Promise<SandboxMessage> {
  const plan = await proposed(bot, person);
  await bot.telegram.tap(person, plan, 'Lead ▸');
  return bot.telegram.waitForMessage(person, (message) => labels(message).includes('Add a note'));
}

/** The question about one field. */
async function asked(person: SandboxPerson, card: SandboxMessage, field: string): Promise<SandboxMessage> {
  await bot.telegram.tap(person, card, 'Edit');
  const fields = await messageAfter(bot, person, card, (message) => labels(message).includes('Company'));
  await bot.telegram.tap(person, fields, field);
  return bot.telegram.waitForMessage(person, ({ text }) => text.includes(`${field}: send the new value.`));
}

async function answered(person: SandboxPerson, text: string, wanted: RegExp): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return bot.telegram.waitForMessage(person, (message) => wanted.test(message.text));
}

describe('a field', () => {
  test.each<[string, string, RegExp, Record<string, unknown>]>([
    ['Company', 'Baltic Lines', /^Company is now: Baltic Lines/, { company: 'Baltic Lines' }],
    ['Role', 'Head of Logistics', /^Role is now: Head of Logistics/, { title: 'Head of Logistics' }],
    ['Time zone', 'Warsaw', /^Time zone is now: Warsaw/, { zone: 'Europe/Warsaw' }],
    ['Notes', '-', /^Notes is empty now/, { notes: null }],
  ])('%s is changed by the next text', async (field, typed, said, stored) => {
    const mara = await settled(bot);
    await asked(mara, await opened(mara), field);
    const card = await answered(mara, typed, said);
    expect(labels(card)[0]).toBe('Undo');
    expect(await leadsOf(mara)).toMatchObject([stored]);
  });

  test('that is half understood is asked for again, and the question stays open', async () => {
    const mara = await settled(bot);
    await asked(mara, await opened(mara), 'E-mail');
    await answered(mara, 'her mail is anna@', /^I don't see an e-mail address alone/);
    await answered(mara, 'anna@b.example, a.k@b.example', /^E-mail is now: anna@b.example, a.k@b.example/);
    expect(await leadsOf(mara)).toMatchObject([
      { contacts: { emails: ['anna@b.example', 'a.k@b.example'], phones: [] } },
    ]);
  });

  test('comes back with Undo', async () => {
    const mara = await settled(bot);
    await asked(mara, await opened(mara), 'Company');
    const card = await answered(mara, 'Wrong Ltd', /^Company is now/);
    expect(await bot.telegram.tap(mara, card, 'Undo')).toMatchObject({ text: 'Taken back.' });
    await messageAfter(bot, mara, card, ({ text }) => text.startsWith('Anna Kowalska · Baltic Freight'));
    expect(await leadsOf(mara)).toMatchObject([{ company: 'Baltic Freight' }]);
  });
});

test('a note is added under its date', async () => {
  const mara = await settled(bot);
  await bot.telegram.tap(mara, await opened(mara), 'Add a note');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('What shall I note down?'));
  await answered(mara, 'Prefers calls in the morning', /^Noted\./);
  const [lead] = await leadsOf(mara);
  expect(lead!['notes']).toMatch(/\n\d{4}-\d\d-\d\d: Prefers calls in the morning$/);
});

test('a deleted lead takes its reminders along, and both come back', async () => {
  const mara = await settled(bot);
  const plan = await proposed(bot, mara);
  await bot.telegram.tap(mara, plan, 'Accept');
  await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan started'));
  const { data } = plan.inlineKeyboard
    .flat()
    .map((button) => ({ data: button.callback_data! }))
    .find(({ data: it }) => it.startsWith('1:lo:'))!;
  await bot.telegram.tap(mara, plan, { data });
  const card = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Add a note'));
  const before = (await rowsOf(bot, mara)).map(({ status }) => status);
  await bot.telegram.tap(mara, card, 'Delete');
  const question = await messageAfter(bot, mara, card, ({ text }) => text.includes('Delete this lead?'));
  await bot.telegram.tap(mara, question, 'Delete');
  const gone = await messageAfter(bot, mara, card, ({ text }) =>
    text.includes('Deleted. You can bring it back'),
  );
  expect(gone.text).toMatch(/\d open reminders ended\./);
  expect(new Set((await rowsOf(bot, mara)).map(({ status }) => status))).toEqual(new Set(['cancelled']));
  await bot.telegram.tap(mara, gone, 'Bring it back');
  await messageAfter(bot, mara, card, ({ text }) => text.startsWith('The lead is back.'));
  expect((await rowsOf(bot, mara)).map(({ status }) => status)).toEqual(before);
});

test('somebody else’s lead cannot be opened, changed or deleted by its number', async () => {
  const [mara, eve] = [await settled(bot), await settled(bot)];
  const card = await opened(mara);
  const own = await opened(eve);
  const id = card.inlineKeyboard
    .flat()
    .find((button) => button.callback_data?.startsWith('1:le:'))!
    .callback_data!.split(':')[2]!;
  for (const verb of ['lo', 'lb', 'le', 'ln', 'ld', 'ly', 'lr']) {
    const toast = await bot.telegram.tap(eve, own, { data: `1:${verb}:${id}` });
    expect(toast.text).toBe("I don't find this lead among yours.");
  }
  expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Kowalska', deleted_at: null }]);
});

describe('a lead that is there already', () => {
  const AGAIN = 'Anna Kowalska, anna@balticfreight.example, +49 151 23456789, now in Gdansk';

  async function duplicate(person: SandboxPerson): Promise<SandboxMessage> {
    await proposed(bot, person);
    await bot.telegram.say(person, AGAIN);
    return bot.telegram.waitForMessage(person, ({ text }) => text.includes('I may have this lead already:'));
  }

  test('is noticed before anything is stored, with what the two have in common', async () => {
    const mara = await settled(bot);
    const question = await duplicate(mara);
    expect(question.text).toContain('Anna Kowalska · Baltic Freight (same e-mail');
    expect(labels(question)).toEqual(['Open that one', "Add what's new to it", 'Add anyway']);
    expect(await leadsOf(mara)).toHaveLength(1);
    await bot.telegram.tap(mara, question, 'Open that one');
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Add a note'));
  });

  test('gets what is new, and gives it back with Undo', async () => {
    const mara = await settled(bot);
    const question = await duplicate(mara);
    await bot.telegram.tap(mara, question, "Add what's new to it");
    const merged = await messageAfter(bot, mara, question, ({ text }) => text.startsWith('Added: contacts'));
    const [lead] = await leadsOf(mara);
    expect(lead).toMatchObject({
      company: 'Baltic Freight',
      contacts: { emails: ['anna@balticfreight.example'], phones: ['+4915123456789'] },
    });
    expect(lead!['notes']).toContain('now in Gdansk');
    await bot.telegram.tap(mara, merged, 'Undo');
    expect(await leadsOf(mara)).toMatchObject([{ contacts: { phones: [] } }]);
  });

  test('is added anyway when the person says so, once', async () => {
    const mara = await settled(bot);
    const question = await duplicate(mara);
    const data = question.inlineKeyboard.at(-1)![0]!.callback_data!;
    await Promise.all([
      bot.telegram.tap(mara, question, { data }),
      bot.telegram.tap(mara, question, { data }),
    ]);
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Accept'));
    expect(await leadsOf(mara)).toHaveLength(2);
  });
});

describe('what comes next', () => {
  test('stands on the card with its moment while a plan runs, and not while nothing is planned or all of it waits', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara);
    await bot.telegram.tap(mara, plan, 'Lead ▸');
    const card = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Add a note'));
    expect(card.text).not.toContain('Next: ');
    await bot.telegram.tap(mara, plan, 'Accept');
    await messageAfter(bot, mara, plan, (message) => labels(message).includes('Undo'));
    await bot.telegram.tap(mara, card, 'Status ▸');
    const running = await messageAfter(bot, mara, card, ({ text }) => text.includes('Next: '));
    expect(running.text).toMatch(/^Next: .+, .*\d{1,2}:\d{2}\.$/m);

    await bot.telegram.tap(mara, running, 'lost');
    await messageAfter(bot, mara, card, ({ text }) => !text.includes('Next: '));
    expect((await rowsOf(bot, mara)).every(({ status }) => status === 'cancelled')).toBe(true);
  });

  test('is said in Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    const plan = await proposed(bot, irina);
    await bot.telegram.tap(irina, plan, 'Принять');
    const started = await messageAfter(bot, irina, plan, (message) => !labels(message).includes('Принять'));
    expect(started.text).not.toBe('');
    await bot.telegram.say(irina, '/leads');
    const list = await bot.telegram.waitForMessage(irina, (message) =>
      labels(message).some((label) => label.includes('Anna Kowalska')),
    );
    await bot.telegram.tap(
      irina,
      list,
      labels(list).find((label) => label.includes('Anna Kowalska'))!,
    );
    await bot.telegram.waitForMessage(
      irina,
      (message) => message.messageId > list.messageId && /^Дальше: .+\.$/m.test(message.text),
    );
  });
});
