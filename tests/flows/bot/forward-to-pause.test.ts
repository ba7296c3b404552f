/** A lead's answer is forwarded: everything planned for the lead waits, and one tap says how it goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, rowsOf, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const ANSWER = 'Thanks, we are interested! Can you send the contract?';
const hidden = (name: string) => ({ type: 'hidden_user', date: 1, sender_user_name: name });

async function forwarded(
  person: SandboxPerson,
  text = ANSWER,
  origin: object = hidden('Anna Kowalska'),
): Promise<SandboxMessage> {
  const sent = await bot.telegram.send(person, { text, forward_origin: origin });
  return await bot.telegram.waitForMessage(person, ({ messageId }) => messageId > sent.messageId);
}

async function leadsOf({ id }: { id: number }) {
  const { rows } = await bot.database.admin.query<{
    name: string;
    status: string;
    notes: string;
    paused_at: Date | null;
  }>('select name, status, notes, paused_at from leads where telegram_id = $1 order by id', [id]);
  return rows;
}

const reasons = async (person: { id: number }) => {
  const { rows } = await bot.database.admin.query<{ due_reason: string }>(
    `select due_reason from scheduled_reminders where telegram_id = $1 and status in ('pending', 'sent')`,
    [person.id],
  );
  return new Set(rows.map((row) => row.due_reason));
};

describe('a forwarded answer', () => {
  test('pauses what is planned for its writer, keeps the words, and offers the ways on', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const open = (await rowsOf(bot, mara)).length;
    const card = await forwarded(mara);
    expect(card.text).toContain(`They answered: ${open} reminders are paused.`);
    expect(labels(card)).toEqual(['New plan', 'Resume', 'meeting booked', 'won', 'lost', 'Undo', 'Lead ▸']);
    expect(await reasons(mara)).toEqual(new Set(['parked']));
    const [lead, second] = await leadsOf(mara);
    expect(second).toBeUndefined();
    expect(lead!.notes).toContain(ANSWER);
    await bot.telegram.tap(mara, card, 'Lead ▸');
    const shown = await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Paused since today'));
    expect(labels(shown)).toContain('Resume');
  });

  test('leaves nothing that /start or /plans call late, next or not planned', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    await forwarded(mara);
    await bot.telegram.say(mara, '/start');
    await bot.telegram.waitForMessage(mara, ({ text }) =>
      /^Hello[^]*All \d reminders are paused, because their leads answered/.test(text),
    );
    await bot.telegram.say(mara, '/plans');
    await bot.telegram.waitForMessage(mara, ({ text }) =>
      /Anna Kowalska.*\(new, 0 of \d steps, paused\)/.test(text),
    );
  });

  test('goes on with Resume, and that can be undone, too', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const card = await forwarded(mara);
    await bot.telegram.tap(mara, card, 'Resume');
    const resumed = await messageAfter(bot, mara, card, ({ text }) =>
      text.startsWith('Not paused any more:'),
    );
    expect(await leadsOf(mara)).toMatchObject([{ paused_at: null }]);
    await bot.telegram.tap(mara, resumed, 'Undo');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Paused since'));
    expect(await reasons(mara)).toEqual(new Set(['parked']));
  });

  test('is forgotten with Undo: dates and notes are as before', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const [before] = await leadsOf(mara);
    const dates = (await rowsOf(bot, mara)).map((row) => row.due_at);
    const card = await forwarded(mara);
    await bot.telegram.tap(mara, card, 'Undo');
    await messageAfter(bot, mara, card, ({ text }) => !text.includes('They answered'));
    expect(await leadsOf(mara)).toEqual([before]);
    expect((await rowsOf(bot, mara)).map((row) => row.due_at)).toEqual(dates);
  });

  test('leads to a new plan with the answer as its news; accepting it ends the pause', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const card = await forwarded(mara);
    await bot.telegram.tap(mara, card, 'New plan');
    const pair = await bot.telegram.waitForMessage(mara, (message) =>
      labels(message).includes('Accept the new plan'),
    );
    expect(await leadsOf(mara)).not.toMatchObject([{ paused_at: null }]);
    await bot.telegram.tap(mara, pair, 'Accept the new plan');
    await messageAfter(bot, mara, pair, (message) => !labels(message).includes('Accept the new plan'));
    expect(await leadsOf(mara)).toMatchObject([{ paused_at: null }]);
    expect(await reasons(mara)).toEqual(new Set(['plan']));
  });

  test('that won the lead closes it with one tap', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const card = await forwarded(mara);
    await bot.telegram.tap(mara, card, 'won');
    await messageAfter(bot, mara, card, ({ text }) => text.startsWith('The status is now: won.'));
    expect(await leadsOf(mara)).toMatchObject([{ status: 'closed_won' }]);
    expect((await rowsOf(bot, mara)).every(({ status }) => status === 'cancelled')).toBe(true);
  });

  test('of a lead without a plan is kept, and says that nothing was planned', async () => {
    const mara = await settled(bot);
    await bot.database.admin.query(
      `insert into leads (telegram_id, name, contacts)
       values ($1, 'Anna Kowalska', '{"emails": [], "phones": [], "links": [], "handles": []}')`,
      [mara.id],
    );
    const card = await forwarded(mara);
    expect(card.text).toContain('Nothing is planned for them');
    expect(labels(card)).not.toContain('Resume');
  });
});

describe('when it is not sure whose answer it is', () => {
  test('it asks; the chosen lead is paused', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const question = await forwarded(mara, ANSWER, hidden('Anna'));
    expect(question.text).toBe('Whose answer is this? Nothing is changed yet.');
    expect(await leadsOf(mara)).toMatchObject([{ paused_at: null }]);
    await bot.telegram.tap(mara, question, 'Anna Kowalska · Baltic Freight');
    await messageAfter(bot, mara, question, ({ text }) => text.includes('reminders are paused.'));
    expect((await leadsOf(mara))[0]!.notes).toContain(ANSWER);
  });

  test('or it was somebody new, who becomes a lead', async () => {
    const mara = await settled(bot);
    await started(bot, mara);
    const question = await forwarded(mara, ANSWER, hidden('Anna'));
    await bot.telegram.tap(mara, question, 'Somebody new');
    await messageAfter(bot, mara, question, (message) => labels(message).includes('Accept'));
    expect(await leadsOf(mara)).toMatchObject([
      { name: 'Anna Kowalska', paused_at: null },
      { name: 'Anna', paused_at: null },
    ]);
  });
});

test('somebody else’s lead and somebody else’s question cannot be reached by their numbers', async () => {
  const [mara, eve] = [await settled(bot), await settled(bot)];
  await started(bot, mara);
  await started(bot, eve);
  const question = await forwarded(mara, ANSWER, hidden('Anna'));
  const data = question.inlineKeyboard[0]![0]!.callback_data!;
  const leadId = data.split(':').at(-1)!;
  const own = await forwarded(eve);
  expect((await bot.telegram.tap(eve, own, { data })).text).toMatch(/^I no longer have this list/);
  for (const verb of ['lm', 'lv']) {
    const toast = await bot.telegram.tap(eve, own, { data: `1:${verb}:${leadId}` });
    expect(toast.text).toBe("I don't find this lead among yours.");
  }
  expect(await leadsOf(mara)).toMatchObject([{ paused_at: null }]);
});

test('what is paused is not called late: /today counts it, /reminders marks it', async () => {
  const mara = await settled(bot);
  await started(bot, mara);
  await forwarded(mara);
  await bot.database.admin.query(
    `update scheduled_reminders set wanted_at = now() - interval '2 days', due_rev = due_rev + 1 where telegram_id = $1`,
    [mara.id],
  );
  await bot.telegram.say(mara, '/today');
  const today = await bot.telegram.waitForMessage(mara, ({ text }) =>
    text.includes('more reminders are paused'),
  );
  expect(today.text).not.toContain('Late');
  await bot.telegram.say(mara, '/reminders');
  const all = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Open reminders'));
  expect(all.text).toMatch(/^1\. Anna Kowalska: .+ \(paused\)$/m);
});

test('in Russian', async () => {
  const irina = await settled(bot, { firstName: 'Ирина', languageCode: 'ru' }, 'Москва');
  await started(bot, irina);
  const card = await forwarded(irina, 'Спасибо, нам интересно!');
  expect(card.text).toMatch(/Пришёл ответ: приостановлено \d напоминани/);
});
