/**
 * Answering a reminder's card by replying to it: "done", a time, or words worth keeping. Which reminder is meant stands in
 * the card's own buttons or in the record of what was delivered; whether it is the person's the database decides.
 */
import type { Message } from 'grammy/types';
import { actOnReminder, readReminder, type ReminderAction } from '../../../usecases/act-on-reminder.ts';
import { decodeCallback, encodeCallback } from '../../callback-data.ts';
import type { Card, NudgeContext } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { clip, oneLine, quote, richText } from '../../text/rich-text.ts';
import { addNote } from '../lead/lead-form.ts';
import { actedCard } from './acted-card.ts';
import { moveCard } from './live-card.ts';
import { rebaseQuestion } from './rebase-card.ts';
import { alreadySentence } from './reminder-handlers.ts';
import { echoCard } from './snooze-form.ts';
import { momentInWords, momentNotes, pickedMoment, timeRefused } from './time-lines.ts';

/** Whole answers, in both languages: a word inside a sentence is no order. */
const ORDERS: readonly (readonly [RegExp, 'done' | 'skip' | 'cancel'])[] = [
  [
    /^(?:done|sent|did it|finished|completed|готово|сделано|сделал[аи]?|выполнено|отправил[аи]?|✅|👍|\+)[.! ]*$/iu,
    'done',
  ],
  [/^(?:skip|skip it|пропусти(?:ть)?|пропускаю)[.! ]*$/iu, 'skip'],
  [/^(?:cancel|cancel it|отмени(?:ть)?|отмена)[.! ]*$/iu, 'cancel'],
];
/** A note is repeated in the question up to here. UTF-16 units. */
const NOTE_LIMIT = 600;
/** Longer answers are notes: no model is asked whether they might be a time. Words. */
const TIME_WORDS = 8;
const REMINDER_VERBS: ReadonlySet<string> = new Set([
  'done',
  'skip',
  'cancel',
  'snooze',
  'snoozeMenu',
  'back',
  'undo',
  'why',
  'cardBack',
  'rebase',
]);

/** Takes a reply to a reminder's card. False: it is none, and the text means whatever it would mean alone. */
export async function takeReply(ctx: NudgeContext): Promise<boolean> {
  const text = ctx.message?.text;
  const card = ctx.message?.reply_to_message;
  if (text === undefined || card?.from?.is_bot !== true || text.startsWith('/')) return false;
  const id = reminderInButtons(card) ?? (await ctx.talk.store.reminderOfMessage(card.message_id));
  if (id === null) return false;
  const order = ORDERS.find(([pattern]) => pattern.test(text.trim()));
  if (order !== undefined) await obey(ctx, id, { kind: order[1] }, null);
  else await takeWords(ctx, id, text);
  return true;
}

/** "Keep it": the words are those of the message that the question answers. */
export async function keepAsNote(ctx: NudgeContext, tap: Tap, leadId: number): Promise<void> {
  const { message } = ctx.callbackQuery ?? {};
  const words = message !== undefined && 'text' in message ? message.reply_to_message?.text : undefined;
  if (words === undefined) return tap.answer(ctx.talk.words.say('note-words-gone'));
  const card = await addNote(ctx.talk, leadId, words);
  await Promise.all([tap.answer(), tap.edit(card)]);
}

async function takeWords(ctx: NudgeContext, id: number, text: string): Promise<void> {
  const { talk } = ctx;
  const isShort = text.trim().split(/\s+/).length <= TIME_WORDS;
  const read = isShort ? await talk.readTime(text) : null;
  const moment = read === null ? null : pickedMoment(read);
  if (read !== null && moment !== null) {
    // What a model or a range leaves open is confirmed first; what was said in so many words is done, with Undo.
    if (read.source === 'model' || moment.isRange) {
      await sendCard(ctx, echoCard(id, moment, talk));
      return;
    }
    const notes = [
      talk.words.say('time-read-as', { when: momentInWords(moment, talk) }),
      ...momentNotes(moment, talk),
    ];
    return obey(ctx, id, { kind: 'snooze', until: moment.at, exact: moment.exact }, notes);
  }
  if (read?.kind === 'refused' && read.reason !== 'not_understood' && read.reason !== 'partial') {
    await sendCard(ctx, { text: richText([[timeRefused(read, talk)]]), keyboard: [] });
    return;
  }
  await offerNote(ctx, id, text);
}

async function obey(
  ctx: NudgeContext,
  id: number,
  action: ReminderAction,
  notes: readonly string[] | null,
): Promise<void> {
  const { store, actionId, words, miniAppUrl } = ctx.talk;
  const question = action.kind === 'snooze' ? await rebaseQuestion(ctx.talk, id, action) : null;
  if (question !== null) {
    await sendCard(ctx, question);
    return;
  }
  const outcome = await actOnReminder(store, { actionId, id, action });
  if (outcome.kind === 'acted') {
    const { answer, view } = outcome;
    const card = actedCard(
      { deed: action.kind, answer, view, actionId, notes: notes ?? [] },
      words,
      miniAppUrl,
    );
    await moveCard(ctx, { reminderId: id, messageId: await sendCard(ctx, card) }, card);
    return;
  }
  const said =
    outcome.kind === 'already'
      ? alreadySentence(words.say, outcome.answer.reminder.status)
      : refusalSentence(words.say, outcome.refusal.code);
  await sendCard(ctx, { text: richText([[said]]), keyboard: [] });
}

/** Sent as a reply to the words, which is how the button finds them again. */
async function offerNote(ctx: NudgeContext, id: number, text: string): Promise<void> {
  const { talk } = ctx;
  const { say } = talk.words;
  const view = await readReminder(talk.store, id);
  const lead = view.ok ? view.value.lead : null;
  const hint = [say('reply-hint')];
  if (lead === null) {
    await sendCard(ctx, { text: richText([hint]), keyboard: [] });
    return;
  }
  const name = clip(oneLine(lead.name), NOTE_LIMIT);
  const card: Card = {
    text: richText([[say('reply-note', { name })], [quote(clip(text, NOTE_LIMIT))], hint]),
    keyboard: [
      [{ text: say('button-keep-note'), callback_data: encodeCallback({ verb: 'keepNote', id: lead.id }) }],
    ],
  };
  await sendCard(ctx, card, { replyTo: ctx.message?.message_id });
}

/** The reminder a card's own buttons are about. */
function reminderInButtons(card: Pick<Message, 'reply_markup'>): number | null {
  for (const button of card.reply_markup?.inline_keyboard.flat() ?? []) {
    const action = 'callback_data' in button ? decodeCallback(button.callback_data) : null;
    if (action !== null && REMINDER_VERBS.has(action.verb) && 'id' in action) return action.id;
  }
  return null;
}
