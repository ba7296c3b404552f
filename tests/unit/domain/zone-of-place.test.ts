import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneOfPlace } from '../../../bot/domain/zone/zone-of-place.ts';
import { normaliseZone } from '../../../shared/rules/zones.ts';

const PLACES = [
  ['Berlin', 52.52, 13.4, 'Europe/Berlin'],
  ['Kathmandu, at a quarter to', 27.72, 85.32, 'Asia/Kathmandu'],
  ['Mumbai, at the half hour', 19.08, 72.88, 'Asia/Kolkata'],
  ['Kiritimati, first into the day', 1.87, -157.4, 'Pacific/Kiritimati'],
  ['Honolulu, late', 21.31, -157.86, 'Pacific/Honolulu'],
  ['Lord Howe, with half an hour of summer time', -31.55, 159.08, 'Australia/Lord_Howe'],
] as const;

test.each(PLACES)('%s', (_name, latitude, longitude, zone) => {
  expect(zoneOfPlace(latitude, longitude)).toBe(zone);
});

test('the open sea has no clock to follow, and nonsense is no place', () => {
  expect(zoneOfPlace(35, -40)).toBeNull();
  expect(zoneOfPlace(91, 0)).toBeNull();
  expect(zoneOfPlace(0, -180.5)).toBeNull();
  expect(zoneOfPlace(Number.NaN, 0)).toBeNull();
});

test('every place on land has a zone the product knows', () => {
  const places = fc.tuple(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
  );
  fc.assert(
    fc.property(places, ([latitude, longitude]) => {
      const zone = zoneOfPlace(latitude, longitude);
      expect(
        zone === null || normaliseZone(zone).ok,
        `${String(latitude)}, ${String(longitude)}: ${zone ?? ''}`,
      ).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
