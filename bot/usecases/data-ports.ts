/** A person's data as a whole, as types only: handed out, counted, deleted, taken in and brought back. */
import type { ImportLeadsAnswer } from '../../shared/contracts/leads.ts';
import type { ExportedData } from '../../shared/schemas/export.ts';
import type { TableLead } from '../domain/import/read-table.ts';
import type { Answer } from './answer-ports.ts';

/** How many of each are stored about one person, those in the bin included. */
export interface DataCounts {
  readonly leads: number;
  readonly plans: number;
  readonly reminders: number;
  readonly events: number;
  /** Plans asked of a language model. */
  readonly runs: number;
}

/** The person's own data as a whole; part of `PersonStore`. */
export interface OwnDataStore {
  /** Everything the person has, for their own use. */
  allData(): Promise<ExportedData>;
  countData(): Promise<DataCounts>;
  /** Deletes everything of the person, for good. Sent twice, it finds nothing the second time. */
  deleteAllData(actionId: string): Promise<Answer<{ readonly deleted: true }>>;
  /** 1 to 500 leads out of a table. `dryRun`: the same answer, and nothing is stored. */
  importLeads(
    actionId: string,
    leads: readonly TableLead[],
    dryRun: boolean,
  ): Promise<Answer<ImportLeadsAnswer>>;
}

/** Everybody's data, with the server's key (`npm run export`, `npm run import`). */
export interface BackupStore {
  /** Telegram ids of everybody, ascending. */
  people(): Promise<readonly number[]>;
  /** Brings exported data back, for somebody who has no leads and no reminders. */
  restore(
    telegramId: number,
    data: ExportedData,
  ): Promise<
    | {
        readonly state: 'restored';
        readonly leads: number;
        readonly plans: number;
        readonly reminders: number;
      }
    | { readonly state: 'not_empty' }
  >;
}
