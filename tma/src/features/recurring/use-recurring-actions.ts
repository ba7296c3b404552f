/** What can be done about a rule; each is said in a toast with its Undo. */
import { recurringAnswerSchema } from '../../../../shared/contracts/recurring.ts';
import type { RecurringAnswer } from '../../../../shared/contracts/recurring.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import type { Outcome } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Recurrence } from './next-times.tsx';

export interface RecurringActions {
  readonly create: (title: string, recurrence: Recurrence, leadId: number | null) => Promise<boolean>;
  /** For all times from now on. */
  readonly change: (id: number, recurrence: Recurrence) => Promise<boolean>;
  readonly set: (id: number, wish: 'pause' | 'resume' | 'end') => Promise<boolean>;
}

/** Each resolves to whether the database said yes. */
export function useRecurringActions(): RecurringActions {
  const { database } = useSession();
  const { perform } = useActions();
  const say = useTexts();
  const run = async (name: string, parameters: Record<string, unknown>, said: string): Promise<boolean> => {
    const outcome: Outcome<RecurringAnswer> | null = await perform({
      call: (actionId) =>
        callFunction(
          database,
          name,
          { p_action_id: actionId, ...parameters, p_source: SOURCE },
          recurringAnswerSchema,
        ),
      said: () => say(said),
    });
    return outcome?.kind === 'done';
  };
  const schedule = ({ rule, startsOn, clock }: Recurrence) => ({
    p_rule: rule,
    p_starts_on: startsOn,
    p_clock: clock,
  });
  return {
    create: (title, recurrence, leadId) =>
      run(
        'create_recurring_reminder',
        { p_title: title, ...schedule(recurrence), p_lead_id: leadId },
        'repeat-did-create',
      ),
    change: (id, recurrence) =>
      run('change_recurring_reminder', { p_id: id, ...schedule(recurrence) }, 'repeat-did-change'),
    set: (id, wish) => run(`${wish}_recurring_reminder`, { p_id: id }, `repeat-did-${wish}`),
  };
}
