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

/** Which message an action came from, so that an edited one can be understood; and which show open reminders. */
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
  /** Messages that show a reminder which still waits for an answer, newest first. */
  openCards(telegramId: number, limit: number): Promise<readonly ShownCard[]>;
  /** A reminder has a newer card now; gives the message that showed it before, null = none. */
  noteCard(telegramId: number, card: ShownCard): Promise<number | null>;
  /** Null = its message needs no more care. */
  notePlanCard(
    telegramId: number,
    card: { readonly planId: number; readonly messageId: number | null },
  ): Promise<void>;
  /** Messages that offer a plan which is no proposal any more. */
  decidedPlans(telegramId: number): Promise<readonly ShownPlan[]>;
  /**
   * Newest cards of reminders whose last change came from outside of the chat.
   * @param after the event up to which this is known already; 0 = nothing is.
   */
  changedElsewhere(
    telegramId: number,
    after: number,
  ): Promise<{ readonly last: number; readonly cards: readonly ShownCard[] }>;
}

/** A message that shows a proposed plan. */
export interface ShownPlan {
  readonly planId: number;
  readonly messageId: number;
}

/** A message that shows a reminder. */
export interface ShownCard {
  readonly reminderId: number;
  readonly messageId: number;
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
