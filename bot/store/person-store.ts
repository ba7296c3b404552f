/** The database as one person sees it: their token, their rows, the same RPCs the mini-app calls. */
import { z } from 'zod';
import {
  acceptPlanAnswerSchema,
  discardPlanAnswerSchema,
  reminderActionAnswerSchema,
  settingsAnswerSchema,
  undoAnswerSchema,
} from '../../shared/contracts/actions.ts';
import { leadRowSchema } from '../../shared/schemas/lead.ts';
import { madePlanRowSchema } from '../../shared/schemas/plan-origin.ts';
import { stepRowSchema } from '../../shared/schemas/plan.ts';
import { REMINDER_COLUMNS, reminderRowSchema } from '../../shared/schemas/reminder.ts';
import type { ReminderRow } from '../../shared/schemas/reminder.ts';
import { userRowSchema } from '../../shared/schemas/user.ts';
import type { PersonStore, ReminderLine } from '../usecases/ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';
import { createLeadStore } from './lead-store.ts';
import { createOwnDataStore } from './own-data-store.ts';
import { createPlanStore } from './plan-store.ts';
import { createRecurringStore } from './recurring-store.ts';
import { createStoryStore } from './story-store.ts';

const SOURCE = 'bot';
/** A person has at most this many leads. */
const MOST_LEADS = 500;

/** Builds the store over one person's client. */
export function createPersonStore(database: Database): PersonStore {
  return {
    ...createLeadStore(database),
    ...createPlanStore(database),
    ...createStoryStore(database),
    ...createOwnDataStore(database),
    ...createRecurringStore(database),
    async self() {
      const result = await database.from('users').select('*').limit(1);
      return first(readValue('read users', result, z.array(userRowSchema)));
    },
    acceptPlan: (actionId, planId, schedule) =>
      callRepeatable(
        database,
        'accept_plan',
        { p_action_id: actionId, p_plan_id: planId, p_schedule: schedule, p_source: SOURCE },
        acceptPlanAnswerSchema,
      ),
    discardPlan: (actionId, planId) =>
      callRepeatable(
        database,
        'discard_plan',
        { p_action_id: actionId, p_plan_id: planId },
        discardPlanAnswerSchema,
      ),
    updateSettings: (actionId, change) =>
      callRepeatable(
        database,
        'update_settings',
        { p_action_id: actionId, p_settings: change, p_source: SOURCE },
        settingsAnswerSchema,
      ),
    createReminder: (actionId, { title, at, exact, leadId }) =>
      callRepeatable(
        database,
        'create_reminder',
        {
          p_action_id: actionId,
          p_due_at: at.toString(),
          p_title: title,
          p_lead_id: leadId,
          p_exact: exact,
          p_source: SOURCE,
        },
        reminderActionAnswerSchema,
      ),
    async openLeads() {
      const result = await database
        .from('leads')
        .select('id,name,company')
        .is('deleted_at', null)
        .not('status', 'in', '(closed_won,closed_lost)')
        .limit(MOST_LEADS);
      return readValue('read leads', result, z.array(leadWordsSchema.element));
    },
    completeReminder: (actionId, id) =>
      callRepeatable(
        database,
        'complete_reminder',
        { p_action_id: actionId, p_id: id, p_source: SOURCE },
        reminderActionAnswerSchema,
      ),
    skipReminder: (actionId, id, reason) =>
      callRepeatable(
        database,
        'skip_reminder',
        { p_action_id: actionId, p_id: id, p_reason: reason, p_source: SOURCE },
        reminderActionAnswerSchema,
      ),
    cancelReminder: (actionId, id) =>
      callRepeatable(
        database,
        'cancel_reminder',
        { p_action_id: actionId, p_id: id, p_source: SOURCE },
        reminderActionAnswerSchema,
      ),
    snoozeReminder: (actionId, id, until, exact) =>
      callRepeatable(
        database,
        'snooze_reminder',
        { p_action_id: actionId, p_id: id, p_until: until.toString(), p_exact: exact, p_source: SOURCE },
        reminderActionAnswerSchema,
      ),
    undo: (actionId) =>
      callRepeatable(database, 'undo_action', { p_action_id: actionId, p_source: SOURCE }, undoAnswerSchema),
    async plan(id) {
      const plans = await database.from('engagement_plans').select('*').eq('id', id).limit(1);
      const plan = first(readValue('read engagement_plans', plans, z.array(madePlanRowSchema)));
      if (plan === null) return null;
      const steps = await database.from('outreach_steps').select('*').eq('plan_id', id).order('step_id');
      return { plan, steps: readValue('read outreach_steps', steps, z.array(stepRowSchema)) };
    },
    async reminder(id) {
      const result = await database
        .from('scheduled_reminders')
        .select(REMINDER_COLUMNS)
        .eq('id', id)
        .limit(1);
      return first(readValue('read scheduled_reminders', result, z.array(reminderRowSchema)));
    },
    reminderOfMessage: (messageId) =>
      callForValue(database, 'reminder_of_message', { p_message_id: messageId }, z.number().int().nullable()),
    async nextOfLead(leadId) {
      const result = await database
        .from('scheduled_reminders')
        .select(REMINDER_COLUMNS)
        .eq('lead_id', leadId)
        .in('status', ['pending', 'sent'])
        .order('wanted_at')
        .order('id')
        .limit(1);
      const reminders = readValue('read scheduled_reminders', result, z.array(reminderRowSchema));
      return (await withWords(database, reminders))[0] ?? null;
    },
    async openReminders(before, limit) {
      const result = await database
        .from('scheduled_reminders')
        .select(REMINDER_COLUMNS)
        .in('status', ['pending', 'sent'])
        .lt('wanted_at', before.toString())
        .order('wanted_at')
        .order('id')
        .limit(limit);
      const reminders = readValue('read scheduled_reminders', result, z.array(reminderRowSchema));
      return withWords(database, reminders);
    },
  };
}

const leadWordsSchema = z.array(leadRowSchema.pick({ id: true, name: true, company: true, paused_at: true }));
const occurrencesSchema = z.array(z.object({ reminder_id: z.number().int() }));
const stepWordsSchema = z.array(
  stepRowSchema.pick({ plan_id: true, step_id: true, description: true, action_type: true }),
);

/** Adds each reminder's lead and step. scheduled_reminders has no foreign keys, so nothing can be embedded. */
async function withWords(database: Database, reminders: readonly ReminderRow[]): Promise<ReminderLine[]> {
  const leadIds = distinct(reminders.map((reminder) => reminder.lead_id));
  const planIds = distinct(reminders.map((reminder) => reminder.plan_id));
  const free = reminders.filter((reminder) => reminder.plan_id === null).map(({ id }) => id);
  const [leads, steps, repeating] = await Promise.all([
    leadIds.length === 0
      ? []
      : database
          .from('leads')
          .select('id,name,company,paused_at')
          .in('id', leadIds)
          .then((result) => readValue('read leads', result, leadWordsSchema)),
    planIds.length === 0
      ? []
      : database
          .from('outreach_steps')
          .select('plan_id,step_id,description,action_type')
          .in('plan_id', planIds)
          .then((result) => readValue('read outreach_steps', result, stepWordsSchema)),
    free.length === 0
      ? []
      : database
          .from('recurring_occurrences')
          .select('reminder_id')
          .in('reminder_id', free)
          .then((result) => readValue('read recurring_occurrences', result, occurrencesSchema)),
  ]);
  const repeats = new Set(repeating.map(({ reminder_id: id }) => id));
  return reminders.map((reminder) => ({
    reminder,
    lead: leads.find((lead) => lead.id === reminder.lead_id) ?? null,
    step:
      steps.find((step) => step.plan_id === reminder.plan_id && step.step_id === reminder.step_id) ?? null,
    repeats: repeats.has(reminder.id),
  }));
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}
