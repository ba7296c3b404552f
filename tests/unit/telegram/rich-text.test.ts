import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asMoment,
  bold,
  clean,
  clip,
  folded,
  oneLine,
  richText,
} from '../../../bot/telegram/text/rich-text.ts';

describe('a message is put together', () => {
  test('with offsets in UTF-16 units, whatever stands before', () => {
    const { text, entities } = richText([['🔥 ', bold('Анна')], [folded('one\ntwo')]]);
    expect(text).toBe('🔥 Анна\none\ntwo');
    expect(entities).toEqual([
      { type: 'bold', offset: 3, length: 4 },
      { type: 'expandable_blockquote', offset: 8, length: 7 },
    ]);
  });

  test('without the lines that say nothing, and with one blank line at most', () => {
    expect(richText([[], null, ['a'], [], [''], null, ['b'], []]).text).toBe('a\n\nb');
  });

  test('without white space at the borders of an entity', () => {
    expect(richText([[bold('  Anna \n')]])).toEqual({
      text: 'Anna',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
  });
});

describe('a moment', () => {
  const at = Temporal.Instant.from('2026-10-14T07:30:00Z');

  test('is shown in our words, and Telegram knows which instant they tell', () => {
    expect(richText([[`Next: call, ${asMoment(at, 'Wed 14 Oct, 9:30')}.`]])).toEqual({
      text: 'Next: call, Wed 14 Oct, 9:30.',
      entities: [
        { type: 'date_time', offset: 12, length: 16, unix_time: 1_791_963_000, date_time_format: '' },
      ],
    });
  });

  test('is only words inside a styled piece, out of Telegram’s range, and when somebody else wrote its marks', () => {
    const words = asMoment(at, 'Wed 14 Oct');
    expect(richText([[bold(words)]]).entities.map(({ type }) => type)).toEqual(['bold']);
    expect(richText([[oneLine(words)]]).entities).toEqual([]);
    expect(asMoment(Temporal.Instant.from('2040-01-01T00:00Z'), 'in 2040')).toBe('in 2040');
    expect(richText([['\uE000zzzzzz\uE001never\uE002 \uE0000\uE001x\uE002\uE001']]).entities).toEqual([]);
  });

  test('leaves no mark in any text', () => {
    const pieces = fc.oneof(
      fc.constantFrom('\uE000', '\uE001', '\uE002', '1abc', asMoment(at, 'soon'), ' '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(pieces), (all) => {
        const { text, entities } = richText([[all.join('')]]);
        expect(text).not.toMatch(/[\uE000-\uE002]/);
        for (const { offset, length } of entities) expect(offset + length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('a text that is too long', () => {
  test('is cut between characters and ends in an ellipsis', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('ab🔥🔥', 5)).toBe('ab🔥…');
    expect(clip('abc', 3)).toBe('abc');
  });

  test('never holds half a character nor more than allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, limit) => {
        const cut = clip(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('what a person pasted', () => {
  test('loses what Telegram would cut out, so that offsets stay right', () => {
    expect(clean('a\r\nb\u202ec\u0000d\u2028e')).toBe('a\nbc de');
  });

  test('with half a character in it becomes readable text', () => {
    expect(clean('a\ud83d b')).toBe('a\uFFFD b');
  });

  test('fits on one line of a button or heading', () => {
    expect(oneLine('  Anna\n\tKowalska  ')).toBe('Anna Kowalska');
  });
});
