/** Whatever is typed, whenever and wherever: an answer, ahead of now, never outside its own promises. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from '../../../bot/domain/time/read-time.ts';
import { isAwake, isBefore } from '../../../shared/rules/calendar.ts';
import { anyInstant, anySettings } from '../rules/arbitraries.ts';
import { GERMAN, SPANISH } from './phrases-de-es.ts';
import { ENGLISH } from './phrases-en.ts';
import { RANGES, RECURRING } from './phrases-recurring.ts';
import { RUSSIAN } from './phrases-ru.ts';
import { linesOf } from './scene.ts';

const VOCABULARY = [
  ...new Set(
    [ENGLISH, RUSSIAN, GERMAN, SPANISH, RANGES, RECURRING].flatMap((table) =>
      linesOf(table).flatMap((line) => line.split(/\s+/).slice(1)),
    ),
  ),
];

const anyWords = fc
  .array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 7 })
  .map((words) => words.join(' '));
const anyPhrase = fc.oneof(
  anyWords,
  fc.constantFrom(
    ...[ENGLISH, RUSSIAN].flatMap((table) => linesOf(table).map((line) => line.replace(/^\S+\s+/, ''))),
  ),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
);
const anyLanguage = fc.constantFrom('en', 'en-US', 'ru', 'de', 'es');

describe('whatever is typed', { timeout: 30_000 }, () => {
  test('it is answered with a moment ahead or a refusal, and the same twice', () => {
    fc.assert(
      fc.property(anyPhrase, anyInstant, anySettings, anyLanguage, (text, now, settings, language) => {
        const reading = readTime(text, { now, settings, language });
        expect(readTime(text, { now, settings, language })).toEqual(reading);
        switch (reading.kind) {
          case 'instant':
            expect(isBefore(now, reading.at)).toBe(true);
            // Whatever may be moved by quiet hours and days off stands where they move nothing.
            if (!reading.exact) expect(isAwake(reading.at, settings)).toBe(true);
            break;
          case 'range':
            expect(isBefore(now, reading.from)).toBe(true);
            expect(isBefore(reading.to, reading.from)).toBe(false);
            break;
          case 'recurrence':
            expect(reading.first.length).toBeGreaterThan(0);
            reading.first.forEach((at, index) => {
              expect(isBefore(reading.first[index - 1] ?? now, at)).toBe(true);
            });
            expect(reading.rule).toMatch(/^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,-]+)*$/);
            break;
          case 'refused':
            expect(reading.hint).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a word nobody knows is never skipped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...linesOf(ENGLISH), ...linesOf(RUSSIAN)),
        fc.nat(20),
        fc.constantFrom('pricing', 'Anna', 'xyzzy', 'смету', 'Иванов'),
        (line, place, stranger) => {
          const words = line.split(/\s+/).slice(1);
          words.splice(place % (words.length + 1), 0, stranger);
          const reading = readTime(words.join(' '), {
            now: Temporal.Instant.from('2026-10-14T07:41Z'),
            settings: {
              zone: 'UTC',
              preferredHour: '09:30',
              quietFrom: '21:00',
              quietTo: '08:00',
              workingDays: [],
            },
            language: 'en',
          });
          expect([words.join(' '), reading.kind]).toEqual([words.join(' '), 'refused']);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the longest text is read in no time', () => {
    const hostile = [
      'a'.repeat(200),
      '1'.repeat(200),
      '9-'.repeat(100),
      'every '.repeat(33),
      'через '.repeat(33),
      '1h '.repeat(66),
    ];
    // Processor time: other tests running beside this one must not fail it.
    const started = process.cpuUsage();
    for (const text of hostile) {
      readTime(text, {
        now: Temporal.Instant.from('2026-10-14T07:41Z'),
        settings: {
          zone: 'UTC',
          preferredHour: '09:30',
          quietFrom: '21:00',
          quietTo: '08:00',
          workingDays: [],
        },
        language: 'en',
      });
    }
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_500);
  });
});
