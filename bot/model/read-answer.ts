/** Reads one answer of a chat completions endpoint, streamed or whole, and says how it ended. */
import type { OpenAI } from 'openai';
import { Stream } from 'openai/streaming';
import { z } from 'zod';
import type { ModelUsage } from '../usecases/model-ports.ts';
import type { Report } from './read-failure.ts';

/** No plan and no lead is longer; an endpoint that does not stop is cut off here. Characters. */
const ANSWER_LIMIT = 200_000;

/** How reading ended. `usage` without a price when the endpoint named none. */
export type ReadAnswer =
  | { readonly end: 'complete' | 'cut_off' | 'refused'; readonly text: string; readonly usage: ModelUsage }
  | { readonly end: 'error'; readonly report: Report };

const count = z.number().int().min(0).catch(0);
const usageSchema = z.looseObject({
  prompt_tokens: count.default(0),
  completion_tokens: count.default(0),
  /** OpenRouter: US dollars. */
  cost: z.number().min(0).nullish().catch(null),
});
const content = z.object({
  content: z.string().nullish().catch(null),
  refusal: z.string().nullish().catch(null),
});
const choice = z.object({
  delta: content.optional(),
  message: content.optional(),
  finish_reason: z.string().nullish().catch(null),
});
/** Of a chunk or a whole completion only what is needed; everything else may be missing or of any shape. */
const pieceSchema = z.object({
  model: z.string().nullish().catch(null),
  choices: z.array(choice).default([]).catch([]),
  usage: usageSchema.nullish().catch(null),
  error: z.unknown().optional(),
});

/**
 * Reads the body of a 2xx answer.
 * @param client brings its log level along: without it, an unreadable piece is printed to the console.
 * @param onText is given the text so far.
 * @throws what the connection throws when it breaks or is aborted.
 */
export async function readAnswer(
  response: Response,
  client: OpenAI,
  abort: AbortController,
  onText: (soFar: string) => void,
): Promise<ReadAnswer> {
  const collected = new Collected();
  if (response.headers.get('content-type')?.includes('text/event-stream') !== true) {
    // An endpoint or a proxy that does not stream answers whole: a completion, an error, or a page in HTML.
    collected.take(parseJson(await response.text()));
    if (collected.text !== '') onText(collected.text);
    return collected.result();
  }
  for await (const chunk of Stream.fromSSEResponse<unknown>(response, abort, client)) {
    if (collected.take(chunk)) onText(collected.text);
    if (collected.text.length > ANSWER_LIMIT) break;
  }
  return collected.result();
}

class Collected {
  text = '';
  #refusal = '';
  #finish: string | null = null;
  #usage: ModelUsage = { model: null, calls: 1, inputTokens: 0, outputTokens: 0, costUsd: null };
  #error: unknown;
  #pieces = 0;

  /** @returns whether there is new text. */
  take(raw: unknown): boolean {
    const piece = pieceSchema.safeParse(raw);
    if (!piece.success) return false;
    const { choices, model, usage, error } = piece.data;
    this.#pieces += 1;
    if (error !== undefined && error !== null) this.#error = error;
    const first = choices[0];
    const part = first?.delta ?? first?.message;
    this.#refusal += part?.refusal ?? '';
    this.#finish = first?.finish_reason ?? this.#finish;
    this.#usage = {
      model: model ?? this.#usage.model,
      calls: 1,
      inputTokens: usage?.prompt_tokens ?? this.#usage.inputTokens,
      outputTokens: usage?.completion_tokens ?? this.#usage.outputTokens,
      costUsd: usage?.cost ?? this.#usage.costUsd,
    };
    const added = part?.content ?? '';
    this.text += added;
    return added !== '';
  }

  result(): ReadAnswer {
    if (this.#error !== undefined) return { end: 'error', report: reportOf(this.#error, null, null) };
    // HTML, an empty body, a stream without one readable piece: nobody who speaks this language is there.
    if (this.#pieces === 0) return { end: 'error', report: { status: null, message: '', headers: null } };
    const { text } = this;
    const usage = this.#usage;
    if (this.#refusal !== '' || this.#finish === 'content_filter') return { end: 'refused', text, usage };
    if (this.#finish === 'length' || text.length > ANSWER_LIMIT) return { end: 'cut_off', text, usage };
    if (this.#finish === 'error')
      return { end: 'error', report: { status: null, message: '', headers: null } };
    // Some servers never say that they are done: then the text itself has to be whole.
    const isDone = this.#finish !== null || parseJson(text) !== undefined;
    return { end: isDone ? 'complete' : 'cut_off', text, usage };
  }
}

const errorSchema = z.looseObject({
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  message: z.string().nullish().catch(null),
  param: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
  metadata: z.unknown().optional(),
});

/** An error in the shape of OpenAI (`code` a word), OpenRouter (`code` a status) or Ollama (a bare string). */
export function reportOf(error: unknown, status: number | null, headers: Headers | null): Report {
  const fields = errorSchema.safeParse(typeof error === 'string' ? { message: error } : error);
  if (!fields.success) return { status, message: '', headers };
  const { code, message, param, type, metadata } = fields.data;
  const said = [message, param, type, code, metadata === undefined ? null : JSON.stringify(metadata)];
  return {
    status: status ?? numericStatus(code ?? null),
    message: said.filter((part) => part !== null && part !== undefined).join(' '),
    headers,
  };
}

function numericStatus(code: string | number | null): number | null {
  if (code === 'rate_limit_exceeded') return 429;
  const status = Number(code ?? Number.NaN);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
