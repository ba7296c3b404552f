/** A new plan in the middle: what is new is asked, and the new plan is shown beside the old one. */
import { z } from 'zod';
import { discardPlan } from '../../../usecases/discard-plan.ts';
import { replan } from '../../../usecases/replan.ts';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import type { Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import type { Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { heading } from '../reminder/reminder-card.ts';
import { replanCard } from './diff-card.ts';
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
  async take({ store, actionId, person, now, words }, { planId }, text) {
    const made = await replan(store, { planId, actionId, news: text, person, now });
    if (!made.ok) return { done: card([refusalSentence(words.say, made.refusal.code)]) };
    return { done: replanCard(made.value, words, [words.say('plan-from-template')]) };
  },
};

/** The new plan is not wanted: the old one runs on, as it did all the time. */
export async function keepOld(talk: Talk, tap: Tap, draftId: number): Promise<void> {
  const { store, actionId, words } = talk;
  const outcome = await discardPlan(store, { actionId, planId: draftId });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(words.say, outcome.refusal.code));
  const { lead } = outcome;
  const text = richText([heading(lead?.name ?? null, lead?.company ?? null), [words.say('replan-kept')]]);
  await Promise.all([tap.answer(), tap.edit({ text, keyboard: [] })]);
}
