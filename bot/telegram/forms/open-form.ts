/** Opening and leaving a form, from a tap or a command. */
import { GrammyError, HttpError } from 'grammy';
import { encodeCallback } from '../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../context.ts';
import { sendCard, type Tap } from '../send-card.ts';
import { richText } from '../text/rich-text.ts';
import type { Form } from './form.ts';
import type { OpenedForm } from './opened-form.ts';

/** The name of the one conversation all forms are. */
export const FORM_CONVERSATION = 'form';

/**
 * Asks the form's question; the person's next text is its answer. A question asked before is left.
 * @param args JSON only.
 */
export async function openForm<A>(ctx: NudgeContext, form: Form<A>, args: A): Promise<void> {
  const { talk } = ctx;
  const id = ctx.update.update_id;
  const { text, keyboard } = await form.question(talk, args);
  await leaveForm(ctx);
  const leave = {
    text: talk.words.say('button-leave-form'),
    callback_data: encodeCallback({ verb: 'leaveForm', id }),
  };
  const messageId = await sendCard(ctx, { text, keyboard: [...keyboard, [leave]] });
  const opened: OpenedForm = { id, kind: form.kind, args, messageId, openedAt: talk.now.toString() };
  await ctx.conversation.enter(FORM_CONVERSATION, opened);
  ctx.form = opened;
}

/** Leaves the open question, if there is one: a button answered it, or something else is wanted now. */
export async function leaveForm(ctx: NudgeContext): Promise<OpenedForm | null> {
  const left = ctx.form;
  if (left === null) return null;
  await ctx.conversation.exitAll();
  ctx.form = null;
  await removeButtons(ctx, left);
  return left;
}

/** The button under a question. */
export async function tapLeaveForm(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  const { say } = ctx.talk.words;
  if (ctx.form?.id !== id) {
    await Promise.all([tap.answer(say('form-not-open')), tidy(ctx.editMessageReplyMarkup())]);
    return;
  }
  const left = await leaveForm(ctx);
  if (left !== null) await Promise.all([tap.answer(), tap.edit(leftCard(ctx.talk, left))]);
}

/** Says what was left. */
export function leftCard({ words }: Talk, left: OpenedForm): Card {
  return {
    text: richText([[words.say('form-left', { what: words.say(`form-${left.kind}`) })]]),
    keyboard: [],
  };
}

/** The question is over, so its buttons go; under a button that was just tapped, its own handler sees to that. */
export async function removeButtons(ctx: NudgeContext, { messageId }: OpenedForm): Promise<void> {
  if (ctx.callbackQuery?.message?.message_id === messageId) return;
  await tidy(ctx.api.editMessageReplyMarkup(ctx.talk.person.telegram_id, messageId));
}

/** Only tidying up: that it failed is nobody's trouble. */
async function tidy(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error;
  }
}
