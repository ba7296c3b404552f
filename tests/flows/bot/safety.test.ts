/** What must not happen: acting on somebody else's rows, acting twice, dying of a strange update, talking in groups. */
import type { Update } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCallback } from '../../../bot/telegram/callback-data.ts';
import { labels, messageAfter, proposed, reminded, rowsOf, saidIn, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

describe('a button of another person', () => {
  test('finds nothing and changes nothing, whatever it asks for', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const before = await rowsOf(bot, mara);
    const id = Number(before[0]!.id);
    const eve = await settled(bot);
    const own = await bot.telegram.waitForMessage(eve);
    const until = (await bot.stores.admin.now()).add({ hours: 5 });
    const forged = [
      ...(['done', 'skip', 'cancel', 'snoozeMenu', 'back', 'open'] as const).map((verb) => ({ verb, id })),
      { verb: 'snooze' as const, id, until, exact: true },
    ];
    for (const action of forged) {
      const { text } = await bot.telegram.tap(eve, own, { data: encodeCallback(action) });
      expect(text, action.verb).toBe("I don't find this reminder among yours.");
    }
    expect(await rowsOf(bot, mara)).toEqual(before);
    expect(labels(bot.telegram.messages(mara).at(-1)!)).toEqual(labels(card));
    // Nothing of Mara's was shown either: neither a new message nor another text or keyboard.
    expect((await saidIn(bot, eve)).at(-1)).toEqual(own);
  });

  test('neither starts, discards nor takes back a plan of theirs', async () => {
    const mara = await settled(bot);
    const running = await started(bot, mara);
    const draft = await proposed(bot, mara, 'Jonas Weber, Nordsee GmbH, jonas@nordsee.example');
    const undo = running.inlineKeyboard[0]![0]!.callback_data!;
    const [accept, discard] = draft.inlineKeyboard[0]!.map(({ callback_data: data }) => data!);
    const before = await rowsOf(bot, mara);
    const eve = await settled(bot);
    const own = await bot.telegram.waitForMessage(eve);
    const tap = async (data: string) => (await bot.telegram.tap(eve, own, { data })).text;
    expect(await tap(accept!)).toBe("I don't find this plan among yours.");
    expect(await tap(discard!)).toBe("I don't find this plan among yours.");
    expect(await tap(undo)).toBe('There is nothing to undo here.');
    expect(await rowsOf(bot, mara)).toEqual(before);
  });
});

describe('a button that is', () => {
  test.each(['', '0:d:1', '1:zz:1', 'drop table', '1:d:999999999999999', '1:u:u1:1'])(
    'strange (%s) is answered in words',
    async (data) => {
      const mara = await settled(bot);
      const message = await bot.telegram.waitForMessage(mara);
      const toast = await bot.telegram.tap(mara, message, { data: data === '' ? ' ' : data });
      expect(toast.text).toMatch(/older version|don't find|nothing to undo/);
    },
  );
});

describe('the same update given twice', () => {
  test('stores one lead and sends one card', async () => {
    const mara = await settled(bot);
    const update = textUpdate(mara.id, 'Vera Lind, Lindwerk, vera@lindwerk.example');
    expect(await bot.nudge.handle(update)).toBe('handled');
    expect(await bot.nudge.handle(structuredClone(update))).toBe('repeat');
    const { rows } = await bot.database.admin.query('select name from leads where telegram_id = $1', [
      mara.id,
    ]);
    expect(rows).toEqual([{ name: 'Vera Lind' }]);
    const cards = (await saidIn(bot, mara)).filter(({ text }) => text.startsWith('Vera Lind ·'));
    expect(cards).toHaveLength(1);
  });

  test('at the same moment still acts once', async () => {
    const mara = await settled(bot);
    const update = textUpdate(mara.id, 'Vera Lind, Lindwerk, vera@lindwerk.example');
    const handled = await Promise.all([bot.nudge.handle(update), bot.nudge.handle(structuredClone(update))]);
    expect(handled.toSorted()).toEqual(['handled', 'repeat']);
    const { rows } = await bot.database.admin.query('select id from leads where telegram_id = $1', [mara.id]);
    expect(rows).toHaveLength(1);
  });
});

test('somebody who blocks the bot is no sign of life, and coming back is', async () => {
  const mara = await settled(bot);
  await started(bot, mara);
  await bot.telegram.block(mara);
  await bot.deliverNext(mara.id);
  const unreachable = async () =>
    (await bot.database.admin.query('select unreachable_since from users where telegram_id = $1', [mara.id]))
      .rows[0] as { unreachable_since: Date | null };
  expect((await unreachable()).unreachable_since).not.toBeNull();
  expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'failed' });

  await bot.telegram.block(mara, false);
  await bot.telegram.say(mara, '/start');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Next: '));
  expect((await unreachable()).unreachable_since).toBeNull();
  expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'pending' });
  await bot.deliverNext(mara.id);
  await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Done'));
});

test('a group gets a polite no, and only when it asks', async () => {
  const mara = await bot.telegram.person();
  const group = await bot.telegram.group();
  await bot.telegram.send(mara, { text: 'Anna Kowalska, Baltic Freight, anna@bf.example' }, group);
  await bot.telegram.send(
    mara,
    { text: '/today', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
    group,
  );
  await bot.telegram.waitForMessage(group, ({ text }) => text.includes('I only talk in private'));
  expect(await saidIn(bot, group)).toHaveLength(1);
  const { rows } = await bot.database.admin.query('select 1 from leads where telegram_id = $1', [mara.id]);
  expect(rows).toEqual([]);
});

describe('two chats', () => {
  test('do not wait for each other while one of them is slow', async () => {
    const [slow, quick] = [await settled(bot), await settled(bot)];
    await bot.telegram.fault({ kind: 'delay', method: 'sendMessage', chatId: slow.id, delayMs: 8_000 });
    const first = bot.nudge.handle(textUpdate(slow.id, '/help'));
    const second = bot.nudge.handle(textUpdate(quick.id, '/help'));
    const winner = await Promise.race([first.then(() => 'slow'), second.then(() => 'quick')]);
    expect(winner).toBe('quick');
    await first;
  });
});

test('updates of one chat are worked on in their order', async () => {
  const mara = await settled(bot);
  await bot.telegram.fault({ kind: 'delay', method: 'sendMessage', chatId: mara.id, delayMs: 300 });
  await Promise.all([
    bot.nudge.handle(textUpdate(mara.id, '/help')),
    bot.nudge.handle(textUpdate(mara.id, '/today')),
  ]);
  const said = await saidIn(bot, mara);
  expect(said.slice(-2).map(({ text }) => text.split('\n')[0])).toEqual([
    'How this works',
    'Nothing is planned',
  ]);
});

test('the log holds ids and never what people wrote', async () => {
  const mara = await settled(bot);
  await bot.telegram.fault({ kind: '500', method: 'sendMessage', chatId: mara.id, times: 5 });
  await bot.nudge.handle(textUpdate(mara.id, 'Secret Person, Hidden Corp, secret@hidden.example'));
  await bot.telegram.fault();
  expect(bot.logged.some(({ fields }) => fields['event'] === 'bot.update_failed')).toBe(true);
  // Everything an error carries along, as a log's serialiser would find it.
  const whole = (_: string, value: unknown): unknown =>
    value instanceof Error
      ? { ...Object.fromEntries(Object.entries(value)), message: value.message, stack: value.stack }
      : value;
  const shown = JSON.stringify(bot.logged, whole);
  expect(shown).not.toMatch(/Secret|Hidden/);
  expect(shown).not.toContain(bot.telegram.token);
});

let nextUpdateId = 900_000_000;

/** A message as Telegram would push it; ids far from those of the emulator. */
function textUpdate(personId: number, text: string): Update {
  nextUpdateId += 1;
  const command = /^\/\w+/.exec(text)?.[0];
  return {
    update_id: nextUpdateId,
    message: {
      message_id: nextUpdateId,
      date: 1_790_000_000,
      chat: { id: personId, type: 'private', first_name: 'Mara' },
      from: { id: personId, is_bot: false, first_name: 'Mara', language_code: 'en' },
      text,
      ...(command === undefined
        ? {}
        : { entities: [{ type: 'bot_command' as const, offset: 0, length: command.length }] }),
    },
  };
}

test('a card whose reminder was done in the app says so at a tap and loses its buttons', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  const id = Number((await rowsOf(bot, mara))[0]!.id);
  await bot.stores.asPerson(mara.id).completeReminder('app-1', id);
  expect((await bot.telegram.tap(mara, card, 'Skip')).text).toBe('Already done.');
  const after = await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
  expect(after.text).toMatch(/^Anna Kowalska · Baltic Freight\n.+\n\nAlready done\.$/);
  expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'completed' });
});

test('a list stays a list when one of its reminders was closed meanwhile', async () => {
  const mara = await settled(bot);
  await reminded(bot, mara);
  await bot.telegram.say(mara, '/today');
  const list = await bot.telegram.waitForMessage(mara, ({ text }) => /^Next$/m.test(text));
  const id = Number((await rowsOf(bot, mara))[0]!.id);
  await bot.stores.asPerson(mara.id).skipReminder('app-2', id, null);
  expect((await bot.telegram.tap(mara, list, '1. Anna Kowalska')).text).toBe('Already skipped.');
  expect(bot.telegram.messages(mara).at(-1)).toEqual(list);
});
