/** From a lead to its plan: the steps of the one that runs, or a new one. */
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { stepsCard } from '../plan/steps-card.ts';
import { heading } from '../reminder/reminder-card.ts';

/** The plan in place of the lead's card. */
export async function showLeadPlan(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, person, now, words } = talk;
  const { say } = words;
  const lead = await store.lead(id);
  if (lead?.deleted_at !== null) return tap.answer(refusalSentence(say, 'LEAD_NOT_FOUND'));
  const planId = await store.runningPlan(id);
  const found = planId === null ? null : await readPlanSteps(store, { planId, person, now });
  if (found?.ok === true) {
    await Promise.all([tap.answer(), tap.edit(stepsCard(found.value, words))]);
    return;
  }
  if (lead.status.startsWith('closed')) return tap.answer(refusalSentence(say, 'LEAD_CLOSED'));
  const keyboard = [
    [
      { text: say('button-new-plan'), callback_data: encodeCallback({ verb: 'leadReplan', id }) },
      { text: say('button-back'), callback_data: encodeCallback({ verb: 'leadBack', id }) },
    ],
  ];
  const text = richText([heading(lead.name, lead.company), [say('lead-no-plan')]]);
  await Promise.all([tap.answer(), tap.edit({ text, keyboard })]);
}
