/** "Other time…": the next text is when. It is said back first; a button stores it. */
import { z } from 'zod';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { readReminder } from '../../../usecases/act-on-reminder.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import { openForm } from '../../forms/open-form.ts';
import type { Tap } from '../../send-card.ts';
import { bold, clip, richText } from '../../text/rich-text.ts';
import { factsOf } from './acted-card.ts';
import { heading, instructionOf } from './reminder-card.ts';
import { showButtons } from './reminder-handlers.ts';
import { momentInWords, momentNotes, pickedMoment, timeRefused, type PickedMoment } from './time-lines.ts';

/** Room for a step's words in a question. UTF-16 units. */
const INSTRUCTION_LIMIT = 300;

const args = z.object({ id: z.number().int() });

/** Asks when a reminder should come back. */
export const snoozeForm: Form<z.infer<typeof args>> = {
  kind: 'snooze-time',
  args,
  async question(talk, { id }) {
    const view = await readReminder(talk.store, id);
    const { say } = talk.words;
    if (!view.ok) return sentence(refusalSentence(say, view.refusal.code));
    const facts = factsOf(view.value, talk.now);
    const lines = [
      heading(facts.leadName, facts.leadCompany),
      [clip(instructionOf(facts, talk.words), INSTRUCTION_LIMIT)],
      [],
      [say('snooze-ask')],
    ];
    return { text: richText(lines), keyboard: [] };
  },
  async take(talk, { id }, text) {
    const view = await readReminder(talk.store, id);
    const { say } = talk.words;
    if (!view.ok) return { done: sentence(refusalSentence(say, view.refusal.code)) };
    // Done in the app while the question was open: there is nothing to put off any more.
    if (!isOpen(view.value.reminder.status)) return { done: sentence(say('already-other')) };
    const read = await talk.readTime(text);
    const moment = pickedMoment(read);
    if (moment !== null) return { done: echoCard(id, moment, talk) };
    return {
      again: sentence(read.kind === 'refused' ? timeRefused(read, talk) : say('time-refused-recurring')),
    };
  },
};

/** The moment as it was understood, and a button that stores exactly this one. */
export function echoCard(id: number, moment: PickedMoment, talk: Talk): Card {
  const { say } = talk.words;
  const when = momentInWords(moment, talk);
  const { at: until, exact } = moment;
  return {
    text: richText([
      [bold(say('snooze-echo', { when }))],
      ...momentNotes(moment, talk).map((note) => [note]),
    ]),
    keyboard: [
      [
        {
          text: say('button-snooze-until', {
            when: talk.words.when(until, { withWeekday: true, withZone: false }),
          }),
          callback_data: encodeCallback({ verb: 'snooze', id, until, exact }),
        },
      ],
      [{ text: say('button-another-time'), callback_data: encodeCallback({ verb: 'snoozeAgain', id }) }],
    ],
  };
}

/** From the presets of a card: it gets its own buttons back, the question comes below. */
export async function askSnoozeTime(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  await showButtons(ctx.talk, tap, id);
  await openForm(ctx, snoozeForm, { id });
}

/** From an echo: that time was not meant. */
export async function askSnoozeTimeAgain(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  await tap.answer();
  await tap.edit(sentence(ctx.talk.words.say('snooze-not-meant')));
  await openForm(ctx, snoozeForm, { id });
}

function sentence(said: string): Card {
  return { text: richText([[said]]), keyboard: [] };
}
