/** From a stored lead to the message that follows its plan; and the button that stops it. */
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import type { NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { proposalOf } from '../plan/plan-handlers.ts';
import { progressCard, refusedPlanCard } from './planning-cards.ts';

/** Sends the message that follows a run. From then on the loop may edit it. */
export async function followRun(
  ctx: NudgeContext,
  run: { readonly runId: number; readonly lead: Pick<LeadRow, 'name' | 'company'> },
): Promise<void> {
  const { words, planner, store, person, now } = ctx.talk;
  const card = progressCard({ ...run, progress: null, isResumed: false }, words);
  const messageId = await sendCard(ctx, card);
  const result = await planner.noteMessage(run.runId, messageId);
  planner.wake();
  if (result === null) return;
  // The update was given to us again, and its run has come to an end meanwhile.
  const view =
    result.kind === 'planned' ? await previewPlan(store, { planId: result.planId, person, now }) : null;
  const finished =
    view?.ok === true
      ? proposalOf(view.value, ctx.talk)
      : refusedPlanCard(run.lead, result.kind === 'refused' ? result.code : 'PLAN_NOT_FOUND', words);
  await ctx.api.editMessageText(person.telegram_id, messageId, finished.text.text, {
    entities: [...finished.text.entities],
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: finished.keyboard },
  });
}

/** The loop ends the run with the template plan and is the only one who edits the message. */
export async function stopPlanning(
  { planner, planning, actionId, words }: Talk,
  tap: Tap,
  runId: number,
): Promise<void> {
  const answer = await planning.stop(actionId, runId);
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  planner.wake();
  await tap.answer(words.say(answer.value.already ? 'toast-planning-over' : 'toast-planning-stopping'));
}
