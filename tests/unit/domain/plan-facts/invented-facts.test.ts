import { describe, expect, test } from 'vitest';
import { HONEST, INVENTED } from './sentences.ts';
import { invention } from './scene.ts';

describe('sentences that claim nothing', () => {
  test.each(HONEST)('%s %s stays: %s', (language, field, sentence) => {
    expect(invention(sentence, { language, field })).toBeNull();
  });
});

describe('sentences that claim what nobody told', () => {
  test.each(INVENTED)('%s %s is found: %s', (language, field, sentence) => {
    expect(invention(sentence, { language, field })).not.toBeNull();
  });
});
