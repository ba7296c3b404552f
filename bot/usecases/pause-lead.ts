/** A forwarded message whose author is a lead: what is planned for it waits until the person decides. */
import { wordLanguage } from '../../shared/rules/words.ts';
import type { LeadLine } from '../../shared/contracts/lead-pages.ts';
import type { PauseLeadAnswer } from '../../shared/contracts/leads.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { extractLead } from '../domain/lead/extract-lead.ts';
import { leadOfForward } from '../domain/lead/find-lead.ts';
import { withSender, type Sender } from '../domain/lead/from-sender.ts';
import type { PersonStore, Refusal } from './ports.ts';

/** Leads a question offers; whoever has more of one name finds them by /leads. */
const MOST_ASKED = 5;

export type ForwardOutcome =
  /** No lead of the person: the text means whatever it would mean otherwise. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'paused'; readonly answer: PauseLeadAnswer }
  /** Nothing is changed yet; the text waits in the tray. */
  | { readonly kind: 'perhaps'; readonly trayId: number; readonly leads: readonly LeadLine[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Finds whose words were forwarded and pauses that lead; safe to call again with the same action id.
 * @throws what the store throws when the database cannot be asked.
 */
export async function takeForward(
  store: PersonStore,
  input: {
    readonly actionId: string;
    readonly text: string;
    readonly forwarded: { readonly sender: Sender; readonly note: string };
    readonly person: UserRow;
  },
): Promise<ForwardOutcome> {
  const { actionId, text, forwarded, person } = input;
  const leads = (await store.leadLines()).filter(({ deleted_at: deletedAt }) => deletedAt === null);
  const found = leadOfForward(leads, forwarded.sender, text);
  if (found.kind === 'nobody') return found;
  if (found.kind === 'one') return pause(store, actionId, found.lead.id, text);
  const byRules = extractLead(text, { language: wordLanguage(person.language) });
  const read = withSender(byRules, forwarded.sender, text, forwarded.note);
  if (read.kind !== 'lead') return { kind: 'nobody' };
  const entry = { text, lead: read.lead, guessed: [...read.understood.guessed] };
  const tray = await store.fillTray(`${actionId}.forward`, [entry]);
  if (!tray.ok) return { kind: 'refused', refusal: tray.refusal };
  return { kind: 'perhaps', trayId: tray.value.tray_id, leads: found.leads.slice(0, MOST_ASKED) };
}

/**
 * The person said whose answer it is.
 * @throws what the store throws when the database cannot be asked.
 */
export async function pauseFromTray(
  store: PersonStore,
  input: { readonly actionId: string; readonly trayId: number; readonly leadId: number },
): Promise<Exclude<ForwardOutcome, { kind: 'nobody' | 'perhaps' }>> {
  const [entry] = (await store.tray(input.trayId)) ?? [];
  if (entry === undefined) {
    const message = `There is no tray ${input.trayId} of yours.`;
    return { kind: 'refused', refusal: { code: 'TRAY_GONE', message, detail: {} } };
  }
  return pause(store, input.actionId, input.leadId, entry.text);
}

async function pause(store: PersonStore, actionId: string, leadId: number, text: string) {
  const answer = await store.pauseLead(actionId, leadId, text);
  return answer.ok
    ? { kind: 'paused' as const, answer: answer.value }
    : { kind: 'refused' as const, refusal: answer.refusal };
}
