/** Leads and plans made by the server for the mini-app: it reads texts and knows templates and the model. */
import { z } from 'zod';
import { newLeadSchema } from '../schemas/lead.ts';

/** The longest text that is read, in code points; longer than any paste of a profile. */
export const READ_LIMIT = 20_000;
/** As the database keeps what is new about a lead. */
export const NEWS_LIMIT = 4000;

/** `POST /api/leads/read`: who is in this text? Stores nothing. */
export const readLeadRequestSchema = z.object({ text: z.string().trim().min(1).max(READ_LIMIT) });

export const readLeadAnswerSchema = z.object({
  /** Everybody found; none when the text is about nobody. */
  leads: z.array(
    z.object({
      lead: newLeadSchema,
      /** What was written about this person. */
      text: z.string(),
      /** Fields that were inferred and not written as such. */
      guessed: z.array(z.string()),
    }),
  ),
});
export type ReadLeadAnswer = z.infer<typeof readLeadAnswerSchema>;

const actionIdSchema = z.string().min(1).max(90);

/** `POST /api/leads`: stores a lead and has its plan made. */
export const addLeadRequestSchema = z.object({
  action_id: actionIdSchema,
  lead: newLeadSchema,
  /** What the person wrote, for the plan; may be empty. */
  text: z.string().max(READ_LIMIT),
});

/** `POST /api/leads/{id}/plan`: a plan for a lead that is there, with what is new when it has one already. */
export const planLeadRequestSchema = z.object({
  action_id: actionIdSchema,
  news: z.string().trim().max(NEWS_LIMIT),
});

/** Either the plan is there, or it is being written: then `planning_runs` tells how it stands. */
export const planMadeAnswerSchema = z.object({
  lead_id: z.number().int(),
  plan_id: z.number().int().nullable(),
  run_id: z.number().int().nullable(),
});
export type PlanMadeAnswer = z.infer<typeof planMadeAnswerSchema>;

/** A row of `planning_runs` as its owner may read it. */
export const planningRunSchema = z.object({
  id: z.number().int(),
  state: z.enum(['waiting', 'running', 'done']),
  outcome: z.enum(['planned', 'refused']).nullable(),
  plan_id: z.number().int().nullable(),
});
