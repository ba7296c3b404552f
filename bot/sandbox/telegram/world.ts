/** Everything a method or a person's action works with. Made once by `createEmulator`. */
import type { SandboxEvent } from '../contract.ts';
import type { Chats } from './chats.ts';
import type { Drafts } from './drafts.ts';
import type { Faults } from './faults.ts';
import type { Messages } from './messages.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Storage } from './storage.ts';
import type { BotIdentity } from './types.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Webhook } from './webhook.ts';

export interface World {
  token: string;
  bot: BotIdentity;
  /** Product time: dates of messages, the age a message may be deleted at. */
  clock: { now: () => Temporal.Instant };
  /** Milliseconds of the machine's clock: limits, timeouts, how long a tap may stay unanswered. */
  machineNow: () => number;
  /** May buttons and webhooks lead there although Telegram would refuse it? For the sandbox's own address. */
  isOwnAddress: (link: string) => boolean;
  storage: Storage;
  chats: Chats;
  messages: Messages;
  drafts: Drafts;
  updates: UpdateQueue;
  webhook: Webhook;
  limits: RateLimits;
  faults: Faults;
  /** Taps that wait for the bot's answer, by callback query id. */
  waitingTaps: Map<string, (answer: { text: string | null; showAlert: boolean }) => void>;
  /** Tells everyone who watches (the page, a test). */
  emit: (event: SandboxEvent) => void;
}

/** @returns product time in Unix seconds, the form of every date in the Bot API */
export function unixNow(world: Pick<World, 'clock'>): number {
  return Math.floor(world.clock.now().epochMilliseconds / 1000);
}
