/**
 * The HTTP layer under grammY for everything but the outbox: time limits, and one short second try. It sits here and
 * not in a transformer because transformers do not run inside conversations, and run again on every replay there.
 */
import { setTimeout as wait } from 'node:timers/promises';

/** A reply that takes longer than this is given up; the person has looked away. Milliseconds. */
const CALL_LIMIT_MS = 10_000;
/** Added to a long poll's own waiting time. Milliseconds. */
const POLL_MARGIN_MS = 10_000;
/** A longer pause than this is not waited out while a person waits for an answer. Seconds. */
const LONGEST_PAUSE_SECONDS = 5;
/** Pause before a repeatable call is tried again after a broken connection or a 5xx. Milliseconds. */
const PAUSE_MS = 300;

/** Calls that change nothing when they arrive twice; a message sent twice is a duplicate. */
const REPEATABLE = /^(?:edit|set|get|delete|answer)/;

type Fetch = typeof fetch;
type Body = string | Buffer<ArrayBuffer> | null;

/**
 * Builds the `fetch` for grammY's client.
 * @param send the network's `fetch`.
 */
export function createApiFetch(send: Fetch): Fetch {
  return async (input, init) => {
    const method = methodOf(input);
    const body = await wholeBody(init?.body);
    const attempt = (): Promise<Response> => send(input, withTimeLimit(method, body, init));
    let response: Response;
    try {
      response = await attempt();
    } catch (error) {
      if (!mayRepeat(method) || init?.signal?.aborted === true) throw error;
      await wait(PAUSE_MS);
      return await attempt();
    }
    const pause = await pauseAsked(method, response);
    if (pause === null) return response;
    await wait(pause);
    return await attempt();
  };
}

/** Milliseconds to wait before the one second try; null = there is none. */
async function pauseAsked(method: string, response: Response): Promise<number | null> {
  if (response.status >= 500 && mayRepeat(method)) return PAUSE_MS;
  if (response.status !== 429 || method === 'getUpdates') return null;
  const seconds = Number(/"retry_after"\s*:\s*(\d+)/.exec(await response.clone().text())?.[1] ?? NaN);
  return seconds <= LONGEST_PAUSE_SECONDS ? seconds * 1000 : null;
}

/** The polling loop has a patience of its own. */
function mayRepeat(method: string): boolean {
  return REPEATABLE.test(method) && method !== 'getUpdates';
}

function methodOf(input: Parameters<Fetch>[0]): string {
  const address = input instanceof Request ? input.url : input.toString();
  return address.slice(address.lastIndexOf('/') + 1);
}

/**
 * grammY's signal comes from a package of its own and is no signal to Node's fetch, and its `agent` and `compress` mean
 * nothing here: only what fetch knows is handed on.
 */
function withTimeLimit(method: string, body: Body, init: RequestInit | undefined): RequestInit {
  const limit = new AbortController();
  const asked = init?.signal;
  const stop = (): void => limit.abort(new DOMException('The call was stopped.', 'AbortError'));
  if (asked?.aborted === true) stop();
  else asked?.addEventListener('abort', stop, { once: true });
  const milliseconds = method === 'getUpdates' ? pollSeconds(body) * 1000 + POLL_MARGIN_MS : CALL_LIMIT_MS;
  return {
    method: init?.method ?? 'GET',
    // Of a file it names the border between the parts.
    headers: { 'content-type': new Headers(init?.headers).get('content-type') ?? 'application/json' },
    ...(body === null ? {} : { body }),
    signal: AbortSignal.any([limit.signal, AbortSignal.timeout(milliseconds)]),
  };
}

/**
 * JSON as it is; the parts of a file, which come as a stream, in one piece, so that they can be sent again.
 * @throws TypeError for a body that is neither.
 */
async function wholeBody(body: unknown): Promise<Body> {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || !(Symbol.asyncIterator in body)) {
    throw new TypeError(`A call to Telegram carries text or a stream, not ${typeof body}.`);
  }
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

function pollSeconds(body: Body): number {
  return Number(/"timeout"\s*:\s*(\d+)/.exec(typeof body === 'string' ? body : '')?.[1] ?? 0);
}
