/** One reminder has one live card, and what the mini-app did is seen in the chat: at once, and at a tap. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, proposed, reminded, rowsOf, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

let action = 0;

/** What the mini-app does, with the person's own token. */
async function inApp(person: { id: number }, name: string, args: Readonly<Record<string, unknown>>) {
  action += 1;
  const { error } = await bot.database
    .userClient(person.id)
    .database.rpc(name, { p_action_id: `app-${action}`, ...args });
  expect(error).toBeNull();
}

/** No card is followed until the answer is called. */
async function holdUpFollowing(): Promise<() => Promise<void>> {
  const connection = await bot.database.admin.connect();
  await connection.query('begin');
  await connection.query('select from dispatch_limiter for update');
  return async () => {
    await connection.query('commit');
    connection.release();
  };
}

/** Nothing is left to be drawn in this person's chat. */
async function followed({ id }: { id: number }): Promise<void> {
  const left = 'select count(*)::int as left from stale_cards where telegram_id = $1';
  const count = async () => (await bot.database.admin.query<{ left: number }>(left, [id])).rows[0]?.left;
  await expect.poll(count).toBe(0);
}

const firstId = async (person: { id: number }) => Number((await rowsOf(bot, person))[0]!.id);

describe('a reminder that changed in the app', () => {
  test.each([
    { languageCode: 'en', city: 'Berlin', done: 'Already done.' },
    { languageCode: 'ru', city: 'Берлин', done: 'Уже сделано.' },
  ])('is over on its card in $languageCode without a word in the chat', async (voice) => {
    const mara = await settled(bot, { languageCode: voice.languageCode }, voice.city);
    const card = await reminded(bot, mara);
    await inApp(mara, 'complete_reminder', { p_id: await firstId(mara), p_source: 'app' });
    const after = await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    expect(after.text).toContain(voice.done);
  });

  test('is told with its new time when it was snoozed, and is a card again when that is taken back', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const until = (await bot.stores.admin.now()).add({ hours: 3 }).toString();
    await inApp(mara, 'snooze_reminder', { p_id: await firstId(mara), p_until: until, p_source: 'app' });
    const after = await messageAfter(bot, mara, card, ({ text }) => text.includes('Snoozed until'));
    expect(labels(after)).toEqual(['Open in app']);
    await inApp(mara, 'undo_action', { p_source: 'app', p_action_id: `app-${action}` });
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Done'));
  });

  test('keeps the Undo of what was done about it in the chat since', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const until = (await bot.stores.admin.now()).add({ minutes: 90 }).toString();
    const goOn = await holdUpFollowing();
    await inApp(mara, 'snooze_reminder', { p_id: await firstId(mara), p_until: until, p_source: 'app' });
    await bot.telegram.tap(mara, card, 'Done');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
    await goOn();
    await followed(mara);
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
  });

  test('is drawn all the same when Telegram is in trouble for a moment', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.fault({ kind: '500', method: 'editMessageText', chatId: mara.id, times: 2 });
    await inApp(mara, 'complete_reminder', { p_id: await firstId(mara), p_source: 'app' });
    await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    await followed(mara);
  });

  test('is answered as it stands by a tap that comes before anything else, and nothing is done twice', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const goOn = await holdUpFollowing();
    await inApp(mara, 'skip_reminder', { p_id: await firstId(mara), p_source: 'app' });
    expect((await bot.telegram.tap(mara, card, 'Done')).text).toBe('Already skipped.');
    await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    await goOn();
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'skipped' });
  });
});

describe('a card that is answered in words', () => {
  test.each([
    { languageCode: 'en', city: 'Berlin', said: 'done', told: 'Done.', undo: 'Undo', status: 'completed' },
    {
      languageCode: 'ru',
      city: 'Берлин',
      said: 'готово',
      told: 'Готово.',
      undo: 'Вернуть',
      status: 'completed',
    },
    {
      languageCode: 'en',
      city: 'Berlin',
      said: 'in 3 hours',
      told: 'Snoozed until',
      undo: 'Undo',
      status: 'pending',
    },
  ])('“$said” in $languageCode takes its buttons; Undo stands under the answer alone', async (voice) => {
    const mara = await settled(bot, { languageCode: voice.languageCode }, voice.city);
    const card = await reminded(bot, mara);
    await bot.telegram.say(mara, voice.said, card);
    const answer = await bot.telegram.waitForMessage(
      mara,
      (message) => message.messageId > card.messageId && labels(message).includes(voice.undo),
    );
    const after = await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    expect(after.text).toContain(voice.told);
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: voice.status });
    // Taken back, it is a card again in the place where Undo was.
    await bot.telegram.tap(mara, answer, voice.undo);
    await messageAfter(bot, mara, answer, (message) => message.inlineKeyboard.flat().length > 2);
    expect((await rowsOf(bot, mara))[0]).toMatchObject({
      status: 'sent',
      message_id: String(answer.messageId),
    });
  });

  test('a note leaves it as it is, because the step still waits', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    await bot.telegram.say(mara, 'They want a discount of ten percent before they sign', card);
    const offer = await bot.telegram.waitForMessage(mara, (message) =>
      labels(message).includes('Keep it as a note'),
    );
    await bot.telegram.tap(mara, offer, 'Keep it as a note');
    await messageAfter(bot, mara, offer, (message) => labels(message).includes('Undo'));
    await bot.telegram.tap(mara, card, 'Done');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
  });
});

test('a time that is typed and said back takes the buttons of the card it was asked for', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await bot.telegram.tap(mara, card, 'Snooze ▸');
  const menu = await messageAfter(bot, mara, card, (message) => labels(message).includes('Other time…'));
  await bot.telegram.tap(mara, menu, 'Other time…');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('When should I bring it back?'));
  await bot.telegram.say(mara, 'in 3 hours');
  const echo = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Snooze until '));
  await bot.telegram.tap(mara, echo, labels(echo)[0]!);
  await messageAfter(bot, mara, echo, (message) => labels(message).includes('Undo'));
  await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
});

test('a card opened from a list takes the buttons of the one before it', async () => {
  const mara = await settled(bot);
  const card = await reminded(bot, mara);
  await bot.telegram.say(mara, '/today');
  const list = await bot.telegram.waitForMessage(mara, (message) =>
    labels(message).some((label) => label.startsWith('1. ')),
  );
  await bot.telegram.tap(mara, list, labels(list)[0]!);
  const second = await bot.telegram.waitForMessage(
    mara,
    (message) => message.messageId > list.messageId && labels(message).includes('Done'),
  );
  await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
  // The same one delivered again takes those of the opened one; in the evening the next step comes before that.
  for (let turn = 0; turn < 2; turn += 1) await bot.deliverNext(mara.id);
  await bot.telegram.waitForMessage(
    mara,
    ({ messageId, text }) => messageId > second.messageId && text.includes('Still on?'),
  );
  await messageAfter(bot, mara, second, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
});

describe('a plan’s card', () => {
  async function proposedPlan(): Promise<{
    readonly mara: SandboxPerson;
    readonly card: Awaited<ReturnType<typeof proposed>>;
    readonly planId: number;
  }> {
    const mara = await settled(bot);
    const card = await proposed(bot, mara);
    const { rows } = await bot.database.admin.query<{ id: string }>(
      'select id from engagement_plans where telegram_id = $1',
      [mara.id],
    );
    return { mara, card, planId: Number(rows[0]!.id) };
  }

  /** Dates for every step, from an hour on. */
  async function scheduleOf(planId: number) {
    const { rows } = await bot.database.admin.query<{ step_id: number; delay_days: number }>(
      'select step_id, delay_days from outreach_steps where plan_id = $1 order by step_id',
      [planId],
    );
    const begin = (await bot.stores.admin.now()).add({ hours: 1 });
    return rows.map(({ step_id, delay_days: days }) => ({
      step_id,
      wanted_at: begin.add({ hours: 24 * days }).toString(),
    }));
  }

  test.each(['Accept', 'Discard'])(
    'accepted in the app shows the running plan at a tap on %s',
    async (tapped) => {
      const { mara, card, planId } = await proposedPlan();
      const goOn = await holdUpFollowing();
      await inApp(mara, 'accept_plan', {
        p_plan_id: planId,
        p_schedule: await scheduleOf(planId),
        p_source: 'app',
      });
      await bot.telegram.tap(mara, card, tapped);
      const after = await messageAfter(bot, mara, card, (message) => labels(message).includes('Re-plan'));
      await goOn();
      expect(labels(after)).not.toContain('Accept');
      expect((await rowsOf(bot, mara)).every(({ status }) => status === 'pending')).toBe(true);
    },
  );

  test('accepted in the app shows the running plan without a word in the chat', async () => {
    const { mara, card, planId } = await proposedPlan();
    await inApp(mara, 'accept_plan', {
      p_plan_id: planId,
      p_schedule: await scheduleOf(planId),
      p_source: 'app',
    });
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Re-plan'));
    await followed(mara);
  });

  test('accepted in the chat keeps its Undo', async () => {
    const { mara, card } = await proposedPlan();
    await bot.telegram.tap(mara, card, 'Accept');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
    await followed(mara);
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
  });

  test('discarded in the app loses its buttons without a word in the chat', async () => {
    const { mara, card, planId } = await proposedPlan();
    await inApp(mara, 'discard_plan', { p_plan_id: planId });
    await messageAfter(bot, mara, card, (message) => !labels(message).includes('Accept'));
  });

  test('discarded in the app loses its buttons at a tap on Accept, and nothing starts', async () => {
    const { mara, card, planId } = await proposedPlan();
    const goOn = await holdUpFollowing();
    await inApp(mara, 'discard_plan', { p_plan_id: planId });
    await bot.telegram.tap(mara, card, 'Accept');
    await messageAfter(bot, mara, card, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
    await goOn();
    expect(await rowsOf(bot, mara)).toEqual([]);
  });
});
