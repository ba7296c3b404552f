/** What the trace of one reminder is made from: its events, its plan's start and what brought it forward. */
import type { Database } from '@insforge/sdk';
import { z } from 'zod';
import { snapshotSchema } from '../../../../shared/schemas/event.ts';
import { instantSchema } from '../../../../shared/schemas/instant.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import type { WhyEvent, WhyFacts } from '../../../../shared/rules/why-now.ts';
import { readRows } from '../../session/outcome.ts';

/** A reminder that was touched more often than this tells its latest story. */
const EVENT_LIMIT = 100;

const eventSchema = z.object({
  action: z.string(),
  at: instantSchema,
  before: snapshotSchema.pick({ wanted_at: true }).nullable(),
  after: snapshotSchema.pick({ wanted_at: true }).nullable(),
});
const planSchema = z.object({ accepted_at: instantSchema.nullable() });
const stepSchema = z.object({
  triggered_by: z.string().nullable(),
  next_step_ready_at: instantSchema.nullable(),
});

export type WhyHistory = Pick<WhyFacts, 'planStart' | 'trigger' | 'events'>;

/** @throws ReadError */
export async function readWhy(database: Database, reminder: ReminderRow): Promise<WhyHistory> {
  const { id, plan_id: planId, step_id: stepId } = reminder;
  const [events, plans, steps] = await Promise.all([
    database
      .from('reminder_events')
      .select('action,at,before,after')
      .eq('reminder_id', id)
      .order('id', { ascending: false })
      .limit(EVENT_LIMIT)
      .then((result) => readRows('events', result, eventSchema)),
    planId === null
      ? []
      : database
          .from('engagement_plans')
          .select('accepted_at')
          .eq('id', planId)
          .then((result) => readRows('plan', result, planSchema)),
    planId === null || stepId === null
      ? []
      : database
          .from('outreach_steps')
          .select('triggered_by,next_step_ready_at')
          .eq('plan_id', planId)
          .eq('step_id', stepId)
          .then((result) => readRows('step', result, stepSchema)),
  ]);
  const start = plans[0]?.accepted_at ?? null;
  const { triggered_by: by = null, next_step_ready_at: readyAt = null } = steps[0] ?? {};
  return {
    planStart: start === null ? null : Temporal.Instant.from(start),
    trigger: by === null || readyAt === null ? null : { by, at: Temporal.Instant.from(readyAt) },
    events: events.toReversed().map(toEvent),
  };
}

function toEvent({ action, at, before, after }: z.infer<typeof eventSchema>): WhyEvent {
  const instant = (snapshot: { wanted_at: string } | null): Temporal.Instant | null =>
    snapshot === null ? null : Temporal.Instant.from(snapshot.wanted_at);
  return { action, at: Temporal.Instant.from(at), from: instant(before), to: instant(after) };
}
