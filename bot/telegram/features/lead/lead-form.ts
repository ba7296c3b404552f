/** Asking for one field of a lead, and for a note. */
import { z } from 'zod';
import { LEAD_FIELDS, readField } from '../../../domain/lead/read-field.ts';
import type { Card, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import { clip, folded, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import { heading } from '../reminder/reminder-card.ts';
import { leadCard } from './lead-card.ts';
import { fieldText } from './lead-lines.ts';

/** The present value is shown so that it can be copied; notes may be long. UTF-16 units. */
const PRESENT_LIMIT = 3000;

const fieldArgs = z.object({ leadId: z.number().int(), field: z.enum(LEAD_FIELDS) });

/** The next text is the new value of one field. */
export const leadFieldForm: Form<z.infer<typeof fieldArgs>> = {
  kind: 'lead-field',
  args: fieldArgs,
  async question(talk, { leadId, field }) {
    const { say } = talk.words;
    const lead = await talk.store.lead(leadId);
    if (lead === null) return sentences(refusalSentence(say, 'LEAD_NOT_FOUND'));
    const present = fieldText(lead, field, talk.words).trim();
    const isList = ['emails', 'phones', 'links', 'handles'].includes(field);
    const lines: Lines = [
      heading(lead.name, lead.company),
      [say('lead-ask', { field: say(`lead-field-${field}`) })],
      present === '' ? null : [folded(clip(present, PRESENT_LIMIT))],
      isList ? [say('lead-ask-list')] : null,
      field === 'name' || present === '' ? null : [say('lead-ask-empty')],
    ];
    return { text: richText(lines), keyboard: [] };
  },
  async take(talk, { leadId, field }, text) {
    const { store, actionId, person, words } = talk;
    const lead = await store.lead(leadId);
    if (lead === null) return { done: sentences(refusalSentence(words.say, 'LEAD_NOT_FOUND')) };
    const read = readField(field, text, lead.contacts, person.zone);
    if (!read.ok) return { again: sentences(words.say(`lead-cant-${read.problem}`)) };
    const answer = await store.updateLead(actionId, leadId, read.change, null);
    if (!answer.ok) return { done: sentences(refusalSentence(words.say, answer.refusal.code)) };
    const label = words.say(`lead-field-${field}`);
    const value = oneLine(fieldText(answer.value.lead, field, words));
    const isChanged = answer.value.changed.length > 0;
    const said = !isChanged
      ? words.say('lead-unchanged')
      : value === ''
        ? words.say('lead-emptied', { field: label })
        : words.say('lead-changed', { field: label, value: clip(value, 100) });
    const news = { sentences: [said], undo: isChanged ? actionId : null };
    return { done: await leadCard(talk, answer.value.lead, news) };
  },
};

const noteArgs = z.object({ leadId: z.number().int() });

/** The next text is a note. */
export const leadNoteForm: Form<z.infer<typeof noteArgs>> = {
  kind: 'lead-note',
  args: noteArgs,
  async question(talk, { leadId }) {
    const lead = await talk.store.lead(leadId);
    const { say } = talk.words;
    if (lead === null) return sentences(refusalSentence(say, 'LEAD_NOT_FOUND'));
    return { text: richText([heading(lead.name, lead.company), [say('note-ask')]]), keyboard: [] };
  },
  take: async (talk, { leadId }, text) => ({ done: await addNote(talk, leadId, text) }),
};

/** Adds a note and shows the lead with it. */
export async function addNote(talk: Talk, leadId: number, text: string): Promise<Card> {
  const { store, actionId, words } = talk;
  const answer = await store.addNote(actionId, leadId, text);
  if (!answer.ok) return sentences(refusalSentence(words.say, answer.refusal.code));
  const news = { sentences: [words.say('note-added')], undo: actionId };
  return leadCard(talk, answer.value.lead, news);
}

function sentences(...said: string[]): Card {
  return { text: richText(said.map((sentence) => [sentence])), keyboard: [] };
}
