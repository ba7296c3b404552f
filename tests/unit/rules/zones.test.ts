import { describe, expect, test } from 'vitest';
import { CITY_ZONES } from '../../../shared/rules/zone-cities.ts';
import { cityZone, normaliseZone, offsetLabel, sameZone, zoneLabel } from '../../../shared/rules/zones.ts';

function zoneOf(input: string): string {
  const answer = normaliseZone(input);
  return answer.ok ? answer.zone : answer.reason;
}

describe('what a person may call their zone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Berlin', 'Europe/Berlin'],
    ['  münchen ', 'Europe/Berlin'],
    ['Munich, Germany', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['NYC', 'America/New_York'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['St Johns', 'America/St_Johns'],
    ['Kiritimati', 'Pacific/Kiritimati'],
    ['Москва', 'Europe/Moscow'],
    ['г. Казань', 'Europe/Moscow'],
    ['берлин', 'Europe/Berlin'],
    ['Нью-Йорк', 'America/New_York'],
    ['нью йорк', 'America/New_York'],
    ['спб', 'Europe/Moscow'],
    ['MSK', 'Europe/Moscow'],
    ['EST', 'America/New_York'],
    ['utc', 'UTC'],
    ['GMT+0', 'UTC'],
  ])('%s is %s', (input, zone) => {
    expect(zoneOf(input)).toBe(zone);
  });

  test.each([
    ['UTC+3', 'Etc/GMT-3', 3],
    ['GMT-5', 'Etc/GMT+5', -5],
    ['+14', 'Etc/GMT-14', 14],
    ['utc −3', 'Etc/GMT+3', -3],
    ['+05:30', 'Asia/Kolkata', 5.5],
    ['GMT+5:45', 'Asia/Kathmandu', 5.75],
  ])('the offset %s is the zone %s, which really is that far from UTC', (input, zone, hours) => {
    expect(zoneOf(input)).toBe(zone);
    const there = Temporal.Instant.from('2026-10-14T00:00Z').toZonedDateTimeISO(zone);
    expect(there.offsetNanoseconds / 3.6e12).toBe(hours);
  });

  test.each([
    ['', 'empty'],
    ['Atlantis', 'unknown_zone'],
    ['Mars/Phobos', 'unknown_zone'],
    ['2026-10-14T00:00[Europe/Berlin]', 'unknown_zone'],
    ['🙂', 'unknown_zone'],
    ['UTC+15', 'offset_out_of_range'],
    ['UTC-13', 'offset_out_of_range'],
    ['UTC+3:75', 'offset_out_of_range'],
    ['GMT-5:30', 'offset_needs_city'],
    ['UTC-3:30', 'offset_needs_city'],
    ['IST', 'ambiguous'],
  ])('%s is refused as %s', (input, reason) => {
    expect(zoneOf(input)).toBe(reason);
  });

  test('a refusal that knows better places names them', () => {
    expect(normaliseZone('UTC-3:30')).toMatchObject({ suggestions: ['America/St_Johns'] });
    expect(normaliseZone('IST')).toMatchObject({ suggestions: ['Delhi', 'Tel Aviv', 'Dublin'] });
  });

  test('every suggestion is itself a zone we accept', () => {
    for (const letters of ['IST', 'CST', 'AST', 'EET', 'EEST', 'GST', 'UTC-2:30', 'UTC+10:30', 'UTC+12:45']) {
      const answer = normaliseZone(letters);
      for (const place of answer.ok ? [] : answer.suggestions)
        expect(normaliseZone(place)).toMatchObject({ ok: true });
    }
  });

  test('an old and a new name of one zone are the same zone, each kept as typed', () => {
    expect(zoneOf('europe/kiev')).toBe('Europe/Kiev');
    expect(zoneOf('europe/kyiv')).toBe('Europe/Kyiv');
    expect(sameZone('Europe/Kiev', 'Europe/Kyiv')).toBe(true);
    expect(sameZone('Europe/Kyiv', 'Europe/Warsaw')).toBe(false);
  });

  test('a label speaks the language of the question', () => {
    expect(normaliseZone('МОСКВА')).toMatchObject({ label: 'Москва' });
    expect(normaliseZone('moscow')).toMatchObject({ label: 'Moscow' });
    expect(zoneLabel('Europe/Berlin', 'ru')).toBe('Берлин');
    expect(zoneLabel('America/New_York', 'en')).toBe('New York');
    expect(zoneLabel('Etc/GMT-3', 'ru')).toBe('UTC+3');
  });

  test('every city of the table is found and its zone exists', () => {
    const lines = CITY_ZONES.trim().split('\n');
    for (const line of lines) {
      const [zone = '', cities = ''] = line.split(' > ');
      expect(zoneOf(zone)).toBe(zone);
      for (const name of cities.split(/[;,]/)) expect([name, cityZone(name)]).toEqual([name, zone]);
    }
    expect(lines.join(';').split(';').length).toBeGreaterThanOrEqual(150);
  });
});

describe('offsets in words', () => {
  test.each([
    ['Europe/Berlin', 'UTC+2'],
    ['Asia/Kathmandu', 'UTC+5:45'],
    ['America/St_Johns', 'UTC-2:30'],
    ['UTC', 'UTC'],
  ])('%s in summer is %s', (zone, label) => {
    expect(offsetLabel(zone, Temporal.Instant.from('2026-07-01T12:00Z'))).toBe(label);
  });
});
