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
