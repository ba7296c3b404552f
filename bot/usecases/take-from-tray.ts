/** The person chose: who of a text with several people becomes a lead, and what happens to a lead that is there already. */
import type { TrayEntry } from '../../shared/contracts/leads.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { mergeLead } from '../domain/lead/merge-lead.ts';
import type { DuplicateFound } from './add-lead.ts';
import { storeLead, type PlanSource, type StoredLead, type WaitingLead } from './store-lead.ts';
import type { PersonStore, Refusal } from './ports.ts';

interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

interface Choice extends PlanSource {
  readonly trayId: number;
  readonly person: UserRow;
  readonly now: Temporal.Instant;
}

export type TakeOutcome =
  | StoredLead
  | WaitingLead
  | DuplicateFound
  /** This person had become a lead before, by another tap. */
  | { readonly kind: 'already'; readonly leadId: number; readonly planId: number | null }
  | Refused;

const GONE: Refused = {
  kind: 'refused',
  refusal: { code: 'TRAY_GONE', message: 'There is no such person in a tray of yours.', detail: {} },
};

/**
 * One person of a tray becomes a lead.
 * @param input.anyway store it although it may be there already.
 * @throws what the store throws when the database cannot be asked.
 */
export async function takeFromTray(
  store: PersonStore,
  input: Choice & { readonly index: number; readonly anyway: boolean },
): Promise<TakeOutcome> {
  const { actionId, trayId, index, anyway } = input;
  const entry = (await store.tray(trayId))?.[index];
  if (entry === undefined) return GONE;
  if (entry.lead_id !== undefined)
    return { kind: 'already', leadId: entry.lead_id, planId: entry.plan_id ?? null };
  const duplicates = anyway ? [] : await store.duplicatesOf(entry.lead, actionId);
  if (duplicates.length > 0) return { kind: 'duplicate', trayId, index, lead: entry.lead, duplicates };
  return take(store, input, index, entry);
}

export type TakeAllOutcome =
  | {
      readonly kind: 'taken';
      /** The tray as it is now: who became a lead has `lead_id`. */
      readonly entries: readonly TrayEntry[];
      readonly taken: number;
      /** Whose plans are being written. */
      readonly waiting: readonly WaitingLead[];
      /** People who may be there already: they wait for a tap of their own. */
      readonly alike: number;
      /** Why it stopped before the end. */
      readonly refusal: Refusal | null;
    }
  | Refused;

/** Everybody of a tray who is not there already becomes a lead, as far as the limits go. */
export async function takeEverybody(store: PersonStore, input: Choice): Promise<TakeAllOutcome> {
  const { actionId, trayId } = input;
  const before = await store.tray(trayId);
  if (before === null) return GONE;
  const waiting: WaitingLead[] = [];
  let taken = 0;
  let alike = 0;
  let refusal: Refusal | null = null;
  for (const [index, entry] of before.entries()) {
    if (entry.lead_id !== undefined) continue;
    const each = { ...input, actionId: `${actionId}.${index}` };
    if ((await store.duplicatesOf(entry.lead, each.actionId)).length > 0) {
      alike += 1;
      continue;
    }
    const outcome = await take(store, each, index, entry);
    if (outcome.kind === 'refused') {
      refusal = outcome.refusal;
      break;
    }
    if (outcome.kind === 'planning') waiting.push(outcome);
    taken += 1;
  }
  return { kind: 'taken', entries: (await store.tray(trayId)) ?? before, taken, waiting, alike, refusal };
}

export type MergeOutcome =
  /** `added`: the columns that hold more than before; empty when there was nothing new. */
  | {
      readonly kind: 'merged';
      readonly lead: LeadRow;
      readonly added: readonly string[];
      readonly notesFit: boolean;
    }
  | Refused;

/** What a text says about a lead that is there already is added to it. */
export async function mergeFromTray(
  store: PersonStore,
  input: {
    readonly actionId: string;
    readonly trayId: number;
    readonly index: number;
    readonly leadId: number;
  },
): Promise<MergeOutcome> {
  const { actionId, trayId, index, leadId } = input;
  const [entries, known] = await Promise.all([store.tray(trayId), store.lead(leadId)]);
  const entry = entries?.[index];
  if (entry === undefined) return GONE;
  if (known === null) {
    const message = `There is no lead ${leadId} of yours.`;
    return { kind: 'refused', refusal: { code: 'LEAD_NOT_FOUND', message, detail: { id: leadId } } };
  }
  const { change, notesFit } = mergeLead(known, entry.lead);
  const answer = await store.updateLead(actionId, leadId, change, null);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  return { kind: 'merged', lead: answer.value.lead, added: answer.value.changed, notesFit };
}

async function take(
  store: PersonStore,
  choice: Choice,
  index: number,
  { lead, text, guessed }: TrayEntry,
): Promise<StoredLead | WaitingLead | Refused> {
  const { actionId, writer, trayId, person, now } = choice;
  return storeLead((plan) => store.takeFromTray(actionId, trayId, index, plan), {
    ...{ lead, text, guessed, notesCut: 0 },
    ...{ person, now, actionId, writer },
  });
}
