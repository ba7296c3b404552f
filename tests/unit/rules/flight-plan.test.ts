import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAwake, isBefore } from '../../../shared/rules/calendar.ts';
import { clockChangesBetween, FLIGHT_DAYS, simulatePlan } from '../../../shared/rules/flight-plan.ts';
import type { FlightInput } from '../../../shared/rules/flight-plan.ts';
import { schedulePlan } from '../../../shared/rules/plan-schedule.ts';
import { rebase, rebaseEffect } from '../../../shared/rules/rebase.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';
import { anyDelays, anyInstant, anySettings, showsDatesTwice } from './arbitraries.ts';

const ZONE = 'Europe/Berlin';
const berlin: TimeSettings = { ...DEFAULT_TIME_SETTINGS, zone: ZONE };

function at(local: string, zone = ZONE): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
}
function local(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' });
}
function flight(delays: readonly number[], change: Partial<FlightInput> = {}) {
  return simulatePlan({
    start: at('2026-10-14T15:30'),
    steps: delays.map((delay, index) => ({ step_id: index + 1, delay_days: delay })),
    settings: berlin,
    leadZone: null,
    others: [],
    pausedUntil: null,
    ...change,
  });
}

describe('the flight simulator', () => {
  test('says when each message arrives, and that nothing moved it', () => {
    const { messages } = flight([0, 2, 7]);
    expect(messages.map(({ arrives }) => local(arrives))).toEqual([
      '2026-10-14T15:30',
      '2026-10-16T09:30',
      '2026-10-21T09:30',
    ]);
    expect(messages.map(({ shift }) => shift)).toEqual([null, null, null]);
  });

  test('says that quiet hours, a day off or the step before it moved a message', () => {
    const weekdays = { ...berlin, workingDays: [1, 2, 3, 4, 5] };
    const start = at('2026-10-14T22:15');
    const { messages } = flight([0, 3, 5, 5], { start, settings: weekdays });
    expect(messages.map(({ arrives, shift }) => [local(arrives), shift])).toEqual([
      ['2026-10-15T08:00', 'quiet_hours'],
      // Saturday is off; Monday is the 19th, and so is day 5.
      ['2026-10-19T09:30', 'day_off'],
      ['2026-10-19T09:45', 'spacing'],
      ['2026-10-19T10:00', 'spacing'],
    ]);
    expect(local(messages[1]!.asked)).toBe('2026-10-17T09:30');
  });

  test('a preferred hour inside the quiet hours is told as such', () => {
    const { messages } = flight([1], { settings: { ...berlin, preferredHour: '23:00' } });
    expect(messages[0]).toMatchObject({ shift: 'quiet_hours' });
    expect([local(messages[0]!.asked), local(messages[0]!.arrives)]).toEqual([
      '2026-10-15T23:00',
      '2026-10-15T08:00',
    ]);
  });

  test('a preferred hour that a spring night skips is told as a clock change', () => {
    const settings = { ...berlin, preferredHour: '02:30', quietFrom: '00:00', quietTo: '00:00' };
    const { messages } = flight([1], { start: at('2026-03-28T12:00'), settings });
    expect(local(messages[0]!.arrives)).toBe('2026-03-29T03:30');
    expect(messages[0]!.shift).toBe('clock_change');
  });

  test('marks the nights in which the clocks change for the person or for the lead', () => {
    const { clockChanges, days } = flight([0], { leadZone: 'America/New_York' });
    expect(
      clockChanges.map(({ zone, from, to }) => `${zone} ${from.toString()} → ${to.toPlainTime().toString()}`),
    ).toEqual([
      'Europe/Berlin 2026-10-25T03:00:00 → 02:00:00',
      'America/New_York 2026-11-01T02:00:00 → 01:00:00',
    ]);
    expect(days.filter((day) => day.hasClockChange).map(({ date }) => date.toString())).toEqual([
      '2026-10-25',
      '2026-11-01',
    ]);
  });

  test('draws ninety days: the working ones, and what arrives on each', () => {
    const { days, messages } = flight([0, 2, 2, 120], {
      settings: { ...berlin, workingDays: [1, 2, 3, 4, 5] },
    });
    expect(days).toHaveLength(FLIGHT_DAYS);
    expect(days[2]).toMatchObject({ isWorking: true, stepIds: [2, 3] });
    expect(days[3]).toMatchObject({ isWorking: false, stepIds: [] });
    expect(messages.map(({ isBeyond }) => isBeyond)).toEqual([false, false, false, true]);
  });

  test('names other reminders within a quarter of an hour, not those beside it', () => {
    const others = [
      { id: 7, wanted: at('2026-10-16T09:44') },
      { id: 8, wanted: at('2026-10-16T09:45') },
      { id: 9, wanted: at('2026-10-16T09:16') },
    ];
    expect(flight([0, 2], { others }).messages.map(({ collidesWith }) => collidesWith)).toEqual([[], [7, 9]]);
  });

  test('what falls into a pause arrives after it, in the next window', () => {
    const { messages } = flight([0, 2, 7], { pausedUntil: at('2026-10-17T02:00') });
    expect(messages.map(({ arrives, shift }) => [local(arrives), shift])).toEqual([
      ['2026-10-17T08:00', 'paused'],
      ['2026-10-17T08:00', 'paused'],
      ['2026-10-21T09:30', null],
    ]);
    expect(local(messages[0]!.wanted)).toBe('2026-10-14T15:30');
  });

  test('shows exactly the instants acceptance stores, in order and never outside a window, for anybody', () => {
    fc.assert(
      fc.property(anyInstant, anyDelays, anySettings, (start, delays, settings) => {
        fc.pre(!showsDatesTwice(start, settings));
        const steps = delays.map((delay, index) => ({ step_id: index + 1, delay_days: delay }));
        const { messages } = simulatePlan({
          start,
          steps,
          settings,
          leadZone: 'America/New_York',
          others: [],
          pausedUntil: null,
        });
        const stored = schedulePlan(start, steps, settings);
        expect(messages.map(({ arrives }) => String(arrives))).toEqual(stored.map(String));
        messages.forEach((message, index) => {
          expect(isBefore(message.arrives, messages[index - 1]?.arrives ?? message.arrives)).toBe(false);
          expect(isAwake(message.arrives, settings)).toBe(true);
          // A message that comes at another moment than asked for has its reason.
          if (!message.asked.equals(message.arrives)) expect(message.shift).not.toBeNull();
        });
      }),
    );
  });

  test('a zone without clock changes has none, and a change of less than an hour is found', () => {
    const year = [at('2026-01-01T00:00'), at('2027-01-01T00:00')] as const;
    expect(clockChangesBetween('Asia/Kolkata', ...year)).toEqual([]);
    const lordHowe = clockChangesBetween('Australia/Lord_Howe', ...year);
    expect(lordHowe.map(({ from, to }) => from.until(to).total('minutes'))).toEqual([-30, 30]);
  });
});

describe('what a moved step does to the rest', () => {
  const before = ['2026-10-12', '2026-10-15', '2026-10-19'].map((date, index) => ({
    step_id: index + 4,
    wanted: at(`${date}T09:30`),
  }));
  const effect = (mode: 'keep_gaps' | 'keep_dates') =>
    rebaseEffect(before, rebase(before, 4, at('2026-10-16T09:30'), mode, berlin), 4, ZONE);

  test('with gaps kept all later steps move by the same days', () => {
    expect(effect('keep_gaps')).toMatchObject({ movedStepIds: [4, 5, 6], laterDays: 4 });
    expect(local(effect('keep_gaps').endsAt)).toBe('2026-10-23T09:30');
  });

  test('with dates kept only what would come too early moves, and the end stays', () => {
    expect(effect('keep_dates')).toMatchObject({ movedStepIds: [4, 5], laterDays: null });
    expect(local(effect('keep_dates').endsAt)).toBe('2026-10-19T09:30');
  });
});
