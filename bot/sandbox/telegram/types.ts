/** What the emulator remembers and hands around. Shapes that leave it are the Bot API's (`@grammyjs/types`). */
import type { SandboxPerson } from '../contract.ts';
import type { TextEntity } from './text/entities.ts';

export interface BotIdentity {
  id: number;
  firstName: string;
  username: string;
}

export interface Person extends SandboxPerson {
  /** Has written to the bot (or pressed START): before that the bot may not write to them. */
  hasStarted: boolean;
}

/** A basic group with the bot in it. */
export interface Group {
  id: number;
  title: string;
}

/** A button exactly as the bot sent it, already checked. */
export type Button = Record<string, unknown> & { text: string };

/** What a message says: Bot API field names. Whatever a client can send besides text is carried along untouched. */
export interface MessageContent {
  text?: string | undefined;
  entities?: TextEntity[];
  [field: string]: unknown;
}

export interface StoredMessage {
  chatId: number;
  messageId: number;
  /** The bot's or a person's id. */
  senderId: number;
  /** Unix seconds, product time. */
  date: number;
  editDate: number | null;
  content: MessageContent;
  inlineKeyboard: Button[][];
  /** The reply keyboard this message shows; an empty one takes the keyboard away; null = leaves it as it is. */
  replyKeyboard: Button[][] | null;
  replyTo: number | null;
  silent: boolean;
}

/** One line of what happened in a chat, for tests and people. */
export interface TranscriptEntry {
  /** ISO 8601, product time. */
  at: string;
  chatId: number;
  what:
    | 'bot_sent'
    | 'bot_edited'
    | 'bot_deleted'
    | 'person_sent'
    | 'person_edited'
    | 'person_deleted'
    | 'person_tapped'
    | 'bot_answered';
  messageId: number | null;
  /** Text of the message, data of the tapped button, or words of the toast. */
  text: string;
  /** Labels of the inline keyboard, row by row. */
  buttons: string[][];
}

/** One call the bot made, for rate and order checks. */
export interface RecordedCall {
  /** Milliseconds of the machine's clock when the call arrived. */
  at: number;
  method: string;
  chatId: number | null;
  /** What the call answered: the HTTP status, or null when the connection was dropped. */
  status: number | null;
  /** Whether the emulator did what was asked, even if the bot was never told. */
  accepted: boolean;
  messageId: number | null;
  /** First characters of the text sent, enough to recognise a message by. */
  text: string | null;
}
