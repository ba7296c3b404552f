/** One attempt of an execution: whatever a handler does, answers or throws, it comes to an end that can be stored. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FatalJobError } from '../../../bot/domain/job/retry.ts';
import { startAttempt } from '../../../bot/jobs/attempt.ts';
import type { Attempt } from '../../../bot/jobs/attempt.ts';
import { createRegistry } from '../../../bot/jobs/registry.ts';
import type { ClaimedExecution, JobContext } from '../../../bot/usecases/job-ports.ts';
import { FakeClock } from '../usecases/fake-clock.ts';

const EXECUTION: ClaimedExecution = {
  ...{ id: 'job@1', jobId: 'job', handlerName: 'play', handlerType: 'function', payload: {} },
  ...{
    scheduledAt: '2026-11-18T08:30:00Z',
    retryCount: 0,
    maxRetries: 3,
    retryDelayMs: 1_000,
    timeoutMs: 5_000,
  },
  ...{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', steps: {} },
};

function start(
  run: (context: JobContext, clock: FakeClock) => unknown,
  more: Partial<ClaimedExecution> = {},
): { readonly attempt: Attempt; readonly clock: FakeClock } {
  const clock = new FakeClock();
  const handlers = createRegistry([
    {
      name: 'play',
      type: 'function',
      payload: z.record(z.string(), z.unknown()),
      run: (_payload, context) => run(context, clock) as Promise<unknown>,
    },
  ]);
  const deps = { handlers, model: null, clock, random: () => 1 };
  return { attempt: startAttempt(deps, { ...EXECUTION, ...more }, () => undefined), clock };
}

async function play(
  run: (context: JobContext, clock: FakeClock) => unknown,
  more: Partial<ClaimedExecution> = {},
) {
  const { attempt, clock } = start(run, more);
  return await clock.until(attempt.done);
}

const circle: Record<string, unknown> = {};
circle['self'] = circle;
test.each([
  ['a circle', circle],
  ['a bigint', { count: 1n }],
  ['a function', () => undefined],
  ['a symbol', Symbol('s')],
  [
    'a value whose toJSON throws',
    {
      toJSON: () => {
        throw new Error('no');
      },
    },
  ],
  ['more than is kept', 'x'.repeat(100_001)],
])('an answer that cannot be kept fails for good: %s', async (_, answer) => {
  const ended = await play(async () => answer);
  expect(ended).toMatchObject({ outcome: 'failed', retryInMs: null });
  expect('error' in ended ? ended.error : '').toMatch(
    /^FatalJobError: The handler's answer is lost: [^]+\.$/,
  );
});

test.each([
  ['nothing', undefined, null],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['no number', Number.NaN, null],
  ['a map', new Map([[1, 2]]), {}],
])('an answer that JSON writes in its own way is kept like that: %s', async (_, answer, kept) => {
  expect(await play(async () => answer)).toMatchObject({ outcome: 'success', result: kept });
});

const speechless: unknown = Object.create(null);
const dumb = Object.defineProperty(new Error('x'), 'message', {
  get: () => {
    throw new Error('no');
  },
});
test.each([
  ['an error', new TypeError('what?'), 'TypeError: what?'],
  ['a text', 'enough', 'It threw enough.'],
  ['nothing', undefined, 'It threw undefined.'],
  ['a symbol', Symbol('s'), 'It threw Symbol(s).'],
  ['an object that is no text', speechless, 'It threw something that cannot be put into words.'],
  ['an error that throws', dumb, 'It threw something that cannot be put into words.'],
])('whatever it throws ends the attempt in words, and another one follows: %s', async (_, thrown, error) => {
  const rejecting = await play(async () => {
    throw thrown;
  });
  expect(rejecting).toMatchObject({ outcome: 'failed', error, retryInMs: 1_000 });
  const throwing = await play(() => {
    throw thrown;
  });
  expect(throwing).toMatchObject({ outcome: 'failed', error });
});

test('after the last attempt there is no other, nor after what another cannot mend', async () => {
  const fails = () => Promise.reject(new Error('no'));
  expect(await play(fails, { retryCount: 3 })).toMatchObject({ outcome: 'failed', retryInMs: null });
  expect(await play(() => Promise.reject(new FatalJobError('never')))).toMatchObject({ retryInMs: null });
});

test('a handler that hangs is told at its limit, left behind a second later, and tried again', async () => {
  const heard: number[] = [];
  const begun = new FakeClock().monotonicMs();
  const { attempt, clock } = start(({ signal }, time) => {
    signal.addEventListener('abort', () => heard.push(time.monotonicMs() - begun));
    return new Promise(() => undefined);
  });
  const ended = await clock.until(attempt.done);
  expect(heard).toEqual([5_000]);
  expect(ended).toMatchObject({ outcome: 'timeout', durationMs: 6_000, retryInMs: 1_000 });
  expect(ended.logs.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'The handler did not heed its signal and was left behind.'],
  ]);
  expect(clock.sleeping).toEqual([]);
});

test('what ends in its last moment has ended, but not over its limit', async () => {
  const { attempt, clock } = start(({ signal }, time) => time.sleep(60_000, signal).then(() => 'done'));
  await clock.settle();
  attempt.stop('stopping');
  expect(await clock.until(attempt.done)).toMatchObject({ outcome: 'success', result: 'done' });
  const late = start(({ signal }, time) => time.sleep(60_000, signal).then(() => 'done'));
  expect(await late.clock.until(late.attempt.done)).toMatchObject({ outcome: 'timeout' });
});

test.each([
  ['cancelled', 'cancelled'],
  ['stopping', 'released'],
  ['lost', 'released'],
] as const)(
  'stopped because it is %s it ends as %s, without another attempt counted',
  async (reason, outcome) => {
    const { attempt, clock } = start(async ({ signal }, time) => {
      await time.sleep(60_000, signal);
      signal.throwIfAborted();
    });
    await clock.settle();
    attempt.stop(reason);
    expect(await clock.until(attempt.done)).toMatchObject({ outcome });
  },
);

test('whatever happens in whatever order, an attempt ends once, in time, with an outcome that fits', async () => {
  const step = fc.record({
    takes: fc.integer({ min: 0, max: 9_000 }),
    ends: fc.constantFrom('answers', 'throws', 'throws for good', 'hangs'),
    heeds: fc.boolean(),
    stop: fc.option(
      fc.record({
        after: fc.integer({ min: 0, max: 9_000 }),
        why: fc.constantFrom('cancelled', 'stopping', 'lost'),
      }),
      { nil: null },
    ),
    retryCount: fc.integer({ min: 0, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(step, async ({ takes, ends, heeds, stop, retryCount }) => {
      const { attempt, clock } = start(
        async ({ signal }, time) => {
          await time.sleep(takes, heeds ? signal : undefined);
          if (heeds) signal.throwIfAborted();
          if (ends === 'hangs') await new Promise(() => undefined);
          if (ends === 'throws') throw new Error('no');
          if (ends === 'throws for good') throw new FatalJobError('never');
          return 'done';
        },
        { retryCount },
      );
      if (stop !== null) void clock.sleep(stop.after).then(() => attempt.stop(stop.why));
      const ended = await clock.until(attempt.done);
      // Its limit, and a second to come to an end.
      expect(ended.durationMs).toBeLessThanOrEqual(6_000);
      const allowed: Record<string, boolean> = {
        success: ends === 'answers' && takes <= 6_000,
        failed: ends.startsWith('throws'),
        timeout: takes >= 5_000 || ends === 'hangs',
        cancelled: stop?.why === 'cancelled',
        released: stop !== null && stop.why !== 'cancelled',
      };
      expect(allowed[ended.outcome], ended.outcome).toBe(true);
      if ('retryInMs' in ended) {
        // One left behind has not said yet that it is for good.
        if (ends !== 'throws for good') expect(ended.retryInMs === null).toBe(retryCount >= 3);
        else if (ended.outcome === 'failed') expect(ended.retryInMs).toBeNull();
      }
    }),
    { numRuns: 300 },
  );
});
