import { z } from 'zod';
import { actionTypeSchema } from '../schemas/plan.ts';

// Made of the kinds of schema that the mini-app's first load holds anyway: each further kind would weigh on it.
const dateSchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const countSchema = z.number().int();

/** What `my_insights` answers. Dates are local ones of the person, `YYYY-MM-DD`. */
export const insightsSchema = z.object({
  today: dateSchema,
  /** Monday to Sunday, oldest first, the week of `today` last; weeks without anything are there too. */
  weeks: z.array(
    z.object({
      week: dateSchema,
      /** Reminders brought up at least once; null = so long ago that nobody knows. */
      sent: countSchema.nullable(),
      done: countSchema,
      snoozed: countSchema,
      skipped: countSchema,
    }),
  ),
  /** The most done in any week so far, also before `weeks`. */
  best_done: countSchema,
  /** Days with something done, at most 400 days back. */
  done_days: z.array(dateSchema),
  /** Spans of days, both ends included, on which something waited to be done. */
  busy: z.array(z.object({ from: dateSchema, to: dateSchema })),
  /** Plan steps done in `weeks`, and how many of them the lead answered. */
  answers: z.array(
    z.object({
      step_id: countSchema,
      action_type: actionTypeSchema,
      done: countSchema,
      answered: countSchema,
    }),
  ),
  /** Leads that got at least this far; `closed_lost` = how many are lost now. */
  funnel: z.object({
    new: countSchema,
    reached_out: countSchema,
    in_progress: countSchema,
    meeting_booked: countSchema,
    closed_won: countSchema,
    closed_lost: countSchema,
  }),
});
export type Insights = z.infer<typeof insightsSchema>;
