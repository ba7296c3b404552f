import { describe, expect, test } from 'vitest';
import { cardManner } from '../../../bot/domain/reminder/delivery.ts';

const claimed = {
  level: 0,
  in_doubt: false,
  wanted_at: '2026-10-14T07:30:00+00:00',
  product_now: '2026-10-14T07:30:01+00:00',
};

describe('how a reminder is brought up', () => {
  test('the first time it is a plain card', () => {
    expect(cardManner(claimed)).toEqual({ tone: 'first', opening: null, saysLate: false });
  });

  test('without an answer it asks better, and a third time offers rest', () => {
    expect([1, 2, 3].map((level) => cardManner({ ...claimed, level }).tone)).toEqual([
      'still_on',
      'last_before_rest',
      'last_before_rest',
    ]);
  });

  test('a first card that comes noticeably late says so, a repeated question never does', () => {
    const late = { ...claimed, product_now: '2026-10-14T08:30:00+00:00' };
    expect(cardManner(late).saysLate).toBe(true);
    expect(cardManner({ ...late, level: 1 }).saysLate).toBe(false);
  });

  test('a card whose first send may have arrived says that it comes again', () => {
    expect(cardManner({ ...claimed, in_doubt: true }).opening).toBe('sent_again');
  });
});
