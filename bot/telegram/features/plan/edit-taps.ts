/** Taps on the cards a plan is changed with. Each button carries the plan's version: on an old card it changes nothing. */
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { actionTypeSchema } from '../../../../shared/schemas/plan.ts';
import { plainEdit, type PlanEditRequest } from '../../../usecases/edit-plan.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import { readPlanSteps, type PlanSteps, type PlanStepView } from '../../../usecases/read-plan-steps.ts';
import type { Refusal } from '../../../usecases/ports.ts';
import type { CallbackAction } from '../../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { openForm } from '../../forms/open-form.ts';
import type { Tap } from '../../send-card.ts';
import { versionCard, versionsCard } from './diff-card.ts';
import { rebaseQuestion } from '../reminder/rebase-card.ts';
import { proposalOf } from './plan-handlers.ts';
import { keepOld, replanForm } from './replan.ts';
import { edited, stepAddForm, stepDateForm, stepDraftForm, stepWordsForm } from './step-forms.ts';
import { channelMenu, moreMenu, paceMenu } from './step-menus.ts';
import { newsOf, stepCard, stepsCard } from './steps-card.ts';

const FORMS = {
  stepWords: stepWordsForm,
  stepDraft: stepDraftForm,
  stepDate: stepDateForm,
  stepAdd: stepAddForm,
} as const;

/** The verbs of this file. */
export const PLAN_EDIT_VERBS = [
  'editPlan',
  'planShow',
  'stepOpen',
  'stepMore',
  'stepChannels',
  'stepChannel',
  'stepWords',
  'stepDraft',
  'stepDate',
  'stepAdd',
  'stepShift',
  'stepAt',
  'stepMove',
  'stepRemove',
  'paceMenu',
  'planPace',
  'versions',
  'version',
  'revert',
  'undoEdit',
  'replan',
  'keepOld',
] as const;
export type PlanEditTap = Extract<CallbackAction, { verb: (typeof PLAN_EDIT_VERBS)[number] }>;

export async function tapPlanEdit(ctx: NudgeContext, tap: Tap, action: PlanEditTap): Promise<void> {
  const { talk } = ctx;
  const { words } = talk;
  switch (action.verb) {
    case 'editPlan':
      return show(talk, tap, action.id, (view) => stepsCard(view, words));
    case 'planShow':
      return showProposal(talk, tap, action.id);
    case 'stepOpen':
      return showStep(talk, tap, action, stepCard);
    case 'stepMore':
      return showStep(talk, tap, action, moreMenu);
    case 'stepChannels':
      return showStep(talk, tap, action, channelMenu);
    case 'stepWords':
    case 'stepDraft':
    case 'stepDate':
    case 'stepAdd': {
      const { id: planId, version, step } = action;
      return openForm(ctx, FORMS[action.verb], { planId, version, step });
    }
    case 'paceMenu':
      return show(talk, tap, action.id, (view) => paceMenu(view, words));
    case 'versions': {
      const versions = await talk.store.planVersions(action.id);
      return show(talk, tap, action.id, (view) => versionsCard(view, versions, words));
    }
    case 'version': {
      const versions = await talk.store.planVersions(action.id);
      const version = versions.find((one) => one.version === action.number);
      if (version === undefined) return tap.answer(refusalSentence(words.say, 'VERSION_NOT_FOUND'));
      return show(talk, tap, action.id, (view) => versionCard(view, version, words));
    }
    case 'undoEdit':
      return undoEdit(talk, tap, action.actionId, action.id);
    case 'replan':
      return openForm(ctx, replanForm, { planId: action.id });
    case 'keepOld':
      return keepOld(talk, tap, action.id);
    default:
      return change(talk, tap, action);
  }
}

type ChangeTap = Extract<
  PlanEditTap,
  { verb: 'stepChannel' | 'stepShift' | 'stepAt' | 'stepMove' | 'stepRemove' | 'planPace' | 'revert' }
>;

/** The change a button stands for, and the sentence that says it was done. */
function requestOf(action: ChangeTap): readonly [PlanEditRequest, string] {
  switch (action.verb) {
    case 'stepChannel': {
      const action_type = actionTypeSchema.options[action.channel] ?? 'other';
      return [{ kind: 'change', step: action.step, change: { action_type } }, 'edit-changed'];
    }
    case 'stepShift':
      return [{ kind: 'shift', step: action.step, days: action.days }, 'edit-dated'];
    case 'stepAt': {
      const change = { wanted_at: action.until.toString(), exact: action.exact };
      return [{ kind: 'change', step: action.step, change }, 'edit-dated'];
    }
    case 'stepMove':
      return [{ kind: 'move', step: action.step, to: action.to }, 'edit-order'];
    case 'stepRemove':
      return [{ kind: 'remove', step: action.step }, 'edit-removed'];
    case 'planPace':
      return [{ kind: 'pace', pace: action.pace }, 'edit-pace'];
    case 'revert':
      return [{ kind: 'revert', version: action.number }, 'edit-reverted'];
  }
}

async function change(talk: Talk, tap: Tap, action: ChangeTap): Promise<void> {
  const { words, actionId } = talk;
  const [edit, said] = requestOf(action);
  const question = await passesNext(talk, action, edit);
  if (question !== null) {
    await Promise.all([tap.answer(), tap.edit(question)]);
    return;
  }
  const outcome = await edited(talk, action.id, action.version, edit);
  if (outcome.kind === 'refused') return refuse(talk, tap, action.id, outcome.refusal);
  const news = newsOf(words.say(said), outcome.answer, outcome.view, words, actionId);
  await Promise.all([tap.answer(news.sentences[0]), tap.edit(stepsCard(outcome.view, words, news))]);
}

/** The question how the rest follows, when a running step's new date passes the next step. */
async function passesNext(talk: Talk, action: ChangeTap, edit: PlanEditRequest): Promise<Card | null> {
  if (action.verb !== 'stepAt' && action.verb !== 'stepShift') return null;
  const { store, person, now } = talk;
  const planId = action.id;
  const found = await store.plan(planId);
  if (found?.plan.status !== 'active' || found.plan.version !== action.version) return null;
  const dated = await plainEdit(store, { planId, person, now, edit });
  const wanted = dated.kind === 'change' ? dated.change.wanted_at : undefined;
  const reminders = await store.planReminders(planId);
  const reminder = reminders.find((row) => row.step_id === action.step && isOpen(row.status));
  if (wanted === undefined || reminder === undefined) return null;
  const exact = dated.kind === 'change' && dated.change.exact === true;
  const until = Temporal.Instant.from(wanted);
  return rebaseQuestion(talk, reminder.id, { until, exact }, { verb: 'editPlan', id: planId });
}

/** Says why not; a plan that is another one by now is shown as it is. */
async function refuse(talk: Talk, tap: Tap, planId: number, refusal: Refusal): Promise<void> {
  await tap.answer(refusalSentence(talk.words.say, refusal.code));
  if (refusal.code === 'PLAN_CHANGED') {
    await show(talk, tap, planId, (view) => stepsCard(view, talk.words));
  }
}

async function show(
  { store, person, now, words }: Talk,
  tap: Tap,
  planId: number,
  draw: (view: PlanSteps) => Card,
): Promise<void> {
  const found = await readPlanSteps(store, { planId, person, now });
  if (!found.ok) return tap.answer(refusalSentence(words.say, found.refusal.code));
  const { status } = found.value.plan;
  if (status !== 'draft' && status !== 'active') return tap.answer(refusalSentence(words.say, 'PLAN_ENDED'));
  await Promise.all([tap.answer(), tap.edit(draw(found.value))]);
}

async function showStep(
  talk: Talk,
  tap: Tap,
  { id, version, step }: { readonly id: number; readonly version: number; readonly step: number },
  draw: (view: PlanSteps, step: PlanStepView, words: Talk['words']) => Card,
): Promise<void> {
  await show(talk, tap, id, (view) => {
    const found = view.steps.find(({ row }) => row.step_id === step);
    // Another version, or the step was finished meanwhile: the list shows how things stand.
    const isCurrent = view.plan.version === version && found !== undefined && !found.isOver;
    return isCurrent ? draw(view, found, talk.words) : stepsCard(view, talk.words);
  });
}

async function showProposal(talk: Talk, tap: Tap, planId: number): Promise<void> {
  const { store, person, now, words } = talk;
  const view = await previewPlan(store, { planId, person, now });
  if (!view.ok) return tap.answer(refusalSentence(words.say, view.refusal.code));
  await Promise.all([tap.answer(), tap.edit(proposalOf(view.value, talk))]);
}

async function undoEdit(talk: Talk, tap: Tap, actionId: string, planId: number): Promise<void> {
  const { store, words } = talk;
  const answer = await store.undo(actionId);
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  const said = words.say(answer.value.already ? 'undo-already' : 'undo-done');
  await tap.answer(said);
  await show(talk, tap, planId, (view) => stepsCard(view, words, { sentences: [said], undo: null }));
}
