/** Leads, plans and reminders in a test database, made the way the product makes them: by the person's own RPCs. */
import type { TestDatabase } from './database.ts';

interface Lead {
  readonly name: string;
  readonly company: string | null;
}

interface Step {
  readonly action_type: string;
  readonly description: string;
  readonly suggested_text: string | null;
  /** When it is wanted, from product time now, in minutes; negative = already late. */
  readonly inMinutes: number;
}

const STEPS: readonly Step[] = [
  { action_type: 'email_outreach', description: 'Send the one-pager', suggested_text: 'Hi', inMinutes: 60 },
  { action_type: 'call', description: 'Call about it', suggested_text: null, inMinutes: 3 * 1440 },
  { action_type: 'followup_message', description: 'Ask again', suggested_text: null, inMinutes: 7 * 1440 },
];

let actions = 0;
const nextAction = (): string => `test-${(actions += 1)}`;

/** A lead with an accepted plan. Instants in the past are set afterwards: no plan may begin there. */
export async function acceptedPlan(
  database: TestDatabase,
  telegramId: number,
  options: { readonly lead?: Lead; readonly steps?: readonly Step[] } = {},
): Promise<{ readonly leadId: number; readonly planId: number; readonly reminderIds: readonly number[] }> {
  const { lead = { name: 'Anna Kowalska', company: 'Baltic Freight' }, steps = STEPS } = options;
  const client = database.userClient(telegramId).database;
  const created = await client.rpc('create_lead', {
    p_action_id: nextAction(),
    p_lead: { ...lead, title: null, contacts: {}, notes: null, zone: null, language: null },
    p_plan: {
      source: 'manual',
      situation: null,
      language: 'en',
      pace: 'fixed_dates',
      prompt_version: null,
      steps: steps.map((step, index) => ({
        step_id: index + 1,
        action_type: step.action_type,
        description: step.description,
        suggested_text: step.suggested_text,
        timing: '',
        delay_days: index,
      })),
    },
  });
  const { lead_id: leadId, plan_id: planId } = valueOf(created) as { lead_id: number; plan_id: number };
  const { rows } = await database.admin.query<{ now: Date }>('select public.app_now() as now');
  const at = (minutes: number): string => new Date(rows[0]!.now.getTime() + minutes * 60_000).toISOString();
  const accepted = await client.rpc('accept_plan', {
    p_action_id: nextAction(),
    p_plan_id: planId,
    p_schedule: steps.map((step, index) => ({
      step_id: index + 1,
      wanted_at: at(Math.max(step.inMinutes, index + 1)),
    })),
  });
  const { reminders } = valueOf(accepted) as { reminders: { id: number; step_id: number }[] };
  for (const { id, step_id: stepId } of reminders) {
    const minutes = steps[stepId - 1]!.inMinutes;
    if (minutes > 0) continue;
    await database.admin.query(
      'update public.scheduled_reminders set wanted_at = $2, due_at = $2, due_rev = due_rev + 1 where id = $1',
      [id, at(minutes)],
    );
  }
  return { leadId, planId, reminderIds: reminders.map((reminder) => reminder.id) };
}

function valueOf(result: { readonly data: unknown; readonly error: unknown }): unknown {
  if (result.error !== null) throw new Error('A fixture was refused.', { cause: result.error });
  return result.data;
}
