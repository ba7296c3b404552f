/** What a person does with a reminder in the chat: each tap acts at once, edits the card, and can be taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labels, messageAfter, reminded, rowsOf, settled } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const DEEDS = [
  { button: 'Done', status: 'completed', toast: 'Done.', line: 'Done.' },
  { button: 'Skip', status: 'skipped', toast: 'Skipped.', line: 'Skipped.' },
  { button: 'Cancel', status: 'cancelled', toast: 'Cancelled.', line: 'Cancelled.' },
] as const;

describe.each(DEEDS)('$button', ({ button, status, toast, line }) => {
  test('acts, edits the card, says what comes next and when, and can be undone', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    expect(labels(card)).toEqual(['Done', 'Snooze ▸', 'Skip', 'Cancel', 'Why now?', 'Open in app']);
    expect(await bot.telegram.tap(mara, card, button)).toMatchObject({ text: toast });
    const after = await messageAfter(bot, mara, card, ({ text }) => text.includes(line));
    expect(after.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
    expect(after.text).toMatch(/Next: .+, (?:today|tomorrow|\w{3} \d{1,2} \w{3}).* ?\d{1,2}:\d{2}\./);
    expect(labels(after)).toEqual(['Undo', 'Open in app']);
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status });

    expect(await bot.telegram.tap(mara, after, 'Undo')).toMatchObject({ text: 'Taken back.' });
    const back = await messageAfter(bot, mara, card, (message) => labels(message).includes('Done'));
    expect(back.text).toBe(card.text);
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'sent' });
  });
});

test('what is late already is called still open, not next', async () => {
  const mara = await settled(bot);
  await reminded(bot, mara);
  // Between them the first one is asked again, or not, by the hour at which it came.
  for (let turn = 0; turn < 3; turn += 1) await bot.deliverNext(mara.id);
  const second = await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Connect with Anna'));
  await bot.telegram.tap(mara, second, 'Done');
  const after = await messageAfter(bot, mara, second, ({ text }) => text.includes('Still open'));
  expect(after.text).toMatch(/Still open: Thank Anna for the meeting, \d+ (?:hour|day)s? late\.$/);
});

describe('Snooze', () => {
  test('shows presets with the time written out, and goes back', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.tap(mara, card, 'Snooze ▸');
    const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
    expect(menu.text).toBe(card.text);
    // Five at most, by the day and hour, with another time and the way back: two in a row.
    expect(menu.inlineKeyboard.length).toBeLessThanOrEqual(4);
    expect(labels(menu)[0]).toMatch(/^1 hour: (?:today|tomorrow) \d{1,2}:\d{2}$/);
    expect(labels(menu)).toContainEqual(expect.stringMatching(/^Tomorrow, \w{3} 9:30$/));
    await bot.telegram.tap(mara, menu, '◂ Back');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Done'));
  });

  test('moves the reminder to exactly what its button says', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.tap(mara, card, 'Snooze ▸');
    const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
    const tomorrow = labels(menu).find((label) => label.startsWith('Tomorrow'))!;
    const toast = await bot.telegram.tap(mara, menu, tomorrow);
    expect(toast.text).toMatch(/^Snoozed until tomorrow, \w{3} 9:30\.$/);
    const after = await messageAfter(bot, mara, card, ({ text }) => text.includes('Snoozed until'));
    expect(labels(after)).toContain('Undo');
    const [row] = await rowsOf(bot, mara);
    expect(row).toMatchObject({ status: 'pending', snooze_count: 1 });
    const local = row!.wanted_at.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    expect(local).toBe('09:30:00');
  });

  test('to a moment that has passed meanwhile is refused in words', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.tap(mara, card, 'Snooze ▸');
    const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('◂ Back'));
    await moveClock(bot.database, 2 * 3600);
    const toast = await bot.telegram.tap(mara, menu, labels(menu)[0]!);
    expect(toast.text).toBe('That time has passed or is too far away. Choose another.');
  });
});

describe('a tap that comes twice', () => {
  test('at once acts once and keeps its Undo', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const data = card.inlineKeyboard[0]![0]!.callback_data!;
    const toasts = await Promise.all([1, 2, 3].map(() => bot.telegram.tap(mara, card, { data })));
    expect(toasts.map(({ text }) => text).toSorted()).toEqual(['Already done.', 'Already done.', 'Done.']);
    const after = await messageAfter(bot, mara, card, ({ text }) => text.includes('Done.'));
    expect(await bot.telegram.tap(mara, after, 'Undo')).toMatchObject({ text: 'Taken back.' });
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'sent' });
  });

  test('on Undo takes back once', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.tap(mara, card, 'Done');
    const after = await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
    const data = after.inlineKeyboard[0]![0]!.callback_data!;
    await bot.telegram.tap(mara, after, { data });
    expect(await bot.telegram.tap(mara, after, { data })).toMatchObject({ text: 'Already taken back.' });
  });

  test('for something else on a closed reminder changes nothing', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const skip = card.inlineKeyboard[1]![0]!.callback_data!;
    await bot.telegram.tap(mara, card, 'Done');
    expect((await bot.telegram.tap(mara, card, { data: skip })).text).toBe('Already done.');
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'completed' });
    const after = await messageAfter(bot, mara, card, ({ text }) => text.includes('Done.'));
    expect(labels(after)).toContain('Undo');
  });

  test('is edited at the second try when Telegram stumbles over the first', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.fault({ kind: '500', method: 'editMessageText', chatId: mara.id });
    expect((await bot.telegram.tap(mara, card, 'Done')).text).toBe('Done.');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
  });
});

test('in Russian every action answers in Russian', async () => {
  const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
  const card = await reminded(bot, irina);
  expect(labels(card)).toEqual([
    ...['Готово', 'Отложить ▸', 'Пропустить', 'Отменить'],
    ...['Почему сейчас?', 'Открыть в приложении'],
  ]);
  expect((await bot.telegram.tap(irina, card, 'Готово')).text).toBe('Готово.');
  const after = await messageAfter(bot, irina, card, ({ text }) => text.includes('Дальше:'));
  expect((await bot.telegram.tap(irina, after, 'Вернуть')).text).toBe('Возвращено.');
});

test('an older card of the same reminder loses its buttons when a newer one comes', async () => {
  const mara = await settled(bot);
  const first = await reminded(bot, mara);
  // In the evening the next step comes before the same one is asked again, after the quiet hours.
  for (let turn = 0; turn < 2; turn += 1) await bot.deliverNext(mara.id);
  await bot.telegram.waitForMessage(
    mara,
    ({ messageId, text }) =>
      messageId > first.messageId && text.includes('Still on? Snooze, skip or rewrite it.'),
  );
  await messageAfter(bot, mara, first, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
});
