import { describe, expect, test } from 'vitest';
import { streakOf, STRIP_DAYS } from '../../../tma/src/features/insights/streak.ts';

/** A Wednesday. */
const TODAY = '2026-10-14';
const WEEKDAYS = [1, 2, 3, 4, 5];
const ALWAYS: { from: string; to: string }[] = [{ from: '2025-01-01', to: TODAY }];

const days = (...numbers: number[]) => numbers.map((day) => `2026-10-${String(day).padStart(2, '0')}`);
const streak = (done: string[], busy = ALWAYS, workingDays = WEEKDAYS) =>
  streakOf({ today: TODAY, done_days: done, busy }, workingDays);
const states = ({ strip }: ReturnType<typeof streakOf>) => strip.map(({ state }) => state);

describe('a streak', () => {
  test('counts working days in a row and steps over the weekend', () => {
    expect(streak(days(8, 9, 12, 13)).current).toBe(4);
  });

  test('is not broken by a today that is not over, and grows with it', () => {
    expect(streak(days(12, 13))).toMatchObject({ current: 2 });
    expect(streak(days(12, 13, 14))).toMatchObject({ current: 3 });
  });

  test('ends on a working day on which something waited and nothing was done', () => {
    expect(streak(days(8, 9, 13))).toMatchObject({ current: 1, longest: 2 });
  });

  test('goes on over a working day on which nothing waited', () => {
    const busy: { from: string; to: string }[] = [
      { from: '2026-10-08', to: '2026-10-09' },
      { from: '2026-10-13', to: '2026-10-13' },
    ];
    expect(streak(days(8, 9, 13), busy).current).toBe(3);
  });

  test('is as long as it ever was, also when it is over', () => {
    expect(streak(days(1, 2, 5, 6, 7))).toMatchObject({ current: 0, longest: 5 });
  });

  test('counts every day for somebody who works on all of them', () => {
    expect(streak(days(9, 10, 11, 12, 13), ALWAYS, []).current).toBe(5);
    expect(streak(days(9, 10, 11, 12, 13), ALWAYS, [1, 2, 3, 4, 5, 6, 7]).current).toBe(5);
  });

  test('begins with nothing', () => {
    expect(streak([], [])).toMatchObject({ current: 0, longest: 0 });
  });
});

describe('the strip', () => {
  test('shows the last working days, today last and open', () => {
    const one = streak(days(12, 13), [{ from: '2026-10-09', to: '2026-10-14' }]);
    expect(one.strip).toHaveLength(STRIP_DAYS);
    expect(one.strip[0]?.date.toString()).toBe('2026-09-25');
    expect(states(one).slice(-4)).toEqual(['missed', 'done', 'done', 'open']);
    expect(states(one)[0]).toBe('free');
  });
});
