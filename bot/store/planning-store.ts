/** Plans that are being written: the loop's side with the server's key, the person's with their token. */
import { z } from 'zod';
import { refusalCodeSchema } from '../../shared/contracts/refusals.ts';
import { paceSchema, situationSchema, stepRowSchema } from '../../shared/schemas/plan.ts';
import { reminderStatusSchema } from '../../shared/schemas/reminder.ts';
import { languageSchema } from '../../shared/schemas/user.ts';
import type {
  PersonPlanning,
  PlanningRun,
  PlanningStore,
  PlanOrder,
  RunResult,
} from '../usecases/planning-ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const resultShape = {
  outcome: z.enum(['planned', 'refused']).nullable(),
  plan_id: z.number().int().nullable(),
  refusal: refusalCodeSchema.nullable(),
};
const notedSchema = z
  .object({ message_id: z.number().int(), ...resultShape })
  .transform((row) => ({ messageId: row.message_id, result: resultOf(row) }));

const runSchema = z
  .object({
    id: z.number().int(),
    telegram_id: z.number().int(),
    lead_id: z.number().int(),
    kind: z.enum(['first', 'replan']),
    text: z.string(),
    news: z.string().nullable(),
    situation: situationSchema.catch('cold'),
    language: languageSchema.catch('en'),
    understood: z.object({
      guessed: z.array(z.string()).default([]),
      notes_cut: z.number().int().default(0),
    }),
    message_id: z.number().int().nullable(),
    stop_requested: z.boolean(),
    attempts: z.number().int(),
    ...resultShape,
  })
  .transform(({ kind, text, news, situation, language, understood, ...row }): PlanningRun => ({
    id: row.id,
    telegramId: row.telegram_id,
    leadId: row.lead_id,
    order: {
      ...{ kind, text, news, situation, language },
      guessed: understood.guessed,
      notesCut: understood.notes_cut,
    },
    messageId: row.message_id,
    stopRequested: row.stop_requested,
    attempts: row.attempts,
    result: resultOf(row),
  }));

const extendedSchema = z.object({ held: z.boolean(), stop: z.boolean() });
const requestedSchema = z.object({ lead_id: z.number().int(), run_id: z.number().int() });
const stoppedSchema = z.object({ already: z.boolean() });
const proposedSchema = z.object({ lost: z.boolean(), plan_id: z.number().int().nullable() });

function resultOf(row: z.infer<z.ZodObject<typeof resultShape>>): RunResult | null {
  if (row.outcome === 'planned' && row.plan_id !== null) return { kind: 'planned', planId: row.plan_id };
  if (row.outcome === 'refused' && row.refusal !== null) return { kind: 'refused', code: row.refusal };
  return null;
}

/** Builds the loop's store over the server's client. */
export function createPlanningStore(server: Database): PlanningStore {
  return {
    claim: (worker, token, leaseSeconds) =>
      callForValue(
        server,
        'claim_planning_run',
        { p_worker: worker, p_token: token, p_lease_seconds: leaseSeconds },
        runSchema.nullable(),
      ),
    async extend(token, leaseSeconds) {
      const { held, stop } = await callForValue(
        server,
        'extend_planning_run',
        { p_token: token, p_lease_seconds: leaseSeconds },
        extendedSchema,
      );
      return held ? { stop } : null;
    },
    async refuse(token, code) {
      await callForValue(server, 'refuse_planning_run', { p_token: token, p_refusal: code }, z.boolean());
    },
    async close(token) {
      await callForValue(server, 'close_planning_run', { p_token: token }, z.boolean());
    },
    noteMessage: (runId, messageId) =>
      callForValue(
        server,
        'note_planning_message',
        { p_run_id: runId, p_message_id: messageId },
        notedSchema,
      ),
  };
}

/** Builds the person's side over their client. */
export function createPersonPlanning(database: Database): PersonPlanning {
  return {
    async requestPlan(actionId, leadId, order) {
      const answer = await callRepeatable(
        database,
        'request_plan',
        { p_action_id: actionId, p_lead_id: leadId, p_request: requestOf(order) },
        requestedSchema,
      );
      return answer.ok ? { ok: true, value: { runId: answer.value.run_id } } : answer;
    },
    stop: (actionId, runId) =>
      callRepeatable(database, 'stop_planning', { p_action_id: actionId, p_run_id: runId }, stoppedSchema),
    async propose(runId, token, { plan, origin, usage }) {
      const answer = await callRepeatable(
        database,
        'propose_plan_of_run',
        {
          p_action_id: `run:${runId}`,
          p_run_id: runId,
          p_token: token,
          p_plan: plan,
          p_origin: origin,
          p_usage: {
            model: usage.model,
            calls: usage.calls,
            input_tokens: usage.inputTokens,
            output_tokens: usage.outputTokens,
            cost_usd: usage.costUsd,
          },
        },
        proposedSchema,
      );
      if (!answer.ok) return answer;
      const { plan_id: planId } = answer.value;
      return { ok: true, value: planId === null ? null : { planId } };
    },
    async runningPlan(leadId) {
      const plans = await database
        .from('engagement_plans')
        .select('id,pace')
        .eq('lead_id', leadId)
        .eq('status', 'active')
        .limit(1);
      const [plan] = readValue('read engagement_plans', plans, runningPlansSchema);
      if (plan === undefined) return null;
      const [steps, reminders] = await Promise.all([
        database.from('outreach_steps').select('*').eq('plan_id', plan.id).order('step_id'),
        database.from('scheduled_reminders').select('step_id,status').eq('plan_id', plan.id).order('id'),
      ]);
      const states = new Map(
        readValue('read scheduled_reminders', reminders, remindersSchema).map(
          ({ step_id: step, status }) => [step, status] as const,
        ),
      );
      const soFar = readValue('read outreach_steps', steps, z.array(stepRowSchema)).map((step) => ({
        step_id: step.step_id,
        action_type: step.action_type,
        description: step.description,
        suggested_text: step.suggested_text,
        timing: step.timing ?? '',
        delay_days: step.delay_days,
        state: stateOf(states.get(step.step_id)),
      }));
      return { pace: plan.pace, steps: soFar };
    },
  };
}

const runningPlansSchema = z.array(z.object({ id: z.number().int(), pace: paceSchema }));
const remindersSchema = z.array(
  z.object({ step_id: z.number().int().nullable(), status: reminderStatusSchema }),
);

/** In the words of a plan. */
function stateOf(
  status: z.infer<typeof reminderStatusSchema> | undefined,
): 'done' | 'skipped' | 'cancelled' | 'open' | 'not_started' {
  switch (status) {
    case undefined:
      return 'not_started';
    case 'completed':
      return 'done';
    case 'skipped':
    case 'cancelled':
      return status;
    case 'pending':
    case 'sent':
    case 'failed':
      return 'open';
  }
}

function requestOf({ guessed, notesCut, ...order }: PlanOrder): Record<string, unknown> {
  return { ...order, understood: { guessed, notes_cut: notesCut } };
}
