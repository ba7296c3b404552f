/**
 * A language model behind any OpenAI-compatible endpoint: OpenAI itself, OpenRouter, Ollama and others. Answers are
 * streamed. No retry happens in here: whoever asks knows whether waiting is worth it.
 */
import type { OpenAI } from 'openai';
import type { LanguageModel, ModelAnswer, ModelQuestion, ModelUsage } from '../usecases/model-ports.ts';
import { initialAbilities, withoutRefused, type Abilities } from './abilities.ts';
import { connect, headersFor, reportOfError, type ModelEndpoint } from './connect.ts';
import { readAnswer, type ReadAnswer } from './read-answer.ts';
import { troubleOf, type Report } from './read-failure.ts';
import { REFUSED_CALL, UNKNOWN_CALL, addUsage, listPriceUsd, NO_USAGE } from './usage.ts';

/** Refused parameters are given up one by one; there are four steps down, and one request at the bottom. */
const MOST_REQUESTS = 5;

/** The model at an endpoint; nothing is connected before the first question. Null without an endpoint. */
export function createLanguageModel(endpoint: ModelEndpoint | null): LanguageModel | null {
  if (endpoint === null) return null;
  let abilities = initialAbilities(endpoint.baseUrl);
  let client: Promise<OpenAI> | null = null;
  return {
    name: endpoint.model,
    async ask(question, signal) {
      let spent = NO_USAGE;
      // One limit over all requests of a question, so that a slow refusal does not buy more time.
      const deadline = AbortSignal.timeout(question.timeoutMs);
      for (let request = 1; ; request += 1) {
        client ??= connect(endpoint);
        const outcome = await send(await client, endpoint, { question, abilities, signal, deadline });
        const { answer, report } = outcome;
        spent = addUsage(spent, answer.usage);
        const next = report === null ? null : withoutRefused(abilities, report.status ?? 0, report.message);
        if (next === null || request === MOST_REQUESTS) return { ...answer, usage: spent };
        abilities = next;
      }
    },
  };
}

interface Asking {
  readonly question: ModelQuestion;
  readonly abilities: Abilities;
  readonly signal: AbortSignal;
  readonly deadline: AbortSignal;
}

interface Outcome {
  readonly answer: ModelAnswer;
  /** What the endpoint complained about; null when it did not. */
  readonly report: Report | null;
}

async function send(client: OpenAI, endpoint: ModelEndpoint, asking: Asking): Promise<Outcome> {
  const { question, signal, deadline } = asking;
  const either = AbortSignal.any([signal, deadline]);
  const isOver = (): boolean => either.aborted;
  if (isOver()) return { answer: brokenOff(asking, NO_USAGE), report: null };
  const abort = new AbortController();
  const end = (): void => abort.abort();
  either.addEventListener('abort', end, { once: true });
  try {
    const response = await client.chat.completions
      .create(requestBody(endpoint.model, asking), {
        signal: abort.signal,
        timeout: question.timeoutMs,
        ...headersFor(endpoint),
      })
      .asResponse();
    const read = await readAnswer(response, client, abort, (soFar) => {
      if (!isOver()) question.onText?.(soFar);
    });
    if (isOver()) return { answer: brokenOff(asking, UNKNOWN_CALL), report: null };
    return finished(read, response.headers, endpoint);
  } catch (error) {
    if (isOver()) return { answer: brokenOff(asking, UNKNOWN_CALL), report: null };
    return await failed(error);
  } finally {
    either.removeEventListener('abort', end);
  }
}

function requestBody(
  model: string,
  { question, abilities }: Asking,
): OpenAI.ChatCompletionCreateParamsStreaming {
  const { name, json } = question.schema;
  const schema = { type: 'json_schema', json_schema: { name, strict: true, schema: { ...json } } } as const;
  const format = abilities.format === 'json_schema' ? schema : ({ type: 'json_object' } as const);
  return {
    model,
    stream: true,
    messages: [
      { role: 'system', content: question.instructions },
      { role: 'user', content: contentOf(question) },
      ...(question.rounds ?? []).flatMap(({ answer, correction }) => [
        // Nothing usable was said: some endpoints refuse an empty message.
        ...(answer === '' ? [] : [{ role: 'assistant', content: answer } as const]),
        { role: 'user', content: correction } as const,
      ]),
    ],
    [abilities.limit]: question.maxOutputTokens,
    ...(abilities.format === 'none' ? {} : { response_format: format }),
    ...(abilities.streamUsage ? { stream_options: { include_usage: true } } : {}),
  };
}

/** Plain text, or text beside a picture. */
function contentOf({ input, image }: ModelQuestion): string | OpenAI.ChatCompletionContentPart[] {
  if (image === undefined) return input;
  const url = `data:${image.mediaType};base64,${image.base64}`;
  return [
    { type: 'text', text: input },
    { type: 'image_url', image_url: { url } },
  ];
}

function finished(read: ReadAnswer, headers: Headers, endpoint: ModelEndpoint): Outcome {
  if (read.end === 'error') {
    const report = { ...read.report, headers };
    return { answer: { ok: false, ...troubleOf(report), usage: UNKNOWN_CALL }, report };
  }
  const usage = priced(read.usage, endpoint);
  if (read.end === 'complete') return { answer: { ok: true, text: read.text, usage }, report: null };
  return { answer: { ok: false, failure: read.end, retryAfterMs: null, usage }, report: null };
}

function priced(usage: ModelUsage, { baseUrl, model }: ModelEndpoint): ModelUsage {
  const isCounted = usage.inputTokens > 0 || usage.outputTokens > 0;
  const byList = isCounted ? listPriceUsd({ ...usage, model: usage.model ?? model }, baseUrl) : null;
  return { ...usage, model: usage.model ?? model, costUsd: usage.costUsd ?? byList };
}

async function failed(error: unknown): Promise<Outcome> {
  const report = await reportOfError(error);
  // No connection, one that broke, or a stream that is not in the protocol.
  if (report === null) {
    return {
      answer: { ok: false, failure: 'unreachable', retryAfterMs: null, usage: UNKNOWN_CALL },
      report: null,
    };
  }
  const usage = report.status === null ? UNKNOWN_CALL : REFUSED_CALL;
  return { answer: { ok: false, ...troubleOf(report), usage }, report };
}

function brokenOff({ signal }: Asking, usage: ModelUsage): ModelAnswer {
  return { ok: false, failure: signal.aborted ? 'stopped' : 'timeout', retryAfterMs: null, usage };
}
