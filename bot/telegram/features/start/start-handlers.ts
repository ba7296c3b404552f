/**
 * /start, alone or from a link. A link opens what it names if that is the person's own; what is somebody else's is told
 * in the same words as what never was, so a link gives nothing away. Anything else behind /start is a plain beginning.
 */
import {
  readLinkedSection,
  readLinkedThing,
  type LinkedSection,
  type LinkedThing,
} from '../../../../shared/rules/deep-link.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { readReminder } from '../../../usecases/act-on-reminder.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import { startChat } from '../../../usecases/start-chat.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { sendCard } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { deletedCard, leadCard } from '../lead/lead-card.ts';
import { newLeadCommand } from '../lead/new-lead-form.ts';
import { leadsCommand } from '../leads/leads-handlers.ts';
import { proposalOf } from '../plan/plan-handlers.ts';
import { stepCard, stepsCard } from '../plan/steps-card.ts';
import { jobsCommand } from '../jobs/jobs-handlers.ts';
import { closedCard } from '../reminder/acted-card.ts';
import { alreadySentence, sendReminder } from '../reminder/reminder-handlers.ts';
import { settingsCommand } from '../settings/settings-handlers.ts';
import { todayCommand } from '../today/today-handlers.ts';
import { startCard } from './start-card.ts';

/** @param typed what stands behind the command: the payload of a link, or anything. */
export async function startCommand(ctx: NudgeContext, typed: string): Promise<void> {
  const { talk } = ctx;
  const payload = typed.trim();
  // Whoever is new here is asked where they are first; a link can lead to nothing of theirs yet.
  const isKnown = talk.person.zone_source !== null;
  const section = isKnown ? readLinkedSection(payload) : null;
  if (section !== null) return openSection(ctx, section);
  const thing = readLinkedThing(payload);
  if (isKnown && thing?.kind === 'reminder') {
    const view = await readReminder(talk.store, thing.id);
    if (view.ok && isOpen(view.value.reminder.status)) return sendReminder(ctx, view.value);
  }
  const card = thing === null || !isKnown ? null : await cardOfThing(talk, thing);
  await sendCard(ctx, card ?? (await greeting(talk, thing !== null)));
}

async function greeting({ store, person, now, words, miniAppUrl }: Talk, isNothing: boolean): Promise<Card> {
  const outcome = await startChat(store, { person, now });
  const note = isNothing ? words.say('start-link-nothing') : null;
  return startCard(outcome, person, words, miniAppUrl, note);
}

function openSection(ctx: NudgeContext, section: LinkedSection): Promise<void> {
  switch (section) {
    case 'today':
      return todayCommand(ctx);
    case 'leads':
      return leadsCommand(ctx, '');
    case 'settings':
      return settingsCommand(ctx);
    case 'jobs':
      return jobsCommand(ctx);
    case 'new':
      return newLeadCommand(ctx, '');
    case 'calendar':
    case 'insights':
      return pointToApp(ctx, section);
  }
}

async function pointToApp(ctx: NudgeContext, section: LinkedSection): Promise<void> {
  const { say } = ctx.talk.words;
  const keyboard = openInApp(say, ctx.talk.miniAppUrl, section);
  if (keyboard.length === 0) return todayCommand(ctx);
  await sendCard(ctx, { text: richText([[say('start-in-app')]]), keyboard });
}

/** Null when it is not the person's, or is nothing any more. */
async function cardOfThing(talk: Talk, thing: LinkedThing): Promise<Card | null> {
  const { store, words } = talk;
  switch (thing.kind) {
    case 'reminder': {
      const view = await readReminder(store, thing.id);
      if (!view.ok) return null;
      return closedCard(view.value, alreadySentence(words.say, view.value.reminder.status), words);
    }
    case 'lead': {
      const lead = await store.lead(thing.id);
      if (lead === null) return null;
      return lead.deleted_at === null ? leadCard(talk, lead) : deletedCard(lead, 0, words);
    }
    case 'plan':
      return planCardOf(talk, thing.id, thing.stepId);
  }
}

async function planCardOf(talk: Talk, planId: number, stepId: number | null): Promise<Card | null> {
  const { store, person, now, words } = talk;
  const found = await readPlanSteps(store, { planId, person, now });
  if (!found.ok) return null;
  const { plan, steps } = found.value;
  const step = steps.find(({ row }) => row.step_id === stepId);
  const isRunning = plan.status === 'draft' || plan.status === 'active';
  if (isRunning && step !== undefined && !step.isOver) return stepCard(found.value, step, words);
  const view = plan.status === 'draft' ? await previewPlan(store, { planId, person, now }) : null;
  return view?.ok === true ? proposalOf(view.value, talk) : stepsCard(found.value, words);
}
