import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delayFromTiming, timingWords } from '../../../bot/domain/plan/delay-words.ts';

describe('timing words as days from the start of the plan', () => {
  test.each([
    ['now', 0],
    ['Immediately after the call', 0],
    ['in 2 hours', 0],
    ['tomorrow', 1],
    ['the day after tomorrow', 2],
    ['in 3 days', 3],
    ['Day 5', 5],
    ['2 weeks later', 14],
    ['a week later', 7],
    ['in a couple of days', 2],
    ['3-5 days after', 3],
    ['next week', 7],
    ['in 5 business days', 7],
    ['in 48 hours', 2],
    ['one month later', 30],
    ['сразу', 0],
    ['завтра', 1],
    ['послезавтра', 2],
    ['через 3 дня', 3],
    ['через неделю', 7],
    ['через две недели', 14],
    ['спустя месяц', 30],
    ['на 5-й день', 5],
    ['день 10', 10],
    ['через 2 рабочих дня', 3],
  ])('%s is day %i', (words, days) => {
    expect(delayFromTiming(words, 4)).toBe(days);
  });

  test('words that say nothing mean three days after the step before', () => {
    for (const words of ['', 'soon', 'when ready', 'someday', 'mayday 5x', 'на неделе']) {
      expect([words, delayFromTiming(words, 4)]).toEqual([words, 7]);
    }
  });

  test('the first step has nothing before it and is now', () => {
    expect(delayFromTiming('when it suits', null)).toBe(0);
  });

  test('the words we write are read back as the same day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 }),
        fc.constantFrom('en' as const, 'ru' as const),
        (days, language) => {
          expect(delayFromTiming(timingWords(days, language), 99)).toBe(days);
        },
      ),
    );
  });
});
