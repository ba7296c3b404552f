/** Hours typed as a setting: what is understood, what is asked again, and that nothing is guessed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClockTime, readQuietHours } from '../../../bot/domain/time/read-clock.ts';

describe('a time of day', () => {
  test.each([
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['0930', '09:30'],
    ['930', '09:30'],
    ['9', '09:00'],
    ['21', '21:00'],
    ['at 9 am', '09:00'],
    ['9:15 PM', '21:15'],
    ['12 am', '00:00'],
    ['12pm', '12:00'],
    ['9 p.m.', '21:00'],
    ['noon', '12:00'],
    [' 14h ', '14:00'],
    ['９：３０', '09:30'],
    ['в 9 утра', '09:00'],
    ['2 дня', '14:00'],
    ['8 вечера', '20:00'],
    ['12 ночи', '00:00'],
    ['полдень', '12:00'],
    ['10 часов', '10:00'],
  ])('%j is %s', (typed, clock) => {
    expect(readClockTime(typed)).toBe(clock);
  });

  test.each([
    '',
    'soon',
    '24',
    '25:00',
    '9:60',
    '9:5',
    '13 pm',
    '0 am',
    '14 утра',
    '9 tomorrow',
    '-9',
    '9-10',
  ])('%j is none', (typed) => {
    expect(readClockTime(typed)).toBeNull();
  });
});

describe('quiet hours', () => {
  test.each([
    ['21-8', '21:00', '08:00'],
    ['21:30 – 7:15', '21:30', '07:15'],
    ['from 9 pm to 8 am', '21:00', '08:00'],
    ['10pm-7', '22:00', '07:00'],
    ['22 till 7', '22:00', '07:00'],
    ['с 22 до 8', '22:00', '08:00'],
    ['с 9 вечера до 8 утра', '21:00', '08:00'],
    ['9-18', '09:00', '18:00'],
    ['10:00-7:00', '10:00', '07:00'],
  ])('%j are from %s to %s', (typed, from, to) => {
    expect(readQuietHours(typed)).toEqual({ kind: 'hours', from, to });
  });

  test.each(['off', 'None', ' no ', 'нет', 'Выкл'])('%j wants none', (typed) => {
    expect(readQuietHours(typed)).toEqual({ kind: 'off' });
  });

  test.each(['10-7', '9 to 8', '8-8', '21:00-21:00'])(
    '%j would be quiet nearly all day: doubtful',
    (typed) => {
      expect(readQuietHours(typed)?.kind).toBe('doubtful');
    },
  );

  test.each(['', '9', '21-', '-8', '21-8-9', '21-25', 'at night', 'Anna Kowalska, Baltic Freight'])(
    '%j is neither',
    (typed) => {
      expect(readQuietHours(typed)).toBeNull();
    },
  );
});

test('every clock of the day is read as it is written, alone and in a pair', () => {
  const clock = fc
    .record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })
    .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  fc.assert(
    fc.property(clock, clock, (from, to) => {
      expect(readClockTime(from)).toBe(from);
      expect(readQuietHours(`${from} - ${to}`)).toEqual({
        kind: from === to ? 'doubtful' : 'hours',
        from,
        to,
      });
    }),
  );
});

test('whatever is typed gets an answer, and a clock in it is one of a day', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
      expect(readClockTime(typed) ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      readQuietHours(typed);
    }),
  );
});
