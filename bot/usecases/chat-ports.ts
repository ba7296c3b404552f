/** What the chat needs to remember between updates and over restarts, as types only. */
import type { UserRow } from '../../shared/schemas/user.ts';
import type { Profile } from './ports.ts';

/** The bot's memory of updates, so that each is worked on once (interfaces.md, `processed_updates`). */
export interface UpdateLog {
  /** `done`: a repeat. `busy`: another process works on it. `new`: work on it; the person is touched and read. */
  begin(
    updateId: number,
    person: Profile | null,
  ): Promise<
    | { readonly state: 'new'; readonly user: UserRow | null }
    | { readonly state: 'done' }
    | { readonly state: 'busy' }
  >;
  finish(updateId: number): Promise<void>;
}

/** What a message of the chat led to. */
export interface MadeOfMessage {
  /** The database's name for what was done. */
  readonly action: string;
  readonly leadId: number | null;
  /** The message's words as they were then. */
  readonly text: string;
}

/** Which message an action came from, so that an edited one can be understood; and which message shows what. */
export interface MessageMemory {
  /** Does nothing when the action did nothing. */
  noteMessage(made: {
    readonly telegramId: number;
    readonly actionId: string;
    readonly messageId: number;
    readonly text: string;
  }): Promise<void>;
  /** The newest thing; null = nothing. */
  madeOf(telegramId: number, messageId: number): Promise<MadeOfMessage | null>;
  /** A reminder has a newer card now; gives the message that showed it before, null = none. */
  noteCard(
    telegramId: number,
    card: { readonly reminderId: number; readonly messageId: number },
  ): Promise<number | null>;
  /** A message proposes this plan. */
  notePlanCard(
    telegramId: number,
    card: { readonly planId: number; readonly messageId: number },
  ): Promise<void>;
  /** The message that proposed it tells what came of it; does nothing while it is a proposal still. */
  forgetPlanCard(telegramId: number, planId: number): Promise<void>;
}

/** Something in a chat that no longer shows how things are; see migrations/…_cards-follow.sql. */
export interface StaleCard {
  readonly telegramId: number;
  /**
   * `reminder`: it changed outside of the chat. `open`: it has to be said anew. `plan`: a proposal that was decided
   * outside of the chat. `chat`: its commands and menu button.
   */
  readonly kind: 'reminder' | 'open' | 'plan' | 'chat';
  /** Of the reminder or plan; 0 for `chat`. */
  readonly subjectId: number;
  /** The change it stands for, as the database writes it. */
  readonly since: string;
  /** How long to wait before Telegram is asked. Milliseconds. */
  readonly slotInMs: number;
}

/** `again`: Telegram was away or asked for a pause. Milliseconds. */
export type DrawOutcome =
  { readonly kind: 'drawn' } | { readonly kind: 'again'; readonly inMs: number; readonly blockMs?: number };

/** The cards that have to be drawn anew, with the server's key. */
export interface CardQueue {
  /** At most one card per chat, leased for half a minute. */
  claim(limit: number): Promise<readonly StaleCard[]>;
  /** The message to draw, 0 for `chat`; null = the chat shows it right already. */
  messageOf(card: StaleCard): Promise<number | null>;
  settle(card: StaleCard, outcome: DrawOutcome): Promise<void>;
}

/** Draws cards in chats. */
export interface CardScreen {
  /** @throws what the store throws when the database cannot be asked. */
  draw(card: StaleCard, messageId: number): Promise<DrawOutcome>;
}

/** A question asked in chat, as it waits for its answer. JSON only. */
export interface KeptConversation {
  /** Null = no question is open. */
  readonly state: unknown;
  /** The question answered last, and by which update. */
  readonly answered: unknown;
  readonly answeredUpdateId: number | null;
}

/** Questions survive a restart here. */
export interface ConversationStore {
  read(telegramId: number): Promise<KeptConversation | null>;
  keep(telegramId: number, kept: KeptConversation): Promise<void>;
}
