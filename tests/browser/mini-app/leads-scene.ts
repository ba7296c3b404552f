/** The leads of the design's pictures: Anna in the middle of a plan, Marcus with one that waits for a yes, and others. */
import type { TestDatabase } from '../../support/database.ts';
import { acceptedPlan } from '../../support/leads.ts';
import { addPerson, PRODUCT_NOW } from './mini-app.ts';

const BERLIN = 'Europe/Berlin';
let actions = 0;

interface StepOf {
  readonly type: string;
  readonly text: string;
  readonly draft?: string;
  /** Berlin's clock. */
  readonly at: string;
}

export interface LeadsScene {
  /** Anna Kowalska: three of seven steps done, the fourth two days late. */
  readonly anna: {
    readonly leadId: number;
    readonly planId: number;
    readonly reminderIds: readonly number[];
  };
  /** Marcus Hale in New York: a draft of eight steps. */
  readonly marcus: { readonly leadId: number; readonly planId: number };
}

/** One of the person's own functions, as the app calls it. */
export async function callAs<T>(
  database: TestDatabase,
  telegramId: number,
  name: string,
  args: object,
): Promise<T> {
  const result = await database
    .userClient(telegramId)
    .database.rpc(name, { p_action_id: `scene-${(actions += 1)}`, ...args });
  if (result.error !== null) throw new Error(`${name} was refused.`, { cause: result.error });
  return result.data as T;
}

/** A lead with a running plan whose steps stand where `at` says; `done` of them are done. */
export async function addPlannedLead(
  database: TestDatabase,
  telegramId: number,
  lead: { readonly name: string; readonly company: string },
  steps: readonly StepOf[],
  done = 0,
): Promise<LeadsScene['anna']> {
  const now = Temporal.Instant.from(PRODUCT_NOW);
  const instants = steps.map(({ at }) => Temporal.PlainDateTime.from(at).toZonedDateTime(BERLIN).toInstant());
  const made = await acceptedPlan(database, telegramId, {
    lead,
    steps: steps.map((step, index) => ({
      action_type: step.type,
      description: step.text,
      suggested_text: step.draft ?? null,
      // Nothing may begin in the past; the rows are set to their moments below.
      inMinutes: Math.max(index + 1, now.until(instants[index]!).total('minutes')),
    })),
  });
  const move = `update public.scheduled_reminders set wanted_at = $2, due_at = $2, due_rev = due_rev + 1 where id = $1`;
  for (const [index, id] of made.reminderIds.entries()) {
    await database.admin.query(move, [id, instants[index]!.toString()]);
  }
  for (const id of made.reminderIds.slice(0, done)) {
    await callAs(database, telegramId, 'complete_reminder', { p_id: id });
    await database.admin.query(
      'update public.scheduled_reminders set completed_at = wanted_at where id = $1',
      [id],
    );
  }
  return made;
}

/** Everybody of the pictures. */
export async function addLeads(
  database: TestDatabase,
  telegramId: number,
  language = 'en',
): Promise<LeadsScene> {
  await addPerson(database, telegramId, language);
  const anna = await addPlannedLead(
    database,
    telegramId,
    { name: 'Anna Kowalska', company: 'Baltic Freight' },
    [
      { type: 'linkedin_connect', text: 'Connect on LinkedIn', at: '2026-10-05T09:30' },
      { type: 'email_outreach', text: 'Send a short intro email', at: '2026-10-06T09:30' },
      { type: 'email_outreach', text: 'Ask which lanes matter in autumn', at: '2026-10-08T09:30' },
      {
        type: 'email_outreach',
        text: 'Send Anna the pricing one-pager',
        draft: 'Hi Anna, here is the one-pager with the three volume tiers.',
        at: '2026-10-12T09:30',
      },
      { type: 'call', text: 'Ask for a 20-minute call', at: '2026-10-15T09:30' },
      { type: 'email_outreach', text: 'Follow up on the pricing', at: '2026-10-19T09:30' },
      { type: 'followup_message', text: 'Last check-in of this round', at: '2026-10-26T09:30' },
    ],
    3,
  );
  await callAs(database, telegramId, 'update_lead', {
    p_lead_id: anna.leadId,
    p_change: {
      title: 'Head of Operations',
      zone: 'Europe/Warsaw',
      contacts: {
        emails: ['anna@balticfreight.example'],
        phones: ['+48581234567'],
        links: ['https://www.linkedin.com/in/anna-kowalska'],
        handles: ['anna_k'],
      },
      notes: 'Met at the logistics fair in Hamburg. Prefers email in the morning.',
    },
  });
  await callAs(database, telegramId, 'set_lead_status', {
    p_lead_id: anna.leadId,
    p_status: 'in_progress',
  });
  await addPlannedLead(database, telegramId, { name: 'Daniel Okafor', company: 'Helio Analytics' }, [
    { type: 'call', text: 'Call to agree the pilot scope', at: '2026-10-14T11:00' },
    { type: 'followup_message', text: 'Thank him for the call', at: '2026-10-16T09:30' },
    { type: 'email_outreach', text: 'Send the contract', at: '2026-10-20T09:30' },
  ]);
  const step = { suggested_text: null, timing: '' };
  const marcus = await callAs<{ lead_id: number; plan_id: number }>(database, telegramId, 'create_lead', {
    p_lead: { name: 'Marcus Hale', company: 'Brightline Health', contacts: {}, zone: 'America/New_York' },
    p_plan: {
      source: 'template',
      steps: [
        { ...step, action_type: 'email_outreach', description: 'Write the first email', delay_days: 0 },
        { ...step, action_type: 'linkedin_connect', description: 'Invite Marcus on LinkedIn', delay_days: 2 },
        { ...step, action_type: 'call', description: 'Call about the checklist', delay_days: 5 },
        { ...step, action_type: 'email_outreach', description: 'Share the case study', delay_days: 12 },
        { ...step, action_type: 'meeting_request', description: 'Ask for 20 minutes', delay_days: 19 },
        { ...step, action_type: 'followup_message', description: 'Check in', delay_days: 82 },
      ],
    },
  });
  return { anna, marcus: { leadId: marcus.lead_id, planId: marcus.plan_id } };
}
