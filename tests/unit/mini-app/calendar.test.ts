import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TIME_SETTINGS } from '../../../shared/rules/time-settings.ts';
import { byDay, clashes, isLate, loadOf, spread } from '../../../tma/src/features/calendar/load.ts';
import type { Entry } from '../../../tma/src/features/calendar/load.ts';
import { firstWeekday, monthGrid } from '../../../tma/src/features/calendar/month-grid.ts';
import type { Weekday } from '../../../tma/src/features/calendar/month-grid.ts';

const BERLIN = { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin' };
const NOW = Temporal.Instant.from('2026-10-14T07:41:00Z');

let ids = 0;
/** An entry at a wall clock of Berlin. */
function entry(local: string, status: Entry['reminder']['status'] = 'pending', completed?: string): Entry {
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Berlin').toInstant();
  const completed_at = completed === undefined ? null : at(completed).toString();
  return { reminder: { id: (ids += 1), status, completed_at }, wanted: at(local) };
}

describe('the month', () => {
  test('October 2026 begins on a Thursday: three empty cells before it where weeks begin on Monday', () => {
    const cells = monthGrid(Temporal.PlainYearMonth.from('2026-10'), 1);
    expect(cells.slice(0, 4).map((cell) => cell?.day ?? null)).toEqual([null, null, null, 1]);
    expect(cells.at(-1)).toBeNull();
    expect(cells).toHaveLength(35);
  });

  test('has every day once, in order, in whole weeks, each under its own weekday', () => {
    const month = fc.tuple(fc.integer({ min: 1970, max: 2199 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 7 }), ([year, number], first) => {
        const yearMonth = Temporal.PlainYearMonth.from({ year, month: number });
        const cells = monthGrid(yearMonth, first as Weekday);
        expect(cells.length % 7).toBe(0);
        expect(cells.flatMap((cell) => cell?.day ?? [])).toEqual(
          Array.from({ length: yearMonth.daysInMonth }, (_, index) => index + 1),
        );
        for (const [index, cell] of cells.entries())
          if (cell !== null) expect((cell.dayOfWeek - first + 7) % 7).toBe(index % 7);
      }),
    );
  });

  test.each([
    ['en', 'en-GB', 1],
    ['en', 'en-US', 7],
    ['en', 'de-DE', 7],
    ['ru', 'ru-RU', 1],
    ['ru', 'en-US', 1],
    ['en', 'en-US@posix', 7],
  ])('a person who speaks %s on a device set to %s begins the week on ISO day %i', (locale, device, day) => {
    expect(firstWeekday(locale, device)).toBe(day);
  });
});

describe('a day', () => {
  test('is the local one, also in the nights when clocks change', () => {
    const days = byDay(
      [entry('2026-10-25T00:30'), entry('2026-10-25T23:30'), entry('2026-10-24T23:59')],
      'Europe/Berlin',
    );
    expect([...days].map(([day, list]) => [day, list.length])).toEqual([
      ['2026-10-24', 1],
      ['2026-10-25', 2],
    ]);
  });

  test('holds what was done where it was done, and the rest where it is wanted', () => {
    const days = byDay([entry('2026-10-01T09:00', 'completed', '2026-10-05T10:00')], 'Europe/Berlin');
    expect([...days.keys()]).toEqual(['2026-10-05']);
  });

  test('shows late before open, and done alone only when nothing is open', () => {
    const done = entry('2026-10-14T08:00', 'completed', '2026-10-14T08:30');
    const late = entry('2026-10-14T09:00');
    const open = entry('2026-10-14T12:00');
    expect(loadOf([done, late, open], NOW)).toEqual({
      open: 2,
      late: 1,
      done: 1,
      dots: ['late', 'open'],
      isFull: false,
    });
    expect(loadOf([done], NOW)).toMatchObject({ open: 0, dots: ['done'] });
  });

  test('is full from four on, and draws a bar in the colour of the first', () => {
    const four = [9, 12, 13, 14].map((hour) => entry(`2026-10-14T${String(hour).padStart(2, '0')}:00`));
    expect(loadOf(four.slice(1), NOW)).toMatchObject({ dots: ['open', 'open', 'open'], isFull: false });
    expect(loadOf(four, NOW)).toMatchObject({ dots: ['late', 'open', 'open'], isFull: true });
  });

  test('a reminder is late a minute after it was wanted', () => {
    expect(isLate(entry('2026-10-14T09:41'), NOW)).toBe(false);
    expect(isLate(entry('2026-10-14T09:39'), NOW)).toBe(true);
    expect(isLate(entry('2026-10-14T08:00', 'completed', '2026-10-14T09:00'), NOW)).toBe(false);
  });
});

describe('reminders for the same minute', () => {
  test('stand in each other’s way while they are open and still to come', () => {
    const [a, b] = [entry('2026-10-14T14:00'), entry('2026-10-14T14:00')];
    const others = [
      entry('2026-10-14T14:01'),
      entry('2026-10-14T14:00', 'completed', '2026-10-14T09:00'),
      entry('2026-10-14T09:00'),
      entry('2026-10-14T09:00'),
    ];
    expect(clashes([a, b, ...others], NOW)).toEqual([[a, b]]);
  });

  test('are spread by a quarter of an hour, past what is there already', () => {
    const clash = [entry('2026-10-14T14:00'), entry('2026-10-14T14:00'), entry('2026-10-14T14:00')];
    const there = entry('2026-10-14T14:20');
    const moves = spread(clash, [...clash, there], BERLIN);
    expect(moves.map(({ to }) => to.toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString())).toEqual([
      '14:35:00',
      '14:50:00',
    ]);
  });

  test('stay together rather than go into the quiet hours', () => {
    const clash = [entry('2026-10-14T20:50'), entry('2026-10-14T20:50')];
    expect(spread(clash, clash, BERLIN)).toEqual([]);
  });

  test('after spreading never stand closer than a quarter of an hour to anything, nor move earlier', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), minutes, (count, others) => {
        const clash = Array.from({ length: count }, () => entry('2026-10-14T10:00'));
        const start = Temporal.PlainDateTime.from('2026-10-14T10:00');
        const rest = others
          .filter((minute) => minute > 0)
          .map((minute) => entry(start.add({ minutes: minute }).toString()));
        const moves = spread(clash, [...clash, ...rest], BERLIN);
        const standing = [clash[0]!, ...rest].map(({ wanted }) => wanted);
        for (const { entry: moved, to } of moves) {
          expect(Temporal.Instant.compare(to, moved.wanted)).toBe(1);
          for (const other of standing)
            expect(Math.abs(to.epochMilliseconds - other.epochMilliseconds)).toBeGreaterThanOrEqual(900_000);
          standing.push(to);
        }
      }),
    );
  });
});
