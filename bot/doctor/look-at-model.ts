/** Does the language model answer? */
import { z } from 'zod';
import type { LanguageModel, ModelFailure } from '../usecases/model-ports.ts';
import type { Finding } from './finding.ts';

const TIMEOUT_MS = 15_000;
/** Enough for one word; models that think first may need more and are then said to be cut off, which is an answer too. */
const MAX_OUTPUT_TOKENS = 200;

const QUESTION = z.object({ ready: z.boolean() });

const TROUBLES: Readonly<Record<ModelFailure, readonly [what: string, fix: string]>> = {
  timeout: ['gives no answer in time', 'Check OPENAI_BASE_URL, or choose a faster OPENAI_MODEL.'],
  rate_limited: ['asks us to wait', 'Check the limits of the account.'],
  unreachable: ['cannot be reached', 'Check OPENAI_BASE_URL and the way out to the internet.'],
  misconfigured: ['refuses our key or does not know the model', 'Check OPENAI_API_KEY and OPENAI_MODEL.'],
  refused: ['would not answer a harmless question', 'Choose another OPENAI_MODEL.'],
  cut_off: ['ends in the middle of an answer', 'Choose another OPENAI_MODEL.'],
  stopped: ['was stopped', 'Try again.'],
};

/** @param model null = none is configured, which is a choice and not a fault. */
export async function lookAtModel(model: LanguageModel | null, signal: AbortSignal): Promise<Finding> {
  const subject = 'model';
  if (model === null) {
    const what = 'none (OPENAI_API_KEY or OPENAI_BASE_URL is not set): plans come from templates';
    return { state: 'note', subject, what };
  }
  const answer = await model.ask(
    {
      instructions: 'Answer with {"ready": true}.',
      input: 'Are you ready?',
      schema: { name: 'ready', json: z.toJSONSchema(QUESTION) },
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      timeoutMs: TIMEOUT_MS,
    },
    signal,
  );
  if (answer.ok) return { state: 'ok', subject, what: `${model.name} answers` };
  const [what, fix] = TROUBLES[answer.failure];
  return { state: 'wrong', subject, what: `${model.name} ${what}`, fix };
}
