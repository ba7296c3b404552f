/** How long a plan without a model takes: what a person waits for beside the database. */
import { templatePlan } from '../../bot/domain/plan/template-plan.ts';
import { situationSchema } from '../../shared/schemas/plan.ts';
import { languageSchema } from '../../shared/schemas/user.ts';

const ROUNDS = 200;
const LEAD = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  contacts: { emails: ['anna@balticfreight.eu'], phones: ['+48123456789'], links: [], handles: [] },
};

/** @returns milliseconds per plan, over every situation and language, the very first one apart. */
export function measureTemplatePlans(): { readonly first: number; readonly later: number[] } {
  const cases = situationSchema.options.flatMap((situation) =>
    languageSchema.options.map((language) => ({ situation, language })),
  );
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { situation, language } of cases) {
      const before = performance.now();
      templatePlan(LEAD, situation, language);
      took.push(performance.now() - before);
    }
  }
  const [first = Number.NaN, ...later] = took;
  return { first, later };
}
