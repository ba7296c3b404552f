/** What a model answers is mended, or asked for again with what was wrong, or replaced by the template. */
import { describe, expect, test } from 'vitest';
import { templatePlan } from '../../../bot/domain/plan/template-plan.ts';
import type { PlanProgress } from '../../../bot/usecases/model-ports.ts';
import { refusing, streamed, streamedJson, type ScriptedAnswer } from '../../support/model-server.ts';
import { planningScene } from './planning-scene.ts';
import { GOOD_STEPS, goodStep, REQUEST, stepsOf } from './plans.ts';

const { scene, plan } = planningScene();
const good = streamedJson({ steps: GOOD_STEPS });

describe('a good answer', () => {
  test('becomes the plan as it is, with version and usage', async () => {
    const usage = { prompt_tokens: 900, completion_tokens: 400, cost: 0.002 };
    const planned = await plan([streamedJson({ steps: GOOD_STEPS }, { usage })]);
    expect(planned.plan).toMatchObject({ source: 'model', steps: GOOD_STEPS });
    expect(planned.plan.prompt_version).toMatch(/^engagement_plan@\d+\.\d+\.\d+$/);
    expect(planned.origin).toEqual({ kind: 'model', repaired: false, removed: 0, askedAgain: 0 });
    expect(planned.usage).toMatchObject({ model: 'small', calls: 1, inputTokens: 900, costUsd: 0.002 });
  });

  test('is told step by step while it is written', async () => {
    const seen: PlanProgress[] = [];
    await plan([good], { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ stage: 'asking', steps: [] });
    expect(seen.at(-1)?.stage).toBe('checking');
    const counts = seen.filter(({ stage }) => stage === 'writing').map(({ steps }) => steps.length);
    expect(counts).toEqual([0, 1, 2, 3, 4]);
    expect(seen.at(-1)?.steps).toEqual(GOOD_STEPS.map(({ description }) => description));
  });
});

describe('answers that are mended without asking again', () => {
  const json = JSON.stringify({ steps: GOOD_STEPS });
  test.each<[string, string]>([
    ['fences', `\`\`\`json\n${json}\n\`\`\``],
    ['prose around it', `Sure! Here is the plan {as asked}:\n\n${json}\n\nGood luck!`],
    ['loud thinking', `<think>{"steps": []} no, better:</think>${json}`],
    ['a missing bracket', json.slice(0, -2)],
    ['a comma too many', json.replace(/\}\]\}$/, '},]}')],
    ['single quotes', `{'steps': ${JSON.stringify(GOOD_STEPS)}}`],
    ['a bare list', JSON.stringify(GOOD_STEPS)],
    ['one level down', JSON.stringify({ engagement_plan: { steps: GOOD_STEPS } })],
    [
      'numbered keys',
      JSON.stringify({ steps: Object.fromEntries(GOOD_STEPS.map((each) => [each.step_id, each])) }),
    ],
  ])('%s', async (_name, text) => {
    const { plan: made, origin } = await plan([streamed(text)]);
    expect(made.steps).toEqual(GOOD_STEPS);
    expect(origin).toMatchObject({ kind: 'model', askedAgain: 0 });
  });

  test.each<[string, readonly unknown[], readonly number[]]>([
    ['decreasing delays', [0, 5, 2, 7], [0, 5, 5, 7]],
    ['negative delays', [-3, -1, 2, 4], [0, 0, 2, 4]],
    ['delays as text', ['0', '2', 'in 5 days', '7'], [0, 2, 5, 7]],
    ['no delays at all', [null, null, null, null], [0, 1, 5, 14]],
  ])('%s', async (_name, delays, expected) => {
    const { plan: made, origin } = await plan([stepsOf(delays.map((delay_days) => ({ delay_days })))]);
    expect(made.steps.map(({ delay_days }) => delay_days)).toEqual(expected);
    expect(origin).toEqual({ kind: 'model', repaired: true, removed: 0, askedAgain: 0 });
  });

  test('unknown action types become other', async () => {
    const { plan: made } = await plan([stepsOf([{}, { action_type: 'send_fax' }, {}, {}])]);
    expect(made.steps[1]?.action_type).toBe('other');
  });

  test('characters that no database keeps are dropped', async () => {
    const { plan: made } = await plan([
      stepsOf([{ description: 'Write to\u0000 Anna\u202E now' }, {}, {}, {}]),
    ]);
    expect(made.steps[0]?.description).toBe('Write to Anna now');
  });
});

describe('answers that are asked for again, with what was wrong', () => {
  const forty = { steps: Array.from({ length: 40 }, (_, index) => goodStep(index)) };
  test.each<[string, ScriptedAnswer, RegExp]>([
    ['forty steps', streamedJson(forty), /40 steps.*3 to 10/],
    ['two steps', streamedJson({ steps: GOOD_STEPS.slice(0, 2) }), /2 steps/],
    ['no steps', streamedJson({ steps: [] }), /0 steps/],
    [
      'an invitation of 300 characters',
      stepsOf([{ action_type: 'linkedin_connect', suggested_text: 'x '.repeat(150) }, {}, {}, {}]),
      /299 characters.*under 200/,
    ],
    ['a delay over a year', stepsOf([{}, {}, {}, { delay_days: 400 }]), /beyond 365/],
    ['an empty description', stepsOf([{ description: '  ' }, {}, {}, {}]), /description of step 1 is empty/],
    [
      'a draft like a book',
      stepsOf([{ suggested_text: 'Really good. '.repeat(400) }, {}, {}, {}]),
      /step 1 has 5199 characters/,
    ],
    ['the wrong type', streamedJson('a plan'), /no JSON object/],
    ['a number', streamed('42'), /no JSON object/],
    ['plain words', streamed('I am sorry, I cannot help with that.'), /no JSON object/],
    ['a refusal', refusing('I cannot help with that.'), /ordinary sales contact/],
    ['an answer cut at the limit', streamed('{"steps":[{"step_id":1,', { finish: 'length' }), /cut off/],
  ])('%s', async (_name, bad, correction) => {
    const { origin } = await plan([bad, good]);
    expect(origin).toEqual({ kind: 'model', repaired: false, removed: 0, askedAgain: 1 });
    expect(scene.server.requests).toHaveLength(2);
    expect(scene.server.requests[1]?.body.messages.at(-1)?.content).toMatch(correction);
  });

  test('a third bad answer ends in the template, and every call is paid for', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, cost: 0.001 };
    const bad = streamed('no', { usage });
    const stages: string[] = [];
    const {
      plan: made,
      origin,
      usage: spent,
    } = await plan([bad, bad, bad, good], {
      onProgress: ({ stage }) => stages.push(stage),
    });
    expect(origin).toEqual({ kind: 'template', because: 'invalid' });
    expect(made).toMatchObject({
      source: 'template',
      prompt_version: null,
      steps: templatePlan(REQUEST.lead, REQUEST.situation, 'en'),
    });
    expect(spent).toMatchObject({ calls: 3, inputTokens: 30, outputTokens: 15 });
    expect(spent.costUsd).toBeCloseTo(0.003);
    expect(scene.server.requests).toHaveLength(3);
    expect(stages.filter((stage) => stage === 'asking_again')).toHaveLength(2);
  });

  test('three refusals are told as a refusal', async () => {
    const no = refusing('No.');
    expect((await plan([no, no, no])).origin).toEqual({ kind: 'template', because: 'refused' });
  });
});
