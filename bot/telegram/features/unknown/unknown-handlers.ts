/** Messages without words: each kind gets an answer that says what would help; Telegram's own notes get none. */
import type { Message } from 'grammy/types';
import type { NudgeContext } from '../../context.ts';
import { sendCard } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { AlbumMemory } from '../media/album-memory.ts';

/** What Telegram writes into a chat about the chat: nobody said anything. */
const SERVICE_FIELDS = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
  'web_app_data',
  'boost_added',
  'connected_website',
  'refunded_payment',
  'successful_payment',
  'users_shared',
  'chat_shared',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'gift',
  'unique_gift',
  'delete_chat_photo',
  'new_chat_photo',
  'new_chat_title',
] as const satisfies readonly (keyof Message)[];

type UnknownSentence = 'unknown-sticker' | 'unknown-video' | 'unknown-poll' | 'unknown-document';

/** Kinds that have a sentence of their own. */
const KINDS: readonly (readonly [keyof Message, UnknownSentence])[] = [
  ['sticker', 'unknown-sticker'],
  ['animation', 'unknown-sticker'],
  ['dice', 'unknown-sticker'],
  ['game', 'unknown-sticker'],
  ['story', 'unknown-video'],
  ['video', 'unknown-video'],
  ['poll', 'unknown-poll'],
  ['checklist', 'unknown-poll'],
  ['document', 'unknown-document'],
];

export interface UnknownAnswers {
  /** Answers what holds no words. False: there are some, or a contact or a file that others read. */
  take(ctx: NudgeContext): Promise<boolean>;
}

export function createUnknownAnswers(): UnknownAnswers {
  const albums = new AlbumMemory();
  return {
    async take(ctx) {
      const { message } = ctx;
      if (message === undefined || message.text !== undefined || message.caption !== undefined) return false;
      if (SERVICE_FIELDS.some((field) => message[field] !== undefined)) return true;
      const sentence = KINDS.find(([field]) => message[field] !== undefined)?.[1];
      if (sentence === undefined || isCardFile(message)) return false;
      if (albums.isNew(message)) {
        const { say } = ctx.talk.words;
        await sendCard(ctx, { text: richText([[say(sentence)]]), keyboard: [] });
      }
      return true;
    },
  };
}

/** A vCard file is a lead (lead/incoming.ts). */
function isCardFile({ document }: Message): boolean {
  return (
    /\.(?:vcf|vcard)$/i.test(document?.file_name ?? '') || /vcard|directory/i.test(document?.mime_type ?? '')
  );
}
