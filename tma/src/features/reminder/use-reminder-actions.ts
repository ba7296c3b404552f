/** Done, skip, cancel, snooze, move and their Undo, on one reminder, from any page. */
import type { ReminderActionAnswer } from '../../../../shared/contracts/actions.ts';
import { formatLateness, formatWhen } from '../../../../shared/rules/words.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { actOnReminder } from '../../session/actions.ts';
import type { ReminderAction } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { nameOf } from './line.ts';
import type { Line } from './line.ts';

export type Act = (line: Line, action: ReminderAction) => void;

/** What to do with a reminder; the rows on every page follow (see `applyChanges`). */
export function useReminderActions(): Act {
  const { database, clock, user } = useSession();
  const { perform } = useActions();
  const say = useTexts();
  const when = (instant: string): string =>
    formatWhen(Temporal.Instant.from(instant), clock.now(), user.zone, user.language, { withWeekday: true });

  /** What happened, in the database's own words once it has answered. */
  const describe = (line: Line, action: ReminderAction, answer: ReminderActionAnswer | null): string => {
    if (action.kind === 'snooze' || action.kind === 'reschedule') {
      const text = say(`did-${action.kind}`, {
        when: when(answer?.reminder.wanted_at ?? action.until.toString()),
      });
      const followed = answer?.moved.length ?? 0;
      return followed === 0 ? text : say('did-and-followed', { what: text, count: followed });
    }
    const what = say(`did-${action.kind}`, { name: nameOf(line, say('own-reminder')) });
    if (answer?.next == null) return what;
    const wanted = Temporal.Instant.from(answer.next.wanted_at);
    const late = formatLateness(wanted, clock.now(), user.zone, user.language);
    return late === null
      ? say('did-with-next', { what, when: when(answer.next.wanted_at) })
      : say('did-with-late', { what, late });
  };

  return (line, action) => {
    void perform<ReminderActionAnswer>({
      call: (actionId) => actOnReminder(database, actionId, line.reminder.id, action),
      said: (answer) => describe(line, action, answer),
      reminder: { row: line.reminder, shown: changedRow(line.reminder, action) },
    });
  };
}

function changedRow(row: ReminderRow, action: ReminderAction): ReminderRow | null {
  switch (action.kind) {
    case 'snooze':
    case 'reschedule':
      return { ...row, status: 'pending', wanted_at: action.until.toString() };
    case 'complete':
      return { ...row, status: 'completed' };
    case 'skip':
    case 'cancel':
      return null;
  }
}
