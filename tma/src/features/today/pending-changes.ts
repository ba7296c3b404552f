/**
 * What the person did and the database has not confirmed yet, laid over the rows that were read: a tap shows at once,
 * and a poll that was under way cannot bring the old state back. Each change ends by its own token, so that the late
 * end of one never removes the next one of the same reminder.
 */
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import type { ToastModel } from '../../ui/toast.tsx';

interface Change {
  readonly token: string;
  /** How the row looks meanwhile; null = it is off the list. */
  readonly row: ReminderRow | null;
}

export interface PendingState {
  readonly changes: ReadonlyMap<number, Change>;
  /** Cards that are folding away; then their change counts. */
  readonly folding: ReadonlyMap<number, Change>;
  readonly toast: ToastModel | null;
}

export const NOTHING_PENDING: PendingState = { changes: new Map(), folding: new Map(), toast: null };

export type PendingEvent =
  | { readonly type: 'fold'; readonly id: number; readonly change: Change }
  | { readonly type: 'change'; readonly id: number; readonly change: Change }
  /** The card has folded: its change counts now, if it still stands. */
  | { readonly type: 'folded'; readonly id: number; readonly token: string }
  | { readonly type: 'settled'; readonly id: number; readonly token: string }
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
    case 'toast':
      return { ...state, toast: event.toast };
    case 'toast-text':
      if (state.toast?.id !== event.toastId) return state;
      return { ...state, toast: { ...state.toast, text: event.text } };
    case 'toast-over':
      return state.toast?.id === event.toastId ? { ...state, toast: null } : state;
  }
}

/** The rows as the person sees them. */
export function applyChanges(
  rows: readonly ReminderRow[],
  changes: PendingState['changes'],
): readonly ReminderRow[] {
  if (changes.size === 0) return rows;
  const untouched = rows.filter((row) => !changes.has(row.id));
  const shown = [...changes.values()].map((change) => change.row).filter((row) => row !== null);
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
