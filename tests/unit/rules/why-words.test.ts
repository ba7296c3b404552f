import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whyWords } from '../../../shared/rules/why-words.ts';
import type { WhyLine } from '../../../shared/rules/why-now.ts';
import { languageSchema } from '../../../shared/schemas/user.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';

const ROOT = join(import.meta.dirname, '../../..');
const at = Temporal.Instant.from('2026-10-12T07:30:00Z');
const earlier = at.subtract({ hours: 30 });
const LINES: readonly WhyLine[] = [
  { kind: 'plan', stepId: 4, delayDays: 2, start: earlier },
  { kind: 'own', at: earlier },
  { kind: 'trigger', by: 'interested_reply', at: earlier },
  { kind: 'day', from: Temporal.PlainDate.from('2026-10-11'), to: Temporal.PlainDate.from('2026-10-12') },
  { kind: 'usual-hour', at },
  { kind: 'picked', at, isQuiet: true },
  { kind: 'snoozed', times: 2, to: at },
  { kind: 'moved', from: earlier, to: at },
  { kind: 'hours', from: earlier, to: at },
  { kind: 'followed', from: earlier, to: at },
  { kind: 'held', why: 'window' },
  { kind: 'held', why: 'parked' },
  { kind: 'held', why: 'retry' },
  { kind: 'asked-again', times: 3, last: earlier },
];
const texts = loadTexts();

/** The messages of a catalogue whose name begins with `why-`, as they are written. */
function whyMessages(catalogue: string): ReadonlyMap<string, string> {
  const source = readFileSync(join(ROOT, catalogue), 'utf8');
  const messages = source.split(/^(?=[a-z#])/m).filter((message) => message.startsWith('why-'));
  return new Map(messages.map((message) => [message.split(' ')[0]!, message.trim()]));
}

describe.each(languageSchema.options)('the story of a reminder in %s', (language) => {
  test('is told in the same words in the chat and in the mini-app', () => {
    const chat = whyMessages(`bot/telegram/texts/${language}.ftl`);
    const app = whyMessages(`tma/src/texts/${language}.ftl`);
    expect(chat.size).toBeGreaterThan(25);
    for (const [id, message] of chat) expect(app.get(id), id).toBe(message);
  });

  test.each(LINES)('has a title and a sentence for $kind', (line) => {
    const voice = { say: texts(language), now: at, zone: 'Europe/Berlin', language };
    const { title, text } = whyWords(line, voice);
    for (const words of [title, text]) {
      expect(words).toMatch(language === 'ru' ? /^[А-ЯЁ0-9]/u : /^[A-Z0-9]/u);
      expect(words).not.toMatch(/undefined|\{|NaN/);
    }
  });
});

test('days and clocks are those of the person', () => {
  const voice = { say: texts('en'), now: at, zone: 'Europe/Berlin', language: 'en' };
  expect(LINES.slice(3, 5).map((line) => whyWords(line, voice))).toEqual([
    { title: 'Sun 11 Oct became Mon 12 Oct', text: 'The first day is not one of your working days' },
    { title: 'At 9:30, your usual hour', text: 'Berlin time' },
  ]);
});
