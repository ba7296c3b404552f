/**
 * One call of the bot, from request to answer: token, method, trouble that was ordered, the method itself, and a line in the
 * record of calls.
 */
import type { FaultRule } from './faults.ts';
import { serveFile } from './files.ts';
import { METHODS } from './methods/table.ts';
import { badRequest, Refusal, tooManyRequests } from './refusal.ts';
import { readPath, readRequestParameters } from './request.ts';
import type { RecordedCall } from './types.ts';
import type { World } from './world.ts';

/** How many characters of a text the record of calls keeps. */
const RECORDED_TEXT = 80;
/** Enough for the longest bench; older calls are forgotten. */
const RECORDED_CALLS = 200_000;

/** What the HTTP server underneath can do and a Response cannot. */
export interface Connection {
  /** Closes the connection without an answer. */
  drop: () => void;
}

/** Tells the HTTP server that nothing is left to be written. */
const NOTHING_LEFT = { 'x-hono-already-sent': 'true' };

function errorAnswer(refusal: Refusal): Response {
  const { code, message, parameters } = refusal;
  const body = {
    ok: false,
    error_code: code,
    description: message,
    ...(parameters === undefined ? {} : { parameters }),
  };
  const wait = parameters?.retry_after;
  return Response.json(body, {
    status: code,
    headers: wait === undefined ? {} : { 'retry-after': String(wait) },
  });
}

const badGateway = () =>
  new Response('<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n', {
    status: 502,
    headers: { 'content-type': 'text/html' },
  });

/** Waits for the time to pass or for one of the signals, whichever comes first. */
function pause(milliseconds: number | null, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const any = AbortSignal.any([...signals]);
    const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    if (any.aborted) end();
    any.addEventListener('abort', end, { once: true });
  });
}

export class CallDesk {
  readonly #world: World;
  readonly #calls: RecordedCall[] = [];
  readonly #closed = new AbortController();
  /** Called for every finished call. */
  onCall: (call: RecordedCall) => void = () => undefined;

  constructor(world: World) {
    this.#world = world;
  }

  calls(): RecordedCall[] {
    return [...this.#calls];
  }

  /** Ends what hangs. */
  close(): void {
    this.#closed.abort();
  }

  /** Carries out a method the bot put into its answer to a webhook; its outcome is told to nobody, as at Telegram. */
  async runReply(call: Record<string, unknown>): Promise<void> {
    const { method, ...parameters } = call;
    const record = this.#begin(String(method).toLowerCase(), parameters);
    this.#finish(record, await this.#run(record.method, parameters, this.#closed.signal, record));
  }

  async answer(request: Request, connection?: Connection): Promise<Response> {
    const url = new URL(request.url);
    const path = readPath(url);
    if (path === null) {
      const { storage, token } = this.#world;
      return serveFile(storage, token, url) ?? errorAnswer(new Refusal(404, 'Not Found'));
    }
    if (path.token !== this.#world.token) return errorAnswer(new Refusal(401, 'Unauthorized'));
    let parameters: Record<string, unknown>;
    try {
      parameters = await readRequestParameters(request, url);
    } catch {
      return errorAnswer(badRequest("can't parse request parameters"));
    }
    const record = this.#begin(path.method, parameters);
    const gone = AbortSignal.any([request.signal, this.#closed.signal]);
    const fault = this.#world.faults.next(record.method, record.chatId);
    const response = await this.#withFault(fault, record, parameters, gone);
    this.#finish(record, response);
    if (response !== null) return response;
    if (connection === undefined) throw new TypeError('fetch failed: the connection was dropped');
    connection.drop();
    return new Response(null, { headers: NOTHING_LEFT });
  }

  /** @returns null if the connection is to be dropped */
  async #withFault(
    fault: FaultRule | null,
    record: RecordedCall,
    parameters: Record<string, unknown>,
    gone: AbortSignal,
  ): Promise<Response | null> {
    switch (fault?.kind) {
      case '429':
        return errorAnswer(tooManyRequests(fault.retryAfter));
      case '500':
        return errorAnswer(new Refusal(500, 'Internal Server Error'));
      case '502_html':
        return badGateway();
      case 'reset':
        return null;
      case 'hang':
        await pause(null, [gone, this.#world.faults.released]);
        return null;
      case 'drop_after_accept':
        await this.#run(record.method, parameters, gone, record);
        return null;
      case 'delay':
        await pause(fault.delayMs, [gone]);
        if (this.#closed.signal.aborted) return null;
        return this.#run(record.method, parameters, gone, record);
      case undefined:
        return this.#run(record.method, parameters, gone, record);
    }
  }

  async #run(
    name: string,
    parameters: Record<string, unknown>,
    gone: AbortSignal,
    record: RecordedCall,
  ): Promise<Response> {
    const method = METHODS.get(name);
    if (method === undefined) return errorAnswer(new Refusal(404, 'Not Found'));
    try {
      const world = this.#world;
      // Waiting for updates changes nothing; everything else is done in one go and in full, or not at all.
      const result = await (name === 'getupdates'
        ? method.run(world, parameters, { gone })
        : world.storage.transaction(() => method.run(world, parameters, { gone })));
      record.accepted = true;
      const messageId = (result as { message_id?: unknown } | null)?.message_id;
      record.messageId = typeof messageId === 'number' ? messageId : null;
      return Response.json({ ok: true, result });
    } catch (cause) {
      if (cause instanceof Refusal) return errorAnswer(cause);
      throw cause;
    }
  }

  #begin(method: string, parameters: Readonly<Record<string, unknown>>): RecordedCall {
    const chatId = Number(parameters['chat_id']);
    const text = parameters['text'];
    return {
      at: this.#world.machineNow(),
      method,
      chatId: Number.isSafeInteger(chatId) && chatId !== 0 ? chatId : null,
      status: null,
      accepted: false,
      messageId: null,
      text: typeof text === 'string' ? text.slice(0, RECORDED_TEXT) : null,
    };
  }

  #finish(record: RecordedCall, response: Response | null): void {
    record.status = response?.status ?? null;
    this.#calls.push(record);
    if (this.#calls.length > RECORDED_CALLS) this.#calls.shift();
    this.onCall(record);
  }
}
