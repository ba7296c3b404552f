/** Everybody's data, read and brought back with the server's key. */
import { z } from 'zod';
import type { BackupStore } from '../usecases/data-ports.ts';
import { readValue } from './answers.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

/** Rows of one answer; servers cut longer ones. */
const ROWS_AT_ONCE = 500;

const peopleSchema = z.array(z.object({ telegram_id: z.number().int() }));
const count = z.number().int();
const restoredSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('restored'), leads: count, plans: count, reminders: count }),
  z.object({ state: z.literal('not_empty') }),
]);

/** Builds the store over the server's client. */
export function createBackupStore(server: Database): BackupStore {
  return {
    async people() {
      const ids: number[] = [];
      for (;;) {
        const result = await server
          .from('users')
          .select('telegram_id')
          .gt('telegram_id', ids.at(-1) ?? 0)
          .order('telegram_id')
          .limit(ROWS_AT_ONCE);
        const page = readValue('read users', result, peopleSchema);
        ids.push(...page.map(({ telegram_id: id }) => id));
        if (page.length < ROWS_AT_ONCE) return ids;
      }
    },
    restore: (telegramId, data) =>
      callForValue(server, 'restore_person', { p_telegram_id: telegramId, p_data: data }, restoredSchema),
  };
}
