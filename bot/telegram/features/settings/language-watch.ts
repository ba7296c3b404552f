/**
 * A new language reaches what stands in the chat already: the list of commands, the menu button and the cards of open
 * reminders. Lists and old answers stay as they were said. It is noticed at the tap, and, when it was chosen in the
 * mini-app, at the next sign from the chat.
 */
import type { Middleware } from 'grammy';
import type { Language } from '../../../../shared/schemas/user.ts';
import { decodeCallback } from '../../callback-data.ts';
import type { NudgeContext, Talk } from '../../context.ts';
import { setChatFace } from '../../setup-bot.ts';
import { wordsFor } from '../../text/words.ts';
import { languageOf } from '../../text/texts.ts';
import type { MessageMemory } from '../../../usecases/chat-ports.ts';
import { readReminder } from '../../../usecases/act-on-reminder.ts';
import { cardOf } from '../reminder/reminder-handlers.ts';

/** Older open cards are further up than anybody scrolls. */
const CARDS = 10;
const REMEMBERED_PEOPLE = 1000;

export function createLanguageWatch(memory: MessageMemory): Middleware<NudgeContext> {
  const spoken = new Map<number, Language>();
  return async (ctx, next) => {
    await next();
    const { person } = ctx.talk;
    const before = spoken.get(person.telegram_id) ?? languageOf(person.language);
    const after = chosenNow(ctx) ?? languageOf(person.language);
    if (spoken.size > REMEMBERED_PEOPLE) spoken.clear();
    spoken.set(person.telegram_id, after);
    if (after !== before) await speakAnew(ctx, memory, after);
  };
}

/** What a button of this very update chose; whether it was stored does not matter: the next update tells. */
function chosenNow({ callbackQuery: tapped }: NudgeContext): Language | null {
  const action = tapped?.data === undefined ? null : decodeCallback(tapped.data);
  return action?.verb === 'setLanguage' ? action.language : null;
}

async function speakAnew(ctx: NudgeContext, memory: MessageMemory, language: Language): Promise<void> {
  const { talk } = ctx;
  const { person, texts, now, miniAppUrl } = talk;
  // All of it is decoration: what matters was answered in the new language already.
  const chat = { chatId: person.telegram_id, language };
  await setChatFace(ctx.api, { texts, miniAppUrl }, chat).catch(() => undefined);
  await redrawCards(ctx, memory, { ...talk, words: wordsFor(texts, language, person.zone, now) });
}

async function redrawCards(ctx: NudgeContext, memory: MessageMemory, talk: Talk): Promise<void> {
  const personId = talk.person.telegram_id;
  for (const { reminderId, messageId } of await memory.openCards(personId, CARDS)) {
    const view = await readReminder(talk.store, reminderId);
    if (!view.ok) continue;
    const { text, keyboard } = cardOf(view.value, talk);
    await ctx.api
      .editMessageText(personId, messageId, text.text, {
        entities: [...text.entities],
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard: keyboard },
      })
      .catch(() => undefined);
  }
}
