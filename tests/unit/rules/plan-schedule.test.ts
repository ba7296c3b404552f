import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAwake, isBefore, localDate } from '../../../shared/rules/calendar.ts';
import { schedulePlan, stepWantedAt } from '../../../shared/rules/plan-schedule.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';
import { anyDelays, anyInstant, anySettings, showsDatesTwice } from './arbitraries.ts';

const weekdays: TimeSettings = {
  ...DEFAULT_TIME_SETTINGS,
  zone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
};

function at(local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
}

function plan(start: string, delays: number[], taken: string[] = []): string[] {
  const steps = delays.map((delay_days) => ({ delay_days }));
  return schedulePlan(at(start), steps, weekdays, taken.map(at)).map((instant) =>
    instant.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
}

describe('when a step is wanted', () => {
  test('day 0 is now, later days are at the preferred hour of the local date', () => {
    expect(plan('2026-10-14T14:07', [0, 1, 5])).toEqual([
      '2026-10-14T14:07',
      '2026-10-15T09:30',
      '2026-10-19T09:30',
    ]);
  });

  test('day 0 at night waits for the end of the quiet hours', () => {
    expect(plan('2026-10-14T23:30', [0])).toEqual(['2026-10-15T08:00']);
  });

  test('the date is counted in the zone of the person, not in UTC', () => {
    expect(plan('2026-10-15T00:30', [1])).toEqual(['2026-10-16T09:30']);
  });

  test('a step on a day off moves to the preferred hour of the next working day', () => {
    expect(plan('2026-10-14T14:00', [3])).toEqual(['2026-10-19T09:30']);
  });

  test('a preferred hour inside the quiet hours waits for their end', () => {
    const early = { ...weekdays, preferredHour: '06:00' };
    expect(stepWantedAt(at('2026-10-14T14:00'), 1, early)).toEqual(at('2026-10-15T08:00'));
  });

  test('a preferred hour after bedtime keeps the day and takes its first open hour', () => {
    const late = { ...weekdays, preferredHour: '22:00' };
    expect(stepWantedAt(at('2026-10-14T14:00'), 1, late)).toEqual(at('2026-10-15T08:00'));
  });

  test('a step keeps its local hour over the change of clocks', () => {
    expect(plan('2026-10-23T14:00', [3])).toEqual(['2026-10-26T09:30']);
  });

  test('days that are negative, broken or no number are refused', () => {
    for (const days of [-1, 1.5, Number.NaN])
      expect(() => stepWantedAt(at('2026-10-14T14:00'), days, weekdays)).toThrow(/delay_days/);
  });
});

describe('several steps', () => {
  test('steps that fall on one moment go 15 minutes apart', () => {
    expect(plan('2026-10-16T14:00', [1, 2, 3])).toEqual([
      '2026-10-19T09:30',
      '2026-10-19T09:45',
      '2026-10-19T10:00',
    ]);
  });

  test('spacing never leaves the open window', () => {
    const late = { ...weekdays, preferredHour: '20:50' };
    const steps = [{ delay_days: 1 }, { delay_days: 1 }];
    expect(schedulePlan(at('2026-10-14T14:00'), steps, late)).toEqual([
      at('2026-10-15T20:50'),
      at('2026-10-16T08:00'),
    ]);
  });

  test('a moment taken by another reminder is passed by 15 minutes', () => {
    expect(plan('2026-10-14T14:00', [1], ['2026-10-15T09:30', '2026-10-15T09:45'])).toEqual([
      '2026-10-15T10:00',
    ]);
  });

  test('a decreasing delay counts as the one before', () => {
    expect(plan('2026-10-14T14:00', [5, 1])).toEqual(['2026-10-19T09:30', '2026-10-19T09:45']);
  });
});

describe('for anybody, anywhere, any plan', () => {
  test('no step comes earlier than asked, none outside a window, none before the one ahead of it', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anySettings,
        anyDelays,
        fc.array(anyInstant, { maxLength: 5 }),
        (start, settings, delays, taken) => {
          fc.pre(!showsDatesTwice(start, settings));
          const wanted = schedulePlan(
            start,
            delays.map((delay_days) => ({ delay_days })),
            settings,
            taken,
          );
          expect(wanted).toHaveLength(delays.length);
          wanted.forEach((instant, index) => {
            const asked = localDate(start, settings.zone).add({ days: delays[index] ?? 0 });
            expect(isBefore(instant, start)).toBe(false);
            expect(
              Temporal.PlainDate.compare(localDate(instant, settings.zone), asked),
            ).toBeGreaterThanOrEqual(0);
            expect(isAwake(instant, settings)).toBe(true);
            const previous = wanted[index - 1];
            if (previous) expect(isBefore(instant, previous.add({ minutes: 15 }))).toBe(false);
          });
        },
      ),
    );
  });

  test('the same question has the same answer, and more steps do not move the first ones', () => {
    fc.assert(
      fc.property(anyInstant, anySettings, anyDelays, (start, settings, delays) => {
        fc.pre(!showsDatesTwice(start, settings));
        const steps = delays.map((delay_days) => ({ delay_days }));
        const all = schedulePlan(start, steps, settings).map(String);
        expect(schedulePlan(start, steps, settings).map(String)).toEqual(all);
        expect(schedulePlan(start, steps.slice(0, 3), settings).map(String)).toEqual(all.slice(0, 3));
      }),
    );
  });
});
