import { describe, expect, test } from 'vitest';
import { timeRefusalSchema } from '../../../shared/contracts/times.ts';
import { hintFor } from '../../../bot/domain/time/hints.ts';
import { GERMAN, SPANISH } from './phrases-de-es.ts';
import { ENGLISH } from './phrases-en.ts';
import { RANGES, RECURRING } from './phrases-recurring.ts';
import { REFUSED } from './phrases-refused.ts';
import { RUSSIAN } from './phrases-ru.ts';
import { instantOf, linesOf, local, read } from './scene.ts';

const LANGUAGES = { en: ENGLISH, ru: RUSSIAN, de: GERMAN, es: SPANISH };

describe.each(Object.entries(LANGUAGES))('in %s', (language, table) => {
  const rows = linesOf(table).map((line) => {
    const [when = '', ...words] = line.split(/\s+/);
    return [words.join(' '), when] as const;
  });

  test.each(rows)('“%s” is %s', (words, when) => {
    expect(instantOf(read(words, { language }))).toBe(when);
  });

  test('what was said is not what was filled in', () => {
    for (const [words, when] of rows) {
      const reading = read(words, { language });
      // Nothing that was filled in is to the minute, except a day on which nothing else would be sent.
      if (reading.kind !== 'instant' || !when.endsWith('!')) continue;
      expect([
        words,
        reading.said.time || reading.at.toZonedDateTimeISO('Europe/Berlin').dayOfWeek > 5,
      ]).toEqual([words, true]);
    }
  });
});

test('the tables hold what was promised', () => {
  const counts = Object.values(LANGUAGES).map((table) => linesOf(table).length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(400);
  expect(counts[0]).toBeGreaterThanOrEqual(150);
  expect(counts[1]).toBeGreaterThanOrEqual(150);
});

describe('a recurrence is never dropped', () => {
  test.each(
    linesOf(RECURRING).map((line) => {
      const [rule = '', first = '', ...words] = line.split(' ');
      return [words.join(' '), rule, first] as const;
    }),
  )('“%s” is %s from %s', (words, rule, first) => {
    const reading = read(words, { language: 'ru' });
    expect(reading).toMatchObject({ kind: 'recurrence', rule });
    expect(reading.kind === 'recurrence' && local(reading.first[0]!)).toBe(first);
  });
});

describe('ranges', () => {
  test.each(
    linesOf(RANGES).map((line) => {
      const [from = '', to = '', ...words] = line.split(' ');
      return [words.join(' '), from, to] as const;
    }),
  )('“%s” is from %s to %s', (words, from, to) => {
    const reading = read(words);
    expect(reading.kind === 'range' && [local(reading.from), local(reading.to)]).toEqual([from, to]);
  });
});

describe.each(Object.entries(REFUSED))('%s', (reason, table) => {
  test.each(table.split('\n').filter((line) => line !== ''))('“%s”', (line) => {
    const [language, words] = line.includes('|') ? (line.split('|') as [string, string]) : ['en', line];
    expect(read(words, { language })).toMatchObject({ kind: 'refused', reason });
  });
});

describe('a refusal', () => {
  test('says which part was understood, and nothing of the part that was not', () => {
    expect(read('call Anna tomorrow at 9')).toMatchObject({ understood: 'tomorrow at 9' });
    expect(read('позвонить Анне завтра в 9')).toMatchObject({ understood: 'завтра в 9' });
    expect(read('call Anna')).toMatchObject({ understood: null });
  });

  test.each(
    timeRefusalSchema.options.flatMap((reason) => [[reason, 'en'] as const, [reason, 'ru'] as const]),
  )('for %s hints in %s at words that are understood', (reason, language) => {
    const hint = hintFor(reason, language);
    expect(read(hint, { language }).kind).not.toBe('refused');
    expect(/\p{Script=Cyrillic}/u.test(hint)).toBe(language === 'ru');
  });

  test('of nothing and of too much is no reading at all', () => {
    expect(read(' \n ')).toMatchObject({ kind: 'refused', reason: 'empty' });
    expect(read(`tomorrow ${' '.repeat(200)}at 9`)).toMatchObject({ kind: 'refused', reason: 'too_long' });
  });
});
