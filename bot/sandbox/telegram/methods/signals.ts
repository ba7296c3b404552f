/** What the bot tells a person without sending a message: toasts, "is typing", drafts. */
import { z } from 'zod';
import { flag, integer, words } from '../fields.ts';
import { badRequest } from '../refusal.ts';
import { characterCount } from '../text/entities.ts';
import { readText, textShape } from '../text-parameters.ts';
import type { World } from '../world.ts';
import { method } from './method.ts';

/** Undocumented; reports speak of seconds to tens of seconds. Milliseconds of the machine's clock. */
export const TAP_ANSWER_WINDOW_MS = 30_000;
/** Characters. */
const MAX_TOAST = 200;
const EXPIRED = 'query is too old and response timeout expired or query ID is invalid';
const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

/** @returns whose tap it was @throws {Refusal} if it was answered, has expired or never was */
function takeTap(world: World, id: string): { personId: number; messageId: number } {
  const row = world.storage.one(
    'select person_id, message_id, asked_at from callbacks where id = ? and answered = 0',
    id,
  );
  const isOpen = row !== undefined && world.machineNow() - Number(row['asked_at']) <= TAP_ANSWER_WINDOW_MS;
  if (!isOpen) throw badRequest(EXPIRED);
  world.storage.run('update callbacks set answered = 1 where id = ?', id);
  return { personId: Number(row['person_id']), messageId: Number(row['message_id']) };
}

const answerCallbackQuery = method(
  z.object({
    callback_query_id: words(),
    text: words().optional(),
    show_alert: flag().optional(),
    url: words().optional(),
    cache_time: integer().optional(),
  }),
  (world, given) => {
    const text = given.text ?? null;
    if (text !== null && characterCount(text) > MAX_TOAST) throw badRequest('MESSAGE_TOO_LONG');
    const { personId, messageId } = takeTap(world, given.callback_query_id);
    world.messages.note({
      at: world.clock.now().toString(),
      chatId: personId,
      what: 'bot_answered',
      messageId,
      text: text ?? '',
      buttons: [],
    });
    world.waitingTaps.get(given.callback_query_id)?.({ text, showAlert: given.show_alert ?? false });
    return true;
  },
);

const sendChatAction = method(z.object({ action: words(), chat_id: words() }), (world, given) => {
  const action = given.action.toLowerCase();
  if (!ACTIONS.includes(action)) throw badRequest('Wrong parameter action in request');
  const chat = world.chats.writable(given.chat_id);
  world.emit({ type: 'typing', chatId: chat.id });
  return true;
});

const sendMessageDraft = method(
  z.object({ text: words().optional(), ...textShape, draft_id: integer(), chat_id: words() }),
  (world, given) => {
    const text = readText(world, given, { emptyAllowed: true });
    if (given.draft_id === 0) throw badRequest('RANDOM_ID_EMPTY');
    const chat = world.chats.writable(given.chat_id);
    if (chat.kind !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
    world.drafts.show(
      chat.id,
      given.draft_id,
      text,
      world.clock.now().toString({ smallestUnit: 'millisecond' }),
    );
    return true;
  },
);

export const signalMethods = {
  answercallbackquery: answerCallbackQuery,
  sendchataction: sendChatAction,
  sendmessagedraft: sendMessageDraft,
};
