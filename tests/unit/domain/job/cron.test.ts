/** When cron expressions fire, across clock changes and leap days. Instants are written by hand from the zones' rules. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCron } from '../../../../bot/domain/job/cron.ts';

function slots(expression: string, zone: string, after: string, count: number): string[] {
  const reading = readCron(expression);
  if (!reading.ok) throw new Error(reading.problem);
  const found: string[] = [];
  let slot: Temporal.Instant | null = Temporal.Instant.from(after);
  while (found.length < count && slot !== null) {
    slot = reading.rule.next(slot, zone);
    if (slot !== null) found.push(slot.toString());
  }
  return found;
}

describe('a time of day', () => {
  test.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z']],
    [
      '30 2 * * *',
      'America/New_York',
      '2026-03-07T12:00:00Z',
      ['2026-03-08T07:30:00Z', '2026-03-09T06:30:00Z'],
    ],
    // a gap of half an hour
    [
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00:00Z',
      ['2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z'],
    ],
    // midnight itself does not exist
    [
      '0 0 * * *',
      'America/Santiago',
      '2026-09-05T12:00:00Z',
      ['2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'],
    ],
  ])('%s in a gap of %s comes later by the width of the gap', (expression, zone, after, expected) => {
    expect(slots(expression, zone, after, 2)).toEqual(expected);
  });

  test.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z']],
    [
      '30 1 * * *',
      'America/New_York',
      '2026-10-31T12:00:00Z',
      ['2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    ],
    [
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T00:00:00Z',
      ['2026-04-04T14:45:00Z', '2026-04-05T15:15:00Z'],
    ],
  ])('%s in an overlap of %s comes once, at the first of the two', (expression, zone, after, expected) => {
    expect(slots(expression, zone, after, 2)).toEqual(expected);
  });

  test('of a gap does not hide the slot that follows it closely', () => {
    expect(slots('*/20 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', 4)).toEqual([
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:20:00Z',
      '2026-03-29T01:40:00Z',
      '2026-03-30T00:00:00Z',
    ]);
  });
});

describe('every hour', () => {
  test('goes on through both hours of an overlap', () => {
    expect(slots('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T02:00:00Z',
    ]);
  });

  test('has no hole and no double in a gap', () => {
    expect(slots('*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:10:00Z', 4)).toEqual([
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ]);
  });
});

test.each([
  [
    'the 29th of February comes in leap years',
    '0 9 29 2 *',
    'UTC',
    ['2028-02-29T09:00:00Z', '2032-02-29T09:00:00Z'],
  ],
  [
    'the last day of February is the 29th in a leap year, on the clock of its own zone',
    '0 9 L 2 *',
    'Pacific/Auckland',
    ['2026-02-27T20:00:00Z', '2027-02-27T20:00:00Z', '2028-02-28T20:00:00Z'],
  ],
  [
    'the last day of a month is known',
    '0 9 L * *',
    'Asia/Kolkata',
    ['2026-01-31T03:30:00Z', '2026-02-28T03:30:00Z'],
  ],
  ['the 31st leaves out short months', '0 9 31 * *', 'UTC', ['2026-01-31T09:00:00Z', '2026-03-31T09:00:00Z']],
  ['a date that never comes has no slot', '0 9 31 2 *', 'UTC', []],
])('%s', (_, expression, zone, expected) => {
  expect(slots(expression, zone, '2026-01-01T00:00:00Z', Math.max(2, expected.length))).toEqual(expected);
});

test.each(['Europe/Berlin', 'Pacific/Auckland', 'America/St_Johns'])(
  'a daily time in %s comes on 28 and 29 February of a leap year and on 1 March',
  (zone) => {
    const from = Temporal.ZonedDateTime.from(`2028-02-28T00:00[${zone}]`).toInstant();
    const days = slots('30 2 * * *', zone, from.toString(), 3).map((slot) =>
      Temporal.Instant.from(slot).toZonedDateTimeISO(zone).toPlainDateTime().toString(),
    );
    expect(days).toEqual(['2028-02-28T02:30:00', '2028-02-29T02:30:00', '2028-03-01T02:30:00']);
  },
);

test.each(['61 * * * *', '* * *', '@daily', '? * * * *', 'every Monday'])(
  '"%s" is refused in words',
  (expression) => {
    const reading = readCron(expression);
    expect(reading.ok ? '' : reading.problem).toContain(`The cron expression "${expression}"`);
  },
);

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kolkata',
];

test('a daily time comes exactly once for each local date, whatever the zone and the year', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 365 * 12 }),
      (zone, hour, minute, day) => {
        const start = Temporal.PlainDate.from('2024-01-01').add({ days: day });
        const after = start.toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 });
        const expected = [0, 1, 2].map((days) =>
          start
            .add({ days })
            .toPlainDateTime({ hour, minute })
            .toZonedDateTime(zone, { disambiguation: 'compatible' })
            .toInstant()
            .toString(),
        );
        expect(slots(`${minute} ${hour} * * *`, zone, after.toString(), 3)).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
