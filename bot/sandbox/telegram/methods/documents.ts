/** Files the bot sends. */
import { z } from 'zod';
import { flag, words } from '../fields.ts';
import { withFilesKept } from '../files.ts';
import { badRequest } from '../refusal.ts';
import { messageOf, pageMessage } from '../shapes.ts';
import { unixNow } from '../world.ts';
import { method } from './method.ts';

/** Bot API: what a bot may send. */
const UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024;
const CAPTION_LIMIT = 1024;

/** A file of a multipart form, as request.ts hands it over. */
const uploadSchema = z.object({ base64: z.base64(), file_name: z.string(), mime_type: z.string() });

const sendDocument = method(
  z.looseObject({
    document: z.unknown(),
    caption: words().optional(),
    disable_notification: flag().optional(),
    chat_id: words(),
  }),
  (world, given) => {
    const chat = world.chats.writable(given.chat_id);
    const upload = uploadSchema.safeParse(uploaded(given));
    if (!upload.success) throw badRequest('there is no document in the request');
    const bytes = Buffer.byteLength(upload.data.base64, 'base64');
    if (bytes === 0) throw badRequest('file must be non-empty');
    if (bytes > UPLOAD_LIMIT_BYTES) throw badRequest('file is too big');
    const caption = given.caption ?? '';
    if (Array.from(caption).length > CAPTION_LIMIT) throw badRequest('message caption is too long');
    world.limits.countMessage(chat.id);
    const stored = world.messages.add({
      chatId: chat.id,
      senderId: world.bot.id,
      date: unixNow(world),
      editDate: null,
      content: withFilesKept(world.storage, {
        document: upload.data,
        ...(caption === '' ? {} : { caption }),
      }),
      inlineKeyboard: [],
      replyKeyboard: null,
      replyTo: null,
      silent: given.disable_notification ?? false,
    });
    world.messages.note({
      at: world.clock.now().toString(),
      chatId: chat.id,
      what: 'bot_sent',
      messageId: stored.messageId,
      text: `[${upload.data.file_name}] ${caption}`.trim(),
      buttons: [],
    });
    world.emit({ type: 'message', message: pageMessage(world, stored) });
    return messageOf(world, stored);
  },
);

/** grammY names the upload in `document` as `attach://<part>`; a plain form carries it there. */
function uploaded(given: Readonly<Record<string, unknown>>): unknown {
  const { document } = given;
  const part = typeof document === 'string' ? /^attach:\/\/(.+)$/.exec(document)?.[1] : undefined;
  return part === undefined ? document : given[part];
}

export const documentMethods = { senddocument: sendDocument };
