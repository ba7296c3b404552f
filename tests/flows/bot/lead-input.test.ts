/** A lead comes in whatever people have at hand: forwards, contacts, files, captions, several at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, LEAD, messageAfter, proposed, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function leadsOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query<{
    name: string;
    company: string | null;
    notes: string | null;
    contacts: { emails: string[]; phones: string[]; links: string[]; handles: string[] };
  }>('select name, company, notes, contacts from leads where telegram_id = $1 order by id', [person.id]);
  return rows;
}

/** Sends something and gives the bot's answer. */
async function answerTo(person: SandboxPerson, content: Record<string, unknown>): Promise<SandboxMessage> {
  const sent = await bot.telegram.send(person, content);
  return bot.telegram.waitForMessage(person, ({ messageId }) => messageId > sent.messageId);
}

const from = (first: string, last: string, username?: string) => ({
  type: 'user',
  date: 1,
  sender_user: {
    id: 77,
    is_bot: false,
    first_name: first,
    last_name: last,
    ...(username === undefined ? {} : { username }),
  },
});

describe('a forwarded message', () => {
  test('makes its writer the lead, with their username and words', async () => {
    const mara = await settled(bot);
    const text = 'Hi! We would like prices for three lanes, please.';
    const answer = await answerTo(mara, { text, forward_origin: from('Anna', 'Kowalska', 'anna_k') });
    expect(answer.text).toMatch(/^Anna Kowalska\nTelegram: @anna_k\n/);
    expect(await leadsOf(mara)).toMatchObject([
      { name: 'Anna Kowalska', contacts: { handles: ['anna_k'] }, notes: text },
    ]);
  });

  test('is a lead even when it only says hello', async () => {
    const mara = await settled(bot);
    await answerTo(mara, { text: 'Hello!', forward_origin: from('Anna', 'Kowalska') });
    expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Kowalska', notes: 'Hello!' }]);
  });

  test('about somebody else is about them, and the notes say who passed it on', async () => {
    const mara = await settled(bot);
    const text = 'Jonas Weber, Nordsee GmbH, jonas@nordsee.example. Call him.';
    await answerTo(mara, { text, forward_origin: from('Mike', 'Ross', 'mike') });
    const [lead] = await leadsOf(mara);
    expect(lead).toMatchObject({ name: 'Jonas Weber', contacts: { handles: [] } });
    expect(lead!.notes).toContain('Forwarded from Mike Ross (@mike)');
  });

  test('of somebody who hides their account still has their name', async () => {
    const mara = await settled(bot);
    const origin = { type: 'hidden_user', date: 1, sender_user_name: 'Anna K' };
    await answerTo(mara, { text: 'Can we talk on Monday?', forward_origin: origin });
    expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna K', contacts: { handles: [] } }]);
  });

  test('of a bot makes nobody a lead', async () => {
    const mara = await settled(bot);
    const origin = from('Weather', 'Bot');
    const robot = { ...origin, sender_user: { ...origin.sender_user, is_bot: true } };
    const answer = await answerTo(mara, { text: 'It will rain.', forward_origin: robot });
    expect(answer.text).toMatch(/^I found nobody in this\./);
    expect(await leadsOf(mara)).toEqual([]);
  });
});

describe('a contact', () => {
  test('shared in Telegram is a lead with its number', async () => {
    const mara = await settled(bot);
    await answerTo(mara, {
      contact: { phone_number: '4915123456789', first_name: 'Anna', last_name: 'Kowalska' },
    });
    expect(await leadsOf(mara)).toMatchObject([
      { name: 'Anna Kowalska', contacts: { phones: ['+4915123456789'] }, notes: null },
    ]);
  });

  test('with a vCard in it keeps what the card says', async () => {
    const mara = await settled(bot);
    const vcard =
      'BEGIN:VCARD\nVERSION:3.0\nN:Kowalska;Anna\nORG:Baltic Freight\nTEL;CELL:+49 151 23456789\nEMAIL:anna@baltic.example\nEND:VCARD';
    await answerTo(mara, { contact: { phone_number: '+4915123456789', first_name: 'Anna', vcard } });
    expect(await leadsOf(mara)).toMatchObject([
      {
        company: 'Baltic Freight',
        contacts: { phones: ['+4915123456789'], emails: ['anna@baltic.example'] },
      },
    ]);
  });
});

describe('a file', () => {
  const card = (text: string, file_name = 'anna.vcf', mime_type = 'text/vcard') => ({
    document: { file_name, mime_type, base64: Buffer.from(text).toString('base64') },
  });
  const ANNA =
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Kowalska\r\nTITLE:CEO\r\nORG:Baltic Freight\r\nEND:VCARD\r\n';

  test('of the vCard kind is read, by its type or by its name', async () => {
    for (const file of [
      card(ANNA, 'contact', 'text/x-vcard'),
      card(ANNA, 'ANNA.VCF', 'application/octet-stream'),
    ]) {
      const mara = await settled(bot);
      await answerTo(mara, file);
      expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Kowalska', company: 'Baltic Freight' }]);
    }
  });

  test.each([
    ['too large', card(`${ANNA}${'x'.repeat(65 * 1024)}`), /^This file is too large/],
    ['of another kind', card('%PDF', 'deck.pdf', 'application/pdf'), /^I can't read this kind of file/],
    ['that only calls itself a vCard', card('hello', 'a.vcf'), /^I found no contact in this file/],
  ])('%s is answered and nothing is stored', async (_, content, sentence) => {
    const mara = await settled(bot);
    expect((await answerTo(mara, content)).text).toMatch(sentence);
    expect(await leadsOf(mara)).toEqual([]);
  });

  test('that Telegram does not give out at once is read when it does', async () => {
    const mara = await settled(bot);
    await bot.telegram.fault({ kind: '500', method: 'getFile' });
    const answer = await answerTo(mara, card(ANNA));
    expect(labels(answer)).toContain('Accept');
    expect(await leadsOf(mara)).toHaveLength(1);
    expect(JSON.stringify(bot.logged)).not.toContain(bot.telegram.token);
  });
});

test('a caption is read like a text', async () => {
  const mara = await settled(bot);
  const photo = [{ file_id: 'AgAC', file_unique_id: 'a', width: 1, height: 1 }];
  await answerTo(mara, { photo, caption: LEAD });
  expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Kowalska' }]);
});

test('what was guessed is marked as a guess', async () => {
  const mara = await settled(bot);
  const plan = await proposed(
    bot,
    mara,
    'anna.kowalska@baltic-freight.com asked for prices, +49 151 23456789',
  );
  expect(plan.text).toContain('Name: Anna Kowalska (my guess)');
  expect(plan.text).toContain('Company: Baltic Freight (my guess)');
  expect(plan.text).toContain('Time zone: Berlin (my guess)');
  expect(plan.text).toContain('Phone: +4915123456789\n');
});

describe('several people in one text', () => {
  const TEXT = 'Anna Kowalska, Baltic Freight\nJonas Weber, Nordsee GmbH\nSofie Lindgren, Nordlys AS';
  const list = async (mara: SandboxPerson, text = TEXT): Promise<SandboxMessage> => {
    await bot.telegram.say(mara, text);
    return bot.telegram.waitForMessage(mara, ({ text: said }) => said.startsWith('I see '));
  };

  test('are shown with a button each, and nothing is stored before a tap', async () => {
    const mara = await settled(bot);
    const card = await list(mara);
    expect(card.text).toBe(
      'I see 3 people:\n1. Anna Kowalska · Baltic Freight\n2. Jonas Weber · Nordsee GmbH\n' +
        '3. Sofie Lindgren · Nordlys AS\n\nNothing is stored yet. Tap whom to add; each gets a plan of their own.',
    );
    expect(labels(card)).toEqual(['Anna Kowalska', 'Jonas Weber', 'Sofie Lindgren', 'Add all 3']);
    expect(await leadsOf(mara)).toEqual([]);
  });

  test('become leads one by one, each with a plan, and a second tap shows the plan again', async () => {
    const mara = await settled(bot);
    const card = await list(mara);
    await bot.telegram.tap(mara, card, 'Jonas Weber');
    const plan = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Jonas Weber · '));
    expect(labels(plan)).toContain('Accept');
    const ticked = await messageAfter(bot, mara, card, ({ text }) => text.includes('✓ Jonas Weber'));
    expect(labels(ticked)).toEqual(['Anna Kowalska', '✓ Jonas Weber', 'Sofie Lindgren', 'Add all 3']);
    await bot.telegram.tap(mara, ticked, '✓ Jonas Weber');
    await bot.telegram.waitForMessage(
      mara,
      ({ text, messageId }) => messageId > plan.messageId && text.startsWith('Jonas Weber · '),
    );
    expect((await leadsOf(mara)).map(({ name }) => name)).toEqual(['Jonas Weber']);
  });

  test('become leads all at once, except those who may be there already', async () => {
    const mara = await settled(bot);
    await proposed(bot, mara, 'Jonas Weber, Nordsee GmbH, jonas@nordsee.example');
    const card = await list(mara);
    expect(await bot.telegram.tap(mara, card, 'Add all 3')).toMatchObject({ text: '2 leads added' });
    await bot.telegram.waitForMessage(mara, ({ text }) =>
      text.startsWith('1 person may be among your leads'),
    );
    const names = (await leadsOf(mara)).map(({ name }) => name).toSorted();
    expect(names).toEqual(['Anna Kowalska', 'Jonas Weber', 'Sofie Lindgren']);
    const { rows } = await bot.database.admin.query(
      'select count(*)::int as count from engagement_plans where telegram_id = $1',
      [mara.id],
    );
    expect(rows).toEqual([{ count: 3 }]);
  });

  test('twenty and more have numbers for buttons, and the day’s limit of plans is told', async () => {
    const mara = await settled(bot);
    const names =
      'Adler Bauer Cohen Dreyer Ebert Falk Gross Hahn Isen Jung Koch Lang Maier Neff Otto Pohl Quast Roth Seidel Thoma Ullrich Vogt';
    const text = names
      .split(' ')
      .map((name) => `Maria ${name}, ${name} GmbH`)
      .join('\n');
    const card = await list(mara, text);
    expect(labels(card)).toHaveLength(23);
    await bot.telegram.tap(mara, card, 'Add all 22');
    await bot.telegram.waitForMessage(mara, ({ text: said }) => said.includes('more than 20 new plans'));
    expect(await leadsOf(mara)).toHaveLength(20);
  });

  test('belong to the person they were sent by', async () => {
    const [mara, eve] = [await settled(bot), await settled(bot)];
    const card = await list(mara);
    const data = card.inlineKeyboard[0]![0]!.callback_data!;
    const own = await list(eve);
    expect((await bot.telegram.tap(eve, own, { data })).text).toMatch(/^I no longer have this list/);
    expect(await leadsOf(eve)).toEqual([]);
  });
});
