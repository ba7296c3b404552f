import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftPreview, foldedDraft } from '../../../shared/rules/draft-preview.ts';

const LETTER = 'Hi Anna,\n\nI saw the new lanes.\n\nShall we talk?\nMara';

describe('a draft where only its first lines fit', () => {
  test('begins with the salutation and what is said, on one line, without blank lines', () => {
    expect(draftPreview(LETTER)).toBe('Hi Anna, I saw the new lanes.\nShall we talk?\nMara');
    expect(draftPreview('Добрый день, Анна!\r\n\r\nКак дела?')).toBe('Добрый день, Анна! Как дела?');
  });

  test('keeps a first line that says something on its own', () => {
    expect(draftPreview('Congratulations on the new lanes.\n\nMara')).toBe(
      'Congratulations on the new lanes.\nMara',
    );
    const long = `${'a long first line that goes on and on '.repeat(2)},`;
    expect(draftPreview(`${long}\nnext`)).toBe(`${long}\nnext`);
  });

  test('of a salutation alone, or of nothing, is just that', () => {
    expect(draftPreview(' Hi Anna, \n')).toBe('Hi Anna,');
    expect(draftPreview(' \n ')).toBe('');
  });

  test('loses and changes no word, whatever it is', () => {
    const line = fc.oneof(fc.constant(''), fc.constant('Hi Anna,'), fc.constant('  '), fc.string());
    const wordsOf = (text: string): string[] => text.split(/\s+/u).filter(Boolean);
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const draft = lines.join(end);
        expect(wordsOf(draftPreview(draft))).toEqual(wordsOf(draft));
        expect(wordsOf(foldedDraft(draft))).toEqual(wordsOf(draft));
        expect(draftPreview(draft)).not.toMatch(/\n[^\S\n]*\n/);
      }),
    );
  });
});

describe('a draft in a fold', () => {
  test('loses only the blank line behind its salutation', () => {
    expect(foldedDraft(LETTER)).toBe('Hi Anna,\nI saw the new lanes.\n\nShall we talk?\nMara');
    expect(foldedDraft('One.\n\nTwo.')).toBe('One.\n\nTwo.');
    expect(foldedDraft('Hi Anna,')).toBe('Hi Anna,');
  });
});
