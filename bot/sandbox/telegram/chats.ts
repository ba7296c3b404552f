/** Who can be written to: people and groups, and Telegram's words when the bot may not. */
import type { SandboxPerson } from '../contract.ts';
import { badRequest, forbidden } from './refusal.ts';
import type { Storage } from './storage.ts';
import type { Group, Person } from './types.ts';

export type Chat =
  { kind: 'private'; id: number; person: Person } | { kind: 'group'; id: number; group: Group };

export class Chats {
  readonly #storage: Storage;

  constructor(storage: Storage, people: readonly SandboxPerson[]) {
    this.#storage = storage;
    for (const person of people) this.add(person);
  }

  /** Adds a person; one who is known keeps what they did. */
  add(person: SandboxPerson): void {
    const { hasBlockedBot, ...profile } = person;
    this.#storage.run(
      `insert into people (id, profile, blocked) values (?, ?, ?)
       on conflict (id) do update set profile = excluded.profile`,
      person.id,
      JSON.stringify(profile),
      hasBlockedBot ? 1 : 0,
    );
  }

  addGroup(group: Group): void {
    this.#storage.run(
      'insert or replace into groups (id, profile) values (?, ?)',
      group.id,
      JSON.stringify(group),
    );
  }

  person(id: number): Person | null {
    const row = this.#storage.one('select profile, blocked, started from people where id = ?', id);
    return row === undefined ? null : readPerson(row);
  }

  group(id: number): Group | null {
    const row = this.#storage.one('select profile from groups where id = ?', id);
    return row === undefined ? null : (JSON.parse(String(row['profile'])) as Group);
  }

  people(): Person[] {
    return this.#storage.all('select profile, blocked, started from people order by rowid').map(readPerson);
  }

  markStarted(id: number): void {
    this.#storage.run('update people set started = 1 where id = ?', id);
  }

  setBlocked(id: number, blocked: boolean): void {
    this.#storage.run('update people set blocked = ? where id = ?', blocked ? 1 : 0, id);
  }

  /**
   * The chat a call names.
   *
   * @param chatId digits, or a name, which only groups and channels could have
   * @throws {Refusal} 400 for a chat the bot has never seen
   */
  known(chatId: string): Chat {
    const id = /^-?\d+$/.test(chatId) ? Number(chatId) : Number.NaN;
    const person = this.person(id);
    if (person !== null) return { kind: 'private', id, person };
    const group = this.group(id);
    if (group !== null) return { kind: 'group', id, group };
    throw badRequest('chat not found');
  }

  /** @throws {Refusal} 400 if the chat is unknown, 403 if the bot may not write there */
  writable(chatId: string): Chat {
    const chat = this.known(chatId);
    if (chat.kind === 'private' && chat.person.hasBlockedBot) throw forbidden('bot was blocked by the user');
    if (chat.kind === 'private' && !chat.person.hasStarted) {
      throw forbidden("bot can't initiate conversation with a user");
    }
    return chat;
  }
}

function readPerson(row: Record<string, unknown>): Person {
  const profile = JSON.parse(String(row['profile'])) as Omit<SandboxPerson, 'hasBlockedBot'>;
  return { ...profile, hasBlockedBot: row['blocked'] === 1, hasStarted: row['started'] === 1 };
}
