/** A lead's answer, forwarded: everything planned for it waits, and the person says how it goes on. */
import type { Sender } from '../../../domain/lead/from-sender.ts';
import { pauseFromTray, takeForward } from '../../../usecases/pause-lead.ts';
import { planLead } from '../../../usecases/plan-lead.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { leadCard } from '../lead/lead-card.ts';
import { draftCard } from '../plan/replan.ts';
import { runMessage } from '../planning/planning-handlers.ts';
import { pausedCard, whoseAnswerCard } from './forward-card.ts';

/** The card for a forwarded message of a lead; null = it is of nobody among the person's leads. */
export async function forwardCard(
  { store, actionId, person, words }: Talk,
  text: string,
  forwarded: { readonly sender: Sender; readonly note: string },
): Promise<Card | null> {
  const outcome = await takeForward(store, { actionId, text, forwarded, person });
  switch (outcome.kind) {
    case 'nobody':
      return null;
    case 'refused':
      return { text: richText([[refusalSentence(words.say, outcome.refusal.code)]]), keyboard: [] };
    case 'perhaps':
      return whoseAnswerCard(outcome.trayId, outcome.leads, words);
    case 'paused':
      return pausedCard(outcome.answer, words, actionId);
  }
}

/** "It was Anna." */
export async function pauseLead(
  { store, actionId, words }: Talk,
  tap: Tap,
  choice: { readonly trayId: number; readonly leadId: number },
): Promise<void> {
  const outcome = await pauseFromTray(store, { actionId, ...choice });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(words.say, outcome.refusal.code));
  await Promise.all([tap.answer(), tap.edit(pausedCard(outcome.answer, words, actionId))]);
}

export async function resumeLead(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, actionId, words } = talk;
  const answer = await store.resumeLead(actionId, id);
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  const { lead, already, resumed } = answer.value;
  const sentence = already ? words.say('lead-not-paused') : words.say('lead-resumed', { count: resumed });
  const news = { sentences: [sentence], undo: already ? null : actionId };
  await Promise.all([tap.answer(), tap.edit(await leadCard(talk, lead, news))]);
}

/** A new plan with the answer as what is new; the old one waits until it is accepted. */
export async function replanLead(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  const { talk } = ctx;
  const { store, actionId, person, now, words, writer } = talk;
  const news = (await store.latestAnswer(id)) ?? '';
  const made = await planLead(store, { actionId, leadId: id, news, person, now, writer });
  if (!made.ok) return tap.answer(refusalSentence(words.say, made.refusal.code));
  await tap.answer();
  const { runId, planId } = made.value;
  if (planId !== null) {
    await sendCard(ctx, await draftCard(talk, planId));
    return;
  }
  const lead = await store.lead(id);
  if (runId === null || lead === null) return;
  const message = runMessage(talk, { runId, lead });
  await message.sent(ctx, await sendCard(ctx, message.card));
}
