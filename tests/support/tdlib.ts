/** Messages of ours, read by Telegram's own parser: text and entities must come back as we meant them. */
import type { MessageEntity } from '@grammyjs/types';
import type { RichText } from '../../bot/telegram/text/rich-text.ts';
import { telegramHtml } from '../flows/emulator/tdlib.ts';

const TAGS: Readonly<Record<string, readonly [string, string]>> = {
  bold: ['<b>', '</b>'],
  strikethrough: ['<s>', '</s>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  expandable_blockquote: ['<blockquote expandable>', '</blockquote>'],
};

/** The message in Telegram's HTML; entities of ours never overlap. */
function toHtml({ text, entities }: RichText): string {
  let html = '';
  let at = 0;
  for (const entity of entities.toSorted((a: MessageEntity, b: MessageEntity) => a.offset - b.offset)) {
    const tags =
      entity.type === 'date_time'
        ? ([`<tg-time unix="${entity.unix_time}">`, '</tg-time>'] as const)
        : TAGS[entity.type];
    if (tags === undefined) throw new Error(`No HTML is known for the entity ${entity.type}`);
    const end = entity.offset + entity.length;
    html +=
      escape(text.slice(at, entity.offset)) + tags[0] + escape(text.slice(entity.offset, end)) + tags[1];
    at = end;
  }
  return html + escape(text.slice(at));
}

/** What Telegram's parser makes of the message, in Bot API names. */
export function readByTelegram(message: RichText): ReturnType<typeof telegramHtml> {
  return telegramHtml(toHtml(message));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
