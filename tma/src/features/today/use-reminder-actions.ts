/** Done, skip, cancel, snooze and their Undo: shown at once, taken back with a reason when refused. */
import { useReducer } from 'react';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { ReminderActionAnswer } from '../../../../shared/contracts/actions.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { actOnReminder, newActionId, undoAction } from '../../session/actions.ts';
import type { ReminderAction } from '../../session/actions.ts';
import type { Outcome } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { haptic } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Line } from './arrange.ts';
import { NOTHING_PENDING, pendingReducer } from './pending-changes.ts';

/** As long as the folding in card.css takes, in milliseconds. */
const FOLD_MS = 200;

export type Act = (line: Line, action: ReminderAction) => void;

/** @param refresh reads the rows again; the pending change stays until they are there. */
export function useReminderActions(refresh: () => Promise<void>) {
  const { database, clock, user } = useSession();
  const say = useTexts();
  const [state, dispatch] = useReducer(pendingReducer, NOTHING_PENDING);
  const locale = user.language;
  const when = (instant: Temporal.Instant): string =>
    formatWhen(instant, clock.now(), user.zone, locale, { withWeekday: true });

  /** Gives the row back to what the database says: after a success once that is read, after a failure at once. */
  const settle = async (id: number, token: string, isDone: boolean): Promise<void> => {
    if (!isDone) dispatch({ type: 'settled', id, token });
    await refresh();
    dispatch({ type: 'settled', id, token });
  };

  const showProblem = (outcome: Outcome<unknown>, fallback: string, retry: () => void): void => {
    haptic('warning');
    const isRefused = outcome.kind === 'refused';
    dispatch({
      type: 'toast',
      toast: {
        id: newActionId(),
        text: isRefused ? say(`refused-${outcome.code}`) : say(fallback),
        tone: 'problem',
        action: isRefused ? null : { label: say('retry'), run: retry },
      },
    });
  };

  /** What happened, in the database's own words once it has answered. */
  const describe = (line: Line, action: ReminderAction, answer?: ReminderActionAnswer): string => {
    if (action.kind === 'snooze') {
      const until = answer === undefined ? action.until : Temporal.Instant.from(answer.reminder.wanted_at);
      return say('did-snooze', { when: when(until) });
    }
    const what = say(`did-${action.kind}`, { name: nameOf(line, say('own-reminder')) });
    if (answer?.next == null) return what;
    return say('did-with-next', { what, when: when(Temporal.Instant.from(answer.next.wanted_at)) });
  };

  const perform = async (line: Line, action: ReminderAction, actionId: string): Promise<void> => {
    const { id } = line.reminder;
    const change = { token: actionId, row: changedRow(line.reminder, action) };
    const running = actOnReminder(database, actionId, id, action);
    dispatch({ type: 'fold', id, change });
    setTimeout(() => {
      dispatch({ type: 'folded', id, token: actionId });
    }, FOLD_MS);
    const run = (): void => void takeBack(line, actionId, running);
    const text = describe(line, action);
    const undo = { label: say('undo'), run };
    dispatch({ type: 'toast', toast: { id: actionId, text, tone: 'done', action: undo } });

    const outcome = await running;
    if (outcome.kind === 'done') {
      dispatch({ type: 'toast-text', toastId: actionId, text: describe(line, action, outcome.value) });
    } else {
      showProblem(outcome, 'not-saved', () => void perform(line, action, actionId));
    }
    await settle(id, actionId, outcome.kind === 'done');
  };

  const takeBack = async (
    line: Line,
    actionId: string,
    running: Promise<Outcome<ReminderActionAnswer>>,
  ): Promise<void> => {
    const { id } = line.reminder;
    const token = `${actionId}:undo`;
    dispatch({ type: 'toast-over', toastId: actionId });
    dispatch({ type: 'change', id, change: { token, row: line.reminder } });
    // An Undo that overtakes its action would find nothing to undo.
    const acted = await running;
    const outcome = acted.kind === 'done' ? await undoAction(database, actionId) : null;
    if (outcome !== null && outcome.kind !== 'done') {
      showProblem(outcome, 'not-undone', () => void takeBack(line, actionId, running));
    } else if (outcome?.value.next_stays_open === true) {
      const text = say('undo-both-open');
      dispatch({ type: 'toast', toast: { id: token, text, tone: 'done', action: null } });
    }
    await settle(id, token, outcome?.kind === 'done');
  };

  const act: Act = (line, action) => {
    haptic('success');
    void perform(line, action, newActionId());
  };
  /** A sentence about something that is not an action: a copied text. */
  const tell = (text: string, tone: 'done' | 'problem'): void => {
    dispatch({ type: 'toast', toast: { id: newActionId(), text, tone, action: null } });
  };
  const endToast = (toastId: string): void => {
    dispatch({ type: 'toast-over', toastId });
  };
  return { ...state, act, tell, endToast };
}

/** Whom or what a line is about. */
export function nameOf(line: Line, fallback: string): string {
  return line.lead?.name ?? line.reminder.title ?? fallback;
}

function changedRow(row: ReminderRow, action: ReminderAction): ReminderRow | null {
  switch (action.kind) {
    case 'snooze':
      return { ...row, status: 'pending', wanted_at: action.until.toString() };
    case 'complete':
      return { ...row, status: 'completed' };
    case 'skip':
    case 'cancel':
      return null;
  }
}
