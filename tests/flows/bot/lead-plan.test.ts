/** From a lead's card to its plan, and two phones of one person at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, proposed, reminded, rowsOf, saidIn, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** The card of the person's one lead. */
async function leadCardOf(person: SandboxPerson, plan: string) {
  const { rows } = await bot.database.admin.query<{ id: string }>(
    'select id from leads where telegram_id = $1',
    [person.id],
  );
  await bot.telegram.say(person, `/start l${rows[0]!.id}`);
  return bot.telegram.waitForMessage(person, (message) => labels(message).includes(plan));
}

describe.each([
  { languageCode: 'en', city: 'Berlin', plan: 'Plan ▸', again: 'Re-plan', fresh: 'New plan', back: '◂ Back' },
  {
    ...{ languageCode: 'ru', city: 'Берлин', plan: 'План ▸', again: 'Новый план' },
    ...{ fresh: 'Новый план', back: '◂ Назад' },
  },
])('the button $plan', ({ languageCode, city, plan, again, fresh, back }) => {
  test('shows the steps of the plan that runs', async () => {
    const mara = await settled(bot, { languageCode }, city);
    const card = await proposed(bot, mara);
    await bot.telegram.tap(mara, card, labels(card)[0]!);
    await messageAfter(bot, mara, card, (message) => !labels(message).includes(labels(card)[0]!));
    const lead = await leadCardOf(mara, plan);
    await bot.telegram.tap(mara, lead, plan);
    const steps = await messageAfter(bot, mara, lead, ({ text }) => /^2\. /m.test(text));
    expect(labels(steps)).toContain('1');
    expect(labels(steps)).toContain(again);
  });

  test('offers a new one when none runs, and leads back', async () => {
    const mara = await settled(bot, { languageCode }, city);
    await proposed(bot, mara);
    const lead = await leadCardOf(mara, plan);
    await bot.telegram.tap(mara, lead, plan);
    const none = await messageAfter(bot, mara, lead, (message) => labels(message).includes(fresh));
    expect(labels(none)).toEqual([fresh, back]);
    await bot.telegram.tap(mara, none, back);
    await messageAfter(bot, mara, lead, (message) => labels(message).includes(plan));
  });
});

test('the plan of somebody else’s lead is not found', async () => {
  const [mara, kim] = [await settled(bot), await settled(bot)];
  await started(bot, kim);
  const { rows } = await bot.database.admin.query<{ id: string }>(
    'select id from leads where telegram_id = $1',
    [kim.id],
  );
  const own = await proposed(bot, mara);
  const toast = await bot.telegram.tap(mara, own, { data: `1:lq:${rows[0]!.id}` });
  expect(toast.text).toBe("I don't find this lead among yours.");
});

describe('two phones of one person', () => {
  test('that do different things about one reminder at once: the first counts, the second is told', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const [done, skip] = [card.inlineKeyboard[0]![0]!, card.inlineKeyboard[1]![0]!].map(
      ({ callback_data: data }) => ({ data: data! }),
    );
    const toasts = await Promise.all([
      bot.telegram.tap(mara, card, done!),
      bot.telegram.tap(mara, card, skip!),
    ]);
    const { status } = (await rowsOf(bot, mara))[0]!;
    const said = toasts.map(({ text }) => text).toSorted();
    expect(said).toEqual(
      status === 'completed' ? ['Already done.', 'Done.'] : ['Already skipped.', 'Skipped.'],
    );
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
  });

  test('that accept and discard one plan at once leave one of the two, and a card that says which', async () => {
    const mara = await settled(bot);
    const card = await proposed(bot, mara);
    await Promise.all(['Accept', 'Discard'].map((label) => bot.telegram.tap(mara, card, label)));
    const { rows } = await bot.database.admin.query<{ status: string }>(
      'select status from engagement_plans where telegram_id = $1',
      [mara.id],
    );
    const isRunning = rows[0]!.status === 'active';
    expect((await rowsOf(bot, mara)).length > 0).toBe(isRunning);
    await messageAfter(bot, mara, card, ({ text }) =>
      text.includes(isRunning ? 'Plan started' : 'Plan discarded'),
    );
  });

  test('that answer a question and leave it at once get one answer, and nothing is open afterwards', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/newlead');
    const question = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Who is it?'));
    await Promise.all([
      bot.telegram.tap(mara, question, labels(question).at(-1)!),
      bot.telegram.say(mara, '/cancel'),
    ]);
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('I left the question'));
    await bot.nudge.idle();
    const said = (await saidIn(bot, mara)).filter(({ text }) => text.startsWith('I left the question'));
    expect(said).toHaveLength(1);
  });
});
