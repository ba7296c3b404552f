/** Taps on a plan's card. */
import { acceptPlan } from '../../../usecases/accept-plan.ts';
import { discardPlan } from '../../../usecases/discard-plan.ts';
import type { PlanView } from '../../../usecases/preview-plan.ts';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import type { Card, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Tap } from '../../send-card.ts';
import { planCard, type PlanFacts } from './plan-card.ts';
import { discardedCard, startedCard } from './started-card.ts';
import { stepsCard } from './steps-card.ts';

export async function accept(talk: Talk, tap: Tap, planId: number): Promise<void> {
  const { store, actionId, person, now, words, miniAppUrl } = talk;
  const outcome = await acceptPlan(store, { actionId, planId, person, now });
  if (outcome.kind === 'refused') {
    return bringUpToDate(talk, tap, planId, refusalSentence(words.say, outcome.refusal.code));
  }
  if (outcome.kind === 'already') {
    return bringUpToDate(talk, tap, planId, words.say('toast-plan-already-started'));
  }
  const { answer, view } = outcome;
  const card = startedCard({ answer, view, actionId }, words, miniAppUrl);
  await Promise.all([tap.answer(words.say('toast-plan-started')), tap.edit(card)]);
}

export async function discard(talk: Talk, tap: Tap, planId: number): Promise<void> {
  const { store, actionId, words } = talk;
  const outcome = await discardPlan(store, { actionId, planId });
  if (outcome.kind === 'refused') {
    return bringUpToDate(talk, tap, planId, refusalSentence(words.say, outcome.refusal.code));
  }
  const toast = words.say(
    outcome.kind === 'already' ? 'toast-plan-already-discarded' : 'toast-plan-discarded',
  );
  await Promise.all([tap.answer(toast), tap.edit(discardedCard(outcome.lead, words))]);
}

/**
 * Says what came between, and shows the plan as it runs or ran: it was accepted or discarded in the app. After a double
 * tap the card is right already, with the Undo of the tap that did it: then it stays as it is.
 */
async function bringUpToDate(talk: Talk, tap: Tap, planId: number, toast: string): Promise<void> {
  const { store, person, now, words } = talk;
  const found = tap.isOnLastEdited ? null : await readPlanSteps(store, { planId, person, now });
  const isOver = found?.ok === true && found.value.plan.status !== 'draft';
  await Promise.all([tap.answer(toast), isOver ? tap.edit(stepsCard(found.value, words)) : undefined]);
}

/**
 * The proposal, with the dates it would get now.
 * @param understood how the lead was read; a card shown again says nothing of it.
 */
export function proposalOf(
  view: PlanView,
  talk: Pick<Talk, 'person' | 'words'>,
  understood: Pick<PlanFacts, 'guessed' | 'notesCut' | 'refined'> = { guessed: [], notesCut: 0 },
): Card {
  const { plan, lead, steps } = view;
  return planCard(
    {
      planId: plan.id,
      leadId: lead.id,
      lead,
      ...understood,
      steps,
      making: plan,
      zoneIsUnknown: talk.person.zone_source === null,
    },
    talk.words,
  );
}
