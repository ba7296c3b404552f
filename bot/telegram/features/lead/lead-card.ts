/** A lead as a message: what is known, the notes, and what can be changed. */
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { LEAD_FIELDS } from '../../../domain/lead/read-field.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { ReminderLine } from '../../../usecases/ports.ts';
import type { Card, Keyboard, Talk } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import {
  clip,
  folded,
  MESSAGE_LIMIT,
  oneLine,
  richText,
  type Lines,
  type Piece,
} from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { resumeButton } from '../leads/forward-card.ts';
import { heading } from '../reminder/reminder-card.ts';
import { leadLines } from './lead-lines.ts';

/** Three short words in a row fit on every phone. */
const FIELDS_PER_ROW = 3;
/** UTF-16 units of the next step's words. */
const STEP_LIMIT = 160;

interface LeadNews {
  readonly sentences: readonly string[];
  readonly undo: string | null;
}

/**
 * The lead's card, with the step that comes next.
 * @param news what just happened, above everything; `undo` is the action a button takes back.
 */
export async function leadCard(
  { store, words, miniAppUrl }: Pick<Talk, 'store' | 'words' | 'miniAppUrl'>,
  lead: LeadRow,
  news: LeadNews | null = null,
): Promise<Card> {
  // What is paused has no next moment; the card says so already.
  const next = lead.paused_at == null ? await store.nextOfLead(lead.id) : null;
  return drawLead(lead, next, news, words, miniAppUrl);
}

function nextLine(next: ReminderLine | null, { say, moment }: Words): readonly Piece[] | null {
  if (next === null) return null;
  const { reminder, step } = next;
  const what = oneLine(step?.description ?? reminder.title ?? '') || say('reminder-bare-lead');
  const when = moment(Temporal.Instant.from(reminder.wanted_at), { withWeekday: true });
  return [say('acted-next', { step: clip(what, STEP_LIMIT), when })];
}

function drawLead(
  lead: LeadRow,
  next: ReminderLine | null,
  news: LeadNews | null,
  words: Words,
  miniAppUrl: string | null,
): Card {
  const { say } = words;
  const before: Lines = [
    ...(news?.sentences ?? []).map((sentence) => [sentence]),
    news === null ? null : [],
    heading(lead.name, lead.company),
    [say('lead-status', { status: say(`status-${lead.status}`) })],
    lead.paused_at == null
      ? null
      : [say('lead-paused-since', { when: words.when(Temporal.Instant.from(lead.paused_at)) })],
    nextLine(next, words),
    ...leadLines(lead, [], words),
  ];
  const room = MESSAGE_LIMIT - richText(before).text.length - 2;
  const notes = (lead.notes ?? '').trim();
  const undo =
    news?.undo == null
      ? []
      : [
          [
            {
              text: say('button-undo'),
              callback_data: encodeCallback({ verb: 'undoLead', actionId: news.undo, id: lead.id }),
            },
          ],
        ];
  return {
    text: richText([...before, notes === '' ? null : [folded(clip(notes, room))]]),
    keyboard: [...undo, ...leadButtons(lead, words), ...openInApp(say, miniAppUrl, `l${lead.id}`)],
  };
}

function leadButtons({ id, paused_at: pausedAt }: LeadRow, { say }: Words): Keyboard {
  return [
    [
      { text: say('button-edit-lead'), callback_data: encodeCallback({ verb: 'leadFields', id }) },
      { text: say('button-add-note'), callback_data: encodeCallback({ verb: 'leadNote', id }) },
      { text: say('button-delete-lead'), callback_data: encodeCallback({ verb: 'leadDelete', id }) },
    ],
    [
      { text: say('button-plan'), callback_data: encodeCallback({ verb: 'leadPlan', id }) },
      { text: say('button-status'), callback_data: encodeCallback({ verb: 'leadStatuses', id }) },
      ...(pausedAt == null ? [] : [resumeButton(id, say)]),
    ],
  ];
}

/** The buttons of the fields, in place of the card's own. */
export function fieldButtons(id: number, { say }: Words): Keyboard {
  const buttons = LEAD_FIELDS.map((field) => ({
    text: say(`lead-field-${field}`),
    callback_data: encodeCallback({ verb: 'leadField', id, field }),
  }));
  const rows = Array.from({ length: Math.ceil(buttons.length / FIELDS_PER_ROW) }, (_, row) =>
    buttons.slice(row * FIELDS_PER_ROW, (row + 1) * FIELDS_PER_ROW),
  );
  return [...rows, [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'leadBack', id }) }]];
}

/** Asks before a lead goes into the bin. */
export function deleteQuestion(lead: LeadRow, { say }: Words): Card {
  const { id } = lead;
  return {
    text: richText([heading(lead.name, lead.company), [say('lead-delete-ask')]]),
    keyboard: [
      [
        { text: say('button-delete-lead'), callback_data: encodeCallback({ verb: 'leadDeleteNow', id }) },
        { text: say('button-keep-lead'), callback_data: encodeCallback({ verb: 'leadBack', id }) },
      ],
    ],
  };
}

/** @param ended open reminders that ended with it. */
export function deletedCard(lead: LeadRow, ended: number, { say }: Words): Card {
  return {
    text: richText([
      heading(lead.name, lead.company),
      [say('lead-deleted')],
      ended === 0 ? null : [say('lead-deleted-reminders', { count: ended })],
    ]),
    keyboard: [
      [
        {
          text: say('button-restore-lead'),
          callback_data: encodeCallback({ verb: 'leadRestore', id: lead.id }),
        },
      ],
    ],
  };
}
