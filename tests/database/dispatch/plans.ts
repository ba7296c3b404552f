/** Plans with steps and reminders for tests of the step sweep, written straight into the tables. */
import type { Dispatcher } from './dispatcher.ts';

export interface StepFields {
  /** Minutes from product time at which its reminder is wanted; null = it has none yet. */
  readonly wantedIn: number | null;
  readonly status?: string;
  readonly delayDays?: number;
}

export interface StoredStep {
  readonly id: number;
  readonly step_id: number;
  readonly scheduled_at: string | null;
  readonly triggered_by: string | null;
  readonly next_step_ready_at: string | null;
}

export interface TestPlan {
  readonly leadId: number;
  readonly planId: number;
  /** By step number minus one; null = none. */
  readonly reminderIds: readonly (number | null)[];
  step(number: number): Promise<StoredStep>;
  /** Asks for a step from that many minutes on. */
  ready(number: number, inMinutes: number, triggeredBy?: string): Promise<void>;
  /** All reminders of a step, oldest first. */
  remindersOf(
    number: number,
  ): Promise<readonly { id: number; status: string; wanted_at: string; due_at: string }[]>;
}

/** An active plan of this person with one step per item. */
export async function activePlan(
  dispatcher: Dispatcher,
  telegramId: number,
  steps: readonly StepFields[],
  pace: 'fixed_dates' | 'after_previous' = 'fixed_dates',
): Promise<TestPlan> {
  const leadId = await dispatcher.lead(telegramId);
  const plans = await dispatcher.sql<{ id: string }>(
    `insert into engagement_plans (lead_id, telegram_id, status, accepted_at, pace)
     values ($1, $2, 'active', app_now(), $3) returning id`,
    [leadId, telegramId, pace],
  );
  const planId = Number(plans[0]!.id);
  const reminderIds: (number | null)[] = [];
  for (const [index, step] of steps.entries()) {
    const stepId = index + 1;
    await dispatcher.sql(
      `insert into outreach_steps (plan_id, lead_id, telegram_id, step_id, action_type, description, suggested_text, delay_days)
       values ($1, $2, $3, $4, 'call', $5, $6, $7)`,
      [planId, leadId, telegramId, stepId, `Step ${stepId}`, `Draft ${stepId}`, step.delayDays ?? index],
    );
    reminderIds.push(
      step.wantedIn === null
        ? null
        : await dispatcher.reminder({
            telegramId,
            leadId,
            planId,
            stepId,
            dueIn: step.wantedIn,
            status: step.status ?? 'pending',
          }),
    );
  }
  return {
    leadId,
    planId,
    reminderIds,
    async step(number) {
      const [row] = await dispatcher.json<StoredStep>(
        'select * from outreach_steps where plan_id = $1 and step_id = $2',
        [planId, number],
      );
      return row!;
    },
    async ready(number, inMinutes, triggeredBy) {
      await dispatcher.sql(
        `update outreach_steps set next_step_ready_at = app_now() + make_interval(mins => $3), triggered_by = $4
         where plan_id = $1 and step_id = $2`,
        [planId, number, inMinutes, triggeredBy ?? null],
      );
    },
    remindersOf: (number) =>
      dispatcher.json('select * from scheduled_reminders where plan_id = $1 and step_id = $2 order by id', [
        planId,
        number,
      ]),
  };
}
