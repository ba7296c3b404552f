/** Free text becomes a stored lead with a proposed plan, a question, or an answer that says why not. */
import { wordLanguage } from '../../shared/rules/words.ts';
import type { DuplicateLeads, TrayEntry } from '../../shared/contracts/leads.ts';
import type { NewLead } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { fromAnswers, type LeadAnswers } from '../domain/lead/from-answers.ts';
import { extractLead } from '../domain/lead/extract-lead.ts';
import { withSender, type Sender } from '../domain/lead/from-sender.ts';
import type { NoLeadReason, ReadLead } from '../domain/lead/lead-types.ts';
import { storeLead, type PlanSource, type StoredLead, type WaitingLead } from './store-lead.ts';
import type { PersonStore, Refusal } from './ports.ts';

/** A question before anything is stored: this lead may be there already. */
export interface DuplicateFound {
  readonly kind: 'duplicate';
  readonly trayId: number;
  /** Which of the tray's people it is about. */
  readonly index: number;
  readonly lead: NewLead;
  readonly duplicates: DuplicateLeads;
}

export type AddLeadOutcome =
  | StoredLead
  | WaitingLead
  | DuplicateFound
  | { readonly kind: 'no_lead'; readonly reason: NoLeadReason }
  /** Nothing is stored as a lead yet: each deserves a plan of their own, and the person chooses. */
  | { readonly kind: 'several'; readonly trayId: number; readonly entries: readonly TrayEntry[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Reads, plans and stores; safe to call again with the same action id.
 * @throws what the store throws when the database cannot be asked.
 */
export async function addLead(
  store: PersonStore,
  input: PlanSource & {
    readonly text: string;
    /** Whose words they are, when they were forwarded. */
    readonly forwarded: { readonly sender: Sender; readonly note: string } | null;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<AddLeadOutcome> {
  const { actionId, text, forwarded, person } = input;
  const byRules = extractLead(text, { language: wordLanguage(person.language) });
  const read = forwarded === null ? byRules : withSender(byRules, forwarded.sender, text, forwarded.note);
  if (read.kind === 'no_lead') return read;
  if (read.kind === 'several') {
    const entries = read.leads.map(asEntry);
    const tray = await store.fillTray(`${actionId}.tray`, entries);
    if (!tray.ok) return { kind: 'refused', refusal: tray.refusal };
    return { kind: 'several', trayId: tray.value.tray_id, entries };
  }
  return storeRead(store, read, input);
}

/**
 * Plans and stores what was asked outright, question by question; safe to call again with the same action id.
 * @throws what the store throws when the database cannot be asked.
 */
export async function addNamedLead(
  store: PersonStore,
  input: PlanSource & {
    readonly answers: LeadAnswers;
    readonly person: UserRow;
    readonly now: Temporal.Instant;
  },
): Promise<Exclude<AddLeadOutcome, { kind: 'no_lead' | 'several' }>> {
  const language = wordLanguage(input.person.language);
  const read = fromAnswers(input.answers, { language });
  return storeRead(store, read, { ...input, text: read.text });
}

async function storeRead(
  store: PersonStore,
  read: ReadLead,
  input: PlanSource & { readonly text: string; readonly person: UserRow; readonly now: Temporal.Instant },
): Promise<Exclude<AddLeadOutcome, { kind: 'no_lead' | 'several' }>> {
  const { actionId, writer, text, person, now } = input;
  const duplicates = await store.duplicatesOf(read.lead, actionId);
  if (duplicates.length > 0) {
    const tray = await store.fillTray(`${actionId}.tray`, [asEntry(read)]);
    if (!tray.ok) return { kind: 'refused', refusal: tray.refusal };
    return { kind: 'duplicate', trayId: tray.value.tray_id, index: 0, lead: read.lead, duplicates };
  }
  const { lead, understood } = read;
  const { guessed, notesCut } = understood;
  return storeLead((plan) => store.createLead(actionId, lead, plan), {
    ...{ lead, text, guessed, notesCut },
    ...{ person, now, actionId, writer },
  });
}

function asEntry({ text, lead, understood }: ReadLead): TrayEntry {
  return { text, lead, guessed: [...understood.guessed] };
}
