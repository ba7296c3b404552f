import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bold, clean, clip, folded, oneLine, richText } from '../../../bot/telegram/text/rich-text.ts';

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
