/** Telegram's own parser reads every message of ours as we meant it, whatever people and planners wrote into it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planCard } from '../../../bot/telegram/features/plan/plan-card.ts';
import { createReminderRenderer } from '../../../bot/telegram/outbox/render-reminder.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';
import { oneLine, richText } from '../../../bot/telegram/text/rich-text.ts';
import { wordsFor } from '../../../bot/telegram/text/words.ts';
import { readByTelegram } from '../../support/tdlib.ts';
import { claimed, NOW, planFacts } from './samples.ts';

const texts = loadTexts();

const hostile = [
  'Anna <b>Kowalska</b> & sons',
  '*bold* _italic_ `code` [link](https://example.org)',
  'דנה לוי, נורת׳גייט',
  'مرحبا بكم',
  '🔥👩‍👩‍👧 family',
  'trailing spaces   \n\n\n',
  '&lt;escaped&gt; &#x41;',
  '\u200e\u200e\u200fmarks\u202e',
  '\ttabs\tand\u0000controls',
];
const anyText = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 80 }));

test('a reminder card keeps its text and entities', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, fc.constantFrom('en', 'ru'), (name, step, draft, language) => {
      const row = claimed({ lead_name: name, description: step, draft_text: draft, language });
      const { text } = createReminderRenderer(texts, null)([row]);
      expect(readByTelegram(text)).toEqual({ text: text.text, entities: text.entities });
    }),
  );
});

test('what is told of a step that moves on keeps its text and the moments in it', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.constantFrom('en', 'ru'),
      fc.integer({ min: 1, max: 5_000_000 }),
      (words, language, ahead) => {
        const { say, moment } = wordsFor(texts, language, 'Europe/Berlin', NOW);
        const when = moment(NOW.add({ minutes: ahead }), { withWeekday: true });
        const text = richText([
          [oneLine(words)],
          [say('acted-snooze', { when })],
          [`1. ${when}: ${oneLine(words)}`],
        ]);
        expect(text.entities.map(({ type }) => type)).toEqual(['date_time', 'date_time']);
        expect(readByTelegram(text)).toEqual({ text: text.text, entities: text.entities });
      },
    ),
  );
});

test('a plan’s card keeps its text and entities', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, fc.constantFrom('en', 'ru'), (name, step, draft, language) => {
      const facts = planFacts();
      const steps = facts.steps.map((one) => ({ ...one, description: step, suggested_text: draft }));
      const lead = { ...facts.lead, name };
      const { text } = planCard({ ...facts, lead, steps }, wordsFor(texts, language, 'Europe/Berlin', NOW));
      expect(readByTelegram(text)).toEqual({ text: text.text, entities: text.entities });
    }),
  );
});
