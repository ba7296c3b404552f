/** Random people and moments for the property tests: awkward zones, clock-change nights, odd hours. */
import fc from 'fast-check';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Moscow',
  'Europe/Dublin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Havana',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Africa/Cairo',
  // Two hours forward in spring; names that were given up. Not Casablanca: its rules of 2026 are newer than the time
  // zone data of many a PostgreSQL, and the comparison with SQL would compare the data instead of the rules.
  'Antarctica/Troll',
  'Europe/Kiev',
  'Asia/Calcutta',
  'Etc/GMT-3',
] as const;

/** Nights with a clock change, a skipped date (Apia 2011) or a change at midnight (Beirut, Havana, St. John's). */
const NIGHTS = [
  '2026-03-29T00:30Z',
  '2026-10-25T00:30Z',
  '2026-03-08T06:30Z',
  '2026-11-01T05:30Z',
  '2026-03-28T22:00Z',
  '2026-10-24T21:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2011-12-30T09:59Z',
  '2011-12-31T00:00Z',
  '2010-11-07T02:31Z',
  '2018-11-04T03:00Z',
] as const;

/** St. John's set its clocks back over midnight until 2011: a date is shown, left and shown again, so dates have no order. */
export const showsDatesTwice = (instant: Temporal.Instant, { zone }: TimeSettings): boolean =>
  zone === 'America/St_Johns' &&
  Temporal.Instant.compare(instant, Temporal.Instant.from('2011-12-01T00:00Z')) < 0;

const clock = fc
  .integer({ min: 0, max: 287 })
  .map((five) => `${pad(Math.floor(five / 12))}:${pad((five % 12) * 5)}`);

/** Any settings a person can choose. */
export const anySettings: fc.Arbitrary<TimeSettings> = fc.record({
  zone: fc.constantFrom(...ZONES),
  preferredHour: clock,
  quietFrom: clock,
  quietTo: clock,
  workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
});

/** Any minute of some decades, half of them within two days of a night when clocks change. */
export const anyInstant: fc.Arbitrary<Temporal.Instant> = fc.oneof(
  fc
    .integer({ min: 20_000_000, max: 35_000_000 })
    .map((minute) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000)),
  fc
    .tuple(fc.constantFrom(...NIGHTS), fc.integer({ min: -2_880, max: 2_880 }))
    .map(([night, minutes]) => Temporal.Instant.from(night).add({ minutes })),
);

/** The delays of a plan: 1 to 10 steps that never decrease. */
export const anyDelays: fc.Arbitrary<number[]> = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 10 })
  .map((delays) => delays.toSorted((a, b) => a - b));

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
