import { z } from 'zod';
import { planRowSchema } from './plan.ts';

/**
 * Where a plan came from and why; always told to the person.
 * `template.because`: `not_configured`: there is no model. `invalid`: its answers stayed unusable. `interrupted`: the
 * program was restarted too often meanwhile. The rest: what became of asking it.
 */
const planOriginSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('model'),
    /** Anything mended, or any sentence removed because the input does not bear it out. */
    repaired: z.boolean(),
    /** Sentences that were removed as invented. */
    removed: z.number().int().min(0),
    /** How often it had to be asked again: 0 to 2. */
    askedAgain: z.number().int().min(0),
  }),
  z.object({
    kind: z.literal('template'),
    because: z.enum([
      'not_configured',
      'invalid',
      'interrupted',
      'timeout',
      'rate_limited',
      'unreachable',
      'misconfigured',
      'refused',
      'cut_off',
      'stopped',
    ]),
  }),
]);
export type PlanOrigin = z.infer<typeof planOriginSchema>;

/** A row of `engagement_plans` with what is recorded of its making. */
export const madePlanRowSchema = planRowSchema.extend({
  /** Null for plans that nobody tried to have written by a model. */
  origin: planOriginSchema.nullable().catch(null),
  /** The model's name, as the endpoint gives it. */
  model: z.string().nullable().catch(null),
});
export type MadePlanRow = z.infer<typeof madePlanRowSchema>;
