/** What an operator's commands need, as types only: filling a demo, looking at the bot. */
import type { DemoLead } from '../domain/demo/demo-types.ts';

/** Rows of the demo, written with the server's key (`npm run seed`). */
export interface DemoStore {
  /** How many leads the person has, at most 1,000. */
  countLeads(telegramId: number): Promise<number>;
  /** Zone and language of a person who exists. */
  settle(telegramId: number, zone: string, language: string): Promise<void>;
  fill(telegramId: number, leads: readonly DemoLead[]): Promise<void>;
}

/** What Telegram says of this bot (`npm run doctor`). */
export type BotLook =
  | {
      readonly kind: 'answers';
      readonly username: string;
      /** Where Telegram delivers updates; null = the bot fetches them. */
      readonly webhookUrl: string | null;
      /** Updates that wait at Telegram. */
      readonly waiting: number;
      /** Telegram's own words about its last failed delivery. */
      readonly lastError: string | null;
    }
  | { readonly kind: 'bad_token' }
  | { readonly kind: 'away'; readonly reason: string };

/** Deletes what is no longer kept. */
export interface RetentionStore {
  /** At most so many rows of each kind; answers how many of which. */
  clear(limit: number): Promise<Readonly<Record<string, number>>>;
}
