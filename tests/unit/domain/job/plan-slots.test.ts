/** Which slots run after an ordinary wait, a downtime or a pause, and which are left out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSlots } from '../../../../bot/domain/job/plan-slots.ts';
import type { SlotRules } from '../../../../bot/domain/job/plan-slots.ts';

const NOON = Temporal.Instant.from('2026-05-04T12:00:30Z');
const HOURLY: SlotRules = {
  type: 'cron',
  schedule: '0 * * * *',
  timezone: 'UTC',
  next_run: '2026-05-04T12:00:00Z',
  catch_up: 'skip',
  catch_up_limit: 3,
  catch_up_window_ms: 86_400_000,
  max_executions: null,
  ends_at: null,
  slot_count: 0,
  skip_before: null,
};
const run = (job: SlotRules, now = NOON) =>
  planSlots(job, now)
    .slots.filter((slot) => slot.run)
    .map(({ at }) => at);

test('a slot that has just come runs, and the next one is known', () => {
  expect(planSlots(HOURLY, NOON)).toEqual({
    slots: [{ at: '2026-05-04T12:00:00Z', run: true }],
    next: '2026-05-04T13:00:00Z',
  });
});

describe('after five hours without a worker', () => {
  const late = { ...HOURLY, next_run: '2026-05-04T07:00:00Z' };
  const missed = Temporal.Instant.from('2026-05-04T11:30:00Z');

  test('nothing is made up for with "skip", and each missed slot says why', () => {
    const { slots, next } = planSlots({ ...late, catch_up: 'skip' }, missed);
    expect(slots.map((slot) => (slot.run ? 'runs' : slot.reason.slice(0, 7)))).toEqual(
      Array(5).fill('Missed:'),
    );
    expect(next).toBe('2026-05-04T12:00:00Z');
  });

  test('the newest runs with "once"', () => {
    expect(run({ ...late, catch_up: 'once' }, missed)).toEqual(['2026-05-04T11:00:00Z']);
  });

  test('the newest few run with "all", oldest first', () => {
    expect(run({ ...late, catch_up: 'all' }, missed)).toEqual([
      '2026-05-04T09:00:00Z',
      '2026-05-04T10:00:00Z',
      '2026-05-04T11:00:00Z',
    ]);
  });

  test('nothing older than the window runs', () => {
    const window = { ...late, catch_up: 'all', catch_up_window_ms: 2 * 3_600_000 } as const;
    expect(run(window, missed)).toEqual(['2026-05-04T10:00:00Z', '2026-05-04T11:00:00Z']);
  });
});

test('a job of every second that nobody ran for a year is planned without walking through the year', () => {
  const plan = planSlots(
    { ...HOURLY, schedule: '* * * * * *', next_run: '2025-05-04T12:00:00Z', catch_up: 'once' },
    NOON,
  );
  expect(plan.slots.length).toBeLessThanOrEqual(25);
  expect(plan.slots.at(-1)).toEqual({ at: '2026-05-04T12:00:30Z', run: true });
});

test('slots that passed during a pause are forgotten', () => {
  const paused = { ...HOURLY, next_run: '2026-05-04T08:00:00Z', skip_before: '2026-05-04T11:30:00Z' };
  expect(planSlots(paused, NOON).slots).toEqual([{ at: '2026-05-04T12:00:00Z', run: true }]);
});

test('an instant that an operator set by hand runs too', () => {
  expect(run({ ...HOURLY, next_run: '2026-05-04T12:00:07Z' })).toEqual(['2026-05-04T12:00:07Z']);
});

test('a limited job ends with its last slot, or with its end', () => {
  expect(planSlots({ ...HOURLY, type: 'recurring', max_executions: 4, slot_count: 3 }, NOON).next).toBeNull();
  expect(planSlots({ ...HOURLY, type: 'recurring', ends_at: '2026-05-04T12:30:00Z' }, NOON).next).toBeNull();
});

test('a one-time job runs however late it is', () => {
  const once = { ...HOURLY, type: 'one_time', schedule: null, next_run: '2020-01-01T00:00:00Z' } as const;
  expect(planSlots(once, NOON)).toEqual({ slots: [{ at: '2020-01-01T00:00:00Z', run: true }], next: null });
});

test('however often and how late it is asked, no slot comes twice and the next one lies ahead', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('* * * * *', '*/7 * * * *', '30 2 * * *', '0 * * * *', '0 9 * * 1'),
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      fc.constantFrom('skip' as const, 'once' as const, 'all' as const),
      fc.array(fc.integer({ min: 1, max: 100 * 3600 }), { minLength: 1, maxLength: 6 }),
      (schedule, timezone, catchUp, waits) => {
        let now = Temporal.Instant.from('2026-03-27T00:00:00Z');
        let next: string | null = '2026-03-27T00:00:00Z';
        const seen: string[] = [];
        for (const seconds of waits) {
          now = now.add({ seconds });
          if (next === null || Temporal.Instant.compare(Temporal.Instant.from(next), now) > 0) continue;
          const plan = planSlots({ ...HOURLY, schedule, timezone, catch_up: catchUp, next_run: next }, now);
          seen.push(...plan.slots.map(({ at }) => Temporal.Instant.from(at).toString()));
          expect(
            plan.next === null || Temporal.Instant.compare(Temporal.Instant.from(plan.next), now) > 0,
          ).toBe(true);
          next = plan.next;
        }
        expect(new Set(seen).size).toBe(seen.length);
      },
    ),
    { numRuns: 60 },
  );
});
