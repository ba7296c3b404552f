/** A message was edited after it had been worked on: the lead follows, as far as nobody changed it since. */
import { wordLanguage } from '../../shared/rules/words.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { changeByEdit } from '../domain/lead/edited-text.ts';
import type { MadeOfMessage } from './chat-ports.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type EditOutcome =
  /** The words are the same: Telegram tells of more than changed words. */
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly lead: LeadRow; readonly changed: readonly string[] }
  /** The lead holds something newer than the old words. */
  | { readonly kind: 'kept'; readonly lead: LeadRow }
  /** It was no lead and no note: what was done stays done. */
  | { readonly kind: 'acted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Actions whose words stand in a lead. */
const ABOUT_A_LEAD: ReadonlySet<string> = new Set(['create_lead', 'add_note', 'update_lead']);

/** @throws what the store throws when the database cannot be asked. */
export async function takeEdit(
  store: Pick<PersonStore, 'lead' | 'updateLead'>,
  input: {
    readonly actionId: string;
    readonly made: MadeOfMessage;
    /** As it is now. */
    readonly text: string;
    readonly person: UserRow;
  },
): Promise<EditOutcome> {
  const { actionId, made, text, person } = input;
  if (made.text === text) return { kind: 'same' };
  if (!ABOUT_A_LEAD.has(made.action) || made.leadId === null) return { kind: 'acted' };
  const lead = await store.lead(made.leadId);
  if (lead?.deleted_at !== null) {
    const message = `There is no lead ${made.leadId} of yours.`;
    return { kind: 'refused', refusal: { code: 'LEAD_NOT_FOUND', message, detail: { id: made.leadId } } };
  }
  const { change, expected } = changeByEdit(
    { before: made.text, after: text },
    lead,
    wordLanguage(person.language),
  );
  if (Object.keys(change).length === 0) return { kind: 'kept', lead };
  const answer = await store.updateLead(actionId, lead.id, change, expected);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { changed } = answer.value;
  return changed.length === 0
    ? { kind: 'kept', lead }
    : { kind: 'changed', lead: answer.value.lead, changed };
}
