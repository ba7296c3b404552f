/** A reminder of one's own, before and after the yes. Its title is the first line: the buttons have no room for it. */
import type { ReminderProposal } from '../../../usecases/set-reminder.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** As long as SQL takes it. Code points there, UTF-16 units here, which are never fewer. */
const TITLE_LIMIT = 1000;
/** Fits on a button. */
const NAME_LIMIT = 24;

/** What would be stored, with the resolved time written out. */
export function proposalCard(proposal: ReminderProposal, words: Words, updateId: number): Card {
  const { title, at, exact, isAsleep, lead } = proposal;
  const { say } = words;
  const until = asShown(at);
  const about =
    lead === null ? null : [lead.name, lead.company ?? ''].map(oneLine).filter(Boolean).join(' · ');
  const lines: Lines = [
    [bold(titleOf(title))],
    [words.moment(until, { withWeekday: true, withZone: true })],
    about === null ? null : [say('remind-about', { lead: about })],
    isAsleep ? [say('remind-asleep')] : null,
  ];
  const keyboard: Keyboard = [
    [
      {
        text: say('button-remind'),
        callback_data: encodeCallback({
          verb: 'remindSave',
          id: updateId,
          until,
          exact,
          lead: lead?.id ?? 0,
        }),
      },
      { text: say('button-other-time'), callback_data: encodeCallback({ verb: 'remindWhen', id: updateId }) },
    ],
  ];
  if (lead !== null) {
    const text = say('button-not-about', { name: clip(oneLine(lead.name), NAME_LIMIT) });
    keyboard.push([{ text, callback_data: encodeCallback({ verb: 'remindAlone', until, exact }) }]);
  }
  return { text: richText(lines), keyboard };
}

/** The reminder is set. */
export function reminderSetCard(
  reminder: { readonly id: number; readonly title: string; readonly at: Temporal.Instant },
  actionId: string,
  words: Words,
  miniAppUrl: string | null,
): Card {
  const { say } = words;
  return {
    text: richText([
      [bold(titleOf(reminder.title))],
      [say('remind-set', { when: words.moment(reminder.at, { withWeekday: true, withZone: true }) })],
    ]),
    keyboard: [
      [
        {
          text: say('button-undo'),
          callback_data: encodeCallback({ verb: 'undo', actionId, id: reminder.id }),
        },
      ],
      ...openInApp(say, miniAppUrl, `r${String(reminder.id)}`),
    ],
  };
}

/** One line, as it will be read back from the card. */
export function titleOf(title: string): string {
  return clip(oneLine(title), TITLE_LIMIT);
}

/** A button holds whole minutes: the card says exactly what its button will do. */
function asShown(at: Temporal.Instant): Temporal.Instant {
  return at.round({ smallestUnit: 'minute', roundingMode: 'ceil' });
}
