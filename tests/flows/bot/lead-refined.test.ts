/** With a language model a new lead's text is read a second time before its plan, and the card says what that changed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failing, streamedJson } from '../../support/model-server.ts';
import { labels, settled } from './people.ts';
import { startPlanningBot, WRITTEN, type PlanningBot } from './planning-bot.ts';

let bot: PlanningBot;
beforeAll(async () => {
  bot = await startPlanningBot({ readsLeads: true });
});
afterAll(() => bot.stop());

const TEXT = 'Anna Kowalska, Baltic Freight, anna@balticfreight.example. Runs procurement, wants prices.';
const READING = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  title: 'procurement',
  ...{
    emails: ['anna@balticfreight.example', 'boss@balticfreight.example'],
    phones: [],
    links: [],
    handles: [],
  },
  ...{ city: null, language: 'en' },
};

async function leadOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query<{ title: string | null; contacts: { emails: string[] } }>(
    'select title, contacts from leads where telegram_id = $1',
    [person.id],
  );
  return rows[0]!;
}

async function usageOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query(
    'select calls, input_tokens, output_tokens, cost_usd::float from engagement_plans where telegram_id = $1',
    [person.id],
  );
  return rows[0] as unknown;
}

test('what the text says and the rules missed is added, what it does not say is not, and the card tells', async () => {
  const mara = await settled(bot);
  bot.model.script(
    streamedJson(READING, { usage: { prompt_tokens: 200, completion_tokens: 60, cost: 0.0005 } }),
    streamedJson({ steps: WRITTEN }, { usage: { prompt_tokens: 900, completion_tokens: 300, cost: 0.002 } }),
  );
  await bot.telegram.say(mara, TEXT);
  const plan = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
  expect(plan.text).toContain('I read your text a second time and put right or added: role.');
  expect(plan.text).toContain('Role: procurement');
  expect(await leadOf(mara)).toEqual({
    title: 'procurement',
    contacts: expect.objectContaining({ emails: ['anna@balticfreight.example'] }) as unknown,
  });
  // The reading is paid for with the plan.
  expect(await usageOf(mara)).toEqual({
    calls: 2,
    input_tokens: 1100,
    output_tokens: 360,
    cost_usd: expect.closeTo(0.0025, 6) as number,
  });
});

test('a model that cannot read leaves the lead as the rules read it, and the plan comes all the same', async () => {
  const mara = await settled(bot);
  bot.model.script(failing('openai', 500, 'trouble'), streamedJson({ steps: WRITTEN }));
  await bot.telegram.say(mara, TEXT);
  const plan = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
  expect(plan.text).not.toContain('second time');
  expect(await leadOf(mara)).toMatchObject({ title: null });
});
