/** Moving from the calendar: one reminder, a plan's step with the question of the rest, or several that stood together. */
import { z } from 'zod';
import { instantSchema } from '../../../../shared/schemas/instant.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Line } from '../reminder/line.ts';
import type { Move } from './load.ts';

const spreadAnswerSchema = z.object({
  action_id: z.string(),
  replayed: z.boolean(),
  moved: z.array(z.object({ id: z.number().int(), to: instantSchema })),
});

/** Gives each of the reminders its own moment, as one action with one Undo. */
export function useSpread(): (moves: readonly Move<Line>[]) => void {
  const { database } = useSession();
  const { perform } = useActions();
  const say = useTexts();
  return (moves) => {
    const parameters = {
      p_moves: moves.map(({ entry, to }) => ({ id: entry.reminder.id, wanted_at: to.toString() })),
      p_source: SOURCE,
    };
    void perform({
      call: (actionId) =>
        callFunction(
          database,
          'spread_reminders',
          { p_action_id: actionId, ...parameters },
          spreadAnswerSchema,
        ),
      said: () => say('calendar-did-spread', { count: moves.length + 1 }),
    });
  };
}
