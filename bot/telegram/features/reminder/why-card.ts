/** "Why now?": what set a reminder's time and what shifted it, in place of its card. */
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import { whyNow, type WhyLine } from '../../../../shared/rules/why-now.ts';
import { whyWords } from '../../../../shared/rules/why-words.ts';
import type { ReminderView } from '../../../usecases/act-on-reminder.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Talk } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import type { Tap } from '../../send-card.ts';
import { bold, clip, oneLine, richText } from '../../text/rich-text.ts';
import { factsOf } from './acted-card.ts';
import { heading, instructionOf } from './reminder-card.ts';
import { onOpenReminder } from './reminder-handlers.ts';

/** Room for a step's words above its story. UTF-16 units. */
const INSTRUCTION_LIMIT = 300;

/** The story in place of the card. A reminder that is over says so, as under any other button. */
export async function showWhy(talk: Talk, tap: Tap, id: number): Promise<void> {
  await onOpenReminder(talk, tap, id, async (view) => {
    const { store, person } = talk;
    const { reminder } = view;
    const last = reminder.last_reminded_at;
    const trace = whyNow({
      ...(await store.reminderStory(reminder)),
      reminder,
      lastRemindedAt: last === null ? null : Temporal.Instant.from(last),
      settings: timeSettingsOf(person),
    });
    await Promise.all([tap.answer(), tap.edit(whyCard(view, trace, talk))]);
  });
}

function whyCard(view: ReminderView, trace: readonly WhyLine[], { words, miniAppUrl }: Talk): Card {
  const { say, now } = words;
  const facts = factsOf(view, now);
  const when = words.when(facts.wantedAt, { withWeekday: true });
  const story = trace.flatMap((line) => {
    const { title, text } = whyWords(line, words);
    return [[bold(oneLine(title))], [oneLine(text)]];
  });
  return {
    text: richText([
      heading(facts.leadName, facts.leadCompany),
      [clip(instructionOf(facts, words), INSTRUCTION_LIMIT)],
      [say(isBefore(facts.wantedAt, now) ? 'why-due' : 'why-coming', { when })],
      [],
      ...story,
    ]),
    keyboard: [
      [
        {
          text: say('button-back'),
          callback_data: encodeCallback({ verb: 'cardBack', id: view.reminder.id }),
        },
      ],
      ...openInApp(say, miniAppUrl, `r${String(view.reminder.id)}`),
    ],
  };
}
