/** What people do in their clients: write, tap, share a place, block. Each becomes an update for the bot. */
import type { z } from 'zod';
import type {
  blockSchema,
  SandboxMessage,
  sendLocationSchema,
  sendTextSchema,
  tapAnswerSchema,
  tapSchema,
} from '../contract.ts';
import type { Chat } from './chats.ts';
import { withFilesKept } from './files.ts';
import { TAP_ANSWER_WINDOW_MS } from './methods/signals.ts';
import { withWordsTidied } from './person-words.ts';
import { botUser, chatOf, messageOf, pageMessage, personUser, privateChat } from './shapes.ts';

import type { MessageContent, Person, StoredMessage } from './types.ts';
import { unixNow, type World } from './world.ts';

/** What a person did was possible, or not: then `reason` says why, fit to be shown. */
export type Done<T> = ({ ok: true } & T) | { ok: false; reason: string };

const FIRST_CALLBACK_ID = 4_200_000_000_001;
const refused = (reason: string) => ({ ok: false, reason }) as const;

/** The same for all taps in one chat, different for every chat, as Telegram keeps it. */
const chatInstance = (chatId: number) =>
  String(BigInt.asIntN(63, BigInt(chatId) * 6_364_136_223_846_793_005n));

function whoIs(world: World, personId: number): Person | string {
  return world.chats.person(personId) ?? `Nobody here has the id ${personId}. Choose a person from the list.`;
}

function canWrite(world: World, personId: number): Person | string {
  const person = whoIs(world, personId);
  if (typeof person === 'string') return person;
  return person.hasBlockedBot ? `${person.firstName} has blocked the bot. Unblock it first.` : person;
}

/** Puts a person's message into a chat and hands it to the bot. */
function receive(
  world: World,
  chat: Chat,
  person: Person,
  content: MessageContent,
  replyTo: number | null,
): StoredMessage {
  return world.storage.transaction(() => {
    world.chats.markStarted(person.id);
    const stored = world.messages.add({
      chatId: chat.id,
      senderId: person.id,
      date: unixNow(world),
      editDate: null,
      content,
      inlineKeyboard: [],
      replyKeyboard: null,
      replyTo: replyTo !== null && world.messages.find(chat.id, replyTo) !== null ? replyTo : null,
      silent: false,
    });
    note(world, 'person_sent', stored);
    world.updates.push('message', messageOf(world, stored), chat.id);
    world.emit({ type: 'message', message: pageMessage(world, stored) });
    return stored;
  });
}

function note(
  world: World,
  what: 'person_sent' | 'person_edited' | 'person_deleted',
  message: StoredMessage,
): void {
  const { chatId, messageId } = message;
  const at = world.clock.now().toString();
  world.messages.note({ at, chatId, what, messageId, text: pageMessage(world, message).text, buttons: [] });
}

export function sendText(
  world: World,
  given: z.infer<typeof sendTextSchema>,
): Done<{ message: SandboxMessage }> {
  const person = canWrite(world, given.personId);
  if (typeof person === 'string') return refused(person);
  const content = withWordsTidied({ text: given.text });
  if (typeof content === 'string') return refused(content);
  const chat: Chat = { kind: 'private', id: person.id, person };
  const stored = receive(world, chat, person, content, given.replyToMessageId ?? null);
  return { ok: true, message: pageMessage(world, stored) };
}

/**
 * A person sends anything a client can send: fields of the Bot API's Message, e.g. `contact`, `poll`, `forward_origin`. A
 * `document`, `voice`, `audio`, `video`, `video_note`, `animation`, `sticker` or `photo` comes with its bytes in `base64`; what
 * Telegram always tells about them (duration, size) is filled in. Text and caption are looked through for links as always.
 *
 * @param given.chatId a group the person writes in; absent = the private chat
 */
export function sendContent(
  world: World,
  given: {
    personId: number;
    chatId?: number | undefined;
    content: MessageContent;
    replyToMessageId?: number | undefined;
  },
): Done<{ message: SandboxMessage }> {
  const person = canWrite(world, given.personId);
  if (typeof person === 'string') return refused(person);
  const group = given.chatId === undefined ? null : world.chats.group(given.chatId);
  if (given.chatId !== undefined && group === null) return refused(`There is no group ${given.chatId}.`);
  const content = withWordsTidied(given.content);
  if (typeof content === 'string') return refused(content);
  const chat: Chat =
    group === null ? { kind: 'private', id: person.id, person } : { kind: 'group', id: group.id, group };
  const stored = receive(
    world,
    chat,
    person,
    withFilesKept(world.storage, content),
    given.replyToMessageId ?? null,
  );
  return { ok: true, message: pageMessage(world, stored) };
}

/** New words for a person's own message: its text or, of a picture or file, its caption. */
export function editText(
  world: World,
  given: { personId: number; messageId: number; text: string },
): Done<{ message: SandboxMessage }> {
  const person = canWrite(world, given.personId);
  if (typeof person === 'string') return refused(person);
  const old = world.messages.find(person.id, given.messageId);
  if (old?.senderId !== person.id) return refused('Only your own messages can be edited.');
  const { entities: _, caption_entities: __, ...rest } = old.content;
  const words = rest.text === undefined ? { caption: given.text } : { text: given.text };
  const content = withWordsTidied({ ...rest, ...words });
  if (typeof content === 'string') return refused(content);
  const stored = { ...old, content, editDate: unixNow(world) };
  world.storage.transaction(() => {
    world.messages.save(stored);
    note(world, 'person_edited', stored);
    world.updates.push('edited_message', messageOf(world, stored), person.id);
    world.emit({ type: 'message', message: pageMessage(world, stored) });
  });
  return { ok: true, message: pageMessage(world, stored) };
}

/** A person deletes a message in their chat, of theirs or of the bot's. Telegram does not tell the bot. */
export function deleteMessage(world: World, given: { personId: number; messageId: number }): Done<object> {
  const person = whoIs(world, given.personId);
  if (typeof person === 'string') return refused(person);
  const stored = world.messages.find(person.id, given.messageId);
  if (stored === null) return refused(`There is no message ${given.messageId} to delete.`);
  world.storage.transaction(() => {
    world.messages.delete(person.id, stored.messageId);
    note(world, 'person_deleted', stored);
    world.emit({ type: 'deleted', chatId: person.id, messageId: stored.messageId });
  });
  return { ok: true };
}

export function sendLocation(
  world: World,
  given: z.infer<typeof sendLocationSchema>,
): Done<{ message: SandboxMessage }> {
  const { personId, latitude, longitude } = given;
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isOnEarth) return refused(`There is no place at ${latitude}, ${longitude}.`);
  return sendContent(world, { personId, content: { location: { latitude, longitude } } });
}

/** Blocking tells the bot at once, and so does unblocking. Doing either twice changes nothing. */
export function setBlocked(world: World, given: z.infer<typeof blockSchema>): Done<object> {
  const person = whoIs(world, given.personId);
  if (typeof person === 'string') return refused(person);
  if (person.hasBlockedBot === given.blocked) return { ok: true };
  world.storage.transaction(() => {
    world.chats.setBlocked(person.id, given.blocked);
    const member = (isOut: boolean) =>
      isOut
        ? { user: botUser(world.bot), status: 'kicked', until_date: 0 }
        : { user: botUser(world.bot), status: 'member' };
    const change = {
      chat: privateChat(person),
      from: personUser(person),
      date: unixNow(world),
      old_chat_member: member(!given.blocked),
      new_chat_member: member(given.blocked),
    };
    world.updates.push('my_chat_member', change, person.id);
    world.emit({ type: 'state' });
  });
  return { ok: true };
}

/** A message that is gone is told by its place only, with date 0. */
function tappedMessage(world: World, chat: Chat, messageId: number): unknown {
  const stored = world.messages.find(chat.id, messageId);
  return stored === null ? { chat: chatOf(chat), message_id: messageId, date: 0 } : messageOf(world, stored);
}

/**
 * A person taps a button. Resolves with what the bot answers, or with nothing when it does not answer in time. The data need not be
 * on any button: clients can send what they like, and old keyboards stay on screens.
 *
 * @param stopped ends the waiting
 */
export async function tap(
  world: World,
  given: z.infer<typeof tapSchema>,
  stopped: AbortSignal,
): Promise<Done<z.infer<typeof tapAnswerSchema>>> {
  const { personId, messageId, data } = given;
  const person = canWrite(world, personId);
  if (typeof person === 'string') return refused(person);
  if (!world.messages.everExisted(person.id, messageId))
    return refused(`There is no message ${messageId} to tap on.`);
  return new Promise((resolve) => {
    const chat: Chat = { kind: 'private', id: person.id, person };
    const id = world.storage.transaction(() => {
      const number = String(world.storage.nextNumber('next_callback_id', FIRST_CALLBACK_ID));
      const sql = 'insert into callbacks (id, person_id, message_id, asked_at) values (?, ?, ?, ?)';
      world.storage.run(sql, number, person.id, messageId, Math.round(world.machineNow()));
      const query = {
        id: number,
        from: personUser(person),
        message: tappedMessage(world, chat, messageId),
        chat_instance: chatInstance(chat.id),
        data,
      };
      const at = world.clock.now().toString();
      world.messages.note({ at, chatId: chat.id, what: 'person_tapped', messageId, text: data, buttons: [] });
      world.updates.push('callback_query', query, chat.id);
      return number;
    });
    const finish = (answer: z.infer<typeof tapAnswerSchema>) => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', giveUp);
      world.waitingTaps.delete(id);
      resolve({ ok: true, ...answer });
    };
    const giveUp = () => finish({ text: null, showAlert: false });
    const timer = setTimeout(giveUp, TAP_ANSWER_WINDOW_MS);
    timer.unref();
    stopped.addEventListener('abort', giveUp, { once: true });
    world.waitingTaps.set(id, finish);
  });
}
