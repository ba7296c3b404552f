/** A new plan in the middle: what is new is asked, and the new plan is shown beside the old one. */
import { z } from 'zod';
import { discardPlan } from '../../../usecases/discard-plan.ts';
import { planLead } from '../../../usecases/plan-lead.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import { readPlanPair } from '../../../usecases/replan.ts';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import type { Card, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import type { Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { heading } from '../reminder/reminder-card.ts';
import { runMessage } from '../planning/planning-handlers.ts';
import { replanCard } from './diff-card.ts';
import { proposalOf } from './plan-handlers.ts';
import { card } from './step-forms.ts';

const replanArgs = z.object({ planId: z.number().int() });

/** The next text is what is new with the lead. */
export const replanForm: Form<z.infer<typeof replanArgs>> = {
  kind: 'replan',
  args: replanArgs,
  async question({ store, person, now, words }, { planId }) {
    const found = await readPlanSteps(store, { planId, person, now });
    if (!found.ok) return card([refusalSentence(words.say, found.refusal.code)]);
    const { lead } = found.value;
    return {
      text: richText([heading(lead.name, lead.company), [words.say('replan-ask')]]),
      keyboard: [],
    };
  },
  async take(talk, { planId }, text) {
    const { store, actionId, person, now, words, writer } = talk;
    const running = await readPlanSteps(store, { planId, person, now });
    if (!running.ok) return { done: card([refusalSentence(words.say, running.refusal.code)]) };
    const { lead } = running.value;
    const made = await planLead(store, { actionId, leadId: lead.id, news: text, person, now, writer });
    if (!made.ok) return { done: card([refusalSentence(words.say, made.refusal.code)]) };
    const { runId, planId: draftId } = made.value;
    if (runId !== null) {
      const message = runMessage(talk, { runId, lead });
      return { done: message.card, sent: message.sent };
    }
    return { done: await draftCard(talk, draftId ?? planId) };
  },
};

/** A draft beside the plan that runs, or alone when none does. */
export async function draftCard(talk: Talk, planId: number): Promise<Card> {
  const { store, person, now, words } = talk;
  const pair = await readPlanPair(store, { planId, person, now });
  if (pair !== null) return replanCard(pair, words);
  const view = await previewPlan(store, { planId, person, now });
  return view.ok ? proposalOf(view.value, talk) : card([refusalSentence(words.say, view.refusal.code)]);
}

/** The new plan is not wanted: the old one runs on, as it did all the time. */
export async function keepOld(talk: Talk, tap: Tap, draftId: number): Promise<void> {
  const { store, actionId, words } = talk;
  const outcome = await discardPlan(store, { actionId, planId: draftId });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(words.say, outcome.refusal.code));
  const { lead } = outcome;
  const text = richText([heading(lead?.name ?? null, lead?.company ?? null), [words.say('replan-kept')]]);
  await Promise.all([tap.answer(), tap.edit({ text, keyboard: [] })]);
}
