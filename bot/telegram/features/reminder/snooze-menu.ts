/** The presets behind "Snooze", each with the moment it stands for written out. */
import { snoozeChoices, type SnoozeChoice } from '../../../../shared/rules/snooze-choices.ts';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import type { Words } from '../../text/words.ts';

export function snoozeMenu(id: number, settings: TimeSettings, words: Words): Keyboard {
  const buttons = snoozeChoices(words.now, settings).map((choice) => ({
    text: label(choice, words),
    callback_data: encodeCallback({ verb: 'snooze', id, until: choice.at, exact: choice.key === '1h' }),
  }));
  const back = { text: words.say('button-back'), callback_data: encodeCallback({ verb: 'back', id }) };
  const other = {
    text: words.say('button-snooze-other'),
    callback_data: encodeCallback({ verb: 'snoozeOther', id }),
  };
  const all = [...buttons, other, back];
  return keyboardRows(all);
}

function label({ key, at }: SnoozeChoice, words: Words): string {
  if (key === '1h') return words.say('snooze-1h', { when: words.when(at, { withZone: false }) });
  if (key === 'evening') return words.say('snooze-evening', { when: words.when(at, { withZone: false }) });
  const when = words.when(at, { withWeekday: true, withZone: false });
  return when.charAt(0).toUpperCase() + when.slice(1);
}
