/** Sending and editing cards, with Telegram's harmless refusals read for what they are. */
import { GrammyError } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Card, Keyboard, NudgeContext } from './context.ts';
import { clip, fitted, TOAST_LIMIT } from './text/rich-text.ts';

const NO_PREVIEW = { is_disabled: true } as const;

/**
 * Sends a card as a new message of this chat.
 * @returns the message's id.
 */
export async function sendCard(
  ctx: NudgeContext,
  card: Card,
  options: { readonly replyTo?: number | undefined } = {},
): Promise<number> {
  const { text, entities } = fitted(card.text);
  const message = await ctx.reply(text, {
    entities: [...entities],
    link_preview_options: NO_PREVIEW,
    ...(options.replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: options.replyTo, allow_sending_without_reply: true } }),
    ...(card.keyboard.length === 0 ? {} : { reply_markup: markup(card.keyboard) }),
  });
  return message.message_id;
}

/** One tap on a button: the card under it can be changed, and the tap must be answered once. */
export class Tap {
  readonly #ctx: NudgeContext;
  #isAnswered = false;

  constructor(ctx: NudgeContext) {
    this.#ctx = ctx;
  }

  /** A short toast; only the first answer counts. An expired tap is no reason to stop: the work is done anyway. */
  async answer(text?: string): Promise<void> {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    try {
      await this.#ctx.answerCallbackQuery(text === undefined ? {} : { text: clip(text, TOAST_LIMIT) });
    } catch (error) {
      if (!isRefused(error, /query is too old|query id is invalid/i)) throw error;
    }
  }

  /** The message under this tap; null = Telegram no longer says which. */
  get messageId(): number | null {
    return this.#ctx.callbackQuery?.message?.message_id ?? null;
  }

  /** Whether the card under this tap is the one that changed last in its chat. */
  get isOnLastEdited(): boolean {
    const { message } = this.#ctx.callbackQuery ?? {};
    return message !== undefined && this.#ctx.talk.lastEdited.isLast(message.chat.id, message.message_id);
  }

  /** Replaces the card; when it is too old or gone, a new one is sent. */
  async edit(card: Card): Promise<void> {
    const { message } = this.#ctx.callbackQuery ?? {};
    if (message !== undefined) this.#ctx.talk.lastEdited.note(message.chat.id, message.message_id);
    const { text, entities } = fitted(card.text);
    const editing = this.#ctx.editMessageText(text, {
      entities: [...entities],
      link_preview_options: NO_PREVIEW,
      reply_markup: markup(card.keyboard),
    });
    await this.#settle(editing, card);
  }

  /** Changes only the buttons; `whole` is sent if the message is gone. */
  async editKeyboard(keyboard: Keyboard, whole: Card): Promise<void> {
    await this.#settle(this.#ctx.editMessageReplyMarkup({ reply_markup: markup(keyboard) }), whole);
  }

  async #settle(editing: Promise<unknown>, card: Card): Promise<void> {
    try {
      await editing;
    } catch (error) {
      if (isRefused(error, /message is not modified/i)) return;
      if (!isRefused(error, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i))
        throw error;
      await sendCard(this.#ctx, card);
    }
  }
}

function markup(keyboard: Keyboard): InlineKeyboardMarkup {
  return { inline_keyboard: keyboard };
}

function isRefused(error: unknown, description: RegExp): boolean {
  return error instanceof GrammyError && error.error_code === 400 && description.test(error.description);
}
