/** Messages that are edited later, groups and channels, and a language that changes while a plan runs. */
import type { Update } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, test, onTestFinished } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { COMMANDS } from '../../../bot/telegram/features/commands.ts';
import { setupBot } from '../../../bot/telegram/setup-bot.ts';
import { labels, LEAD, messageAfter, proposed, reminded, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function leadsOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query<Record<string, string | null>>(
    'select name, company, notes, contacts from leads where telegram_id = $1 order by id',
    [person.id],
  );
  return rows;
}

/** Edits the message and gives the answer to it. */
async function edited(person: SandboxPerson, message: { messageId: number }, text: string) {
  const last = bot.telegram.messages(person).at(-1)!.messageId;
  await bot.telegram.edit(person, message, text);
  return bot.telegram.waitForMessage(person, ({ messageId }) => messageId > last);
}

describe('a message about a lead that is edited later', () => {
  test('changes the lead where its words changed, with Undo, and leaves what was changed since', async () => {
    const mara = await settled(bot);
    const said = await bot.telegram.say(mara, LEAD);
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    const { rows } = await bot.database.admin.query<{ id: string }>(
      'select id from leads where telegram_id = $1',
      [mara.id],
    );
    const change = { company: 'My own words' };
    await bot.stores.asPerson(mara.id).updateLead('app-1', Number(rows[0]!.id), change, null);
    const after = LEAD.replace('Kowalska', 'Kowalczyk')
      .replace('Baltic Freight', 'Baltic Cargo')
      .replace('prices', 'an offer');
    const card = await edited(mara, said, after);
    expect(card.text).toMatch(/^You changed your message, so I changed the lead: name, notes\./);
    const [lead] = await leadsOf(mara);
    expect(lead).toMatchObject({ name: 'Anna Kowalczyk', company: 'My own words' });
    expect(lead!['notes']).toContain('an offer');
    await bot.telegram.tap(mara, card, 'Undo');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Anna Kowalska'));
    expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Kowalska' }]);
  });

  test('twice is compared with what it said in between', async () => {
    const mara = await settled(bot);
    const said = await bot.telegram.say(mara, LEAD);
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    await edited(mara, said, LEAD.replace('Kowalska', 'Kowalczyk'));
    await edited(mara, said, LEAD.replace('Kowalska', 'Nowak'));
    expect(await leadsOf(mara)).toMatchObject([{ name: 'Anna Nowak', company: 'Baltic Freight' }]);
  });

  test('without new words is no reason to speak', async () => {
    const mara = await settled(bot);
    const said = await bot.telegram.say(mara, LEAD);
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    await bot.telegram.edit(mara, said, LEAD);
    const before = (await saidIn(bot, mara)).length;
    await bot.telegram.say(mara, '/help');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
    expect(await saidIn(bot, mara)).toHaveLength(before + 1);
  });

  test('of a lead in the bin says so', async () => {
    const mara = await settled(bot);
    const said = await bot.telegram.say(mara, LEAD);
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    const { rows } = await bot.database.admin.query<{ id: string }>(
      'select id from leads where telegram_id = $1',
      [mara.id],
    );
    await bot.stores.asPerson(mara.id).deleteLead('app-2', Number(rows[0]!.id));
    expect((await edited(mara, said, LEAD.replace('Anna', 'Hanna'))).text).toMatch(/^I don't find this lead/);
  });

  test('in Russian is answered in Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    const text = 'Анна Ковальская, Балтик Фрахт, anna@baltic.example, просит цены';
    const said = await bot.telegram.say(irina, text);
    await bot.telegram.waitForMessage(irina, (message) => labels(message).includes('Принять'));
    const card = await edited(irina, said, text.replace('Ковальская', 'Ковальчук'));
    expect(card.text).toMatch(/^Вы изменили сообщение, и я поправил лида: /);
  });
});

test('an edited note changes the note, and what was written below it stays', async () => {
  const mara = await settled(bot);
  const plan = await proposed(bot, mara);
  const { rows } = await bot.database.admin.query<{ id: string }>(
    'select id from leads where telegram_id = $1',
    [mara.id],
  );
  const id = Number(rows[0]!.id);
  await bot.telegram.tap(mara, plan, { data: `1:ln:${id}` });
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('What shall I note down?'));
  const said = await bot.telegram.say(mara, 'Called, was out');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Noted.'));
  await bot.stores.asPerson(mara.id).addNote('app-3', id, 'Second call');
  const card = await edited(mara, said, 'Called, wants a visit');
  expect(card.text).toMatch(/^You changed your message, so I changed the lead: notes\./);
  const [lead] = await leadsOf(mara);
  expect(lead!['notes']).toMatch(/Called, wants a visit\n.*Second call$/);
});

test('an edited message that led to nothing is read as if it were new', async () => {
  const mara = await settled(bot);
  const said = await bot.telegram.say(mara, 'remind me tomorrow');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('I found nobody'));
  const plan = await edited(mara, said, LEAD);
  expect(labels(plan)).toContain('Accept');
  expect(await leadsOf(mara)).toHaveLength(1);
});

test('an edited message that was an order says that it is done, and does nothing', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  const said = await bot.telegram.say(mara, 'done', card);
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Done.'));
  expect((await edited(mara, said, 'skip')).text).toMatch(/^I acted on this message as it first was\./);
});

test('a place on the move changes nothing and is not spoken about', async () => {
  const mara = await settled(bot);
  const before = (await saidIn(bot, mara)).length;
  expect(
    await bot.nudge.handle({
      update_id: 910_000_001,
      edited_message: {
        ...{ message_id: 999_999, date: 1_790_000_000, edit_date: 1_790_000_001 },
        chat: { id: mara.id, type: 'private', first_name: 'Mara' },
        from: { id: mara.id, is_bot: false, first_name: 'Mara' },
        location: { latitude: 1, longitude: 1 },
      },
    }),
  ).toBe('handled');
  expect(await saidIn(bot, mara)).toHaveLength(before);
});

describe('in a group', () => {
  const command = (text: string) => ({
    text,
    entities: [{ type: 'bot_command', offset: 0, length: text.length }],
  });

  test('one no is enough for an hour, and commands of other bots are none of ours', async () => {
    const mara = await bot.telegram.person();
    const group = await bot.telegram.group();
    await bot.telegram.send(mara, command('/weather'), group);
    await bot.telegram.send(mara, command('/today@SomebodyElseBot'), group);
    for (let turn = 0; turn < 3; turn += 1) await bot.telegram.send(mara, command('/today'), group);
    await bot.telegram.waitForMessage(group, ({ text }) => text.includes('I only talk in private'));
    await bot.telegram.say(mara, '/help');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
    expect(await saidIn(bot, group)).toHaveLength(1);
  });

  const membership = (chat: object, before: string, after: string): Update =>
    ({
      update_id: (nextUpdateId += 1),
      my_chat_member: {
        chat,
        from: { id: 9_900_001, is_bot: false, first_name: 'Otto', language_code: 'ru' },
        date: 1_790_000_000,
        old_chat_member: { user: { id: 1, is_bot: true, first_name: 'Nudge' }, status: before },
        new_chat_member: { user: { id: 1, is_bot: true, first_name: 'Nudge' }, status: after },
      },
    }) as Update;

  test('being added is answered once, being promoted or removed is not', async () => {
    const { id } = await bot.telegram.group();
    const chat = { id, type: 'group', title: 'Team' };
    await bot.nudge.handle(membership(chat, 'left', 'member'));
    await bot.nudge.handle(membership(chat, 'member', 'administrator'));
    await bot.nudge.handle(membership(chat, 'administrator', 'kicked'));
    const said = await saidIn(bot, { id });
    expect(said.map(({ text }) => text)).toEqual([bot.nudge.texts('ru')('group-no')]);
  });

  test.each([
    ['an inline query', { inline_query: { id: '1', from: { id: 5 }, query: 'Anna', offset: '' } }],
    [
      'a post in a channel',
      { channel_post: { message_id: 1, date: 1, chat: { id: -5, type: 'channel' }, text: '/help' } },
    ],
    ['a payment', { pre_checkout_query: { id: '1', from: { id: 5 }, currency: 'XTR', total_amount: 1 } }],
    ['a reaction', { message_reaction: { chat: { id: 5, type: 'private' }, message_id: 1, date: 1 } }],
    [
      'a business message',
      { business_message: { message_id: 1, date: 1, chat: { id: 5, type: 'private' }, text: 'Hi' } },
    ],
    [
      'deleted business messages',
      { deleted_business_messages: { business_connection_id: '1', message_ids: [1] } },
    ],
  ])('or elsewhere %s is taken, breaks nothing and is not answered', async (_, content) => {
    const before = (await bot.telegram.calls()).length;
    const handling = await bot.nudge.handle({
      update_id: (nextUpdateId += 1),
      ...content,
    } as unknown as Update);
    expect(handling).toBe('handled');
    const calls = (await bot.telegram.calls()).slice(before).map(({ method }) => method);
    expect(calls.filter((method) => method.startsWith('send'))).toEqual([]);
  });
});

let nextUpdateId = 920_000_000;

describe('a new language in the middle of a plan', () => {
  const faceOf = async ({ id }: { id: number }) => {
    const { api } = bot.nudge.bot;
    const commands = await api.getMyCommands({ scope: { type: 'chat', chat_id: id } });
    return { commands, button: await api.getChatMenuButton({ chat_id: id }) };
  };

  test('reaches the open card, the commands and the menu button of this chat at the tap', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.say(mara, '/settings');
    const settings = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Settings'));
    await bot.telegram.tap(mara, settings, 'По-русски');
    await messageAfter(bot, mara, settings, ({ text }) => text.includes('Язык: русский'));
    const redrawn = await messageAfter(bot, mara, card, (message) => labels(message).includes('Готово'));
    expect(labels(redrawn)).not.toContain('Done');
    const { commands, button } = await faceOf(mara);
    const forAll = Object.keys(COMMANDS).filter((name) => name !== 'jobs');
    expect(commands.map(({ command }) => command)).toEqual(forAll);
    for (const { description } of commands) expect(description).toMatch(/[а-яё]/i);
    expect(button).toMatchObject({ type: 'web_app', text: 'Открыть' });
    await bot.telegram.tap(mara, redrawn, 'Готово');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Готово.'));
  });

  test('chosen in the app reaches them with the next message', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    await bot.stores.asPerson(irina.id).updateSettings('app-4', { language: 'en' });
    await bot.telegram.say(irina, '/help');
    await bot.telegram.waitForMessage(irina, ({ text }) => text.startsWith('How this works'));
    await expect.poll(async () => (await faceOf(irina)).button).toMatchObject({ text: 'Open' });
  });

  test('does not keep the answer back when Telegram refuses the rest', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/settings');
    const settings = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Settings'));
    await bot.telegram.fault({ kind: '500', method: 'setMyCommands', times: 5 });
    await bot.telegram.tap(mara, settings, 'По-русски');
    await messageAfter(bot, mara, settings, ({ text }) => text.includes('Язык: русский'));
    await bot.telegram.fault();
    await bot.telegram.say(mara, '/help');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Как это работает'));
  });
});

test('what Telegram shows around the chat is set when it changed, and left alone otherwise', async () => {
  // A bot without chats: those of the tests before may still be getting commands of their own.
  const alone = await startBot();
  onTestFinished(() => alone.stop());
  const setup = { texts: alone.nudge.texts, miniAppUrl: 'https://nudge.example/' };
  const settersDuring = async (work: () => Promise<void>): Promise<string[]> => {
    const before = (await alone.telegram.calls()).length;
    await work();
    const calls = (await alone.telegram.calls()).slice(before);
    return calls.map(({ method }) => method.toLowerCase()).filter((method) => method.startsWith('set'));
  };
  await setupBot(alone.nudge.bot, setup);
  expect(await settersDuring(() => setupBot(alone.nudge.bot, setup))).toEqual([]);
  await alone.nudge.bot.api.setMyDescription('Something old', { language_code: 'ru' });
  expect(await settersDuring(() => setupBot(alone.nudge.bot, setup))).toEqual(['setmydescription']);
});
