import { describe, expect, test } from 'vitest';
import { DEFAULT_TIME_SETTINGS } from '../../../shared/rules/time-settings.ts';
import { whyNow } from '../../../shared/rules/why-now.ts';
import type { WhyFacts } from '../../../shared/rules/why-now.ts';

const settings = { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5] };
const at = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();

/** Step 4 of a plan accepted on Friday, 9 October 2026, two days later. */
function facts(change: Partial<WhyFacts['reminder']> = {}, rest: Partial<WhyFacts> = {}): WhyFacts {
  return {
    reminder: {
      step_id: 4,
      plan_id: 1,
      delay_days: 2,
      wanted_at: at('2026-10-12T09:30').toString(),
      due_reason: 'plan',
      exact: false,
      level: 0,
      snooze_count: 0,
      reminder_count: 0,
      ...change,
    },
    planStart: at('2026-10-09T16:12'),
    trigger: null,
    events: [],
    lastRemindedAt: null,
    settings,
    ...rest,
  };
}
const kinds = (given: WhyFacts): string[] =>
  whyNow(given).map(({ kind, isShift }) => (isShift === true ? `${kind}!` : kind));

describe('the trace of a reminder', () => {
  test('begins with the plan’s rule, tells the day off it moved from, then the usual hour', () => {
    const lines = whyNow(facts());
    expect(lines.map(({ kind }) => kind)).toEqual(['plan', 'day', 'usual-hour']);
    expect(lines[1]).toMatchObject({
      from: Temporal.PlainDate.from('2026-10-11'),
      to: Temporal.PlainDate.from('2026-10-12'),
      isShift: true,
    });
  });

  test('says nothing of a day that was not moved', () => {
    expect(kinds(facts({ delay_days: 3 }))).toEqual(['plan', 'usual-hour']);
  });

  test('names what brought the step forward instead of its day', () => {
    const trigger = { by: 'interested_reply', at: at('2026-10-10T12:00') };
    expect(kinds(facts({}, { trigger }))).toEqual(['plan', 'trigger!', 'usual-hour']);
  });

  test('a step that comes on its own day after the one before it came forward by nothing', () => {
    const trigger = { by: 'cadence', at: at('2026-10-12T09:30') };
    expect(kinds(facts({}, { trigger }))).toEqual(['plan', 'day!', 'usual-hour']);
    expect(kinds(facts({ delay_days: 3 }, { trigger }))).toEqual(['plan', 'usual-hour']);
  });

  test('a step that did not wait for its own day says that the one before it was done', () => {
    const trigger = { by: 'cadence', at: at('2026-10-12T09:30') };
    expect(kinds(facts({ delay_days: 9 }, { trigger }))).toEqual(['plan', 'trigger!', 'usual-hour']);
  });

  test('tells a snooze once with how often, and moves by the person and by new hours', () => {
    const move = (action: string, from: string, to: string) => ({
      action,
      at: at(from),
      from: at(from),
      to: at(to),
    });
    const events = [
      move('rebase', '2026-10-12T09:30', '2026-10-13T09:30'),
      move('settings', '2026-10-13T09:30', '2026-10-13T10:00'),
      move('snooze', '2026-10-13T10:00', '2026-10-14T09:30'),
      move('snooze', '2026-10-14T09:30', '2026-10-15T11:00'),
      { action: 'skip', at: at('2026-10-15T12:00'), from: null, to: null },
    ];
    const lines = whyNow(facts({ delay_days: 3, wanted_at: at('2026-10-15T11:00').toString() }, { events }));
    expect(lines.map(({ kind }) => kind)).toEqual(['plan', 'moved', 'hours', 'snoozed']);
    expect(lines.at(-1)).toMatchObject({ times: 2, to: at('2026-10-15T11:00') });
  });

  test('a picked minute is kept, and is said to lie in quiet hours when it does', () => {
    const lines = whyNow(facts({ exact: true, delay_days: 3, wanted_at: at('2026-10-12T22:45').toString() }));
    expect(lines.at(-1)).toMatchObject({ kind: 'picked', isQuiet: true });
  });

  test('a reminder of one’s own begins with its making', () => {
    const events = [{ action: 'create', at: at('2026-10-01T08:00'), from: null, to: null }];
    const given = facts({ step_id: null, delay_days: null, exact: true }, { planStart: null, events });
    expect(whyNow(given)[0]).toEqual({ kind: 'own', at: at('2026-10-01T08:00') });
  });

  test.each(['window', 'parked', 'retry'] as const)(
    'being held back (%s) and asked again come last',
    (why) => {
      const given = facts(
        { due_reason: why, reminder_count: 2, delay_days: 3 },
        { lastRemindedAt: at('2026-10-13T09:30') },
      );
      expect(whyNow(given).slice(-2)).toEqual([
        { kind: 'held', why, isShift: true },
        { kind: 'asked-again', times: 2, last: at('2026-10-13T09:30') },
      ]);
    },
  );
});
