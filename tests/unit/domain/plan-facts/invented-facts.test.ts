import { describe, expect, test } from 'vitest';
import { HONEST, INVENTED } from './sentences.ts';
import { invention } from './scene.ts';

/** A step in the middle of a plan: a message was sent before it, nobody has talked yet. */
const MIDDLE = { message: true, talk: false };

describe('sentences that claim nothing', () => {
  test.each(HONEST)('%s %s stays: %s', (language, field, sentence) => {
    expect(invention(sentence, { language, field, earlier: MIDDLE })).toBeNull();
  });
});

describe('sentences that claim what nobody told', () => {
  test.each(INVENTED)('%s %s is found: %s', (language, field, sentence) => {
    expect(invention(sentence, { language, field, earlier: MIDDLE })).not.toBeNull();
  });
});
