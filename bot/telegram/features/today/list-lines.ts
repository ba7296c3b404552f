/** Lines of a list of reminders, with the buttons that open their cards. */
import { formatLateness } from '../../../../shared/rules/words.ts';
import { waitsForLead } from '../../../../shared/rules/waits-for-lead.ts';
import type { ReminderLine } from '../../../usecases/ports.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { clip, oneLine, type Piece } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

const BUTTONS_SHOWN = 10;
const LINE_LIMIT = 160;
/** Fits on a phone beside its number. */
const LABEL_LIMIT = 40;

/** `number` is what its button says. */
export function listLine(line: ReminderLine, number: number, words: Words): readonly Piece[] {
  const wanted = Temporal.Instant.from(line.reminder.wanted_at);
  const late = formatLateness(wanted, words.now, words.zone, words.language);
  const step = oneLine(line.step?.description ?? line.reminder.title ?? '');
  const name = oneLine(line.lead?.name ?? '');
  const when = waitsForLead(line.reminder, line.lead)
    ? words.say('list-paused')
    : (late ?? words.moment(wanted));
  const matter = [name, step].filter(Boolean).join(': ') || words.say('reminder-bare');
  const what = line.repeats ? `↻ ${matter}` : matter;
  return [`${number}. ${clip(what, LINE_LIMIT)} (${when})`];
}

/** A numbered button for each line, which opens its card. */
export function openButtons(lines: readonly ReminderLine[]): Keyboard {
  const buttons = lines.slice(0, BUTTONS_SHOWN).map((line, index) => ({
    text: `${index + 1}. ${clip(oneLine(line.lead?.name ?? line.reminder.title ?? '…') || '…', LABEL_LIMIT)}`,
    callback_data: encodeCallback({ verb: 'open', id: line.reminder.id }),
  }));
  return keyboardRows(buttons);
}
