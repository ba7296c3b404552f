/** A lead's status, changed by a button under its card. Closing ends the open reminders; Undo brings both back. */
import { leadStatusSchema, type LeadStatus } from '../../../../shared/schemas/lead.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Keyboard, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import type { Tap } from '../../send-card.ts';
import type { Words } from '../../text/words.ts';
import { leadCard } from '../lead/lead-card.ts';

/** The statuses, in place of the card's own buttons; the present one has a tick. */
export async function showStatuses(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, words } = talk;
  const lead = await store.lead(id);
  if (lead?.deleted_at !== null) return tap.answer(refusalSentence(words.say, 'LEAD_NOT_FOUND'));
  const card = await leadCard(talk, lead);
  const keyboard = statusButtons(id, lead.status, words);
  await Promise.all([tap.answer(), tap.edit({ ...card, keyboard })]);
}

/** Sets it; the card says what that ended. */
export async function setStatus(talk: Talk, tap: Tap, id: number, status: LeadStatus): Promise<void> {
  const { store, actionId, words } = talk;
  const { say } = words;
  const before = await store.lead(id);
  const isSame = before?.deleted_at === null && before.status === status;
  const answer = isSame ? null : await store.setLeadStatus(actionId, id, status);
  if (answer?.ok === false) return tap.answer(refusalSentence(say, answer.refusal.code));
  const lead = await store.lead(id);
  if (lead === null) return tap.answer(refusalSentence(say, 'LEAD_NOT_FOUND'));
  const ended = answer?.value.ended ?? 0;
  const sentences = [
    isSame ? say('lead-unchanged') : say('lead-status-changed', { status: say(`status-${status}`) }),
    ...(ended === 0 ? [] : [say('lead-deleted-reminders', { count: ended })]),
  ];
  const news = { sentences, undo: isSame ? null : actionId };
  await Promise.all([tap.answer(), tap.edit(await leadCard(talk, lead, news))]);
}

function statusButtons(id: number, present: LeadStatus, { say }: Words): Keyboard {
  const buttons = leadStatusSchema.options.map((status) => ({
    text: `${status === present ? '✓ ' : ''}${say(`status-${status}`)}`,
    callback_data: encodeCallback({ verb: 'leadStatus', id, status }),
  }));
  const back = { text: say('button-back'), callback_data: encodeCallback({ verb: 'leadBack', id }) };
  return [...keyboardRows(buttons), [back]];
}
