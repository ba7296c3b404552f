/** The open steps of a plan: what a move of one of them is worked out from. */
import type { Database } from '@insforge/sdk';
import { queryOptions } from '@tanstack/react-query';
import { reminderRowSchema } from '../../../../shared/schemas/reminder.ts';
import { dataKey } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import type { Say } from '../../texts/texts.ts';
import type { OpenStep } from './open-step.ts';

const openRowSchema = reminderRowSchema.pick({ id: true, step_id: true, wanted_at: true, title: true });

/** In the order of the plan. */
export function openStepsQuery(database: Database, planId: number | null, say: Say) {
  return queryOptions({
    queryKey: dataKey('plan-open', planId),
    enabled: planId !== null,
    queryFn: async (): Promise<OpenStep[]> => {
      const result = await database
        .from('scheduled_reminders')
        .select('id,step_id,wanted_at,title')
        .eq('plan_id', planId)
        .in('status', ['pending', 'sent'])
        .order('step_id');
      return readRows('steps', result, openRowSchema).flatMap((row): OpenStep[] =>
        row.step_id === null
          ? []
          : [
              {
                step_id: row.step_id,
                wanted: Temporal.Instant.from(row.wanted_at),
                reminderId: row.id,
                title: row.title ?? say('own-reminder'),
              },
            ],
      );
    },
  });
}
