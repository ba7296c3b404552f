/** Plans that a model writes in the background: asked for, shown as they grow, stopped, and always ending in a plan. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { failing, streamedJson } from '../../support/model-server.ts';
import { labels, LEAD, messageAfter, saidIn, settled } from './people.ts';
import { startPlanningBot, WRITTEN, type PlanningBot } from './planning-bot.ts';

let bot: PlanningBot;
beforeAll(async () => {
  bot = await startPlanningBot();
});
afterAll(() => bot.stop());

const isPlan = (message: SandboxMessage): boolean => labels(message).includes('Accept');
const isProgress = (message: SandboxMessage): boolean => labels(message).includes('Stop');

async function plansOf({ id }: SandboxPerson) {
  const { rows } = await bot.database.admin.query<Record<string, unknown>>(
    `select source, origin, model, calls, input_tokens, output_tokens, cost_usd::float, prompt_version
     from engagement_plans where telegram_id = $1 order by id`,
    [id],
  );
  return rows;
}

async function runsOf({ id }: SandboxPerson) {
  const { rows } = await bot.database.admin.query<Record<string, unknown>>(
    'select state, outcome, refusal, source_text, attempts from planning_runs where telegram_id = $1 order by id',
    [id],
  );
  return rows;
}

/** Resolves when a run of the person is over. */
const planned = (): Promise<void> => bot.loggedEvent('planning.ended');

describe('a lead with a model', () => {
  test('gets a progress message, which turns into the plan and says who wrote it', async () => {
    const person = await settled(bot);
    bot.model.script(
      streamedJson(
        { steps: WRITTEN },
        { usage: { prompt_tokens: 900, completion_tokens: 300, cost: 0.002 } },
      ),
    );
    const ended = planned();
    await bot.telegram.say(person, LEAD);
    const plan = await bot.telegram.waitForMessage(person, isPlan);
    expect(plan.text).toContain('Written by scripted-1.');
    expect(plan.text).toContain('Call Anna about the prices');
    await ended;
    // One message of the bot: what showed the progress is the plan now.
    expect((await saidIn(bot, person)).filter(({ text }) => text.startsWith('Anna Kowalska'))).toHaveLength(
      1,
    );
    expect(await plansOf(person)).toEqual([
      expect.objectContaining({
        source: 'model',
        model: 'scripted-1',
        calls: 1,
        input_tokens: 900,
        output_tokens: 300,
      }),
    ]);
    expect(await runsOf(person)).toEqual([
      { state: 'done', outcome: 'planned', refusal: null, source_text: null, attempts: 1 },
    ]);
  });

  test('sees on its card what the app decided about the plan, as soon as the chat is used', async () => {
    const person = await settled(bot);
    bot.model.script(streamedJson({ steps: WRITTEN }));
    const ended = planned();
    await bot.telegram.say(person, LEAD);
    const plan = await bot.telegram.waitForMessage(person, isPlan);
    await ended;
    const { rows } = await bot.database.admin.query<{ id: string; message_id: string }>(
      'select id, message_id from engagement_plans where telegram_id = $1',
      [person.id],
    );
    expect(rows[0]!.message_id).toBe(String(plan.messageId));
    const { error } = await bot.database
      .userClient(person.id)
      .database.rpc('discard_plan', { p_action_id: 'app-discard', p_plan_id: Number(rows[0]!.id) });
    expect(error).toBeNull();
    await bot.telegram.say(person, '/help');
    await messageAfter(bot, person, plan, (message) => !isPlan(message));
  });

  test('sees the steps that are written so far, with a Stop button', async () => {
    const person = await settled(bot);
    const rest = Promise.withResolvers<string>();
    const [first] = JSON.stringify({ steps: WRITTEN }).split(',{"step_id":2');
    const whole = JSON.stringify({ steps: WRITTEN });
    bot.model.script({
      kind: 'stream',
      pieces: [first!, rest.promise, whole.slice(first!.length)],
      usage: null,
      finish: 'stop',
      refusal: null,
    });
    await bot.telegram.say(person, LEAD);
    const progress = await bot.telegram.waitForMessage(person, ({ text }) =>
      text.includes('1. Send Anna the prices'),
    );
    expect(isProgress(progress)).toBe(true);
    rest.resolve('');
    await messageAfter(bot, person, progress, isPlan);
  });

  test('is stopped at once, and the template comes and says so', async () => {
    const person = await settled(bot);
    const before = bot.model.requests.length;
    bot.model.script({ kind: 'hang' });
    await bot.telegram.say(person, LEAD);
    const progress = await bot.telegram.waitForMessage(person, isProgress);
    await bot.model.requested(before + 1);
    const { text } = await bot.telegram.tap(person, progress, 'Stop');
    expect(text).toBe('Stopping: the template plan comes');
    const plan = await messageAfter(bot, person, progress, isPlan);
    expect(plan.text).toContain('because you stopped the writing');
    expect(await plansOf(person)).toEqual([
      expect.objectContaining({ source: 'template', origin: { kind: 'template', because: 'stopped' } }),
    ]);
    expect(
      (await bot.telegram.tap(person, plan, { data: progress.inlineKeyboard[0]![0]!.callback_data! })).text,
    ).toBe('That is over already');
  });

  test('whose model fails gets the template with the reason', async () => {
    const person = await settled(bot);
    bot.model.script(failing('openai', 401, 'Incorrect API key provided'));
    await bot.telegram.say(person, LEAD);
    const plan = await bot.telegram.waitForMessage(person, isPlan);
    expect(plan.text).toContain("the language model's settings or account need a look");
  });
});
