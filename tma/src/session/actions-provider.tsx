/**
 * Everything a person does goes through here: shown at once, said in a toast with Undo for six seconds, kept while there
 * is no connection, taken back with a reason when the database refuses it.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useReducer } from 'react';
import type { ReactNode } from 'react';
import type { UndoAnswer } from '../../../shared/contracts/actions.ts';
import type { ReminderRow } from '../../../shared/schemas/reminder.ts';
import { haptic } from '../telegram/telegram.ts';
import { useClosingConfirmation } from '../telegram/use-buttons.ts';
import { useTexts } from '../texts/texts.ts';
import { newActionId, undoAction } from './actions.ts';
import { connectionBack } from './connection.ts';
import { ALL_DATA } from './keys.ts';
import type { Outcome } from './outcome.ts';
import { NOTHING_PENDING, pendingReducer } from './pending-changes.ts';
import type { PendingState } from './pending-changes.ts';
import { useSession } from './session-context.ts';

/** As long as the folding in list.css takes, in milliseconds. */
const FOLD_MS = 200;

export interface Action<T> {
  /** Sends it; called again with the same id after a lost answer. */
  readonly call: (actionId: string) => Promise<Outcome<T>>;
  /** What the toast says: `null` before the database has answered. */
  readonly said: (answer: T | null) => string;
  /** The reminder it is about, and how its row looks at once; null = off the list. */
  readonly reminder?: { readonly row: ReminderRow; readonly shown: ReminderRow | null };
  /** Another change that shows at once; answers how it is taken back. */
  readonly optimistic?: () => () => void;
  /** Default: yes. */
  readonly canUndo?: boolean;
  /** How it is taken back, where `undo_action` is not the way; called again after a lost answer. */
  readonly undo?: (actionId: string) => Promise<Outcome<Partial<UndoAnswer>>>;
  /** After the database has said yes. */
  readonly onDone?: (answer: T) => void;
}

export interface Actions extends PendingState {
  /** Does something; resolves when the database has answered (null = taken back while it waited). */
  readonly perform: <T>(action: Action<T>) => Promise<Outcome<T> | null>;
  /** A sentence about something that is not an action: a copied text. */
  readonly tell: (text: string, tone: 'done' | 'problem') => void;
  readonly endToast: (toastId: string) => void;
}

interface Running {
  readonly outcome: Promise<Outcome<unknown> | null>;
  /** The person took it back while it waited for the connection. */
  isDropped: boolean;
  stopWaiting: () => void;
}

const ActionsContext = createContext<Actions | null>(null);

export function ActionsProvider({ children }: { children: ReactNode }) {
  const { database } = useSession();
  const client = useQueryClient();
  const say = useTexts();
  const [state, dispatch] = useReducer(pendingReducer, NOTHING_PENDING);
  useClosingConfirmation(state.waiting.length > 0);

  /** Gives rows back to what the database says: after a success once that is read, after a failure at once. */
  const settle = async (id: number | undefined, token: string, isDone: boolean): Promise<void> => {
    const give = (): void => {
      if (id !== undefined) dispatch({ type: 'settled', id, token });
    };
    if (!isDone) give();
    await client.invalidateQueries({ queryKey: ALL_DATA });
    give();
  };

  const showProblem = async (
    outcome: Outcome<unknown>,
    fallback: string,
    retry: () => void,
  ): Promise<void> => {
    haptic('warning');
    const isRefused = outcome.kind === 'refused';
    // The sentences for refusals come after those of Today; without them the shorter one must do.
    const isKnown = await say.whole().then(
      () => true,
      () => false,
    );
    dispatch({
      type: 'toast',
      toast: {
        id: newActionId(),
        text: isRefused && isKnown ? say(`refused-${outcome.code}`) : say(fallback),
        tone: 'problem',
        action: isRefused ? null : { label: say('retry'), run: retry },
      },
    });
  };

  /** Sends until there is an answer. Without a connection it says so and waits. */
  const deliver = async <T,>(
    action: Action<T>,
    actionId: string,
    running: Running,
    undo: () => void,
  ): Promise<Outcome<T> | null> => {
    const isUnheard = (outcome: Outcome<T>): boolean => outcome.kind === 'failed' && outcome.status === 0;
    const unsent: Outcome<T> = { kind: 'failed', status: 0 };
    let outcome = navigator.onLine ? await action.call(actionId) : unsent;
    if (!isUnheard(outcome)) return outcome;
    const text = action.said(null);
    const reminderId = action.reminder?.row.id ?? null;
    dispatch({ type: 'waits', waiting: { actionId, text, reminderId, drop: undo } });
    dispatch({ type: 'toast-text', toastId: actionId, text: say('waits-for-connection', { what: text }) });
    while (isUnheard(outcome) && !isDropped(running)) {
      await Promise.race([
        connectionBack(client),
        new Promise<void>((resolve) => (running.stopWaiting = resolve)),
      ]);
      if (!isDropped(running)) outcome = await action.call(actionId);
    }
    dispatch({ type: 'waits-no-more', actionId });
    return isDropped(running) && isUnheard(outcome) ? null : outcome;
  };

  const start = async <T,>(action: Action<T>, actionId: string): Promise<Outcome<T> | null> => {
    const id = action.reminder?.row.id;
    if (action.reminder !== undefined && id !== undefined) {
      dispatch({ type: 'fold', id, change: { token: actionId, row: action.reminder.shown } });
      setTimeout(() => {
        dispatch({ type: 'folded', id, token: actionId });
      }, FOLD_MS);
    }
    const rollBack = action.optimistic?.();
    const delivery = Promise.withResolvers<Outcome<T> | null>();
    const running: Running = { outcome: delivery.promise, isDropped: false, stopWaiting: () => undefined };
    const undo = (): void => void takeBack(action, actionId, running, rollBack);
    const button = action.canUndo === false ? null : { label: say('undo'), run: undo };
    dispatch({
      type: 'toast',
      toast: { id: actionId, text: action.said(null), tone: 'done', action: button },
    });

    const outcome = await deliver(action, actionId, running, undo);
    delivery.resolve(outcome);
    // Taken back meanwhile: the rest is the Undo's.
    if (outcome === null) return null;
    if (outcome.kind === 'done') {
      dispatch({ type: 'toast-text', toastId: actionId, text: action.said(outcome.value) });
      action.onDone?.(outcome.value);
    } else {
      rollBack?.();
      await showProblem(outcome, 'not-saved', () => void start(action, actionId));
    }
    await settle(id, actionId, outcome.kind === 'done');
    return outcome;
  };

  const takeBack = async <T,>(
    action: Action<T>,
    actionId: string,
    running: Running,
    rollBack: (() => void) | undefined,
  ): Promise<void> => {
    const id = action.reminder?.row.id;
    const token = `${actionId}:undo`;
    dispatch({ type: 'toast-over', toastId: actionId });
    if (action.reminder !== undefined && id !== undefined) {
      dispatch({ type: 'change', id, change: { token, row: action.reminder.row } });
    }
    rollBack?.();
    running.isDropped = true;
    running.stopWaiting();
    // An Undo that overtakes its action would find nothing to undo.
    const acted = await running.outcome;
    if (acted !== null && acted.kind !== 'done') return settle(id, token, false);
    const send = action.undo ?? ((id: string) => undoAction(database, id));
    let outcome: Outcome<Partial<UndoAnswer>> = await send(actionId);
    while (acted === null && outcome.kind === 'failed' && outcome.status === 0) {
      await connectionBack(client);
      outcome = await send(actionId);
    }
    // What waited may never have arrived; then there is nothing to take back.
    const isDone =
      outcome.kind === 'done' ||
      (acted === null && outcome.kind === 'refused' && outcome.code === 'ACTION_NOT_FOUND');
    if (!isDone) {
      await showProblem(outcome, 'not-undone', () => void takeBack(action, actionId, running, undefined));
    } else if (outcome.kind === 'done' && outcome.value.next_stays_open === true) {
      const text = say('undo-both-open');
      dispatch({ type: 'toast', toast: { id: token, text, tone: 'done', action: null } });
    }
    await settle(id, token, isDone);
  };

  const actions: Actions = {
    ...state,
    perform(action) {
      haptic('success');
      return start(action, newActionId());
    },
    tell(text, tone) {
      dispatch({ type: 'toast', toast: { id: newActionId(), text, tone, action: null } });
    },
    endToast(toastId) {
      dispatch({ type: 'toast-over', toastId });
    },
  };
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}

/** Ways to do something, and what is under way. */
export function useActions(): Actions {
  const actions = use(ActionsContext);
  if (actions === null) throw new Error('useActions needs a signed-in person: render below ActionsProvider.');
  return actions;
}

/** Read anew each time: the compiler would take the flag for what it was when the wait began. */
function isDropped(running: Running): boolean {
  return running.isDropped;
}
