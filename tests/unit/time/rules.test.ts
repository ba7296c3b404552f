/** The rules behind the tables: whose clock, which of two readings, what is kept when clocks change. */
import { afterEach, describe, expect, test } from 'vitest';
import { readSuggestion, type TimeSuggestion } from '../../../bot/domain/time/suggestion.ts';
import { GERMAN, SPANISH } from './phrases-de-es.ts';
import { at, BERLIN, instantOf, linesOf, local, NOW, read } from './scene.ts';

describe('whose clock', () => {
  test.each([
    ['Asia/Kathmandu', '2026-10-15T03:15:00Z'],
    ['Pacific/Chatham', '2026-10-14T19:15:00Z'],
    ['Pacific/Kiritimati', '2026-10-14T19:00:00Z'],
    ['America/St_Johns', '2026-10-15T11:30:00Z'],
    ['Antarctica/Troll', '2026-10-15T07:00:00Z'],
  ])('“tomorrow at 9:00” is nine o’clock in %s', (zone, instant) => {
    // 14 October everywhere: five in the morning UTC.
    const reading = read('tomorrow at 9:00', {
      now: Temporal.Instant.from('2026-10-14T05:00Z'),
      settings: { ...BERLIN, zone },
    });
    expect(reading.kind === 'instant' && reading.at.toString()).toBe(instant);
  });

  test('tomorrow is the person’s tomorrow, on both sides of the date line', () => {
    const now = Temporal.Instant.from('2026-10-14T10:30Z');
    const dates = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => {
      const reading = read('tomorrow 12:00', { now, settings: { ...BERLIN, zone } });
      return reading.kind === 'instant' && local(reading.at, zone);
    });
    expect(dates).toEqual(['2026-10-16T12:00', '2026-10-14T12:00']);
  });

  describe('and never the machine’s', () => {
    const own = process.env['TZ'];
    afterEach(() => {
      if (own === undefined) delete process.env['TZ'];
      else process.env['TZ'] = own;
    });

    test.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
      'a German and a Spanish date mean the same on a machine in %s',
      (zone) => {
        process.env['TZ'] = zone;
        // Around nights that New York and Lord Howe cut short, which a clock of the machine would push on.
        for (const now of [at('2027-03-14T02:30'), at('2026-10-04T02:15'), NOW]) {
          const answers = [...linesOf(GERMAN), ...linesOf(SPANISH)].map((line) => {
            const words = line.replace(/^\S+\s+/, '');
            return [words, instantOf(read(words, { now, language: 'de' }))];
          });
          delete process.env['TZ'];
          const elsewhere = answers.map(([words = '']) => [
            words,
            instantOf(read(words, { now, language: 'de' })),
          ]);
          process.env['TZ'] = zone;
          expect(answers).toEqual(elsewhere);
        }
      },
    );
  });
});

describe('nights when the clocks change', () => {
  const spring = { now: at('2026-03-28T12:00') };
  const autumn = { now: at('2026-10-24T12:00') };

  test('a clock that the spring night skips is the same distance after the gap', () => {
    expect(instantOf(read('tomorrow 2:30', spring))).toBe('2026-03-29T03:30!');
  });

  test('a clock that the autumn night shows twice is its first instant', () => {
    const reading = read('tomorrow 2:30', autumn);
    expect(reading.kind === 'instant' && reading.at.toString()).toBe('2026-10-25T00:30:00Z');
  });

  test('“tomorrow” keeps the hour, “in 24 hours” keeps the hours', () => {
    expect(instantOf(read('tomorrow 12:00', autumn))).toBe('2026-10-25T12:00!');
    expect(instantOf(read('in 24 hours', autumn))).toBe('2026-10-25T11:00!');
  });

  test('a daily reminder in the gap misses no day', () => {
    const reading = read('every day at 2:30', spring);
    expect(reading.kind === 'recurrence' && reading.first.map((instant) => local(instant))).toEqual([
      '2026-03-29T03:30',
      '2026-03-30T02:30',
      '2026-03-31T02:30',
    ]);
  });

  test('the date that Samoa skipped is no occurrence', () => {
    const settings = { ...BERLIN, zone: 'Pacific/Apia' };
    const reading = read('every day at 12:00', { now: at('2011-12-29T13:00', 'Pacific/Apia'), settings });
    expect(
      reading.kind === 'recurrence' && reading.first.map((instant) => local(instant, 'Pacific/Apia')),
    ).toEqual(['2011-12-31T12:00', '2012-01-01T12:00', '2012-01-02T12:00']);
  });
});

describe('which of two readings', () => {
  const early = { ...BERLIN, quietFrom: '19:00', quietTo: '05:00' };

  test('a bare hour is the one that wakes nobody', () => {
    expect(instantOf(read('tomorrow at 7'))).toBe('2026-10-15T19:00!');
    expect(instantOf(read('tomorrow at 7', { settings: early }))).toBe('2026-10-15T07:00!');
  });

  test('an hour written with minutes is taken at its word', () => {
    expect(instantOf(read('tomorrow 7:00'))).toBe('2026-10-15T07:00!');
  });

  test('a clock without a date is the next time it shows this', () => {
    expect(instantOf(read('9:40'))).toBe('2026-10-15T09:40!');
    expect(instantOf(read('9:41'))).toBe('2026-10-15T09:41!');
    expect(instantOf(read('9:42'))).toBe('2026-10-14T09:42!');
  });

  test('a weekday named on that weekday is the one in a week', () => {
    expect(instantOf(read('Wednesday 18:00'))).toBe('2026-10-21T18:00!');
  });

  test('“next Friday” is the one of next week, “this Friday” the one of this week', () => {
    expect([read('next Friday'), read('this Friday'), read('Friday')].map(instantOf)).toEqual([
      '2026-10-23T09:30',
      '2026-10-16T09:30',
      '2026-10-16T09:30',
    ]);
  });

  test('a date without a year is the next one, its own day included', () => {
    expect(instantOf(read('14 October 18:00'))).toBe('2026-10-14T18:00!');
    expect(instantOf(read('13 October 18:00'))).toBe('2027-10-13T18:00!');
  });

  test('a slashed date is read as the person’s locale writes it, and refused where nobody can know', () => {
    const readings = ['en-US', 'en-GB', 'ru', 'de', 'en'].map((language) =>
      instantOf(read('3/4/2027', { language })),
    );
    expect(readings).toEqual([
      '2027-03-04T09:30',
      '2027-04-03T09:30!',
      '2027-04-03T09:30!',
      '2027-04-03T09:30!',
      'refused: ambiguous',
    ]);
  });
});

describe('hours and days of the person', () => {
  test('a date alone means the preferred hour, or the end of the quiet hours when that lies in them', () => {
    expect(instantOf(read('Friday', { settings: { ...BERLIN, preferredHour: '11:15' } }))).toBe(
      '2026-10-16T11:15',
    );
    expect(instantOf(read('Friday', { settings: { ...BERLIN, preferredHour: '06:00' } }))).toBe(
      '2026-10-16T08:00',
    );
  });

  test('morning is the preferred hour when that is one', () => {
    expect(instantOf(read('tomorrow morning', { settings: { ...BERLIN, preferredHour: '08:15' } }))).toBe(
      '2026-10-15T08:15',
    );
    expect(instantOf(read('tomorrow morning', { settings: { ...BERLIN, preferredHour: '16:00' } }))).toBe(
      '2026-10-15T09:00',
    );
  });

  test('days that are counted give way to a day off, a day that is named does not', () => {
    expect(instantOf(read('in 3 days'))).toBe('2026-10-19T09:30');
    expect(instantOf(read('Saturday'))).toBe('2026-10-17T09:30!');
  });

  test('working days are the person’s own, Monday to Friday for somebody without days off', () => {
    const sunday = { ...BERLIN, workingDays: [7, 1, 2, 3, 4] };
    expect(instantOf(read('in 2 business days', { settings: sunday }))).toBe('2026-10-18T09:30');
    expect(
      instantOf(read('in 3 business days', { settings: { ...BERLIN, workingDays: [1, 2, 3, 4, 5, 6, 7] } })),
    ).toBe('2026-10-19T09:30');
  });
});

describe('what a model suggests', () => {
  const nothing: TimeSuggestion = { understood: true, date: null, time: null, recurrence: null };
  const weekly = {
    freq: 'WEEKLY',
    interval: 1,
    weekdays: [1],
    nth: null,
    month_day: null,
    month: null,
    until: null,
  } satisfies TimeSuggestion['recurrence'];
  const suggest = (suggestion: Partial<TimeSuggestion>) =>
    readSuggestion({ ...nothing, ...suggestion }, { now: NOW, settings: BERLIN, language: 'en' });

  test('is read like typed words', () => {
    expect(instantOf(suggest({ date: '2026-10-16', time: '15:00' })!)).toBe('2026-10-16T15:00!');
    expect(instantOf(suggest({ date: '2026-10-16' })!)).toBe('2026-10-16T09:30');
    expect(instantOf(suggest({ time: '08:00' })!)).toBe('2026-10-15T08:00!');
    expect(suggest({ time: '09:00', recurrence: { ...weekly, until: '2026-12-31' } })).toMatchObject({
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231',
    });
  });

  test.each<[string, Partial<TimeSuggestion>]>([
    ['nothing', {}],
    ['not understood', { understood: false, date: '2026-10-16' }],
    ['the past', { date: '2026-10-13', time: '09:00' }],
    ['no date of any calendar', { date: '2026-02-30' }],
    ['no date at all', { date: 'tomorrow' }],
    ['no clock', { date: '2026-10-16', time: '25:00' }],
    ['too far away', { date: '2040-01-01' }],
    ['an end that is none', { recurrence: { ...weekly, until: 'March' } }],
    ['a recurrence that is over', { recurrence: { ...weekly, until: '2026-10-15' } }],
    ['no weekday of the month', { recurrence: { ...weekly, freq: 'MONTHLY', nth: 0 } }],
  ])('is dropped when it is %s', (_name, suggestion) => {
    expect(suggest(suggestion)).toBeNull();
  });
});
