/**
 * Pushing updates to the bot's own server: one at a time per chat, chats beside each other, again until the bot answers 2xx.
 * A first failure is repeated at once, then after 1, 2, 4 … seconds, or after what the bot's Retry-After says.
 */
import type { Storage } from './storage.ts';
import type { QueuedUpdate, UpdateQueue } from './update-queue.ts';

export interface WebhookSettings {
  url: string;
  secretToken: string | null;
  /** Updates under way at once. */
  maxConnections: number;
}

const SETTING = 'webhook';
/** Telegram gives up on a slow answer after this long. */
const ANSWER_TIMEOUT_MS = 60_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

interface Options {
  storage: Storage;
  updates: UpdateQueue;
  isOffline: () => boolean;
  /** Carries out a method the bot put into its answer. */
  onReply: (call: Record<string, unknown>) => void;
  /** Unix seconds, for the last error's date. */
  unixNow: () => number;
}

export class Webhook {
  readonly #options: Options;
  /** Chats (or single updates without one) with an update under way or waiting for its next try. */
  readonly #busy = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Ends deliveries under way when the webhook changes. */
  #generation = new AbortController();
  #lastError: { date: number; message: string } | null = null;

  constructor(options: Options) {
    this.#options = options;
    options.updates.onPush = () => this.deliver();
  }

  settings(): WebhookSettings | null {
    return (this.#options.storage.setting(SETTING) ?? null) as WebhookSettings | null;
  }

  lastError(): { date: number; message: string } | null {
    return this.#lastError;
  }

  /** Sets or, with null, removes the webhook; what waits in the queue stays there. */
  set(settings: WebhookSettings | null): void {
    this.stop();
    this.#lastError = null;
    this.#options.storage.setSetting(SETTING, settings);
    this.deliver();
  }

  /** Ends everything under way; the queue keeps what was not confirmed. */
  stop(): void {
    this.#generation.abort();
    this.#generation = new AbortController();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#busy.clear();
  }

  /** Starts whatever may start now. */
  deliver(): void {
    const settings = this.settings();
    if (settings === null) return;
    // Those under way are heads too, so this many always hold one that may start, if there is any.
    for (const update of this.#options.updates.heads(this.#busy.size + settings.maxConnections)) {
      if (this.#busy.size >= settings.maxConnections) return;
      const lane = update.chatId === null ? `update ${update.updateId}` : `chat ${update.chatId}`;
      if (this.#busy.has(lane)) continue;
      this.#busy.add(lane);
      void this.#push(update, lane, settings, 0, this.#generation.signal);
    }
  }

  async #push(
    update: QueuedUpdate,
    lane: string,
    settings: WebhookSettings,
    failures: number,
    stopped: AbortSignal,
  ): Promise<void> {
    const outcome = await this.#post(update, settings, stopped);
    if (stopped.aborted) return;
    if (outcome.ok) {
      this.#options.updates.confirm(update.updateId);
      this.#busy.delete(lane);
      if (outcome.call !== null) this.#options.onReply(outcome.call);
      this.deliver();
      return;
    }
    this.#lastError = { date: this.#options.unixNow(), message: outcome.problem };
    const backoff = failures === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#push(update, lane, settings, failures + 1, stopped);
    }, outcome.retryAfterMs ?? backoff);
    this.#timers.add(timer);
  }

  async #post(
    update: QueuedUpdate,
    settings: WebhookSettings,
    stopped: AbortSignal,
  ): Promise<
    | { ok: true; call: Record<string, unknown> | null }
    | { ok: false; problem: string; retryAfterMs: number | null }
  > {
    if (this.#options.isOffline())
      return { ok: false, problem: 'Connection timed out', retryAfterMs: FIRST_DELAY_MS };
    try {
      const response = await fetch(settings.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(settings.secretToken === null
            ? {}
            : { 'x-telegram-bot-api-secret-token': settings.secretToken }),
        },
        body: update.json,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      const body = await response.text();
      if (response.ok) return { ok: true, call: readCall(body) };
      const wait = Number(response.headers.get('retry-after'));
      return {
        ok: false,
        problem: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfterMs: wait > 0 ? wait * 1000 : null,
      };
    } catch (cause) {
      const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
      const problem = isTimeout ? 'Read timeout expired' : 'Connection refused';
      return { ok: false, problem, retryAfterMs: null };
    }
  }
}

/** A bot may answer with a method to call, `{"method": "sendMessage", …}`; anything else is ignored. */
function readCall(body: string): Record<string, unknown> | null {
  if (body === '') return null;
  try {
    const parsed: unknown = JSON.parse(body);
    const isCall = typeof parsed === 'object' && parsed !== null && 'method' in parsed;
    return isCall ? parsed : null;
  } catch {
    return null;
  }
}
