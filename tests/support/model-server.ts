/**
 * A scripted language model over HTTP: one list of answers, given in order. It speaks the answer and error shapes of
 * OpenAI, OpenRouter and Ollama, streams, hangs, breaks off and lies, so that the product is tried against what real
 * endpoints do. It asks no questions back: what was sent is in `requests`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

export type Dialect = 'openai' | 'openrouter' | 'ollama';

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  /** OpenRouter says what a call cost, US dollars. */
  readonly cost?: number;
}

/** A request as it came. */
export interface ModelRequest {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    /** A list when a picture is attached. */
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema?: Record<string, unknown> };
    readonly stream_options?: unknown;
    readonly max_tokens?: number;
    readonly max_completion_tokens?: number;
  };
  /** What came as a form, as transcriptions do; null = JSON, and `body` holds it. */
  readonly form: FormData | null;
}

/** What happens to one request. */
export type ScriptedAnswer =
  /** Streamed piece by piece; a promise between pieces holds the stream until it settles. */
  | {
      readonly kind: 'stream';
      readonly pieces: readonly (string | Promise<unknown>)[];
      readonly usage: Usage | null;
      readonly finish: string | null;
      readonly refusal: string | null;
    }
  /** One JSON document, although a stream was asked for. */
  | { readonly kind: 'whole'; readonly text: string; readonly usage: Usage | null }
  /** Any status and body. */
  | {
      readonly kind: 'raw';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Some text, then the connection breaks. */
  | { readonly kind: 'cut'; readonly text: string }
  /** Some text, then an error inside the stream, in the dialect's shape. */
  | {
      readonly kind: 'error_in_stream';
      readonly text: string;
      readonly code: number;
      readonly message: string;
    }
  /** The request is taken and nothing comes back until the asker gives up. */
  | { readonly kind: 'hang' };

export type Script = ScriptedAnswer | ((request: ModelRequest) => ScriptedAnswer);

export interface ModelServer {
  /** What OPENAI_BASE_URL takes. */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly ModelRequest[];
  /** Answers for the next requests, in this order. Without one left, `fallback` answers. */
  script(...answers: readonly Script[]): void;
  /** What every request beyond the script gets; before it is set, an error that says so. */
  fallback(answer: Script): void;
  /** Resolves as soon as this many requests have come in. */
  requested(count: number): Promise<void>;
  /** Resolves as soon as this many requests were given up by the asker before they were answered. */
  abandoned(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What a transcription endpoint answers. */
export function heard(text: string): ScriptedAnswer {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'raw', status: 200, headers, body: JSON.stringify({ text }) };
}

/** The text in small pieces, as a model streams it. */
export function streamed(
  text: string,
  options: { usage?: Usage | null; finish?: string | null; pieceLength?: number } = {},
): ScriptedAnswer {
  const { usage = null, finish = 'stop', pieceLength = 24 } = options;
  const characters = Array.from(text);
  const pieces = Array.from({ length: Math.ceil(characters.length / pieceLength) }, (_, index) =>
    characters.slice(index * pieceLength, (index + 1) * pieceLength).join(''),
  );
  return { kind: 'stream', pieces, usage, finish, refusal: null };
}

/** `streamed` of a value as JSON. */
export function streamedJson(value: unknown, options: Parameters<typeof streamed>[1] = {}): ScriptedAnswer {
  return streamed(JSON.stringify(value), options);
}

/** The model says in the field made for it that it will not. */
export function refusing(sentence: string): ScriptedAnswer {
  return { kind: 'stream', pieces: [], usage: null, finish: 'stop', refusal: sentence };
}

/** An error of the dialect with its status. */
export function failing(
  dialect: Dialect,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ScriptedAnswer {
  return {
    kind: 'raw',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(errorBody(dialect, status, message)),
  };
}

/** A page of the proxy in front of the endpoint. */
export function htmlPage(status: number): ScriptedAnswer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1>cloudflare</body></html>`;
  return { kind: 'raw', status, headers: { 'content-type': 'text/html' }, body };
}

function errorBody(dialect: Dialect, status: number, message: string): unknown {
  if (dialect === 'openrouter') return { error: { code: status, message }, user_id: 'user_1' };
  if (dialect === 'ollama') return { error: { message, type: 'api_error', param: null, code: null } };
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
  const code = status === 429 ? 'rate_limit_exceeded' : null;
  return { error: { message, type, param: null, code } };
}

/**
 * Starts the server on a port of its own.
 * @param options.dialect whose shapes chunks and errors have.
 * @param options.refuses parameters, or formats of `response_format`, that are answered with 400.
 */
export async function startModelServer(
  options: { readonly dialect?: Dialect; readonly refuses?: readonly string[] } = {},
): Promise<ModelServer> {
  const { dialect = 'openai', refuses = [] } = options;
  const requests: ModelRequest[] = [];
  const answers: Script[] = [];
  const waiting: { readonly reached: () => boolean; readonly resolve: () => void }[] = [];
  let gaveUp = 0;
  let fallback: Script = failing(dialect, 400, 'The script of the test has no more answers.');

  const notify = (): void => {
    for (const { reached, resolve } of waiting) if (reached()) resolve();
  };
  const until = async (reached: () => boolean): Promise<void> => {
    if (reached()) return;
    await new Promise<void>((resolve) => waiting.push({ reached, resolve }));
  };

  const server = createServer((incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) gaveUp += 1;
      notify();
    });
    void answer(incoming, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    requests.push(request);
    notify();
    const refused = refuses.find(
      (name) => name in request.body || name === request.body.response_format?.type,
    );
    if (refused !== undefined) {
      await give(failing(dialect, 400, refusalOfParameter(refused)), request, response, dialect);
      return;
    }
    const script = answers.shift() ?? fallback;
    await give(typeof script === 'function' ? script(request) : script, request, response, dialect);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    requests,
    script: (...next) => void answers.push(...next),
    fallback: (next) => void (fallback = next),
    requested: (count) => until(() => requests.length >= count),
    abandoned: (count) => until(() => gaveUp >= count),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refusalOfParameter(name: string): string {
  return name.startsWith('json_')
    ? `Invalid parameter: 'response_format' of type '${name}' is not supported with this model.`
    : `Unsupported parameter: '${name}' is not supported with this model.`;
}

async function readRequest(incoming: IncomingMessage): Promise<ModelRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const type = incoming.headers['content-type'] ?? '';
  const form = type.startsWith('multipart/')
    ? // eslint-disable-next-line @typescript-eslint/no-deprecated -- the one who sends is the product under test
      await new Response(whole, { headers: { 'content-type': type } }).formData()
    : null;
  return {
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization ?? null,
    body:
      form === null
        ? (JSON.parse(whole.toString()) as ModelRequest['body'])
        : { model: form.get('model') as string, messages: [] },
    form,
  };
}

async function give(
  answer: ScriptedAnswer,
  request: ModelRequest,
  response: ServerResponse,
  dialect: Dialect,
): Promise<void> {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'raw') {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  const base = { id: 'chatcmpl-1', created: 1_700_000_000, model: request.body.model };
  if (answer.kind === 'whole') {
    const message = { role: 'assistant', content: answer.text };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage: answer.usage }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (data: object): void =>
    void response.write(`data: ${JSON.stringify({ ...base, ...data })}\n\n`);
  const chunk = (delta: object, finish: string | null = null): void =>
    send({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
  // OpenRouter keeps slow streams alive with comments.
  if (dialect === 'openrouter') response.write(': OPENROUTER PROCESSING\n\n');
  chunk({ role: 'assistant', content: '' });
  if (answer.kind !== 'stream') {
    chunk({ content: answer.text });
    if (answer.kind === 'cut') response.destroy();
    else send({ error: { code: answer.code, message: answer.message }, choices: [] });
    response.end();
    return;
  }
  for (const piece of answer.pieces) {
    if (typeof piece === 'string') chunk({ content: piece });
    else await piece;
  }
  if (answer.refusal !== null) chunk({ refusal: answer.refusal });
  if (answer.finish !== null) chunk({}, answer.finish);
  if (answer.usage !== null) send({ object: 'chat.completion.chunk', choices: [], usage: answer.usage });
  response.end('data: [DONE]\n\n');
}
