/** From a stored lead to the message that follows its plan; and the button that stops it. */
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import type { RunResult } from '../../../usecases/planning-ports.ts';
import type { WaitingLead } from '../../../usecases/store-lead.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { proposalOf } from '../plan/plan-handlers.ts';
import { progressCard, refusedPlanCard } from './planning-cards.ts';

/** Answers a stored lead with the message that follows its plan; without a run, with the reason. */
export async function followLead(ctx: NudgeContext, { lead, run }: WaitingLead): Promise<void> {
  if (!run.ok) {
    await sendCard(ctx, refusedPlanCard(lead, run.refusal.code, ctx.talk.words));
    return;
  }
  const message = runMessage(ctx.talk, { runId: run.value.runId, lead });
  await message.sent(ctx, await sendCard(ctx, message.card));
}

/** The message that follows a run: its card, and what to do as soon as it is sent. From then on the loop may edit it. */
export function runMessage(
  { words, planner }: Talk,
  run: { readonly runId: number; readonly lead: Pick<LeadRow, 'name' | 'company'> },
): { readonly card: Card; readonly sent: (ctx: NudgeContext, messageId: number) => Promise<void> } {
  return {
    card: progressCard({ ...run, progress: null, isResumed: false }, words),
    async sent(ctx, messageId) {
      const { messageId: known, result } = await planner.noteMessage(run.runId, messageId);
      planner.wake();
      if (known !== messageId) {
        // The update was given to us again; the first answer's message follows the run.
        await ctx.api.deleteMessage(ctx.talk.person.telegram_id, messageId);
        return;
      }
      if (result === null) return;
      // That message was not noted when we died, and the run has come to an end meanwhile.
      const card = await finishedCard(ctx.talk, run.lead, result);
      await ctx.api.editMessageText(ctx.talk.person.telegram_id, messageId, card.text.text, {
        entities: [...card.text.entities],
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard: card.keyboard },
      });
    },
  };
}

async function finishedCard(
  talk: Talk,
  lead: Pick<LeadRow, 'name' | 'company'>,
  result: RunResult,
): Promise<Card> {
  const { store, person, now, words } = talk;
  if (result.kind === 'refused') return refusedPlanCard(lead, result.code, words);
  const view = await previewPlan(store, { planId: result.planId, person, now });
  return view.ok ? proposalOf(view.value, talk) : refusedPlanCard(lead, view.refusal.code, words);
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
