/**
 * What the person did and the database has not confirmed yet, laid over the rows that were read: a tap shows at once,
 * and a poll that was under way cannot bring the old state back. Each change ends by its own token, so that the late
 * end of one never removes the next one of the same reminder.
 */
import type { ReminderRow } from '../../../shared/schemas/reminder.ts';
import type { ToastModel } from '../ui/toast.tsx';

interface Change {
  readonly token: string;
  /** How the row looks meanwhile; null = it is off the list. */
  readonly row: ReminderRow | null;
}

/** An action that waits for the connection. */
export interface Waiting {
  readonly actionId: string;
  /** What was done, e.g. `Done: Anna`. */
  readonly text: string;
  /** The reminder it is about, if it is about one. */
  readonly reminderId: number | null;
  readonly drop: () => void;
}

export interface PendingState {
  readonly changes: ReadonlyMap<number, Change>;
  /** Cards that are folding away; then their change counts. */
  readonly folding: ReadonlyMap<number, Change>;
  readonly waiting: readonly Waiting[];
  readonly toast: ToastModel | null;
}

export const NOTHING_PENDING: PendingState = {
  changes: new Map(),
  folding: new Map(),
  waiting: [],
  toast: null,
};

export type PendingEvent =
  | { readonly type: 'fold'; readonly id: number; readonly change: Change }
  | { readonly type: 'change'; readonly id: number; readonly change: Change }
  /** The card has folded: its change counts now, if it still stands. */
  | { readonly type: 'folded'; readonly id: number; readonly token: string }
  | { readonly type: 'settled'; readonly id: number; readonly token: string }
  | { readonly type: 'waits'; readonly waiting: Waiting }
  | { readonly type: 'waits-no-more'; readonly actionId: string }
  | { readonly type: 'toast'; readonly toast: ToastModel }
  /** Other words for a toast that is still there. */
  | { readonly type: 'toast-text'; readonly toastId: string; readonly text: string }
  | { readonly type: 'toast-over'; readonly toastId: string };

/** The state after an event. */
export function pendingReducer(state: PendingState, event: PendingEvent): PendingState {
  switch (event.type) {
    case 'fold':
      return { ...state, folding: withEntry(state.folding, event.id, event.change) };
    case 'change':
      return {
        ...state,
        folding: without(state.folding, event.id),
        changes: withEntry(state.changes, event.id, event.change),
      };
    case 'folded': {
      const change = state.folding.get(event.id);
      if (change?.token !== event.token) return state;
      return pendingReducer(state, { type: 'change', id: event.id, change });
    }
    case 'settled':
      return {
        ...state,
        folding: without(state.folding, event.id, event.token),
        changes: without(state.changes, event.id, event.token),
      };
    case 'waits':
      return { ...state, waiting: [...state.waiting, event.waiting] };
    case 'waits-no-more':
      return { ...state, waiting: state.waiting.filter(({ actionId }) => actionId !== event.actionId) };
    case 'toast':
      return { ...state, toast: event.toast };
    case 'toast-text':
      if (state.toast?.id !== event.toastId) return state;
      return { ...state, toast: { ...state.toast, text: event.text } };
    case 'toast-over':
      return state.toast?.id === event.toastId ? { ...state, toast: null } : state;
  }
}

/**
 * The rows as the person sees them.
 * @param belongs whether a changed row that was not read (an Undo brings it back) is one of this list.
 */
export function applyChanges(
  rows: readonly ReminderRow[],
  changes: PendingState['changes'],
  belongs: (row: ReminderRow) => boolean = () => true,
): readonly ReminderRow[] {
  if (changes.size === 0) return rows;
  const untouched = rows.filter((row) => !changes.has(row.id));
  const shown = [...changes.values()].flatMap(({ row }) => (row !== null && belongs(row) ? [row] : []));
  return [...untouched, ...shown];
}

function withEntry(
  map: ReadonlyMap<number, Change>,
  id: number,
  change: Change,
): ReadonlyMap<number, Change> {
  return new Map(map).set(id, change);
}

function without(map: ReadonlyMap<number, Change>, id: number, token?: string): ReadonlyMap<number, Change> {
  const change = map.get(id);
  if (change === undefined || (token !== undefined && change.token !== token)) return map;
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}
