/** What is said when a lead's answer was forwarded, and the question whose answer it is. */
import type { LeadLine } from '../../../../shared/contracts/lead-pages.ts';
import type { PauseLeadAnswer } from '../../../../shared/contracts/leads.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';

/** UTF-16 units. */
const LABEL_LIMIT = 40;
/** What an answer leads to most often. */
const OFFERED = ['meeting_booked', 'closed_won', 'closed_lost'] as const;

/** @param actionId of the pause, which Undo takes back. */
export function pausedCard(answer: PauseLeadAnswer, words: Words, actionId: string): Card {
  const { say } = words;
  const { lead, waiting, notes_fit: isWhole } = answer;
  return {
    text: richText([
      heading(lead.name, lead.company),
      [say('forward-answered', { count: waiting })],
      waiting === 0 ? null : [say('forward-waits')],
      [say(isWhole ? 'forward-noted' : 'forward-noted-cut')],
    ]),
    keyboard: pausedButtons(answer, words, actionId),
  };
}

function pausedButtons({ lead }: PauseLeadAnswer, { say }: Words, actionId: string): Keyboard {
  const { id } = lead;
  const plan = { text: say('button-new-plan'), callback_data: encodeCallback({ verb: 'leadReplan', id }) };
  const statuses = OFFERED.filter((status) => status !== lead.status).map((status) => ({
    text: say(`status-${status}`),
    callback_data: encodeCallback({ verb: 'leadStatus', id, status }),
  }));
  return [
    [
      ...(lead.status.startsWith('closed') ? [] : [plan]),
      ...(lead.paused_at == null ? [] : [resumeButton(id, say)]),
    ],
    statuses,
    [
      { text: say('button-undo'), callback_data: encodeCallback({ verb: 'undoLead', actionId, id }) },
      { text: say('button-lead'), callback_data: encodeCallback({ verb: 'leadOpen', id }) },
    ],
  ].filter((row) => row.length > 0);
}

export function resumeButton(id: number, say: Words['say']) {
  return { text: say('button-resume-lead'), callback_data: encodeCallback({ verb: 'leadResume', id }) };
}

/** Which of these leads it was, or somebody new. */
export function whoseAnswerCard(trayId: number, leads: readonly LeadLine[], { say }: Words): Card {
  const rows = leads.map(({ id, name, company }) => [
    {
      text: clip([name, company ?? ''].map(oneLine).filter(Boolean).join(' · '), LABEL_LIMIT),
      callback_data: encodeCallback({ verb: 'leadPause', id: trayId, leadId: id }),
    },
  ]);
  const fresh = {
    text: say('button-somebody-new'),
    callback_data: encodeCallback({ verb: 'trayAdd', id: trayId, index: 0 }),
  };
  return { text: richText([[say('forward-whose')]]), keyboard: [...rows, [fresh]] };
}
