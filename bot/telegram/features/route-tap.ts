/** From a button's data to what it does. The spinner on the button ends in any case. */
import { decodeCallback, type CallbackAction } from '../callback-data.ts';
import type { NudgeContext } from '../context.ts';
import { errorSentence } from '../error-sentences.ts';
import { tapLeaveForm } from '../forms/open-form.ts';
import { Tap } from '../send-card.ts';
import {
  askDelete,
  askField,
  askNote,
  backToLead,
  deleteLead,
  mergePerson,
  openLead,
  restoreLead,
  showFields,
  takeAll,
  takePerson,
  undoLead,
} from './lead/lead-taps.ts';
import { showLeadPlan } from './lead/lead-plan.ts';
import { skipQuestion } from './lead/new-lead-form.ts';
import { pauseLead, replanLead, resumeLead } from './leads/forward-handlers.ts';
import { setStatus, showStatuses } from './leads/lead-status.ts';
import { turnLeads } from './leads/leads-handlers.ts';
import { tapExport } from './export/export-handlers.ts';
import { leaveImport, tapImport } from './import/import-handlers.ts';
import { JOB_VERBS, tapJobs, type JobTap } from './jobs/jobs-handlers.ts';
import { PLAN_EDIT_VERBS, tapPlanEdit, type PlanEditTap } from './plan/edit-taps.ts';
import { accept, discard } from './plan/plan-handlers.ts';
import { tapPrivacy } from './privacy/privacy-handlers.ts';
import { stopPlanning } from './planning/planning-handlers.ts';
import { act, openCard, showButtons, showCard, showSnoozeMenu } from './reminder/reminder-handlers.ts';
import { askAnotherTime, remindAlone, saveReminder } from './remind/remind-handlers.ts';
import { keepAsNote } from './reminder/reply.ts';
import { askSnoozeTime, askSnoozeTimeAgain } from './reminder/snooze-form.ts';
import { tapRebase } from './reminder/rebase-handlers.ts';
import { showWhy } from './reminder/why-card.ts';
import { turnPage } from './reminders/reminders-handlers.ts';
import { RECURRING_VERBS, tapRecurring, type RecurringTap } from './recurring/recurring-handlers.ts';
import { SETTINGS_VERBS, tapSettings, type SettingsTap } from './settings/settings-handlers.ts';
import { undo } from './undo-handlers.ts';
import { tapZone } from './zone/zone-handlers.ts';

/** @param data as the client sent it: unproven. */
export async function routeTap(ctx: NudgeContext, data: string): Promise<void> {
  const tap = new Tap(ctx);
  const action = decodeCallback(data);
  if (action === null) return tap.answer(errorSentence(ctx.talk.words.say, 'stale-button'));
  // A failure is answered by the error boundary, which has the right words for it.
  await follow(ctx, tap, action);
  await tap.answer();
}

const isPlanEdit = (action: CallbackAction): action is PlanEditTap =>
  (PLAN_EDIT_VERBS as readonly string[]).includes(action.verb);
const isJob = (action: CallbackAction): action is JobTap =>
  (JOB_VERBS as readonly string[]).includes(action.verb);
const isRecurring = (action: CallbackAction): action is RecurringTap =>
  (RECURRING_VERBS as readonly string[]).includes(action.verb);
const isSettings = (action: CallbackAction): action is SettingsTap =>
  (SETTINGS_VERBS as readonly string[]).includes(action.verb);

function follow(ctx: NudgeContext, tap: Tap, action: CallbackAction): Promise<void> {
  const { talk } = ctx;
  if (isPlanEdit(action)) return tapPlanEdit(ctx, tap, action);
  if (isJob(action)) return tapJobs(ctx, tap, action);
  if (isRecurring(action)) return tapRecurring(ctx, tap, action);
  if (isSettings(action)) return tapSettings(ctx, tap, action);
  switch (action.verb) {
    case 'done':
    case 'skip':
    case 'cancel':
      return act(ctx, tap, action.id, { kind: action.verb });
    case 'snooze':
      return act(ctx, tap, action.id, { kind: 'snooze', until: action.until, exact: action.exact });
    case 'snoozeMenu':
      return showSnoozeMenu(talk, tap, action.id);
    case 'snoozeOther':
      return askSnoozeTime(ctx, tap, action.id);
    case 'snoozeAgain':
      return askSnoozeTimeAgain(ctx, tap, action.id);
    case 'keepNote':
      return keepAsNote(ctx, tap, action.id);
    case 'why':
      return showWhy(talk, tap, action.id);
    case 'cardBack':
      return showCard(talk, tap, action.id);
    case 'rebase':
      return tapRebase(ctx, tap, action);
    case 'back':
      return showButtons(talk, tap, action.id);
    case 'open':
      return openCard(ctx, tap, action.id);
    case 'accept':
      return accept(talk, tap, action.id);
    case 'discard':
      return discard(talk, tap, action.id);
    case 'undo':
      return undo(talk, tap, action.actionId, { kind: 'reminder', id: action.id });
    case 'undoPlan':
      return undo(talk, tap, action.actionId, { kind: 'plan', id: action.id });
    case 'remindSave':
      return saveReminder(ctx, tap, action);
    case 'remindAlone':
      return remindAlone(ctx, tap, action);
    case 'remindWhen':
      return askAnotherTime(ctx, tap);
    case 'reminders':
      return turnPage(talk, tap, action.page);
    case 'zone':
      return tapZone(ctx, tap, action.zone);
    case 'leadOpen':
      return openLead(ctx, tap, action.id);
    case 'leadBack':
      return backToLead(talk, tap, action.id);
    case 'leadPlan':
      return showLeadPlan(talk, tap, action.id);
    case 'leadFields':
      return showFields(talk, tap, action.id);
    case 'leadField':
      return askField(ctx, tap, action.id, action.field);
    case 'leadNote':
      return askNote(ctx, tap, action.id);
    case 'leadDelete':
      return askDelete(talk, tap, action.id);
    case 'leadDeleteNow':
      return deleteLead(talk, tap, action.id);
    case 'leadRestore':
      return restoreLead(talk, tap, action.id);
    case 'undoLead':
      return undoLead(talk, tap, action.actionId, action.id);
    case 'leadStatuses':
      return showStatuses(talk, tap, action.id);
    case 'leadStatus':
      return setStatus(talk, tap, action.id, action.status);
    case 'leadPause':
      return pauseLead(talk, tap, { trayId: action.id, leadId: action.leadId });
    case 'leadResume':
      return resumeLead(talk, tap, action.id);
    case 'leadReplan':
      return replanLead(ctx, tap, action.id);
    case 'leads':
      return turnLeads(talk, tap, action);
    case 'trayTake':
      return takePerson(ctx, tap, { trayId: action.id, index: action.index, anyway: false });
    case 'trayAdd':
      return takePerson(ctx, tap, { trayId: action.id, index: action.index, anyway: true });
    case 'trayAll':
      return takeAll(ctx, tap, action.id);
    case 'trayMerge':
      return mergePerson(talk, tap, { ...action, trayId: action.id });
    case 'stopPlanning':
      return stopPlanning(talk, tap, action.id);
    case 'exportFile':
      return tapExport(ctx, tap, action.format);
    case 'importTable':
      return tapImport(ctx, tap, action.id);
    case 'importLeave':
      return leaveImport(ctx, tap);
    case 'privacy':
      return tapPrivacy(ctx, tap, action.wish);
    case 'skipQuestion':
      return skipQuestion(ctx, tap, action.id);
    case 'leaveForm':
      return tapLeaveForm(ctx, tap, action.id);
  }
}
