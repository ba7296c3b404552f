/**
 * What a person does, as the database's functions. Each call carries an action id: sent again after a lost answer it
 * changes nothing and answers the same, which is why trying again is safe here.
 */
import type { Database } from '@insforge/sdk';
import type { z } from 'zod';
import {
  reminderActionAnswerSchema,
  settingsAnswerSchema,
  undoAnswerSchema,
} from '../../../shared/contracts/actions.ts';
import type { ReminderActionAnswer, SettingsAnswer, UndoAnswer } from '../../../shared/contracts/actions.ts';
import type { SettingsChange } from '../../../shared/schemas/user.ts';
import { readOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type ReminderAction =
  | { readonly kind: 'complete' }
  | { readonly kind: 'skip'; readonly reason?: string }
  | { readonly kind: 'cancel' }
  /** `exact`: the person picked this very minute, so quiet hours do not move it. */
  | { readonly kind: 'snooze' | 'reschedule'; readonly until: Temporal.Instant; readonly exact: boolean };

/** Between the first try and the second, in milliseconds: a restart of the server takes about that long. */
const RETRY_AFTER_MS = 1_000;
/** Where an action came from, as `p_source` says it. */
export const SOURCE = 'app';

/** An id no other action has. */
export function newActionId(): string {
  // randomUUID exists on https and localhost only; the sandbox may be opened by the machine's address.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Done, skip, cancel, snooze or move. */
export async function actOnReminder(
  database: Database,
  actionId: string,
  id: number,
  action: ReminderAction,
): Promise<Outcome<ReminderActionAnswer>> {
  const parameters = { p_action_id: actionId, p_id: id, p_source: SOURCE, ...ownParameters(action) };
  return callFunction(database, `${action.kind}_reminder`, parameters, reminderActionAnswerSchema);
}

function ownParameters(action: ReminderAction): Record<string, unknown> {
  switch (action.kind) {
    case 'snooze':
    case 'reschedule':
      return { p_until: action.until.toString(), p_exact: action.exact };
    case 'skip':
      return action.reason === undefined ? {} : { p_reason: action.reason };
    case 'complete':
    case 'cancel':
      return {};
  }
}

/** Takes the action with this id back. */
export async function undoAction(database: Database, actionId: string): Promise<Outcome<UndoAnswer>> {
  return callFunction(database, 'undo_action', { p_action_id: actionId, p_source: SOURCE }, undoAnswerSchema);
}

/** Changes some of the person's settings. */
export async function updateSettings(
  database: Database,
  actionId: string,
  change: SettingsChange,
): Promise<Outcome<SettingsAnswer>> {
  const parameters = { p_action_id: actionId, p_settings: change, p_source: SOURCE };
  return callFunction(database, 'update_settings', parameters, settingsAnswerSchema);
}

/**
 * Calls one of the database's functions; sent a second time when there was no answer, so only what carries an action id
 * or changes nothing may go through here.
 */
export async function callFunction<T>(
  database: Database,
  name: string,
  parameters: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<Outcome<T>> {
  const first = readOutcome(await database.rpc(name, parameters), schema);
  if (first.kind !== 'failed') return first;
  await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  return readOutcome(await database.rpc(name, parameters), schema);
}
