/** A plan on the desk: its steps, reminders and requests as stored, to be changed and compared. */
import type { TestDatabase } from '../../support/database.ts';
import { inHours, type Actor, type Answer } from '../actions/actor.ts';

/** A step with what is stored about its reminder; null where it has none. */
export interface StoredStep {
  readonly id: number;
  readonly step_id: number;
  readonly action_type: string;
  readonly description: string;
  readonly suggested_text: string | null;
  readonly timing: string;
  readonly delay_days: number;
  readonly ready_at: string | null;
  readonly reminder: StoredReminder | null;
}

export interface StoredReminder {
  readonly id: number;
  readonly status: string;
  readonly wanted_at: string;
  readonly due_at: string;
  readonly exact: boolean;
  readonly title: string;
  readonly draft_text: string | null;
  readonly delay_days: number;
}

export interface StoredPlan {
  readonly pace: string;
  readonly version: number;
  readonly steps: readonly StoredStep[];
  /** Open reminders of the plan that belong to no step. */
  readonly strays: number;
}

/** Steps called A, B, C … with an invitation's worth of draft each. */
export function stepsCalled(letters: string, delays: readonly number[]): object[] {
  return Array.from(letters).map((letter, index) => ({
    action_type: 'call',
    description: letter,
    suggested_text: `Draft ${letter}`,
    timing: '',
    delay_days: delays[index] ?? 9 + index,
  }));
}

/** A draft of steps A, B, C … */
export async function draftOf(
  person: Actor,
  letters = 'ABCD',
  pace = 'fixed_dates',
  delays: readonly number[] = [0, 2, 5, 9],
): Promise<{ leadId: number; planId: number }> {
  const { data } = await person.must('create_lead', {
    p_lead: { name: 'Kowalska' },
    p_plan: { pace, steps: stepsCalled(letters, delays) },
  });
  return { leadId: data['lead_id'] as number, planId: data['plan_id'] as number };
}

/** The same, running: step n is wanted in n days, at whole hours from now. */
export async function runningOf(
  person: Actor,
  letters = 'ABCD',
  pace = 'fixed_dates',
): Promise<{ leadId: number; planId: number; ids: number[] }> {
  const made = await draftOf(
    person,
    letters,
    pace,
    Array.from(letters).map((_, index) => index + 1),
  );
  // One look at the clock: whole days between the steps, to the millisecond.
  const now = Temporal.Instant.from(inHours(0));
  const { data } = await person.must('accept_plan', {
    p_plan_id: made.planId,
    p_schedule: Array.from(letters).map((_, index) => ({
      step_id: index + 1,
      wanted_at: now.add({ hours: 24 * (index + 1) }).toString(),
    })),
  });
  return { ...made, ids: (data['reminders'] as { id: number }[]).map(({ id }) => id) };
}

export async function readPlan(db: TestDatabase, planId: number): Promise<StoredPlan> {
  const { rows } = await db.admin.query<{ plan: StoredPlan }>(
    `select jsonb_build_object('pace', plan.pace, 'version', plan.version,
       'strays', (select count(*) from public.scheduled_reminders
         where plan_id = plan.id and step_id is null and status in ('pending', 'sent')),
       'steps', (select jsonb_agg(jsonb_build_object('id', step.id, 'step_id', step.step_id,
           'action_type', step.action_type, 'description', step.description, 'suggested_text', step.suggested_text,
           'timing', coalesce(step.timing, ''), 'delay_days', step.delay_days, 'ready_at', step.next_step_ready_at,
           'reminder', reminder.facts) order by step.step_id)
         from public.outreach_steps as step left join lateral (
           select jsonb_build_object('id', row.id, 'status', row.status, 'wanted_at', row.wanted_at, 'due_at', row.due_at,
             'exact', row.exact, 'title', row.title, 'draft_text', row.draft_text, 'delay_days', row.delay_days) as facts
           from public.scheduled_reminders as row where row.plan_id = plan.id and row.step_id = step.step_id
           order by row.status in ('pending', 'sent') desc, row.id desc limit 1) as reminder on true
         where step.plan_id = plan.id)) as plan
     from public.engagement_plans as plan where plan.id = $1`,
    [planId],
  );
  return rows[0]!.plan;
}

/** The descriptions in order. */
export const letters = (plan: StoredPlan): string =>
  plan.steps.map(({ description }) => description).join('');

export const delays = (plan: StoredPlan): number[] => plan.steps.map((step) => step.delay_days);

/** When each step is wanted, epoch milliseconds; null = no open reminder. */
export const dates = (plan: StoredPlan): (number | null)[] =>
  plan.steps.map(({ reminder }) =>
    reminder !== null && ['pending', 'sent'].includes(reminder.status)
      ? Temporal.Instant.from(reminder.wanted_at).epochMilliseconds
      : null,
  );

export const undo = async (person: Actor, action: Answer): Promise<string | null> =>
  (await person.act('undo_action', { p_action_id: action.actionId })).refusal;
