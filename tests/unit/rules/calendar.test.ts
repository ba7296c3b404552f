import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAwakeHours,
  atClock,
  awakeHoursBetween,
  isAwake,
  isBefore,
  nextAwake,
  nextOpen,
} from '../../../shared/rules/calendar.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';
import { anyInstant, anySettings } from './arbitraries.ts';

const berlin: TimeSettings = { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin' };
const weekdays: TimeSettings = { ...berlin, workingDays: [1, 2, 3, 4, 5] };

/** An instant by the clocks of the settings' zone. */
function at(local: string, settings: TimeSettings = berlin): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(settings.zone).toInstant();
}

function local(instant: Temporal.Instant, settings: TimeSettings = berlin): string {
  return instant.toZonedDateTimeISO(settings.zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

describe('quiet hours and working days', () => {
  test('quiet hours run over midnight and end on the minute', () => {
    expect(isAwake(at('2026-10-14T20:59'), berlin)).toBe(true);
    expect(isAwake(at('2026-10-14T21:00'), berlin)).toBe(false);
    expect(isAwake(at('2026-10-15T07:59'), berlin)).toBe(false);
    expect(isAwake(at('2026-10-15T08:00'), berlin)).toBe(true);
  });

  test('equal ends mean there are no quiet hours', () => {
    const always = { ...berlin, quietFrom: '21:00', quietTo: '21:00' };
    expect(isAwake(at('2026-10-14T03:00'), always)).toBe(true);
    expect(nextOpen(at('2026-10-14T21:00'), always)).toEqual(at('2026-10-14T21:00'));
  });

  test('quiet hours by day leave two windows around midnight', () => {
    const owl = { ...berlin, quietFrom: '08:00', quietTo: '20:00' };
    expect(isAwake(at('2026-10-14T02:00'), owl)).toBe(true);
    expect(local(nextOpen(at('2026-10-14T12:00'), owl))).toBe('2026-10-14T20:00');
  });

  test('a message held back at night goes when the quiet hours end', () => {
    expect(local(nextOpen(at('2026-10-14T22:15'), weekdays))).toBe('2026-10-15T08:00');
    expect(local(nextOpen(at('2026-10-15T02:00'), weekdays))).toBe('2026-10-15T08:00');
  });

  test('a message held back over a day off goes at the preferred hour of the next working day', () => {
    expect(local(nextOpen(at('2026-10-17T12:00'), weekdays))).toBe('2026-10-19T09:30');
    expect(local(nextOpen(at('2026-10-16T22:00'), weekdays))).toBe('2026-10-19T09:30');
  });

  test('no working day at all counts as every day, a day that is none is refused', () => {
    expect(isAwake(at('2026-10-18T12:00'), { ...berlin, workingDays: [] })).toBe(true);
    expect(() => nextOpen(at('2026-10-18T12:00'), { ...berlin, workingDays: [9] })).toThrow(/working ?days/i);
  });
});

describe('nights when the clocks change', () => {
  test('a clock reading inside the spring gap is the same distance after it', () => {
    expect(local(atClock(Temporal.PlainDate.from('2026-03-29'), '02:30', 'Europe/Berlin'))).toBe(
      '2026-03-29T03:30',
    );
  });

  test('a clock reading that comes twice in autumn is its first instant', () => {
    expect(atClock(Temporal.PlainDate.from('2026-10-25'), '02:30', 'Europe/Berlin').toString()).toBe(
      '2026-10-25T00:30:00Z',
    );
  });

  test('quiet hours that end in the repeated hour open once and stay open', () => {
    const early = { ...berlin, quietTo: '02:30' };
    expect(nextAwake(at('2026-10-25T01:00'), early).toString()).toBe('2026-10-25T00:30:00Z');
    expect(isAwake(Temporal.Instant.from('2026-10-25T01:10Z'), early)).toBe(true);
  });

  test('quiet minutes that the spring gap swallows do not make an hour count twice', () => {
    // Dublin, 29 March: 1:00 is followed by 2:00, so quiet hours from 1:50 to 2:00 would begin after their end.
    const dublin = { ...berlin, zone: 'Europe/Dublin', quietFrom: '01:50', quietTo: '02:00' };
    const before = Temporal.Instant.from('2026-03-28T23:48Z');
    expect(addAwakeHours(before, 4, dublin).toString()).toBe('2026-03-29T03:48:00Z');
    expect(awakeHoursBetween(before, Temporal.Instant.from('2026-03-29T03:48Z'), dublin)).toBe(4);
  });

  test('the date Samoa skipped has no window, and the awake hours around it are counted once', () => {
    const apia = { ...berlin, zone: 'Pacific/Apia' };
    const before = at('2011-12-29T20:00', apia);
    expect(local(addAwakeHours(before, 2, apia), apia)).toBe('2011-12-31T09:00');
    expect(awakeHoursBetween(before, at('2012-01-01T08:00', apia), apia)).toBe(14);
  });
});

describe('awake hours', () => {
  test('four awake hours from the evening end the next morning', () => {
    expect(local(addAwakeHours(at('2026-10-14T19:00'), 4, berlin))).toBe('2026-10-15T10:00');
  });

  test('hours that run out exactly at bedtime end at the next opening', () => {
    expect(local(addAwakeHours(at('2026-10-14T17:00'), 4, berlin))).toBe('2026-10-15T08:00');
  });

  test('a weekend off does not count', () => {
    expect(local(addAwakeHours(at('2026-10-16T20:00'), 4, weekdays))).toBe('2026-10-19T11:00');
    expect(awakeHoursBetween(at('2026-10-16T20:00'), at('2026-10-19T11:00'), weekdays)).toBe(4);
  });

  test('negative hours are refused', () => {
    expect(() => addAwakeHours(at('2026-10-16T20:00'), -1, weekdays)).toThrow(/-1/);
  });

  test('nothing is awake between an instant and an earlier one', () => {
    expect(awakeHoursBetween(at('2026-10-16T20:00'), at('2026-10-16T19:00'), berlin)).toBe(0);
  });
});

describe('for anybody, anywhere, at any moment', () => {
  test('the next opening is awake, never earlier than asked, and stays where it is', () => {
    fc.assert(
      fc.property(anyInstant, anySettings, (instant, settings) => {
        for (const open of [nextOpen(instant, settings), nextAwake(instant, settings)]) {
          expect(isBefore(open, instant)).toBe(false);
          expect(isAwake(open, settings)).toBe(true);
          expect(nextOpen(open, settings).equals(open)).toBe(true);
        }
      }),
    );
  });

  test('no awake minute is passed over on the way to the first one', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anySettings,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (instant, settings, share) => {
          const awake = nextAwake(instant, settings);
          const gap = awake.epochMilliseconds - instant.epochMilliseconds;
          fc.pre(gap > 0);
          const between = instant.add({ milliseconds: Math.floor(gap * share) });
          expect(isAwake(between, settings)).toBe(false);
        },
      ),
    );
  });

  test('awake hours added are the awake hours counted', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anySettings,
        fc.integer({ min: 0, max: 120 }),
        (instant, settings, quarters) => {
          const end = addAwakeHours(instant, quarters / 4, settings);
          expect(isAwake(end, settings)).toBe(true);
          expect(awakeHoursBetween(instant, end, settings)).toBeCloseTo(quarters / 4, 6);
        },
      ),
    );
  });
});
