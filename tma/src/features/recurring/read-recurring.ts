/** Which reminders come again, and by which rule. */
import { queryOptions } from '@tanstack/react-query';
import type { Database } from '@insforge/sdk';
import { z } from 'zod';
import { RECURRING_COLUMNS, recurringRowSchema } from '../../../../shared/schemas/recurring.ts';
import type { RecurringRow } from '../../../../shared/schemas/recurring.ts';
import { dataKey } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';

const occurrenceSchema = z.object({ recurring_id: z.number().int() });

/** The rule a reminder is an occurrence of; null = it comes once. */
export function ruleOfQuery(database: Database, reminderId: number) {
  return queryOptions({
    queryKey: dataKey('recurring', reminderId),
    queryFn: async (): Promise<RecurringRow | null> => {
      const found = await database
        .from('recurring_occurrences')
        .select('recurring_id')
        .eq('reminder_id', reminderId)
        .limit(1);
      const [occurrence] = readRows('occurrences', found, occurrenceSchema);
      if (occurrence === undefined) return null;
      const rules = await database
        .from('recurring_reminders')
        .select(RECURRING_COLUMNS)
        .eq('id', occurrence.recurring_id)
        .limit(1);
      return readRows('recurring', rules, recurringRowSchema)[0] ?? null;
    },
  });
}
