/** The chats' messages, and the record of what happened to them. */
import type { Storage } from './storage.ts';
import type { StoredMessage, TranscriptEntry } from './types.ts';

const FIRST_MESSAGE_ID = 101;
/** The transcript is for looking at; a week of a busy bench fits. */
const TRANSCRIPT_LENGTH = 200_000;

const read = (row: Record<string, unknown>) => JSON.parse(String(row['body'])) as StoredMessage;

export class Messages {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** One count for all private chats and groups, as Telegram numbers a bot's messages. */
  add(message: Omit<StoredMessage, 'messageId'>): StoredMessage {
    const messageId = this.#storage.nextNumber('next_message_id', FIRST_MESSAGE_ID);
    const stored = { ...message, messageId };
    this.#storage.run(
      'insert into messages (chat_id, message_id, body) values (?, ?, ?)',
      stored.chatId,
      messageId,
      JSON.stringify(stored),
    );
    return stored;
  }

  find(chatId: number, messageId: number): StoredMessage | null {
    const row = this.#storage.one(
      'select body from messages where chat_id = ? and message_id = ? and deleted = 0',
      chatId,
      messageId,
    );
    return row === undefined ? null : read(row);
  }

  save(message: StoredMessage): void {
    this.#storage.run(
      'update messages set body = ? where chat_id = ? and message_id = ?',
      JSON.stringify(message),
      message.chatId,
      message.messageId,
    );
  }

  /** @returns false if there is no such message (any more) */
  delete(chatId: number, messageId: number): boolean {
    const sql = 'update messages set deleted = 1 where chat_id = ? and message_id = ? and deleted = 0';
    return this.#storage.run(sql, chatId, messageId) > 0;
  }

  /** Was there ever such a message? A button under a deleted one can still be tapped on a slow phone. */
  everExisted(chatId: number, messageId: number): boolean {
    const sql = 'select 1 from messages where chat_id = ? and message_id = ?';
    return this.#storage.one(sql, chatId, messageId) !== undefined;
  }

  /** Oldest first, of one chat or of all. */
  list(chatId?: number): StoredMessage[] {
    const rows =
      chatId === undefined
        ? this.#storage.all('select body from messages where deleted = 0 order by message_id')
        : this.#storage.all(
            'select body from messages where chat_id = ? and deleted = 0 order by message_id',
            chatId,
          );
    return rows.map(read);
  }

  note(entry: TranscriptEntry): void {
    this.#storage.run('insert into transcript (entry) values (?)', JSON.stringify(entry));
    this.#storage.run(
      'delete from transcript where seq <= (select max(seq) from transcript) - ?',
      TRANSCRIPT_LENGTH,
    );
  }

  transcript(chatId?: number): TranscriptEntry[] {
    const entries = this.#storage
      .all('select entry from transcript order by seq')
      .map((row) => JSON.parse(String(row['entry'])) as TranscriptEntry);
    return chatId === undefined ? entries : entries.filter((entry) => entry.chatId === chatId);
  }
}
