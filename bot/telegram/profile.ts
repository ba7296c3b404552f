import type { Message, Update, User } from 'grammy/types';
import type { Profile } from '../usecases/ports.ts';

/** The kinds of updates asked for; everything else is not even sent to us. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/**
 * Who gives a sign of life by this update; null for groups, bots, and for somebody who just blocked us: that must
 * not count as being there.
 */
export function profileOf(update: Update): Profile | null {
  const from = messageOf(update)?.from ?? update.callback_query?.from ?? update.my_chat_member?.from;
  const isGone = update.my_chat_member?.new_chat_member.status === 'kicked';
  return from === undefined || from.is_bot || isGone || !isPrivate(update) ? null : readProfile(from);
}

/** Updates of one chat are worked on one after the other. */
export function chatOf(update: Update): number {
  const chat = messageOf(update)?.chat ?? update.callback_query?.message?.chat ?? update.my_chat_member?.chat;
  return chat?.id ?? update.callback_query?.from.id ?? 0;
}

/** A tap without a message comes from inline mode, which we do not use: it is treated like a private one. */
function isPrivate(update: Update): boolean {
  const chat = messageOf(update)?.chat ?? update.callback_query?.message?.chat ?? update.my_chat_member?.chat;
  return chat === undefined || chat.type === 'private';
}

/** Written or edited. */
function messageOf(update: Update): Message | undefined {
  return update.message ?? update.edited_message;
}

function readProfile(from: User): Profile {
  return {
    telegramId: from.id,
    firstName: from.first_name,
    username: from.username ?? null,
    language: from.language_code ?? null,
  };
}
