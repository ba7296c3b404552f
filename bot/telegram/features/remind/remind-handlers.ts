/** /remind and the buttons under its proposal. */
import { proposeReminder } from '../../../usecases/set-reminder.ts';
import type { NudgeContext } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { proposalCard, reminderSetCard } from './remind-cards.ts';
import { titleUnder } from './title-under.ts';
import { cardOfProposal, remindForm, remindWhenForm, updateIdOf } from './remind-forms.ts';

/** /remind, with or without words behind it. */
export async function remindCommand(ctx: NudgeContext, typed: string): Promise<void> {
  const { store, person, now } = ctx.talk;
  const outcome = typed.trim() === '' ? null : await proposeReminder(store, { text: typed, person, now });
  switch (outcome?.kind) {
    case 'proposed':
      await sendCard(ctx, cardOfProposal(outcome.proposal, ctx.talk));
      return;
    case 'time_missing':
      return openForm(ctx, remindWhenForm, { title: outcome.title });
    case 'title_missing':
    case undefined:
      return openForm(ctx, remindForm, {});
  }
}

/** A message that names nobody, but a time and a thing to do. False: it is something else. */
export async function proposeTyped(ctx: NudgeContext, text: string): Promise<boolean> {
  const { store, person, now } = ctx.talk;
  const outcome = await proposeReminder(store, { text, person, now });
  if (outcome.kind !== 'proposed') return false;
  await sendCard(ctx, cardOfProposal(outcome.proposal, ctx.talk));
  return true;
}

/** The yes. The title is what the card says; a card of which Telegram gives no text any more is asked for again. */
export async function saveReminder(
  ctx: NudgeContext,
  tap: Tap,
  chosen: {
    readonly id: number;
    readonly until: Temporal.Instant;
    readonly exact: boolean;
    readonly lead: number;
  },
): Promise<void> {
  const { store, words, miniAppUrl } = ctx.talk;
  const title = titleUnder(ctx);
  if (title === null) return tap.answer(words.say('remind-too-old'));
  const { until: at, exact, lead } = chosen;
  const actionId = actionIdOf(chosen.id);
  const leadId = lead === 0 ? null : lead;
  const answer = await store.createReminder(actionId, { title, at, exact, leadId });
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  const { id, wanted_at } = answer.value.reminder;
  const reminder = { id, title, at: Temporal.Instant.from(wanted_at) };
  await Promise.all([tap.answer(), tap.edit(reminderSetCard(reminder, actionId, words, miniAppUrl))]);
}

/** The same reminder, about nobody. */
export async function remindAlone(
  ctx: NudgeContext,
  tap: Tap,
  chosen: { readonly until: Temporal.Instant; readonly exact: boolean },
): Promise<void> {
  const { words } = ctx.talk;
  const title = titleUnder(ctx);
  if (title === null) return tap.answer(words.say('remind-too-old'));
  const { until: at, exact } = chosen;
  const proposal = { title, at, exact, isAsleep: false, recurrence: null, lead: null };
  await Promise.all([tap.answer(), tap.edit(proposalCard(proposal, words, updateIdOf(ctx.talk)))]);
}

/** Another time for the same thing. */
export async function askAnotherTime(ctx: NudgeContext, tap: Tap): Promise<void> {
  const title = titleUnder(ctx);
  if (title === null) return tap.answer(ctx.talk.words.say('remind-too-old'));
  await openForm(ctx, remindWhenForm, { title });
  await tap.answer();
}

/** The proposal's own update did nothing yet, so its action is still free: it is what both taps of a double tap do. */
function actionIdOf(updateId: number): string {
  return `u${String(updateId)}`;
}
