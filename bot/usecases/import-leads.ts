/** Leads out of a table, for one person. */
import type { ImportLeadsAnswer } from '../../shared/contracts/leads.ts';
import { readLeadTable, type LeadTable } from '../domain/import/read-table.ts';
import type { OwnDataStore } from './data-ports.ts';
import type { Answer, Refusal } from './ports.ts';

export type ImportOutcome =
  | (LeadTable & { readonly kind: 'no_table' })
  /** There are rows, and none of them names anybody. */
  | { readonly kind: 'nobody'; readonly table: LeadTable & { readonly kind: 'table' } }
  | {
      readonly kind: 'imported';
      readonly table: LeadTable & { readonly kind: 'table' };
      readonly created: number;
      /** Left out, because they may be there already. */
      readonly alike: number;
      readonly overLimit: number;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Leads stored by one call: each is one transaction, and a progress bar moves. */
const LEADS_AT_ONCE = 100;
/** All at once, when nobody watches: the duplicates among them are seen too. */
const MOST_AT_ONCE = 500;

/**
 * Reads the table and stores its leads, once per action, or only says what would happen.
 * @param input.dryRun nothing is stored.
 * @throws what the store throws when the database cannot be asked.
 */
export async function importLeads(
  store: Pick<OwnDataStore, 'importLeads'>,
  input: {
    readonly actionId: string;
    readonly text: string;
    readonly zone: string;
    readonly dryRun: boolean;
    readonly onProgress?: (done: number, all: number) => void;
  },
): Promise<ImportOutcome> {
  const { actionId, text, zone, dryRun, onProgress } = input;
  const table = readLeadTable(text, zone);
  if (table.kind === 'no_table') return table;
  const { leads } = table;
  if (leads.length === 0) return { kind: 'nobody', table };
  const size = dryRun ? MOST_AT_ONCE : LEADS_AT_ONCE;
  let [created, alike, overLimit] = [0, 0, 0];
  for (let start = 0; start < leads.length; start += size) {
    const batch = leads.slice(start, start + size);
    const answer: Answer<ImportLeadsAnswer> = await store.importLeads(
      `${actionId}.${String(start)}`,
      batch,
      dryRun,
    );
    if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
    created += answer.value.created.length;
    alike += answer.value.alike.length;
    overLimit += answer.value.over_limit;
    onProgress?.(Math.min(start + size, leads.length), leads.length);
  }
  return { kind: 'imported', table, created, alike, overLimit };
}
