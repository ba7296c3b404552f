/** The handlers that the contract of the engines plays with, and what they did. */
import { z } from 'zod';
import { FatalJobError } from '../../../bot/domain/job/retry.ts';
import type { FunctionHandler, JobHandler } from '../../../bot/usecases/job-ports.ts';
import type { LanguageModel } from '../../../bot/usecases/model-ports.ts';
import { handler } from './engine.ts';

/** A fresh set, with its own memory. */
export function createContractHandlers() {
  const runs: { readonly job: string; readonly attempt: number; readonly payload: unknown }[] = [];
  /** Handlers under the test's control, by what the payload names. */
  const gates = new Map<string, PromiseWithResolvers<unknown>>();
  const gate = (key: string): PromiseWithResolvers<unknown> => {
    const known = gates.get(key) ?? Promise.withResolvers<unknown>();
    gates.set(key, known);
    return known;
  };
  const greet: FunctionHandler<{ to: string }> = {
    name: 'greet',
    type: 'function',
    payload: z.strictObject({ to: z.string().min(1) }),
    run: async ({ to }) => ({ greeting: `Hello, ${to}` }),
  };
  const handlers: JobHandler[] = [
    greet,
    handler('note', (payload, { jobId, attempt }) => {
      runs.push({ job: jobId, attempt, payload });
      return runs.length;
    }),
    handler('wait', async ({ key }, { jobId, attempt, signal }) => {
      runs.push({ job: jobId, attempt, payload: key });
      const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      return await Promise.race([gate(key as string).promise, stopped]);
    }),
    handler('hang', () => new Promise(() => undefined)),
    handler('throw', (_, { attempt }) => {
      throw new Error(`attempt ${attempt} failed`);
    }),
    handler('throw-fatally', () => {
      throw new FatalJobError('this can never work');
    }),
    handler('third-time-lucky', (_, { attempt }) => {
      if (attempt < 3) throw new Error('not yet');
      return attempt;
    }),
    handler('circle', () => {
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      return circle;
    }),
    handler('strange-text', (_, { log }) => {
      log('info', 'nul \0 and half a pair \ud800', { key: '\0' });
      return { text: 'nul \0', 'key\0': '\udc00' };
    }),
    handler('chatty', (_, { log, progress, traceparent }) => {
      log('info', 'began', { step: 1 });
      progress(0.5);
      log('warn', 'almost done');
      return traceparent;
    }),
    {
      name: 'onboarding',
      type: 'workflow',
      payload: z.object({ name: z.string() }),
      steps: [
        {
          name: 'first',
          handler: 'greet',
          payload: (payload) => ({ to: (payload as { name: string }).name }),
        },
        { name: 'second', handler: 'third-time-lucky', payload: (_, results) => ({ ...results }) },
      ],
    },
    {
      name: 'judge',
      type: 'agent',
      payload: z.object({ about: z.string() }),
      answer: z.object({ score: z.number() }),
      maxOutputTokens: 50,
      ask: (payload) => ({ instructions: 'Score it.', input: (payload as { about: string }).about }),
    },
  ];
  const model: LanguageModel = {
    name: 'scripted',
    ask: async ({ input }) => ({
      ok: true,
      text: JSON.stringify({ score: input.length }),
      usage: { model: 'scripted', calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 0 },
    }),
  };
  return { handlers, model, runs, gate };
}
