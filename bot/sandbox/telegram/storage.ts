/**
 * The emulator's memory: one SQLite file, so that killing the process loses nothing Telegram would have kept. Every change is
 * committed before it is answered; WAL keeps that at a fraction of a millisecond. Bodies are JSON, because the emulator stores
 * what it will send again and searches by id only.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
  create table if not exists settings (key text primary key, value text not null) without rowid;
  create table if not exists people (id integer primary key, profile text not null, blocked integer not null default 0,
    started integer not null default 0);
  create table if not exists groups (id integer primary key, profile text not null);
  create table if not exists messages (chat_id integer, message_id integer, body text not null, deleted integer not null
    default 0, primary key (chat_id, message_id)) without rowid;
  create table if not exists updates (update_id integer primary key, chat_id integer, type text not null, payload text not null);
  create index if not exists updates_by_chat on updates (chat_id, update_id);
  create table if not exists callbacks (id text primary key, person_id integer not null, message_id integer not null,
    asked_at integer not null, answered integer not null default 0) without rowid;
  create table if not exists commands (scope text, language text, commands text not null, primary key (scope, language))
    without rowid;
  create table if not exists bot_texts (kind text, language text, value text not null, primary key (kind, language))
    without rowid;
  create table if not exists menu_buttons (chat_id integer primary key, button text not null);
  create table if not exists files (file_id text primary key, path text not null, bytes blob not null) without rowid;
  create table if not exists transcript (seq integer primary key, entry text not null);
`;

/** What a reset leaves alone: numbers that must never be given out twice, and the key that signs launch data. */
const KEPT_SETTINGS = [
  'next_message_id',
  'next_update_id',
  'next_callback_id',
  'next_file_number',
  'init_data_key',
  'webhook',
  'allowed_updates',
];
const FORGOTTEN = ['messages', 'updates', 'callbacks', 'transcript', 'groups', 'people', 'files'];

type Row = Record<string, unknown>;

export class Storage {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param path a file, or ":memory:" */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(
      'pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;',
    );
    this.#database.exec(SCHEMA);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** All of `work` or nothing. `work` is synchronous, so nothing else can come between. */
  transaction<T>(work: () => T): T {
    if (this.#database.isTransaction) return work();
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (cause) {
      this.#database.exec('rollback');
      throw cause;
    }
  }

  setting(key: string): unknown {
    const row = this.one('select value from settings where key = ?', key);
    return row === undefined ? undefined : JSON.parse(String(row['value']));
  }

  setSetting(key: string, value: unknown): void {
    this.run('insert or replace into settings (key, value) values (?, ?)', key, JSON.stringify(value));
  }

  /** Numbers rise by one from `first` and survive a restart and a reset. */
  nextNumber(key: string, first: number): number {
    const stored = this.setting(key);
    const next = typeof stored === 'number' ? stored : first;
    this.setSetting(key, next + 1);
    return next;
  }

  /** Forgets chats and people; numbers go on where they were. */
  clear(): void {
    this.transaction(() => {
      for (const table of FORGOTTEN) this.run(`delete from ${table}`);
      this.run(
        `delete from settings where key not in (${KEPT_SETTINGS.map(() => '?').join(', ')})`,
        ...KEPT_SETTINGS,
      );
    });
  }

  close(): void {
    this.#database.close();
  }
}
