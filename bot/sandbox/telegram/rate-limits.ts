/**
 * Telegram's speed limits as far as they are told: about 30 messages a second over all chats, about one a second in one chat
 * with short bursts let through, 20 a minute in a group. Exact figures are secret and vary; these refuse what Telegram surely
 * refuses and let through what it surely lets through. They run on the machine's clock, never on product time.
 */
import { tooManyRequests } from './refusal.ts';

interface Bucket {
  tokens: number;
  /** Milliseconds. */
  filledAt: number;
  /** Milliseconds until which every call is refused, because one was refused before. */
  blockedUntil: number;
}

interface Rate {
  perSecond: number;
  burst: number;
}

const BULK: Rate = { perSecond: 30, burst: 30 };
const PRIVATE_CHAT: Rate = { perSecond: 1, burst: 20 };
const GROUP: Rate = { perSecond: 20 / 60, burst: 20 };

export class RateLimits {
  readonly #machineNow: () => number;
  readonly #buckets = new Map<string, Bucket>();
  enabled: boolean;

  constructor(machineNow: () => number, enabled: boolean) {
    this.#machineNow = machineNow;
    this.enabled = enabled;
  }

  /**
   * Counts one message to a chat.
   *
   * @throws {Refusal} 429 with the seconds to wait; the message then counts against no limit
   */
  countMessage(chatId: number): void {
    if (!this.enabled) return;
    const rates: [string, Rate][] = [
      ['bulk', BULK],
      [`chat ${chatId}`, chatId < 0 ? GROUP : PRIVATE_CHAT],
    ];
    const wait = Math.max(...rates.map(([name, rate]) => this.#waitFor(name, rate)));
    if (wait > 0) throw tooManyRequests(Math.ceil(wait / 1000));
    for (const [name, rate] of rates) this.#bucket(name, rate).tokens -= 1;
  }

  #bucket(name: string, rate: Rate): Bucket {
    const now = this.#machineNow();
    const known = this.#buckets.get(name);
    if (known === undefined) {
      const fresh = { tokens: rate.burst, filledAt: now, blockedUntil: 0 };
      this.#buckets.set(name, fresh);
      return fresh;
    }
    known.tokens = Math.min(rate.burst, known.tokens + ((now - known.filledAt) / 1000) * rate.perSecond);
    known.filledAt = now;
    return known;
  }

  /** @returns milliseconds; 0 = go ahead. Who is refused has to wait in full: asking again does not shorten it. */
  #waitFor(name: string, rate: Rate): number {
    const bucket = this.#bucket(name, rate);
    const now = this.#machineNow();
    if (bucket.tokens < 1 && bucket.blockedUntil <= now) {
      bucket.blockedUntil = now + Math.max(1000, ((1 - bucket.tokens) / rate.perSecond) * 1000);
    }
    return Math.max(0, bucket.blockedUntil - now);
  }
}
