/** A person's plans and what they change about them: with their token, by the same RPCs the mini-app calls. */
import { z } from 'zod';
import {
  PLAN_VERSION_COLUMNS,
  planEditAnswerSchema,
  planVersionSchema,
} from '../../shared/contracts/plans.ts';
import { rebaseAnswerSchema } from '../../shared/contracts/rebase.ts';
import { REMINDER_COLUMNS, reminderRowSchema } from '../../shared/schemas/reminder.ts';
import type { PlanEdit } from '../usecases/plan-ports.ts';
import type { PlanStore } from '../usecases/ports.ts';
import { readValue } from './answers.ts';
import { callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const SOURCE = 'bot';

const proposedSchema = z.object({ plan_id: z.number().int() });

/** Builds the plan part of a person's store over that person's client. */
export function createPlanStore(database: Database): PlanStore {
  return {
    editPlan(actionId, planId, edit, expected) {
      const [name, args] = callOf(edit);
      return callRepeatable(
        database,
        name,
        { p_action_id: actionId, p_plan_id: planId, p_expected: expected, p_source: SOURCE, ...args },
        planEditAnswerSchema,
      );
    },
    async proposePlan(actionId, leadId, plan) {
      const answer = await callRepeatable(
        database,
        'propose_plan',
        { p_action_id: actionId, p_lead_id: leadId, p_plan: plan },
        proposedSchema,
      );
      return answer.ok ? { ok: true, value: { planId: answer.value.plan_id } } : answer;
    },
    async runningPlan(leadId) {
      const result = await database
        .from('engagement_plans')
        .select('id')
        .eq('lead_id', leadId)
        .eq('status', 'active')
        .limit(1);
      const rows = readValue('read engagement_plans', result, z.array(z.object({ id: z.number().int() })));
      return rows[0]?.id ?? null;
    },
    async planReminders(planId) {
      const result = await database
        .from('scheduled_reminders')
        .select(REMINDER_COLUMNS)
        .eq('plan_id', planId)
        .order('id');
      return readValue('read scheduled_reminders', result, z.array(reminderRowSchema));
    },
    rebasePlan: (actionId, planId, schedule) =>
      callRepeatable(
        database,
        'rebase_plan',
        { p_action_id: actionId, p_plan_id: planId, p_schedule: schedule, p_source: SOURCE },
        rebaseAnswerSchema,
      ),
    async planVersions(planId) {
      const result = await database
        .from('plan_versions')
        .select(PLAN_VERSION_COLUMNS)
        .eq('plan_id', planId)
        .order('version', { ascending: false });
      return readValue('read plan_versions', result, z.array(planVersionSchema));
    },
  };
}

function callOf(edit: PlanEdit): [string, Readonly<Record<string, unknown>>] {
  switch (edit.kind) {
    case 'change':
      return ['edit_step', { p_step_id: edit.step, p_change: edit.change }];
    case 'add':
      return ['add_step', { p_after: edit.after, p_step: edit.step }];
    case 'remove':
      return ['remove_step', { p_step_id: edit.step }];
    case 'move':
      return ['move_step', { p_step_id: edit.step, p_to: edit.to }];
    case 'pace':
      return ['set_plan_pace', { p_pace: edit.pace }];
    case 'revert':
      return ['revert_plan', { p_version: edit.version }];
  }
}
