/** Chats whose last edited card is remembered. */
const REMEMBERED_CHATS = 1000;

/**
 * Which card each chat saw change last. A second tap on that one comes from the keyboard as it was a moment ago: the
 * card is right already, and rewriting it would take its Undo away.
 */
export class LastEdited {
  readonly #cards = new Map<number, number>();

  note(chatId: number, messageId: number): void {
    this.#cards.delete(chatId);
    this.#cards.set(chatId, messageId);
    const [oldest] = this.#cards.keys();
    if (this.#cards.size > REMEMBERED_CHATS && oldest !== undefined) this.#cards.delete(oldest);
  }

  isLast(chatId: number, messageId: number): boolean {
    return this.#cards.get(chatId) === messageId;
  }
}
