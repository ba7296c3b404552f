/** The Bot API's objects, complete as Telegram sends them. */
import type { Chat, Message, User, UserFromGetMe } from '@grammyjs/types';
import type { SandboxMessage } from '../contract.ts';
import type { Chat as KnownChat } from './chats.ts';
import type { BotIdentity, Group, Person, StoredMessage } from './types.ts';
import type { World } from './world.ts';

export function botUser(bot: BotIdentity): User {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username };
}

export function botProfile(bot: BotIdentity): UserFromGetMe {
  return {
    ...botUser(bot),
    is_bot: true,
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

export function personUser(person: Person): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    language_code: person.languageCode,
  };
}

export function privateChat(person: Person): Chat.PrivateChat {
  const { id, first_name, last_name, username } = personUser(person);
  return {
    id,
    first_name,
    ...(last_name === undefined ? {} : { last_name }),
    ...(username === undefined ? {} : { username }),
    type: 'private',
  };
}

function groupChat(group: Group): Chat.GroupChat {
  return { id: group.id, title: group.title, type: 'group' };
}

export function chatOf(chat: KnownChat): Chat {
  return chat.kind === 'private' ? privateChat(chat.person) : groupChat(chat.group);
}

function sender(world: World, id: number): User {
  if (id === world.bot.id) return botUser(world.bot);
  const person = world.chats.person(id);
  if (person === null) throw new Error(`Message from ${id}, who is not in the emulator's people list`);
  return personUser(person);
}

/**
 * @param options.withReply false for a message inside another: Telegram nests one level only
 */
export function messageOf(world: World, stored: StoredMessage, options = { withReply: true }): Message {
  const replied = stored.replyTo === null ? null : world.messages.find(stored.chatId, stored.replyTo);
  const message = {
    message_id: stored.messageId,
    from: sender(world, stored.senderId),
    chat: chatOf(world.chats.known(String(stored.chatId))),
    date: stored.date,
    ...(stored.editDate === null ? {} : { edit_date: stored.editDate }),
    ...(options.withReply && replied !== null
      ? { reply_to_message: messageOf(world, replied, { withReply: false }) }
      : {}),
    ...stored.content,
    ...(stored.inlineKeyboard.length === 0
      ? {}
      : { reply_markup: { inline_keyboard: stored.inlineKeyboard } }),
  };
  // Content is stored as it was checked on its way in; the type cannot know which of its many kinds it is.
  return message as unknown as Message;
}

const isoSeconds = (seconds: number) => new Date(seconds * 1000).toISOString();

/** Signs for what a client draws and this page only names, by field of the message. */
const SIGNS: Readonly<Record<string, string>> = {
  photo: '🖼 Photo',
  voice: '🎤 Voice message',
  audio: '🎵 Audio',
  video: '🎬 Video',
  video_note: '🎬 Video message',
  animation: '🎞 GIF',
  document: '📎',
  sticker: 'Sticker',
  poll: '📊 Poll',
};

interface Pictured {
  file_name?: string;
  emoji?: string;
  duration?: number;
  question?: string;
}

/** The first line for a file or the like: its kind and what is known of it. */
function named(kind: string, content: StoredMessage['content']): string {
  const { file_name: name, emoji, duration, question } = content[kind] as Pictured;
  const length =
    duration === undefined
      ? undefined
      : `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, '0')}`;
  return [SIGNS[kind], name ?? emoji ?? question ?? length].filter((part) => part !== undefined).join(' ');
}

/** The words a client shows for what it cannot draw. */
function wordsFor(content: StoredMessage['content']): string {
  if (content.text !== undefined) return content.text;
  const kind = Object.keys(SIGNS).find((field) => content[field] !== undefined);
  if (kind !== undefined) {
    const caption = typeof content['caption'] === 'string' ? `\n${content['caption']}` : '';
    return named(kind, content) + caption;
  }
  const location = content['location'] as { latitude: number; longitude: number } | undefined;
  if (location !== undefined) return `📍 ${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  const contact = content['contact'] as { first_name: string; phone_number: string } | undefined;
  return contact === undefined
    ? '(a message of another kind)'
    : `👤 ${contact.first_name}, ${contact.phone_number}`;
}

/** The same message as the sandbox page shows it. */
export function pageMessage(world: Pick<World, 'bot'>, stored: StoredMessage): SandboxMessage {
  return {
    messageId: stored.messageId,
    chatId: stored.chatId,
    from: stored.senderId === world.bot.id ? 'bot' : 'person',
    text: wordsFor(stored.content),
    entities: (stored.content.entities ?? []).map((entity) => ({ ...entity })),
    inlineKeyboard: stored.inlineKeyboard.map((row) =>
      row.map(({ disabled, ...button }) => ({
        ...button,
        ...(disabled === undefined ? {} : { disabled: true }),
      })),
    ),
    replyKeyboard: stored.replyKeyboard,
    replyToMessageId: stored.replyTo,
    silent: stored.silent,
    date: isoSeconds(stored.date),
    editDate: stored.editDate === null ? null : isoSeconds(stored.editDate),
    draft: false,
  };
}
