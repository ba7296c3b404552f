import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answeredShare,
  answerRates,
  isEmpty,
  ticksUpTo,
  weekFinding,
  weeksOf,
} from '../../../tma/src/features/insights/findings.ts';

const date = (text: string) => Temporal.PlainDate.from(text);
/** Weeks with so many done, the present one last. */
const weeks = (...done: number[]) =>
  done.map((count) => ({ week: '2026-01-05', sent: 0, done: count, snoozed: 0, skipped: 0 }));
const finding = (best: number, ...done: number[]) => weekFinding({ weeks: weeks(...done), best_done: best });

describe('how many weeks a year has so far', () => {
  test.each([
    // Thursday: the week began in the old year.
    ['2026-01-01', 1],
    ['2026-01-04', 1],
    ['2026-01-05', 2],
    ['2026-10-14', 42],
    ['2026-12-31', 53],
    ['2028-12-31', 53],
  ])('on %s: %i', (today, count) => {
    expect(weeksOf('year', date(today))).toBe(count);
  });
});

describe('the title of the weeks', () => {
  test.each([
    [finding(24, 20, 24, 9), { kind: 'best', done: 24 }],
    [finding(30, 20, 24, 9), { kind: 'more', done: 24 }],
    [finding(30, 24, 20, 9), { kind: 'fewer', done: 20 }],
    [finding(30, 24, 24, 9), { kind: 'same', done: 24 }],
    [finding(30, 24, 0, 9), { kind: 'fewer', done: 0 }],
    [finding(9, 0, 0, 9), { kind: 'first', done: 9 }],
    [finding(0, 0, 0, 0), { kind: 'none', done: 0 }],
    [finding(3, 3), { kind: 'first', done: 3 }],
  ])('compares the last whole week with the one before and the best (%#)', (found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('answers', () => {
  const answers = [
    { step_id: 1, action_type: 'linkedin_connect', done: 4, answered: 1 },
    { step_id: 2, action_type: 'linkedin_dm', done: 4, answered: 1 },
    { step_id: 2, action_type: 'call', done: 3, answered: 2 },
    { step_id: 10, action_type: 'email_outreach', done: 5, answered: 0 },
  ] as const;

  test('by channel: kinds of one channel together, the best first', () => {
    expect(answerRates([...answers], 'channel')).toEqual([
      { key: 'call', done: 3, answered: 2, rate: 67 },
      { key: 'linkedin', done: 8, answered: 2, rate: 25 },
      { key: 'email', done: 5, answered: 0, rate: 0 },
    ]);
  });

  test('by step: in the order of steps, ten after two', () => {
    expect(answerRates([...answers], 'step').map(({ key, rate }) => [key, rate])).toEqual([
      ['1', 25],
      ['2', 43],
      ['10', 0],
    ]);
  });
});

test('the share of leads that answered counts from those in progress on', () => {
  const funnel = {
    new: 38,
    reached_out: 31,
    in_progress: 19,
    meeting_booked: 9,
    closed_won: 4,
    closed_lost: 5,
  };
  expect(answeredShare(funnel)).toBe(50);
  expect(answeredShare({ ...funnel, new: 0 })).toBeNull();
});

test('a page without anything is empty, one lead or one reminder is something', () => {
  const funnel = { new: 0, reached_out: 0, in_progress: 0, meeting_booked: 0, closed_won: 0, closed_lost: 0 };
  const nothing = {
    today: '2026-10-14',
    weeks: weeks(0, 0),
    best_done: 0,
    done_days: [],
    busy: [],
    answers: [],
    funnel,
  };
  expect(isEmpty(nothing)).toBe(true);
  expect(isEmpty({ ...nothing, funnel: { ...funnel, new: 1 } })).toBe(false);
  expect(isEmpty({ ...nothing, weeks: weeks(0, 1) })).toBe(false);
});

test('a chart has one to three lines of round numbers, the last at or above everything', () => {
  expect(ticksUpTo(28)).toEqual([10, 20, 30]);
  expect(ticksUpTo(0)).toEqual([1]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (max) => {
      const ticks = ticksUpTo(max);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(3);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
});
