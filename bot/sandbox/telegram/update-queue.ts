/**
 * The bot's updates, kept until they are confirmed. An update is confirmed by a getUpdates with a higher offset, or by a 2xx of
 * the webhook; a bot that dies in between gets it again.
 */
import { conflict } from './refusal.ts';
import type { Storage } from './storage.ts';

const FIRST_UPDATE_ID = 100_000_001;
/** What an empty `allowed_updates` leaves out: only those who ask get these. */
const ON_REQUEST_ONLY = ['chat_member', 'message_reaction', 'message_reaction_count'];
const SECOND_POLLER =
  'terminated by other getUpdates request; make sure that only one bot instance is running';

export interface QueuedUpdate {
  updateId: number;
  /** Updates of one chat must arrive in order; null = belongs to no chat. */
  chatId: number | null;
  /** The update as the bot gets it, in JSON. */
  json: string;
}

const read = (row: Record<string, unknown>): QueuedUpdate => ({
  updateId: Number(row['update_id']),
  chatId: row['chat_id'] === null ? null : Number(row['chat_id']),
  json: String(row['payload']),
});

interface Poll {
  offset: number;
  limit: number;
  answer: (updates: QueuedUpdate[]) => void;
  refuse: (reason: Error) => void;
}

export class UpdateQueue {
  readonly #storage: Storage;
  #poll: Poll | null = null;
  #isClosed = false;
  readonly #pollWatchers: (() => void)[] = [];
  /** Called after each push, for the webhook. */
  onPush: () => void = () => undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The types the bot asked for last; null = the default. */
  allowed(): string[] | null {
    const stored = this.#storage.setting('allowed_updates');
    return Array.isArray(stored) ? stored.map(String) : null;
  }

  /** An empty list is the default again; it takes effect for updates to come only. */
  setAllowed(types: readonly string[]): void {
    this.#storage.setSetting('allowed_updates', types.length === 0 ? null : types);
  }

  /** @param type a field of the Bot API's Update, e.g. "message" */
  push(type: string, content: unknown, chatId: number | null): void {
    const allowed = this.allowed();
    if (allowed === null ? ON_REQUEST_ONLY.includes(type) : !allowed.includes(type)) return;
    const updateId = this.#storage.nextNumber('next_update_id', FIRST_UPDATE_ID);
    this.#storage.run(
      'insert into updates (update_id, chat_id, type, payload) values (?, ?, ?, ?)',
      updateId,
      chatId,
      type,
      JSON.stringify({ update_id: updateId, [type]: content }),
    );
    // After the change that made the update is committed, not in the middle of it.
    queueMicrotask(() => {
      if (this.#isClosed) return;
      this.onPush();
      this.#answerPoll();
    });
  }

  /** @returns up to `limit` updates from `offset` on, oldest first */
  peek(offset: number, limit: number): QueuedUpdate[] {
    return this.#storage
      .all(
        'select update_id, chat_id, payload from updates where update_id >= ? order by update_id limit ?',
        offset,
        limit,
      )
      .map(read);
  }

  /** @returns the oldest update of each chat, and those that belong to none: what a webhook may be given now */
  heads(limit: number): QueuedUpdate[] {
    return this.#storage
      .all(
        `select update_id, chat_id, payload from updates u where not exists
           (select 1 from updates earlier where earlier.chat_id = u.chat_id and earlier.update_id < u.update_id)
         order by update_id limit ?`,
        limit,
      )
      .map(read);
  }

  count(): number {
    return Number(this.#storage.one('select count(*) as n from updates')?.['n'] ?? 0);
  }

  confirm(updateId: number): void {
    this.#storage.run('delete from updates where update_id = ?', updateId);
  }

  clear(): void {
    this.#storage.run('delete from updates');
  }

  /** Forgets everything below `offset`; a negative one leaves that many of the newest. */
  #confirmUpTo(offset: number): void {
    if (offset >= 0) {
      this.#storage.run('delete from updates where update_id < ?', offset);
    } else {
      const sql =
        'delete from updates where update_id not in (select update_id from updates order by update_id desc limit ?)';
      this.#storage.run(sql, -offset);
    }
  }

  /**
   * One getUpdates. Waits for updates up to `timeoutSeconds`; a later poll ends it with 409, as the older of two bots is told
   * that it is not alone.
   *
   * @throws {Refusal} 409
   */
  async poll(
    query: { offset: number; limit: number; timeoutSeconds: number },
    gone: AbortSignal,
  ): Promise<QueuedUpdate[]> {
    const { offset, limit, timeoutSeconds } = query;
    this.#confirmUpTo(offset);
    const from = Math.max(offset, 0);
    const ready = this.peek(from, limit);
    if (ready.length > 0 || timeoutSeconds === 0) return ready;
    this.abortPoll(SECOND_POLLER);
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', leave);
        if (this.#poll === poll) this.#poll = null;
        act();
      };
      const poll: Poll = {
        offset: from,
        limit,
        answer: (updates) => finish(() => resolve(updates)),
        refuse: (reason) => finish(() => reject(reason)),
      };
      const leave = () => poll.answer([]);
      const timer = setTimeout(leave, timeoutSeconds * 1000);
      gone.addEventListener('abort', leave, { once: true });
      this.#poll = poll;
      for (const tell of this.#pollWatchers.splice(0)) tell();
    });
  }

  /** Resolves when a poll waits for updates: then the bot is ready, and the next one will push it out. */
  untilPolled(): Promise<void> {
    return this.#poll === null
      ? new Promise((resolve) => this.#pollWatchers.push(resolve))
      : Promise.resolve();
  }

  /** Ends a waiting poll with 409 and these words. */
  abortPoll(words: string): void {
    this.#poll?.refuse(conflict(words));
  }

  /** Ends a waiting poll with nothing, when the emulator stops. */
  close(): void {
    this.#isClosed = true;
    this.#poll?.answer([]);
  }

  #answerPoll(): void {
    if (this.#poll === null) return;
    const ready = this.peek(this.#poll.offset, this.#poll.limit);
    if (ready.length > 0) this.#poll.answer(ready);
  }
}
