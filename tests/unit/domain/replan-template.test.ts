/** A new template plan in the middle repeats nothing and is a plan all the same. */
import { describe, expect, test } from 'vitest';
import { replanTemplate } from '../../../bot/domain/plan/replan-template.ts';
import { templatePlan } from '../../../bot/domain/plan/template-plan.ts';
import { planStepsSchema, situationSchema } from '../../../shared/schemas/plan.ts';

const LEAD = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  title: null,
  contacts: {
    emails: ['anna@balticfreight.example'],
    phones: ['+49 40 1234567'],
    links: ['https://www.linkedin.com/in/anna'],
    handles: [],
  },
  notes: null,
  zone: null,
  language: null,
};

describe.each(['en', 'ru'] as const)('in %s', (language) => {
  test.each(situationSchema.options)(
    '%s: nothing that is done comes again, and day 0 is now',
    (situation) => {
      const whole = templatePlan(LEAD, situation, language);
      for (const [count] of whole.entries()) {
        const done = whole.slice(0, count + 1);
        const steps = replanTemplate(LEAD, situation, language, done);
        expect(planStepsSchema.safeParse(steps).error).toBeUndefined();
        expect(steps[0]?.delay_days).toBe(0);
        const said = new Set(done.map(({ description }) => description));
        expect(steps.filter(({ description }) => said.has(description))).toEqual([]);
        expect(new Set(steps.map(({ description }) => description)).size).toBe(steps.length);
      }
    },
  );

  test('an invitation is sent once', () => {
    const done = [{ action_type: 'linkedin_connect' as const, description: 'Invite her' }];
    for (const situation of situationSchema.options) {
      const steps = replanTemplate(LEAD, situation, language, done);
      expect(steps.map(({ action_type }) => action_type)).not.toContain('linkedin_connect');
    }
  });
});
