import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPlanProblems } from '../../../bot/domain/plan/plan-problems.ts';
import { repairSteps } from '../../../bot/domain/plan/repair-steps.ts';
import { detectSituation } from '../../../bot/domain/plan/situation.ts';
import { templatePlan } from '../../../bot/domain/plan/template-plan.ts';
import type { TemplateLead } from '../../../bot/domain/plan/template-types.ts';
import { planStepsSchema, situationSchema, type PlanStep } from '../../../shared/schemas/plan.ts';
import { languageSchema } from '../../../shared/schemas/user.ts';
import { ENGLISH } from './situations-en.ts';
import { RUSSIAN } from './situations-ru.ts';

const none = { emails: [], phones: [], links: [], handles: [] };

function lead(fields: Partial<TemplateLead> = {}): TemplateLead {
  return { name: 'Anna Kowalska', company: 'Baltic Freight', contacts: none, ...fields };
}

const step: PlanStep = {
  step_id: 1,
  action_type: 'call',
  description: 'Call Anna',
  suggested_text: null,
  timing: 'now',
  delay_days: 0,
};

describe('repair of a planner’s steps', () => {
  const delays = (...raw: unknown[]): number[] =>
    repairSteps(raw.map((delay_days) => ({ ...step, delay_days }))).steps.map((each) => each.delay_days);

  test('a decreasing or negative delay is raised to the step before', () => {
    expect(delays(0, 3, 1, -2, 5)).toEqual([0, 3, 3, 3, 5]);
    expect(delays(-4, 1)).toEqual([0, 1]);
  });

  test('numbers written as text are read, half days count whole', () => {
    expect(delays('0', ' 3 ', '4.5')).toEqual([0, 3, 5]);
  });

  test('a missing delay comes from the words, else three days after the step before', () => {
    expect(delays(undefined, 'in 5 days', null)).toEqual([0, 5, 5]);
    const silent = { ...step, timing: 'later', delay_days: undefined };
    expect(repairSteps([step, silent, silent]).steps.map((each) => each.delay_days)).toEqual([0, 3, 6]);
  });

  test('steps are renumbered and unknown actions become other', () => {
    const { steps, repairs } = repairSteps([
      { ...step, step_id: 7, action_type: 'LinkedIn DM' },
      { ...step, step_id: 7, action_type: 'fax' },
    ]);
    expect(steps.map((each) => [each.step_id, each.action_type])).toEqual([
      [1, 'linkedin_dm'],
      [2, 'other'],
    ]);
    expect(repairs).toContainEqual({ step_id: 2, repair: 'unknown_action' });
  });

  test('what is no step is dropped and reported, a bare sentence becomes one', () => {
    const { steps, repairs } = repairSteps([null, 4, [], '', 'Call Anna']);
    expect(steps.map((each) => each.description)).toEqual(['Call Anna']);
    expect(repairs.filter(({ repair }) => repair === 'not_a_step')).toHaveLength(4);
  });

  test('a good plan is left alone', () => {
    const plan = [step, { ...step, step_id: 2, delay_days: 2 }];
    expect(repairSteps(plan)).toEqual({ steps: plan, repairs: [] });
  });

  test('whatever comes in, numbers count from one, delays never decrease, and a second repair changes nothing', () => {
    const raw = fc.record(
      {
        step_id: fc.anything(),
        action_type: fc.anything(),
        description: fc.string(),
        timing: fc.string(),
        delay_days: fc.oneof(fc.integer(), fc.float(), fc.string(), fc.constant(null)),
        suggested_text: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(raw, fc.anything()), { maxLength: 12 }), (entries) => {
        const { steps } = repairSteps(entries);
        steps.forEach((each, index) => {
          expect(each.step_id).toBe(index + 1);
          expect(Number.isInteger(each.delay_days)).toBe(true);
          expect(each.delay_days).toBeGreaterThanOrEqual(steps[index - 1]?.delay_days ?? 0);
        });
        expect(repairSteps(steps)).toEqual({ steps, repairs: [] });
      }),
    );
  });
});

describe('problems that no repair can mend', () => {
  test('each is found and named', () => {
    const invitation: PlanStep = {
      ...step,
      action_type: 'linkedin_connect',
      suggested_text: '🙂'.repeat(200),
      delay_days: 366,
      description: ' ',
    };
    expect(findPlanProblems([invitation]).map(({ kind }) => kind)).toEqual([
      'too_few_steps',
      'long_invitation',
      'long_delay',
      'empty_description',
    ]);
    expect(findPlanProblems(Array.from({ length: 11 }, () => step))).toEqual([
      { kind: 'too_many_steps', count: 11 },
    ]);
  });

  test('an invitation of 199 code points is short enough', () => {
    const invitation: PlanStep = {
      ...step,
      action_type: 'linkedin_connect',
      suggested_text: '🙂'.repeat(199),
    };
    expect(findPlanProblems([invitation, step, step])).toEqual([]);
  });
});

describe('the situation told by a text', () => {
  const told = [ENGLISH, RUSSIAN].flatMap((sentences) =>
    situationSchema.options.flatMap((situation) =>
      sentences[situation].map((text) => [text, situation] as const),
    ),
  );

  test.each(told)('%s: %s', (text, situation) => {
    expect(detectSituation(text)).toBe(situation);
  });

  test('any text at all is read in less than 100 ms', () => {
    const long = 'She got our proposal and wants to think, если не ответит. '.repeat(400);
    const started = process.cpuUsage();
    detectSituation(long);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(100);
  });
});

describe('template plans', () => {
  const anyLead: fc.Arbitrary<TemplateLead> = fc.record({
    name: fc.oneof(
      fc.constantFrom(
        'Anna',
        'ИВАНОВ Иван Петрович',
        'דוד כהן',
        '李雷',
        'info@nordlys.no',
        '+4915123456789',
        '🙂',
        '[name]',
        'Dr. Hans Müller',
      ),
      fc.string({ minLength: 1, maxLength: 200 }),
    ),
    company: fc.oneof(
      fc.constantFrom(null, '', '  ', 'ООО «Ромашка»', '{company}', 'X'.repeat(200)),
      fc.string({ maxLength: 200 }),
    ),
    contacts: fc.record({
      emails: fc.constantFrom([], ['a@b.co']),
      phones: fc.constantFrom([], ['+4915123456789']),
      links: fc.constantFrom([], ['https://linkedin.com/in/a'], ['https://b.co']),
      handles: fc.constant([]),
    }),
  });

  test('every one can be stored, has 5 to 8 steps and reads without a gap or a placeholder', () => {
    fc.assert(
      fc.property(
        anyLead,
        fc.constantFrom(...situationSchema.options),
        fc.constantFrom(...languageSchema.options),
        (person, situation, language) => {
          const steps = templatePlan(person, situation, language);
          expect(planStepsSchema.safeParse(steps).error).toBeUndefined();
          expect(steps.length).toBeGreaterThanOrEqual(5);
          expect(steps.length).toBeLessThanOrEqual(8);
          for (const { description, suggested_text } of steps) {
            for (const text of [description, suggested_text ?? 'x']) {
              expect(text).not.toMatch(/[[\]{}<>]|undefined|null|\s[,.!?;](?:\s|$)|«\s*»|^\s*,|\bHi ,/u);
            }
          }
          expect(
            steps.every((each) => each.action_type !== 'linkedin_connect' || each.suggested_text !== null),
          ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a person is greeted by first name, in Russian with the patronymic', () => {
    const english = templatePlan(lead(), 'after_call', 'en');
    expect(english[0]?.suggested_text).toMatch(/^Hi Anna,\n/);
    const russian = templatePlan(lead({ name: 'Иванов Иван Петрович' }), 'after_call', 'ru');
    expect(russian[0]?.suggested_text).toMatch(/^Иван Петрович, здравствуйте!\n/);
  });

  test.each(['Baltic Freight', 'info@balticfreight.pl', 'balticfreight.pl', '+4915123456789'])(
    'nobody is greeted as %s',
    (name) => {
      for (const { suggested_text } of templatePlan(lead({ name }), 'cold', 'en'))
        expect(suggested_text ?? '').not.toContain('Hi ');
    },
  );

  test('steps go by the channels that are known', () => {
    const actions = (contacts: Partial<typeof none> & object): string[] =>
      templatePlan(lead({ contacts: { ...none, ...contacts } }), 'cold', 'en').map(
        ({ action_type }) => action_type,
      );
    expect(actions({ emails: ['a@b.co'], phones: ['+4915123456789'] } as never)).toEqual(
      expect.arrayContaining(['email_outreach', 'call']),
    );
    expect(actions({ links: ['https://linkedin.com/in/a'] } as never)).toContain('linkedin_dm');
    expect(actions({})).not.toContain('email_outreach');
    expect(actions({})).not.toContain('call');
  });

  test('each situation has a plan of its own in each language', () => {
    const plans = situationSchema.options.flatMap((situation) =>
      languageSchema.options.map((language) => JSON.stringify(templatePlan(lead(), situation, language))),
    );
    expect(new Set(plans).size).toBe(situationSchema.options.length * languageSchema.options.length);
  });

  test('a plan takes less than 20 ms', () => {
    templatePlan(lead(), 'cold', 'en');
    const started = process.cpuUsage();
    for (let round = 0; round < 100; round += 1) templatePlan(lead(), 'cold', 'ru');
    expect(process.cpuUsage(started).user / 1_000 / 100).toBeLessThan(20);
  });
});
