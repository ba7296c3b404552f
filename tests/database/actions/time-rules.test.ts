/**
 * The database finds open windows itself, in the transaction that moves a row; bot and mini-app draw their previews with
 * shared/rules/. Both must name the same instants, most of all in nights when clocks change.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAwakeHours, atClock, isAwake, nextOpen, workingMorning } from '../../../shared/rules/calendar.ts';
import { stepWantedAt } from '../../../shared/rules/plan-schedule.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { anyInstant, anySettings } from '../../unit/rules/arbitraries.ts';

/** Worked through in one SQL call. */
const CASES = 4_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

interface Case {
  readonly at: Temporal.Instant;
  readonly settings: TimeSettings;
  readonly hours: number;
  readonly days: number;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  at: anyInstant,
  settings: anySettings,
  hours: fc.constantFrom(0, 0.5, 1, 4, 8),
  days: fc.integer({ min: 0, max: 30 }),
});

/** Evaluates `expression` over all cases; in it a case's columns are at, zone, preferred, q_from, q_to, days, hours, delay. */
async function inSql(cases: readonly Case[], expression: string): Promise<string[]> {
  const rows = cases.map(({ at, settings, hours, days }) => ({
    at: at.toString(),
    zone: settings.zone,
    preferred: settings.preferredHour,
    q_from: settings.quietFrom,
    q_to: settings.quietTo,
    days: settings.workingDays,
    hours,
    delay: days,
  }));
  const { rows: answers } = await db.admin.query<{ answer: unknown }>(
    `select to_json(${expression}) as answer
     from rows from (jsonb_to_recordset($1) as (at timestamptz, zone text, preferred time, q_from time, q_to time,
       days smallint[], hours numeric, delay int)) with ordinality order by ordinality`,
    [JSON.stringify(rows)],
  );
  return answers.map(({ answer }) =>
    typeof answer === 'string' ? Temporal.Instant.from(answer).toString() : String(answer),
  );
}

const SETTINGS = 'zone, preferred, q_from, q_to, days';

const RULES: readonly (readonly [string, string, (one: Case) => unknown])[] = [
  [
    'is_open: whether a message may arrive',
    'public.is_open(at, zone, q_from, q_to, days)',
    ({ at, settings }) => isAwake(at, settings),
  ],
  [
    'next_open: when a message that may not go now goes instead',
    `public.next_open(at, ${SETTINGS})`,
    ({ at, settings }) => nextOpen(at, settings),
  ],
  [
    'working_morning: the preferred hour of the next working day',
    `public.working_morning((at at time zone zone)::date, ${SETTINGS})`,
    ({ at, settings }) => workingMorning(at.toZonedDateTimeISO(settings.zone).toPlainDate(), settings),
  ],
  [
    'step_wanted_at: when a step is wanted',
    `public.step_wanted_at(at, delay, ${SETTINGS})`,
    ({ at, settings, days }) => stepWantedAt(at, days, settings),
  ],
  [
    'add_awake_hours: time that counts only while the person is awake',
    `public.add_awake_hours(at, hours, ${SETTINGS})`,
    ({ at, settings, hours }) => addAwakeHours(at, hours, settings),
  ],
  [
    'local_to_instant: gaps and overlaps by Temporal’s "compatible"',
    `public.local_to_instant((at at time zone zone)::date + preferred, zone)`,
    ({ at, settings }) =>
      atClock(at.toZonedDateTimeISO(settings.zone).toPlainDate(), settings.preferredHour, settings.zone),
  ],
];

/** Another one each run; in a failure's message, so that the run can be repeated. */
const SEED = Math.floor(Math.random() * 2 ** 31);

describe(`SQL and shared/rules/ agree (seed ${SEED})`, () => {
  test.each(RULES)('%s', async (_name, expression, rule) => {
    const cases = fc.sample(anyCase, { numRuns: CASES, seed: SEED });
    const answers = await inSql(cases, expression);
    const different = cases.flatMap((one, index) => {
      const expected = String(rule(one));
      const { at, settings, hours, days } = one;
      return answers[index] === expected
        ? []
        : [JSON.stringify({ at, ...settings, hours, days, sql: answers[index], expected })];
    });
    expect(different.slice(0, 5), `${different.length} of ${CASES} differ`).toEqual([]);
  });
});
