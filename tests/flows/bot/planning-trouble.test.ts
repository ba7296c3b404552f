/** Plans in the background in trouble: processes that die, a model that hangs, floods, closed leads, limits. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { createWebhook } from '../../../bot/telegram/webhook.ts';
import { streamedJson } from '../../support/model-server.ts';
import { labels, LEAD, messageAfter, saidIn, settled } from './people.ts';
import { startPlanningBot, WRITTEN, type PlanningBot } from './planning-bot.ts';

let bot: PlanningBot;
beforeAll(async () => {
  bot = await startPlanningBot();
});
afterAll(() => bot.stop());

const isPlan = (message: SandboxMessage): boolean => labels(message).includes('Accept');
const isProgress = (message: SandboxMessage): boolean => labels(message).includes('Stop');
const answer = () => streamedJson({ steps: WRITTEN });

async function plans({ id }: SandboxPerson): Promise<number> {
  const { rows } = await bot.database.admin.query<{ count: number }>(
    'select count(*)::int as count from engagement_plans where telegram_id = $1',
    [id],
  );
  return rows[0]!.count;
}

/** The person's lead with a run that another process claimed and left as it died. */
async function orphaned(
  person: SandboxPerson,
): Promise<{ runId: number; token: string; progress: SandboxMessage }> {
  await bot.loop().stop();
  await bot.telegram.say(person, LEAD);
  const progress = await bot.telegram.waitForMessage(person, isProgress);
  await bot.nudge.idle();
  const token = randomUUID();
  const run = await bot.stores.planning.claim('dead', token, 30);
  return { runId: run!.id, token, progress };
}

const endLeases = () =>
  bot.database.admin.query(
    `update planning_runs set lease_until = now() - interval '1 s' where state = 'running'`,
  );

test('a run whose process was killed is taken up again, says so, and ends in one plan', async () => {
  const person = await settled(bot);
  const { progress } = await orphaned(person);
  const rest = Promise.withResolvers<string>();
  const whole = JSON.stringify({ steps: WRITTEN });
  bot.model.script({
    kind: 'stream',
    pieces: [whole.slice(0, 200), rest.promise, whole.slice(200)],
    usage: null,
    finish: 'stop',
    refusal: null,
  });
  await endLeases();
  bot.startLoop();
  await messageAfter(bot, person, progress, ({ text }) => text.includes('I was restarted meanwhile'));
  rest.resolve('');
  await messageAfter(bot, person, progress, isPlan);
  expect(await plans(person)).toBe(1);
});

test('a plan that was written but not shown before the kill is shown, and not written again', async () => {
  const person = await settled(bot);
  const { runId, token, progress } = await orphaned(person);
  const usage = { model: null, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null };
  const steps = WRITTEN.map((step) => ({ ...step, action_type: 'call' as const }));
  const plan = {
    source: 'model',
    situation: null,
    language: 'en',
    pace: 'fixed_dates',
    prompt_version: '1',
    steps,
  } as const;
  const origin = { kind: 'model', repaired: false, removed: 0, askedAgain: 0 } as const;
  const propose = () =>
    bot.stores.planningOf(person.id).propose(runId, token, { plan: { ...plan, steps }, origin, usage });
  const first = await propose();
  // Written once, however often it is said.
  expect(await propose()).toEqual(first);
  const asked = bot.model.requests.length;
  await endLeases();
  bot.startLoop();
  const shown = await messageAfter(bot, person, progress, isPlan);
  expect(shown.text).toContain('Written by a language model.');
  expect([bot.model.requests.length, await plans(person)]).toEqual([asked, 1]);
});

test('a process that lost its run cannot write a second plan', async () => {
  const person = await settled(bot);
  const { runId, token, progress } = await orphaned(person);
  await endLeases();
  bot.model.script(answer());
  bot.startLoop();
  await messageAfter(bot, person, progress, isPlan);
  const usage = { model: null, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null };
  const steps = WRITTEN.map((step) => ({ ...step, action_type: 'call' as const }));
  const late = await bot.stores.planningOf(person.id).propose(runId, token, {
    plan: {
      source: 'model',
      situation: null,
      language: 'en',
      pace: 'fixed_dates',
      prompt_version: null,
      steps,
    },
    origin: { kind: 'template', because: 'invalid' },
    usage,
  });
  expect(late).toEqual({ ok: true, value: null });
  expect(await bot.stores.planning.extend(token, 10)).toBeNull();
  expect(await plans(person)).toBe(1);
});

test('a run that killed its process again and again ends in the template, and says so', async () => {
  const person = await settled(bot);
  const { runId, progress } = await orphaned(person);
  await bot.database.admin.query('update planning_runs set attempts = 5 where id = $1', [runId]);
  await endLeases();
  bot.startLoop();
  const plan = await messageAfter(bot, person, progress, isPlan);
  expect(plan.text).toContain('I was restarted too often');
});

test('a stop of the program gives the run back at once: the next start goes on without a wait', async () => {
  const person = await settled(bot);
  const before = bot.model.requests.length;
  bot.model.script({ kind: 'hang' }, answer());
  await bot.telegram.say(person, LEAD);
  const progress = await bot.telegram.waitForMessage(person, isProgress);
  await bot.model.requested(before + 1);
  await bot.loop().stop();
  expect(await plans(person)).toBe(0);
  bot.startLoop();
  await messageAfter(bot, person, progress, isPlan);
  expect(await plans(person)).toBe(1);
});

test('the webhook answers while the model is silent', async () => {
  const person = await settled(bot);
  const before = bot.model.requests.length;
  bot.model.script({ kind: 'hang' });
  const update = {
    update_id: 910_000_001,
    message: {
      message_id: 910_000,
      date: 1,
      chat: { id: person.id, type: 'private', first_name: 'Mara' },
      from: { id: person.id, is_bot: false, first_name: 'Mara' },
      text: LEAD,
    },
  };
  const request = new Request('http://bot.example/', { method: 'POST', body: JSON.stringify(update) });
  expect((await createWebhook(bot.nudge)(request)).status).toBe(200);
  const progress = await bot.telegram.waitForMessage(person, isProgress);
  // Stopped before the model was asked, its silence would be the next test's.
  await bot.model.requested(before + 1);
  await bot.telegram.tap(person, progress, 'Stop');
  await messageAfter(bot, person, progress, isPlan);
});

test('a run keeps the message it was noted with first, also when the text is answered again after a crash', async () => {
  const person = await settled(bot);
  const { runId, progress } = await orphaned(person);
  const noted = await bot.stores.planning.noteMessage(runId, progress.messageId + 50);
  expect(noted).toEqual({ messageId: progress.messageId, result: null });
  await endLeases();
  bot.model.script(answer());
  bot.startLoop();
  await messageAfter(bot, person, progress, isPlan);
});

test('a flood wait in the end is waited out, and the plan still comes', async () => {
  const person = await settled(bot);
  bot.model.script(answer());
  await bot.telegram.fault({
    kind: '429',
    method: 'editMessageText',
    chatId: person.id,
    retryAfter: 6,
    times: 1,
  });
  await bot.telegram.say(person, LEAD);
  await bot.telegram.waitForMessage(person, isPlan);
});

test('a lead that was closed meanwhile gets no plan, and the message says why', async () => {
  const person = await settled(bot);
  const { progress } = await orphaned(person);
  await bot.database.admin.query(`update leads set status = 'closed_lost' where telegram_id = $1`, [
    person.id,
  ]);
  await endLeases();
  bot.model.script(answer());
  bot.startLoop();
  const refused = await messageAfter(bot, person, progress, (message) => !isProgress(message));
  expect(refused.text).toContain('The lead is kept.');
  expect(await plans(person)).toBe(0);
});

test('the twenty-first plan of a day is refused in words, and the lead is kept', async () => {
  const person = await settled(bot);
  bot.model.script(answer());
  await bot.telegram.say(person, LEAD);
  await bot.telegram.waitForMessage(person, isPlan);
  await bot.database.admin.query(
    `insert into engagement_plans (lead_id, telegram_id, status, created_at)
     select (select id from leads where telegram_id = $1), $1, 'draft', app_now() from generate_series(1, 19)`,
    [person.id],
  );
  await bot.telegram.say(person, 'Boris Petrov, Volga Steel, boris@volgasteel.example');
  const refused = await bot.telegram.waitForMessage(person, ({ text }) => text.includes('The lead is kept.'));
  expect(refused.text).toContain('Boris Petrov');
  const { rows } = await bot.database.admin.query('select id from leads where telegram_id = $1', [person.id]);
  expect(rows).toHaveLength(2);
});

test('people see their own runs alone, and never their texts or tokens', async () => {
  const [mara, other] = [await settled(bot), await settled(bot)];
  bot.model.script(answer());
  await bot.telegram.say(mara, LEAD);
  await bot.telegram.waitForMessage(mara, isPlan);
  const ask = async ({ id }: SandboxPerson, columns: string) =>
    bot.database.userClient(id).database.from('planning_runs').select(columns);
  // The run ends right after its plan is shown.
  await expect
    .poll(async () => (await ask(mara, 'state,outcome')).data)
    .toEqual([{ state: 'done', outcome: 'planned' }]);
  expect((await ask(other, 'state')).data).toEqual([]);
  expect((await ask(mara, 'source_text')).error?.code).toBe('42501');
  expect((await ask(mara, 'token')).error?.code).toBe('42501');
  expect((await saidIn(bot, other)).some(isPlan)).toBe(false);
});
