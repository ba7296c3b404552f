/**
 * Messages the bot is still writing. Telegram shows a draft for 30 s at most and forgets it when the real message comes; nothing
 * of it is stored, so nothing of it survives a restart.
 */
import type { SandboxEvent, SandboxMessage } from '../contract.ts';
import type { FormattedText } from './text/entities.ts';

const DRAFT_LIFETIME_MS = 30_000;
/** Far above any message's id: a draft is drawn like a message but is none. */
const FIRST_DRAFT_MESSAGE_ID = 1_000_000_000;
/** What a client shows for a draft without words yet. */
const THINKING = 'Thinking…';

interface Draft {
  draftId: number;
  message: SandboxMessage;
  timer: NodeJS.Timeout;
}

export class Drafts {
  readonly #emit: (event: SandboxEvent) => void;
  readonly #byChat = new Map<number, Draft>();
  #nextMessageId = FIRST_DRAFT_MESSAGE_ID;

  constructor(emit: (event: SandboxEvent) => void) {
    this.#emit = emit;
  }

  /** @param date ISO 8601, product time */
  show(chatId: number, draftId: number, { text, entities }: FormattedText, date: string): void {
    const known = this.#byChat.get(chatId);
    if (known !== undefined && known.draftId !== draftId) this.end(chatId);
    if (known !== undefined) clearTimeout(known.timer);
    const messageId = known?.draftId === draftId ? known.message.messageId : this.#nextMessageId++;
    const message: SandboxMessage = {
      messageId,
      chatId,
      from: 'bot',
      text: text === '' ? THINKING : text,
      entities: entities.map((entity) => ({ ...entity })),
      inlineKeyboard: [],
      replyKeyboard: null,
      replyToMessageId: null,
      silent: true,
      date,
      editDate: null,
      draft: true,
    };
    const timer = setTimeout(() => this.end(chatId), DRAFT_LIFETIME_MS);
    timer.unref();
    this.#byChat.set(chatId, { draftId, message, timer });
    this.#emit({ type: 'message', message });
  }

  end(chatId: number): void {
    const draft = this.#byChat.get(chatId);
    if (draft === undefined) return;
    clearTimeout(draft.timer);
    this.#byChat.delete(chatId);
    this.#emit({ type: 'deleted', chatId, messageId: draft.message.messageId });
  }

  list(): SandboxMessage[] {
    return [...this.#byChat.values()].map(({ message }) => message);
  }

  clear(): void {
    for (const chatId of [...this.#byChat.keys()]) this.end(chatId);
  }
}
