/** Questions about what was read: who of several people, and whether a lead is there already. */
import type { TrayEntry } from '../../../../shared/contracts/leads.ts';
import type { DuplicateFound } from '../../../usecases/add-lead.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { leadLines } from './lead-lines.ts';
import { heading } from '../reminder/reminder-card.ts';

/** Beyond so many people the buttons are numbers: Telegram shows about a hundred buttons, phones eight in a row. */
const NAMED_BUTTONS = 12;
const NUMBERS_PER_ROW = 8;
/** UTF-16 units. */
const LABEL_LIMIT = 30;
const LINE_LIMIT = 72;
/** Leads that are there already and get buttons; the mini-app finds the others. */
const SHOWN_DUPLICATES = 3;

/** Everybody of a text, a button each; who became a lead has a tick, and a tap shows their plan. */
export function severalCard(trayId: number, entries: readonly TrayEntry[], words: Words): Card {
  const { say } = words;
  const isDone = entries.every((entry) => entry.lead_id !== undefined);
  const mark = (entry: TrayEntry): string => (entry.lead_id === undefined ? '' : '✓ ');
  const people = entries.map(({ lead, ...entry }, index) => {
    const words = [lead.name, lead.company === lead.name ? '' : (lead.company ?? '')].map(oneLine);
    const known = words.filter(Boolean).join(' · ');
    return [clip(`${index + 1}. ${mark({ lead, ...entry })}${known}`, LINE_LIMIT)];
  });
  const isNamed = entries.length <= NAMED_BUTTONS;
  const buttons = entries.map((entry, index) => ({
    text: isNamed
      ? clip(`${mark(entry)}${oneLine(entry.lead.name)}`, LABEL_LIMIT)
      : `${mark(entry)}${index + 1}`,
    callback_data: encodeCallback({ verb: 'trayTake', id: trayId, index }),
  }));
  const rows: Keyboard = isNamed ? keyboardRows(buttons) : inRows(buttons, NUMBERS_PER_ROW);
  const all = {
    text: say('button-add-all', { count: entries.length }),
    callback_data: encodeCallback({ verb: 'trayAll', id: trayId }),
  };
  return {
    text: richText([
      [say('several-title', { count: entries.length })],
      ...people,
      [],
      [say(isDone ? 'several-all-added' : 'several-choose')],
    ]),
    keyboard: isDone ? rows : [...rows, [all]],
  };
}

/** What was read, what is there already, and the three ways on. */
export function duplicateCard(found: DuplicateFound, words: Words): Card {
  const { say } = words;
  const { trayId, index, lead } = found;
  const known = found.duplicates.slice(0, SHOWN_DUPLICATES);
  const [only] = known;
  const rows = known.flatMap((duplicate, position) => {
    const number = known.length === 1 ? '' : ` ${position + 1}`;
    const id = duplicate.lead_id;
    return [
      [
        {
          text: `${say('button-open-lead')}${number}`,
          callback_data: encodeCallback({ verb: 'leadOpen', id }),
        },
        {
          text: `${say('button-merge-lead')}${number}`,
          callback_data: encodeCallback({ verb: 'trayMerge', id: trayId, index, leadId: id }),
        },
      ],
    ];
  });
  const anyway = {
    text: say('button-add-anyway'),
    callback_data: encodeCallback({ verb: 'trayAdd', id: trayId, index }),
  };
  return {
    text: richText([
      heading(lead.name, lead.company),
      ...leadLines(lead, [], words),
      [],
      [say('duplicate-title', { count: known.length })],
      ...known.map((duplicate, position) => [
        clip(
          (known.length === 1 || only === undefined ? '' : `${position + 1}. `) +
            [duplicate.name, duplicate.company ?? ''].map(oneLine).filter(Boolean).join(' · '),
          LINE_LIMIT,
        ),
        ` (${duplicate.same.map((same) => say(`same-${same}`)).join(', ')})`,
      ]),
      [say('duplicate-nothing-stored')],
    ]),
    keyboard: [...rows, [anyway]],
  };
}

function inRows<Button>(buttons: readonly Button[], perRow: number): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  );
}
