import type { Message } from 'grammy/types';

/** Chats whose last answered album is remembered. */
const REMEMBERED_CHATS = 1000;

/** An album comes as a message for each picture; what is to be said about all of them is said once. */
export class AlbumMemory {
  readonly #last = new Map<number, string>();

  /** Whether nothing was said yet about the album this message belongs to; always for a message of its own. */
  isNew({ chat, media_group_id: album }: Message): boolean {
    if (album === undefined) return true;
    const isNew = this.#last.get(chat.id) !== album;
    this.#last.delete(chat.id);
    this.#last.set(chat.id, album);
    const [oldest] = this.#last.keys();
    if (this.#last.size > REMEMBERED_CHATS && oldest !== undefined) this.#last.delete(oldest);
    return isNew;
  }
}
