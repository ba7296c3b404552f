import { describe, expect, test } from 'vitest';
import { formatLateness, formatWeekday, formatWhen, wordLanguage } from '../../../shared/rules/words.ts';

const ZONE = 'Europe/Berlin';
const now = at('2026-10-14T09:41');

function at(local: string, zone = ZONE): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
}

describe('an instant in words', () => {
  test.each([
    ['2026-10-14T14:00', 'today 14:00', 'сегодня 14:00'],
    ['2026-10-15T09:30', 'tomorrow 9:30', 'завтра 9:30'],
    ['2026-10-13T09:05', 'yesterday 9:05', 'вчера 9:05'],
    ['2026-10-21T09:30', 'Wed 21 Oct, 9:30', 'ср 21 окт, 9:30'],
    ['2026-09-30T00:00', 'Wed 30 Sep, 0:00', 'ср 30 сент, 0:00'],
    ['2027-05-02T09:30', 'Sun 2 May 2027, 9:30', 'вс 2 мая 2027, 9:30'],
  ])('%s', (local, en, ru) => {
    expect(formatWhen(at(local), now, ZONE, 'en')).toBe(en);
    expect(formatWhen(at(local), now, ZONE, 'ru-RU')).toBe(ru);
  });

  test.each([
    ['en', 'en-US'],
    ['ru', 'ru'],
  ])('the names of months and days are those of the %s calendar', (language, locale) => {
    const format = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    for (let month = 1; month <= 12; month += 1) {
      for (let day = 1; day <= 7; day += 1) {
        const date = Temporal.PlainDate.from({ year: 2025, month, day }).toZonedDateTime('UTC').toInstant();
        const parts = format.formatToParts(date.epochMilliseconds);
        const [weekday, name] = ['weekday', 'month'].map((type) =>
          parts.find((part) => part.type === type)?.value.replace('.', ''),
        );
        expect(formatWhen(date, now, 'UTC', language)).toBe(`${weekday} ${day} ${name} 2025, 0:00`);
        expect(formatWeekday(date, 'UTC', language)).toBe(`${weekday} 0:00`);
      }
    }
  });

  test('the weekday can be kept beside tomorrow', () => {
    expect(formatWhen(at('2026-10-15T09:30'), now, ZONE, 'en', { withWeekday: true })).toBe(
      'tomorrow, Thu 9:30',
    );
  });

  test('the zone is named when asked for', () => {
    expect(formatWhen(at('2026-10-15T09:30'), now, ZONE, 'en', { zoneName: 'Berlin' })).toBe(
      'tomorrow 9:30 Berlin time',
    );
    expect(formatWhen(at('2026-10-15T09:30'), now, ZONE, 'ru', { zoneName: 'Берлин' })).toBe(
      'завтра 9:30 (Берлин)',
    );
    expect(formatWhen(now, now, 'Etc/GMT-3', 'en', { zoneName: 'UTC+3' })).toBe('today 10:41 UTC+3');
  });

  test('today is the date of the zone, on both sides of the date line', () => {
    const moment = Temporal.Instant.from('2026-10-14T10:30Z');
    expect(formatWhen(moment, now, 'Pacific/Kiritimati', 'en')).toBe('tomorrow 0:30');
    expect(formatWhen(moment, now, 'Pacific/Pago_Pago', 'en')).toBe('today 23:30');
  });

  test('a locale without words of its own reads English', () => {
    expect(wordLanguage('pt-BR')).toBe('en');
    expect(wordLanguage('run')).toBe('en');
  });
});

describe('how late', () => {
  test.each([
    ['2026-10-14T09:40:30', null, null],
    ['2026-10-14T10:00', null, null],
    ['2026-10-14T09:40', '1 minute late', 'опоздание 1 минута'],
    ['2026-10-14T09:19', '22 minutes late', 'опоздание 22 минуты'],
    ['2026-10-14T06:41', '3 hours late', 'опоздание 3 часа'],
    ['2026-10-13T09:30', '1 day late', 'опоздание 1 день'],
    ['2026-10-12T09:30', '2 days late', 'опоздание 2 дня'],
    ['2026-10-03T09:30', '11 days late', 'опоздание 11 дней'],
  ])('wanted %s', (local, en, ru) => {
    expect(formatLateness(at(local), now, ZONE, 'en')).toBe(en);
    expect(formatLateness(at(local), now, ZONE, 'ru')).toBe(ru);
  });

  test('shortly after midnight it is hours, not a day', () => {
    expect(formatLateness(at('2026-10-13T23:00'), at('2026-10-14T01:00'), ZONE, 'en')).toBe('2 hours late');
  });
});
