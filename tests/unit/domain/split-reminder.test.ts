import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitReminder } from '../../../bot/domain/time/split-reminder.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../shared/rules/time-settings.ts';

/** Saturday, 21 November 2026, 11:20 in Berlin. */
const NOW = Temporal.Instant.from('2026-11-21T10:20:00Z');
const context = (language: string) => ({
  now: NOW,
  settings: { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin' },
  language,
});

function split(text: string, language = 'en'): [title: string, local: string | null] {
  const { title, reading } = splitReminder(text, context(language));
  const local =
    reading?.kind === 'instant' ? reading.at.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime() : null;
  return [title, local === null ? (reading?.kind ?? null) : local.toString({ smallestUnit: 'minute' })];
}

describe.each([
  ['call Anna tomorrow at 9', 'call Anna', '2026-11-22T09:00'],
  ['tomorrow at 9 call Anna', 'call Anna', '2026-11-22T09:00'],
  ['tomorrow 9: call Anna', 'call Anna', '2026-11-22T09:00'],
  ['Remind me to send the offer to Piotr on Friday at 14:30', 'send the offer to Piotr', '2026-11-27T14:30'],
  ['remind me tomorrow at 9 to call Anna', 'call Anna', '2026-11-22T09:00'],
  ['send Anna two samples in 2 hours', 'send Anna two samples', '2026-11-21T13:20'],
  ['ask about the 3 lanes, tomorrow 9', 'ask about the 3 lanes', '2026-11-22T09:00'],
  ['tomorrow 9', '', '2026-11-22T09:00'],
  ['call Anna', 'call Anna', null],
  ['water the plants every Monday at 9', 'water the plants', 'recurrence'],
])('%s', (text, title, when) => {
  test('is split into what and when', () => {
    expect(split(text)).toEqual([title, when]);
  });
});

describe.each([
  ['позвонить Анне завтра в 9', 'позвонить Анне', '2026-11-22T09:00'],
  ['Напомни мне завтра в 9 позвонить Анне', 'позвонить Анне', '2026-11-22T09:00'],
  ['через полтора часа отправить КП', 'отправить КП', '2026-11-21T12:50'],
  ['напомните, что в пятницу в 14:30 встреча с Петром', 'встреча с Петром', '2026-11-27T14:30'],
  ['купить билеты', 'купить билеты', null],
])('%s', (text, title, when) => {
  test('is split into what and when', () => {
    expect(split(text, 'ru')).toEqual([title, when]);
  });
});

test('whatever is typed, nothing throws, no time has passed, and no word of the thing is made up', () => {
  const pieces = fc.constantFrom(
    'call',
    'Anna',
    'tomorrow',
    '9',
    'at',
    'Friday',
    '14:30',
    'in',
    '2',
    'hours',
    '–',
    '💬',
    'завтра',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), fc.string({ maxLength: 20 }), (words, noise) => {
      const text = `${words.join(' ')} ${noise}`;
      const { title, reading } = splitReminder(text, context('en'));
      for (const word of title.split(' ')) expect(text).toContain(word);
      if (reading?.kind === 'instant') expect(Temporal.Instant.compare(reading.at, NOW)).toBe(1);
    }),
    { numRuns: 40 },
  );
});
