/** What happened to a person's reminder, read with that person's token. */
import { z } from 'zod';
import type { WhyEvent } from '../../shared/rules/why-now.ts';
import { snapshotSchema } from '../../shared/schemas/event.ts';
import { instantSchema } from '../../shared/schemas/instant.ts';
import type { StoryStore } from '../usecases/plan-ports.ts';
import { readValue } from './answers.ts';
import type { Database } from './clients.ts';

/** A reminder that was touched more often than this tells its latest story. */
const EVENT_LIMIT = 100;

const eventsSchema = z.array(
  z.object({
    action: z.string(),
    at: instantSchema,
    before: snapshotSchema.pick({ wanted_at: true }).nullable(),
    after: snapshotSchema.pick({ wanted_at: true }).nullable(),
  }),
);
const plansSchema = z.array(z.object({ accepted_at: instantSchema.nullable() }));
const stepsSchema = z.array(
  z.object({ triggered_by: z.string().nullable(), next_step_ready_at: instantSchema.nullable() }),
);

/** Builds the part of a person's store that knows the past of their reminders. */
export function createStoryStore(database: Database): StoryStore {
  return {
    async reminderStory({ id, plan_id: planId, step_id: stepId }) {
      const [events, plans, steps] = await Promise.all([
        database
          .from('reminder_events')
          .select('action,at,before,after')
          .eq('reminder_id', id)
          .order('id', { ascending: false })
          .limit(EVENT_LIMIT)
          .then((result) => readValue('read reminder_events', result, eventsSchema)),
        planId === null
          ? []
          : database
              .from('engagement_plans')
              .select('accepted_at')
              .eq('id', planId)
              .then((result) => readValue('read engagement_plans', result, plansSchema)),
        planId === null || stepId === null
          ? []
          : database
              .from('outreach_steps')
              .select('triggered_by,next_step_ready_at')
              .eq('plan_id', planId)
              .eq('step_id', stepId)
              .then((result) => readValue('read outreach_steps', result, stepsSchema)),
      ]);
      const start = plans[0]?.accepted_at ?? null;
      const { triggered_by: by = null, next_step_ready_at: readyAt = null } = steps[0] ?? {};
      return {
        planStart: start === null ? null : Temporal.Instant.from(start),
        trigger: by === null || readyAt === null ? null : { by, at: Temporal.Instant.from(readyAt) },
        events: events.toReversed().map(toEvent),
      };
    },
  };
}

function toEvent({ action, at, before, after }: z.infer<typeof eventsSchema>[number]): WhyEvent {
  const wanted = (snapshot: { readonly wanted_at: string } | null): Temporal.Instant | null =>
    snapshot === null ? null : Temporal.Instant.from(snapshot.wanted_at);
  return { action, at: Temporal.Instant.from(at), from: wanted(before), to: wanted(after) };
}
