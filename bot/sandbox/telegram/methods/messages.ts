/** Sending, changing and deleting messages. */
import { z } from 'zod';
import { flag, integer, json, words } from '../fields.ts';
import { badRequest } from '../refusal.ts';
import { readInlineKeyboard, readReplyMarkup } from '../reply-markup.ts';
import { messageOf, pageMessage } from '../shapes.ts';
import { linkPreviewShape, readText, textShape } from '../text-parameters.ts';
import { unixNow, type World } from '../world.ts';
import type { Chat } from '../chats.ts';
import type { StoredMessage, TranscriptEntry } from '../types.ts';
import { method } from './method.ts';

/** Messages older than this stay for ever (they can still be edited). */
const DELETABLE_SECONDS = 48 * 3600;
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const MAX_DELETED_AT_ONCE = 100;
/** Telegram keeps 32 bits of a message's number. */
const messageId = integer;

const placeOf = (world: World, chat: Chat) => ({
  isPrivateChat: chat.kind === 'private',
  isOwnAddress: world.isOwnAddress,
});

/** Writes down what the bot did and shows it to whoever watches. */
function publish(world: World, what: TranscriptEntry['what'], message: StoredMessage): void {
  world.messages.note({
    at: world.clock.now().toString(),
    chatId: message.chatId,
    what,
    messageId: message.messageId,
    text: message.content.text ?? '',
    buttons: message.inlineKeyboard.map((row) => row.map(({ text }) => text)),
  });
  world.emit({ type: 'message', message: pageMessage(world, message) });
}

interface ReplyWish {
  message_id: number;
  allow_sending_without_reply?: boolean | undefined;
}

/** @throws {Refusal} if the message to reply to is gone and the bot did not say that does not matter */
function repliedTo(world: World, chat: Chat, wish: ReplyWish | undefined): number | null {
  if (wish === undefined) return null;
  if (world.messages.find(chat.id, wish.message_id) !== null) return wish.message_id;
  if (wish.allow_sending_without_reply === true) return null;
  throw badRequest('message to be replied not found');
}

const sendMessage = method(
  z.object({
    text: words(),
    ...textShape,
    link_preview_options: linkPreviewShape,
    reply_parameters: json(
      z.looseObject({ message_id: integer(), allow_sending_without_reply: flag().optional() }),
    ).optional(),
    reply_markup: json(z.looseObject({})).optional(),
    disable_notification: flag().optional(),
    protect_content: flag().optional(),
    message_thread_id: integer().optional(),
    chat_id: words(),
  }),
  (world, given) => {
    const { text, entities } = readText(world, given);
    const chat = world.chats.writable(given.chat_id);
    const markup = readReplyMarkup(given.reply_markup, placeOf(world, chat));
    if ((given.message_thread_id ?? 0) !== 0) throw badRequest('message thread not found');
    const replyTo = repliedTo(world, chat, given.reply_parameters);
    world.limits.countMessage(chat.id);
    const stored = world.messages.add({
      chatId: chat.id,
      senderId: world.bot.id,
      date: unixNow(world),
      editDate: null,
      content: {
        text,
        ...(entities.length === 0 ? {} : { entities }),
        ...(given.link_preview_options === undefined
          ? {}
          : { link_preview_options: given.link_preview_options }),
        ...(given.protect_content === true ? { has_protected_content: true } : {}),
      },
      ...markup,
      replyTo,
      silent: given.disable_notification ?? false,
    });
    world.drafts.end(chat.id);
    publish(world, 'bot_sent', stored);
    return messageOf(world, stored);
  },
);

/** @throws {Refusal} if there is no such message, or it is not the bot's own */
function editable(world: World, chat: Chat, id: number): StoredMessage {
  const stored = world.messages.find(chat.id, id);
  if (stored === null) throw badRequest('message to edit not found');
  if (stored.senderId !== world.bot.id) throw badRequest("message can't be edited");
  return stored;
}

/** Stores the new form of a message, unless it is the old one. */
function edit(world: World, old: StoredMessage, change: Partial<StoredMessage>): unknown {
  const changed = { ...old, ...change };
  const essence = ({ content, inlineKeyboard }: StoredMessage) => JSON.stringify([content, inlineKeyboard]);
  if (essence(changed) === essence(old)) throw badRequest(NOT_MODIFIED);
  const stored = { ...changed, editDate: unixNow(world) };
  world.messages.save(stored);
  publish(world, 'bot_edited', stored);
  return messageOf(world, stored);
}

const editMessageText = method(
  z.object({
    text: words(),
    ...textShape,
    link_preview_options: linkPreviewShape,
    reply_markup: json(z.looseObject({})).optional(),
    chat_id: words(),
    message_id: messageId(),
  }),
  (world, given) => {
    const { text, entities } = readText(world, given);
    const chat = world.chats.known(given.chat_id);
    const inlineKeyboard = readInlineKeyboard(given.reply_markup, placeOf(world, chat));
    const old = editable(world, chat, given.message_id);
    if (old.content.text === undefined) throw badRequest('There is no text in the message to edit');
    const { entities: _, ...content } = old.content;
    return edit(world, old, {
      content: { ...content, text, ...(entities.length === 0 ? {} : { entities }) },
      inlineKeyboard,
    });
  },
);

const editMessageReplyMarkup = method(
  z.object({ reply_markup: json(z.looseObject({})).optional(), chat_id: words(), message_id: messageId() }),
  (world, given) => {
    const chat = world.chats.known(given.chat_id);
    const inlineKeyboard = readInlineKeyboard(given.reply_markup, placeOf(world, chat));
    return edit(world, editable(world, chat, given.message_id), { inlineKeyboard });
  },
);

function checkDeletable(world: World, message: StoredMessage): void {
  if (unixNow(world) - message.date > DELETABLE_SECONDS)
    throw badRequest("Message can't be deleted for everyone");
}

function remove(world: World, message: StoredMessage): void {
  world.messages.delete(message.chatId, message.messageId);
  const { chatId: chat, messageId: id, content } = message;
  const at = world.clock.now().toString();
  world.messages.note({
    at,
    chatId: chat,
    what: 'bot_deleted',
    messageId: id,
    text: content.text ?? '',
    buttons: [],
  });
  world.emit({ type: 'deleted', chatId: chat, messageId: id });
}

const deleteMessage = method(z.object({ chat_id: words(), message_id: messageId() }), (world, given) => {
  const chat = world.chats.known(given.chat_id);
  const message = world.messages.find(chat.id, given.message_id);
  if (message === null) throw badRequest('message to delete not found');
  checkDeletable(world, message);
  remove(world, message);
  return true;
});

const deleteMessages = method(
  z.object({ message_ids: json(z.array(messageId())), chat_id: words() }),
  (world, given) => {
    if (given.message_ids.length === 0) throw badRequest('Message identifiers are not specified');
    if (given.message_ids.length > MAX_DELETED_AT_ONCE)
      throw badRequest('Too many message identifiers specified');
    if (given.message_ids.some((id) => id <= 0)) throw badRequest('Invalid message identifier specified');
    const chat = world.chats.known(given.chat_id);
    // Those that are gone already are passed over; one that is too old refuses them all.
    const found = given.message_ids
      .map((id) => world.messages.find(chat.id, id))
      .filter((message) => message !== null);
    for (const message of found) checkDeletable(world, message);
    for (const message of found) remove(world, message);
    return true;
  },
);

/** By method name in lower case: Telegram does not mind the case either. */
export const messageMethods = {
  sendmessage: sendMessage,
  editmessagetext: editMessageText,
  editmessagereplymarkup: editMessageReplyMarkup,
  deletemessage: deleteMessage,
  deletemessages: deleteMessages,
};
