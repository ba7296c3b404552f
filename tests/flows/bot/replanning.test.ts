/** News in the middle of a plan: a model writes a new one beside it, and nothing moves until one of them is chosen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { failing, streamedJson } from '../../support/model-server.ts';
import { labels, LEAD, messageAfter, rowsOf, settled } from './people.ts';
import { startPlanningBot, WRITTEN, type PlanningBot } from './planning-bot.ts';

let bot: PlanningBot;
beforeAll(async () => {
  bot = await startPlanningBot();
});
afterAll(() => bot.stop());

const NEWS = 'She asked for an offer for twelve trucks.';
/** The second step of the old plan stays in it, the third does not. */
const REWRITTEN = [
  { description: 'Send Anna the offer for twelve trucks', action_type: 'email_outreach', delay_days: 1 },
  { description: 'Call Anna about the prices', action_type: 'call', delay_days: 4 },
  { description: 'Ask Anna about the offer', action_type: 'followup_message', delay_days: 9 },
].map((step, index) => ({ step_id: index + 1, timing: 'later', suggested_text: null, ...step }));

const hasButton =
  (label: string) =>
  (message: SandboxMessage): boolean =>
    labels(message).includes(label);
const isDiff = hasButton('Accept the new plan');

async function press(
  person: SandboxPerson,
  card: SandboxMessage,
  label: string,
  wanted: (message: SandboxMessage) => boolean,
): Promise<SandboxMessage> {
  await bot.telegram.tap(person, card, label);
  return messageAfter(bot, person, card, wanted);
}

/** Somebody whose plan of three steps runs, its first step done; `list` is the card with Re-plan. */
async function inTheMiddle(): Promise<{ person: SandboxPerson; list: SandboxMessage; done: number }> {
  const person = await settled(bot);
  bot.model.script(streamedJson({ steps: WRITTEN }));
  await bot.telegram.say(person, LEAD);
  const plan = await bot.telegram.waitForMessage(person, hasButton('Accept'));
  const running = await press(person, plan, 'Accept', (card) => !hasButton('Accept')(card));
  const list = await press(person, running, 'Edit the plan', hasButton('Re-plan'));
  const [first] = await rowsOf(bot, person);
  await bot.stores.asPerson(person.id).completeReminder('done-first', Number(first!.id));
  return { person, list, done: Number(first!.id) };
}

/** Tells the news. */
async function tell(person: SandboxPerson, list: SandboxMessage): Promise<void> {
  await bot.telegram.tap(person, list, 'Re-plan');
  await bot.telegram.waitForMessage(person, ({ text }) => text.includes('What is new?'));
  await bot.telegram.say(person, NEWS);
}

async function plansOf({ id }: SandboxPerson) {
  const { rows } = await bot.database.admin.query<Record<string, unknown>>(
    'select source, status, situation, pace, origin from engagement_plans where telegram_id = $1 order by id',
    [id],
  );
  return rows;
}

/** Reminders that may still buzz, by the words of their steps. */
async function openOf({ id }: SandboxPerson): Promise<string[]> {
  const { rows } = await bot.database.admin.query<{ description: string }>(
    `select step.description from scheduled_reminders as reminder
     join outreach_steps as step using (plan_id, step_id)
     where reminder.telegram_id = $1 and reminder.status in ('pending', 'sent') order by reminder.wanted_at`,
    [id],
  );
  return rows.map(({ description }) => description);
}

describe('news in the middle of a plan', () => {
  test('goes to the model with what became of each step; old and new are shown together, the old one runs on', async () => {
    const { person, list } = await inTheMiddle();
    const before = await rowsOf(bot, person);
    const rest = Promise.withResolvers<string>();
    const whole = JSON.stringify({ steps: REWRITTEN });
    const first = whole.slice(0, whole.indexOf(',{"step_id":2'));
    bot.model.script({
      kind: 'stream',
      pieces: [first, rest.promise, whole.slice(first.length)],
      usage: null,
      finish: 'stop',
      refusal: null,
    });
    await tell(person, list);
    const progress = await bot.telegram.waitForMessage(person, ({ text }) =>
      text.includes('1. Send Anna the offer'),
    );
    expect(labels(progress)).toEqual(['Stop']);
    expect(await rowsOf(bot, person)).toEqual(before);
    rest.resolve('');
    const diff = await messageAfter(bot, person, progress, isDiff);
    expect(diff.text).toContain('The new plan beside the old one');
    expect(diff.text).toContain('Written by scripted-1.');
    expect(diff.text).toMatch(/^✓ Send Anna the prices/m);
    expect(diff.text).toMatch(/^\+ .*: Send Anna the offer for twelve trucks/m);
    expect(diff.text).toMatch(/^~ .*: Call Anna about the prices/m);
    expect(diff.text).toMatch(/^− .*: Ask Anna what she thinks/m);
    expect(await rowsOf(bot, person)).toEqual(before);
    const asked = JSON.parse(bot.model.requests.at(-1)!.body.messages[1]!.content) as {
      replan: { news: string; steps: { state: string }[] };
    };
    expect(asked.replan.news).toBe(NEWS);
    expect(asked.replan.steps.map(({ state }) => state)).toEqual(['done', 'open', 'open']);
  });

  test('is accepted in one transaction: the old open steps end and the new ones begin together', async () => {
    const { person, list, done } = await inTheMiddle();
    bot.model.script(streamedJson({ steps: REWRITTEN }));
    await tell(person, list);
    const diff = await bot.telegram.waitForMessage(person, isDiff);
    const accepted = await press(person, diff, 'Accept the new plan', (card) => !isDiff(card));
    expect(accepted.text).toContain('Plan started');
    expect(await openOf(person)).toEqual(REWRITTEN.map(({ description }) => description));
    expect((await plansOf(person)).map(({ status }) => status)).toEqual(['replaced', 'active']);
    const { rows } = await bot.database.admin.query<{ transactions: number; rows: number }>(
      `select count(distinct xmin::text)::int as transactions, count(*)::int as rows
       from scheduled_reminders where telegram_id = $1 and id <> $2`,
      [person.id, done],
    );
    expect(rows[0]).toEqual({ transactions: 1, rows: 2 + REWRITTEN.length });
    // The plans' rows are written once more when the card is settled; their instant is that of the transaction.
    const plans = await bot.database.admin.query<{ instants: number; rows: number }>(
      `select count(distinct coalesce(ended_at, accepted_at))::int as instants, count(*)::int as rows
       from engagement_plans where telegram_id = $1`,
      [person.id],
    );
    expect(plans.rows[0]).toEqual({ instants: 1, rows: 2 });
    expect((await rowsOf(bot, person)).find(({ id }) => Number(id) === done)!.status).toBe('completed');
  });

  test('keeps the old one with a tap, as if nobody had asked', async () => {
    const { person, list } = await inTheMiddle();
    const before = await rowsOf(bot, person);
    bot.model.script(streamedJson({ steps: REWRITTEN }));
    await tell(person, list);
    const diff = await bot.telegram.waitForMessage(person, isDiff);
    const kept = await press(person, diff, 'Keep the old one', (card) => !isDiff(card));
    expect(kept.text).toContain('The old plan goes on.');
    expect(await rowsOf(bot, person)).toEqual(before);
    const again = await bot.telegram.tap(person, kept, { data: diff.inlineKeyboard[0]![0]!.callback_data! });
    expect(again.text).toBeTruthy();
    expect(await rowsOf(bot, person)).toEqual(before);
    expect((await plansOf(person))[0]).toMatchObject({ status: 'active' });
  });

  test('is stopped while it is written: the template stands beside the old one and says why', async () => {
    const { person, list } = await inTheMiddle();
    const before = await rowsOf(bot, person);
    const asked = bot.model.requests.length;
    bot.model.script({ kind: 'hang' });
    await tell(person, list);
    const progress = await bot.telegram.waitForMessage(person, hasButton('Stop'));
    await bot.model.requested(asked + 1);
    const diff = await press(person, progress, 'Stop', isDiff);
    expect(diff.text).toContain('because you stopped the writing');
    expect(diff.text).toMatch(/^✓ Send Anna the prices/m);
    expect(await rowsOf(bot, person)).toEqual(before);
  });

  test('a lead with a plan is nobody new, and its pace stays, whoever writes the new plan', async () => {
    const { person, list } = await inTheMiddle();
    await bot.database.admin.query(
      `update engagement_plans set pace = 'after_previous' where telegram_id = $1`,
      [person.id],
    );
    bot.model.script(failing('openai', 401, 'Incorrect API key provided'));
    await tell(person, list);
    await bot.telegram.waitForMessage(person, isDiff);
    expect(await plansOf(person)).toEqual([
      expect.objectContaining({ status: 'active', situation: 'after_meeting' }),
      expect.objectContaining({
        source: 'template',
        situation: 'after_meeting',
        pace: 'after_previous',
        origin: { kind: 'template', because: 'misconfigured' },
      }),
    ]);
  });
});
