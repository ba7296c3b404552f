/** A person's data as a whole: handed out, counted, deleted. */
import { z } from 'zod';
import { importLeadsAnswerSchema } from '../../shared/contracts/leads.ts';
import { exportedDataSchema } from '../../shared/schemas/export.ts';
import type { OwnDataStore } from '../usecases/data-ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const SOURCE = 'bot';
/** The word `delete_my_data` wants as a proof that somebody means it; what a person types is the chat's matter. */
const CONFIRMATION = 'DELETE';

const deletedSchema = z.object({ deleted: z.literal(true) });

/** Builds this part of a person's store over that person's client. */
export function createOwnDataStore(database: Database): OwnDataStore {
  /** Row-level security leaves the person's own rows to be counted. */
  async function count(table: string): Promise<number> {
    const result = await database.from(table).select('id', { count: 'exact' }).limit(1);
    readValue(`count ${table}`, result, z.array(z.unknown()));
    return z.number().int().parse(result.count);
  }

  return {
    allData: () => callForValue(database, 'export_my_data', {}, exportedDataSchema),
    async countData() {
      const [leads, plans, reminders, events, runs] = await Promise.all(
        ['leads', 'engagement_plans', 'scheduled_reminders', 'reminder_events', 'planning_runs'].map(count),
      );
      return {
        leads: leads ?? 0,
        plans: plans ?? 0,
        reminders: reminders ?? 0,
        events: events ?? 0,
        runs: runs ?? 0,
      };
    },
    deleteAllData: (actionId) =>
      callRepeatable(
        database,
        'delete_my_data',
        { p_action_id: actionId, p_confirm: CONFIRMATION, p_source: SOURCE },
        deletedSchema,
      ),
    importLeads: (actionId, leads, dryRun) =>
      callRepeatable(
        database,
        'import_leads',
        { p_action_id: actionId, p_leads: leads, p_source: SOURCE, p_dry_run: dryRun },
        importLeadsAnswerSchema,
      ),
  };
}
