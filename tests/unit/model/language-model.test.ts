/** One question, one answer, over HTTP, from endpoints that behave well and badly. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLanguageModel } from '../../../bot/model/create-language-model.ts';
import type { ModelAnswer, ModelQuestion } from '../../../bot/usecases/model-ports.ts';
import {
  failing,
  htmlPage,
  refusing,
  startModelServer,
  streamed,
  type ModelServer,
  type ScriptedAnswer,
} from '../../support/model-server.ts';

const QUESTION: ModelQuestion = {
  instructions: 'Say yes.',
  input: 'Is it so?',
  schema: { name: 'answer', json: { type: 'object', properties: {}, additionalProperties: false } },
  maxOutputTokens: 100,
  timeoutMs: 20_000,
};
const RAW = { kind: 'raw', status: 200, headers: { 'content-type': 'application/json' } } as const;

let server: ModelServer;
// The first question of a process loads it, within its time limit.
beforeAll(() => import('openai'));
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

async function ask(question: Partial<ModelQuestion> = {}, on: ModelServer = server): Promise<ModelAnswer> {
  const model = createLanguageModel({ baseUrl: on.url, apiKey: 'key-of-the-test', model: 'small' });
  return model!.ask({ ...QUESTION, ...question }, new AbortController().signal);
}

async function failureOf(answer: ScriptedAnswer): Promise<string> {
  server.script(answer);
  const got = await ask();
  return got.ok ? got.text : got.failure;
}

describe('a good answer', () => {
  test('is streamed, and told with what it cost', async () => {
    server.script(
      streamed('{"ok":true}', { pieceLength: 4, usage: { prompt_tokens: 7, completion_tokens: 3 } }),
    );
    const seen: string[] = [];
    const answer = await ask({ onText: (soFar) => seen.push(soFar) });
    expect(answer).toEqual({
      ok: true,
      text: '{"ok":true}',
      usage: { model: 'small', calls: 1, inputTokens: 7, outputTokens: 3, costUsd: null },
    });
    expect(seen).toEqual(['{"ok', '{"ok":tr', '{"ok":true}']);
  });

  test('carries the price that OpenRouter names', async () => {
    server.script(streamed('{}', { usage: { prompt_tokens: 7, completion_tokens: 3, cost: 0.00042 } }));
    expect((await ask()).usage.costUsd).toBe(0.00042);
  });

  test('may come whole from an endpoint that does not stream', async () => {
    server.script({ kind: 'whole', text: '{}', usage: { prompt_tokens: 1, completion_tokens: 1 } });
    expect(await ask()).toMatchObject({ ok: true, text: '{}', usage: { inputTokens: 1 } });
  });

  test('ends without a finish reason when the text is whole', async () => {
    expect(await failureOf(streamed('{"a":1}', { finish: null }))).toBe('{"a":1}');
    expect(await failureOf(streamed('{"a":', { finish: null }))).toBe('cut_off');
  });
});

describe('what is sent', () => {
  test('instructions and input are apart, earlier rounds follow, the key stands in the header', async () => {
    server.script(streamed('{}'));
    await ask({
      rounds: [
        { answer: 'first', correction: 'no' },
        { answer: '', correction: 'again' },
      ],
    });
    const [request] = server.requests;
    expect(request?.path).toBe('/v1/chat/completions');
    expect(request?.authorization).toBe('Bearer key-of-the-test');
    expect(request?.body.messages).toEqual([
      { role: 'system', content: 'Say yes.' },
      { role: 'user', content: 'Is it so?' },
      { role: 'assistant', content: 'first' },
      { role: 'user', content: 'no' },
      { role: 'user', content: 'again' },
    ]);
    expect(request?.body).toMatchObject({
      model: 'small',
      max_tokens: 100,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
    });
  });

  test('a server without keys gets none', async () => {
    server.script(streamed('{}'));
    const model = createLanguageModel({ baseUrl: server.url, apiKey: null, model: 'small' });
    expect(await model!.ask(QUESTION, new AbortController().signal)).toMatchObject({ ok: true });
    expect(server.requests[0]?.authorization).toBeNull();
  });

  test('parameters that are refused are given up one by one, and not sent again', async () => {
    const picky = await startModelServer({
      dialect: 'ollama',
      refuses: ['json_schema', 'json_object', 'stream_options', 'max_tokens'],
    });
    try {
      picky.fallback(streamed('{}'));
      const model = createLanguageModel({ baseUrl: picky.url, apiKey: null, model: 'small' });
      const { signal } = new AbortController();
      expect(await model!.ask(QUESTION, signal)).toMatchObject({ ok: true, usage: { calls: 5 } });
      expect(await model!.ask(QUESTION, signal)).toMatchObject({ ok: true, usage: { calls: 1 } });
      expect(picky.requests.at(-1)?.body).not.toHaveProperty('response_format');
      expect(picky.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 100 });
    } finally {
      await picky.close();
    }
  });
});

describe('trouble is named', () => {
  test.each<[string, ScriptedAnswer, string]>([
    ['a wrong key', failing('openai', 401, 'Incorrect API key provided'), 'misconfigured'],
    ['no credit', failing('openrouter', 402, 'Insufficient credits'), 'misconfigured'],
    [
      'an unknown model',
      failing('ollama', 404, 'model "x" not found, try pulling it first'),
      'misconfigured',
    ],
    ['a spent quota', failing('openai', 429, 'insufficient_quota: check your billing'), 'misconfigured'],
    ['too many requests', failing('openai', 429, 'Rate limit reached'), 'rate_limited'],
    ['a server in trouble', failing('openai', 500, 'The server had an error'), 'unreachable'],
    ['a proxy’s page', htmlPage(502), 'unreachable'],
    ['a gateway that gave up', htmlPage(504), 'timeout'],
    ['a page with status 200', htmlPage(200), 'unreachable'],
    ['an empty body', { ...RAW, body: '' }, 'unreachable'],
    [
      'an empty stream',
      { ...RAW, headers: { 'content-type': 'text/event-stream' }, body: '' },
      'unreachable',
    ],
    [
      'a stream of nonsense',
      { ...RAW, headers: { 'content-type': 'text/event-stream' }, body: 'data: {x\n\n' },
      'unreachable',
    ],
    [
      'an error with status 200',
      { ...RAW, body: '{"error":{"code":429,"message":"Provider returned error"}}' },
      'rate_limited',
    ],
    [
      'an error inside the stream',
      { kind: 'error_in_stream', text: '{"st', code: 502, message: 'Provider disconnected' },
      'unreachable',
    ],
    ['a connection that breaks', { kind: 'cut', text: '{"steps":[' }, 'unreachable'],
    ['an answer cut at the limit', streamed('{"st', { finish: 'length' }), 'cut_off'],
    ['a refusal', refusing('I cannot help with that.'), 'refused'],
    ['a content filter at the end', streamed('{"st', { finish: 'content_filter' }), 'refused'],
    [
      'a content filter before the start',
      failing('openai', 400, 'The response was filtered: content_filter'),
      'refused',
    ],
    [
      'moderation',
      failing('openrouter', 403, 'Your chosen model requires moderation and your input was flagged'),
      'refused',
    ],
  ])('%s', async (_name, answer, failure) => {
    expect(await failureOf(answer)).toBe(failure);
  });

  test('nobody listens', async () => {
    await server.close();
    expect(await ask()).toMatchObject({ ok: false, failure: 'unreachable' });
  });

  test.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after-ms': '1500' }, 1_500],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:10 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 10_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('the pause asked for with %j is %s ms', async (headers: Record<string, string>, retryAfterMs) => {
    server.script(failing('openai', 429, 'Rate limit reached', headers));
    expect(await ask()).toMatchObject({ failure: 'rate_limited', retryAfterMs });
  });
});

describe('an end from this side', () => {
  test('a hanging endpoint is a timeout, and the connection is given up', async () => {
    server.script({ kind: 'hang' });
    expect(await ask({ timeoutMs: 2_000 })).toMatchObject({ ok: false, failure: 'timeout' });
    await server.abandoned(1);
  });

  test('Stop ends the stream at once, and nothing is told afterwards', async () => {
    const never = new Promise<void>(() => undefined);
    server.script({ kind: 'stream', pieces: ['{"steps"', never], usage: null, finish: null, refusal: null });
    const stop = new AbortController();
    const model = createLanguageModel({ baseUrl: server.url, apiKey: null, model: 'small' });
    const answer = model!.ask({ ...QUESTION, onText: () => stop.abort() }, stop.signal);
    expect(await answer).toMatchObject({ ok: false, failure: 'stopped' });
    await server.abandoned(1);
  });

  test('a question that was stopped before it was asked reaches nobody', async () => {
    const model = createLanguageModel({ baseUrl: server.url, apiKey: null, model: 'small' });
    const answer = await model!.ask(QUESTION, AbortSignal.abort());
    expect(answer).toMatchObject({ ok: false, failure: 'stopped', usage: { calls: 0 } });
    expect(server.requests).toEqual([]);
  });
});
