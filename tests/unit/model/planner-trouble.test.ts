/** Endpoints in trouble, limits, Stop, and anything at all: a plan always comes and says what it is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlanner } from '../../../bot/model/create-planner.ts';
import type { LanguageModel } from '../../../bot/usecases/model-ports.ts';
import { newPlanSchema } from '../../../shared/schemas/plan.ts';
import {
  failing,
  htmlPage,
  streamed,
  streamedJson,
  type Script,
  type ScriptedAnswer,
} from '../../support/model-server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { planningScene, testClock } from './planning-scene.ts';
import { GOOD_STEPS, REQUEST } from './plans.ts';

const { scene, plan } = planningScene();
const good = streamedJson({ steps: GOOD_STEPS });

describe('endpoints in trouble end in the template, which says why', () => {
  test.each<[string, readonly Script[], string]>([
    ['a wrong key', [failing('openai', 401, 'Incorrect API key')], 'misconfigured'],
    ['an unknown model', [failing('ollama', 404, 'model not found')], 'misconfigured'],
    ['a proxy’s page, twice', [htmlPage(502), htmlPage(502)], 'unreachable'],
    ['a page instead of an answer, twice', [htmlPage(200), htmlPage(200)], 'unreachable'],
    [
      'a stream that breaks, twice',
      [
        { kind: 'cut', text: '{"steps":[' },
        { kind: 'cut', text: '' },
      ],
      'unreachable',
    ],
  ])('%s', async (_name, answers, because) => {
    expect((await plan(answers)).origin).toEqual({ kind: 'template', because });
    expect(scene.server.requests).toHaveLength(answers.length);
  });

  test('a server that comes back after a second is asked once more', async () => {
    const clock = testClock();
    const { origin } = await plan([htmlPage(503), good], { clock });
    expect(origin).toMatchObject({ kind: 'model', askedAgain: 0 });
    expect(clock.waits).toEqual([1_000]);
  });

  test('a hanging endpoint is given up', async () => {
    expect((await plan([{ kind: 'hang' }], { timeoutMs: 2_000 })).origin).toEqual({
      kind: 'template',
      because: 'timeout',
    });
    await scene.server.abandoned(1);
  });

  test('all answers and pauses together stay under two minutes', async () => {
    const clock = testClock();
    const slow: Script = () => {
      void clock.sleep(70_000);
      return streamed('no');
    };
    expect((await plan([slow, slow, good], { clock })).origin).toEqual({
      kind: 'template',
      because: 'timeout',
    });
    expect(scene.server.requests).toHaveLength(2);
  });
});

describe('too many requests', () => {
  const limited = (headers: Record<string, string>): ScriptedAnswer =>
    failing('openai', 429, 'Rate limit', headers);

  test('a short pause is waited for, and told', async () => {
    const clock = testClock();
    const stages: string[] = [];
    const { origin } = await plan([limited({ 'retry-after': '5' }), good], {
      clock,
      onProgress: ({ stage }) => stages.push(stage),
    });
    expect(origin).toMatchObject({ kind: 'model', askedAgain: 0 });
    expect(clock.waits).toEqual([5_000]);
    expect(stages).toContain('waiting');
  });

  test('a long pause is not', async () => {
    const clock = testClock();
    const { origin } = await plan([limited({ 'retry-after': '60' })], { clock });
    expect(origin).toEqual({ kind: 'template', because: 'rate_limited' });
    expect(clock.waits).toEqual([]);
  });

  test('without a word about when, it is tried again for at most 20 seconds', async () => {
    const clock = testClock();
    scene.server.fallback(limited({}));
    expect((await plan([], { clock })).origin).toEqual({ kind: 'template', because: 'rate_limited' });
    expect(clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(20_000);
    expect(clock.waits.length).toBeGreaterThan(0);
  });
});

describe('Stop', () => {
  test('while the answer is written: the template at once, and the connection is closed', async () => {
    const stop = new AbortController();
    const never = new Promise<void>(() => undefined);
    const half = {
      kind: 'stream',
      pieces: ['{"steps":[{"description":"One"', never],
      usage: null,
      finish: null,
      refusal: null,
    } as const;
    const { origin } = await plan([half], {
      signal: stop.signal,
      onProgress: ({ stage }) => stage === 'writing' && stop.abort(),
    });
    expect(origin).toEqual({ kind: 'template', because: 'stopped' });
    await scene.server.abandoned(1);
  });

  test('while it waits: nothing is asked any more', async () => {
    const stop = new AbortController();
    const { origin } = await plan([failing('openai', 429, 'Rate limit', { 'retry-after': '5' }), good], {
      signal: stop.signal,
      onProgress: ({ stage }) => stage === 'waiting' && stop.abort(),
    });
    expect(origin).toEqual({ kind: 'template', because: 'stopped' });
    expect(scene.server.requests).toHaveLength(1);
  });

  test('before anything: nobody is asked', async () => {
    const { origin, usage } = await plan([good], { signal: AbortSignal.abort() });
    expect(origin).toEqual({ kind: 'template', because: 'stopped' });
    expect(usage.calls).toBe(0);
    expect(scene.server.requests).toHaveLength(0);
  });
});

describe('without a model', () => {
  test('the template comes, and says that no model is configured', async () => {
    const planner = createPlanner({ model: null, clock: testClock(), log: quietLog });
    const {
      origin,
      usage,
      plan: made,
    } = await planner.plan(REQUEST, { signal: new AbortController().signal });
    expect(origin).toEqual({ kind: 'template', because: 'not_configured' });
    expect(usage).toEqual({ model: null, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null });
    expect(made.source).toBe('template');
  });
});

describe('whatever comes back', () => {
  const scripted = (text: string): LanguageModel => ({
    name: 'any',
    ask: async () => ({
      ok: true,
      text,
      usage: { model: 'any', calls: 1, inputTokens: 1, outputTokens: 1, costUsd: null },
    }),
  });
  const planFrom = (text: string) =>
    createPlanner({ model: scripted(text), clock: testClock(), log: quietLog }).plan(REQUEST, {
      signal: new AbortController().signal,
    });
  const step = fc.record(
    {
      step_id: fc.anything(),
      action_type: fc.oneof(fc.constantFrom('call', 'linkedin_connect'), fc.anything()),
      description: fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), fc.anything()),
      suggested_text: fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), fc.anything()),
      timing: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('in 3 days', 'через год')),
      delay_days: fc.oneof(fc.double(), fc.integer({ min: -3, max: 400 }), fc.string(), fc.constant(null)),
    },
    { requiredKeys: [] },
  );

  test('any text at all ends in a plan that can be stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        expect(newPlanSchema.safeParse((await planFrom(text)).plan).error).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  test('any steps at all end in a plan that can be stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { plan: made, origin } = await planFrom(JSON.stringify({ steps }));
        expect(newPlanSchema.safeParse(made).error).toBeUndefined();
        expect(made.source).toBe(origin.kind);
      }),
      { numRuns: 150 },
    );
  });

  test('a model whose adapter breaks costs nobody the plan', async () => {
    const broken: LanguageModel = { name: 'broken', ask: () => Promise.reject(new Error('a bug')) };
    const planner = createPlanner({ model: broken, clock: testClock(), log: quietLog });
    const { origin } = await planner.plan(REQUEST, { signal: new AbortController().signal });
    expect(origin).toEqual({ kind: 'template', because: 'invalid' });
  });
});
