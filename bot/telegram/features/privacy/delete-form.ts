/** The end of everything a person has here: they type a word for it. */
import { z } from 'zod';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import { bold, richText } from '../../text/rich-text.ts';

/** As the catalogues ask for it; each works in either language. */
const WORDS = ['DELETE', 'УДАЛИТЬ'];
/** A slip of the word is asked again; a longer text is something else, and the question is left. */
const SLIP_WORDS = 3;

/** Whether the text is the word that deletes. */
export function isDeleteWord(text: string): boolean {
  return WORDS.includes(text.trim().toUpperCase());
}

/** The next text decides: the word deletes all of it, for good. */
export const deleteForm: Form<Record<string, never>> = {
  kind: 'delete-me',
  args: z.record(z.string(), z.never()),
  async question({ store, words: { say } }) {
    const { leads, plans, reminders } = await store.countData();
    return {
      text: richText([
        [bold(say('delete-title'))],
        [say('delete-what', { leads, plans, reminders })],
        [say('delete-for-good')],
        [],
        [say('delete-ask')],
      ]),
      keyboard: [
        [{ text: say('button-export'), callback_data: encodeCallback({ verb: 'privacy', wish: 'export' }) }],
      ],
    };
  },
  async take({ store, actionId, words: { say } }, _args, text) {
    if (!isDeleteWord(text)) {
      const isSlip = text.trim().split(/\s+/).length <= SLIP_WORDS;
      return isSlip ? { again: said(say('delete-again')) } : { pass: true };
    }
    const answer = await store.deleteAllData(actionId);
    if (!answer.ok) return { again: said(refusalSentence(say, answer.refusal.code)) };
    return {
      done: { text: richText([[bold(say('delete-done'))], [say('delete-done-next')]]), keyboard: [] },
      isErased: true,
    };
  },
};

function said(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
