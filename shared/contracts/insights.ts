import { z } from 'zod';
import { actionTypeSchema } from '../schemas/plan.ts';
import { leadStatusSchema } from '../schemas/lead.ts';

/** What `my_insights` answers. Dates are local ones of the person, `YYYY-MM-DD`. */
export const insightsSchema = z.object({
  today: z.iso.date(),
  /** Monday to Sunday, oldest first, the week of `today` last; weeks without anything are there too. */
  weeks: z.array(
    z.object({
      week: z.iso.date(),
      /** Reminders brought up at least once; null = so long ago that nobody knows. */
      sent: z.number().int().nullable(),
      done: z.number().int(),
      snoozed: z.number().int(),
      skipped: z.number().int(),
    }),
  ),
  /** The most done in any week so far, also before `weeks`. */
  best_done: z.number().int(),
  /** Days with something done, at most 400 days back. */
  done_days: z.array(z.iso.date()),
  /** Spans of days, both ends included, on which something waited to be done. */
  busy: z.array(z.tuple([z.iso.date(), z.iso.date()])),
  /** Plan steps done in `weeks`, and how many of them the lead answered. */
  answers: z.array(
    z.object({
      step_id: z.number().int(),
      action_type: actionTypeSchema,
      done: z.number().int(),
      answered: z.number().int(),
    }),
  ),
  /** Leads that got at least this far; `closed_lost` = how many are lost now. */
  funnel: z.record(leadStatusSchema, z.number().int()),
});
export type Insights = z.infer<typeof insightsSchema>;
