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
  | { readonly kind: 'skip' }
  | { readonly kind: 'cancel' }
  /** `exact`: the person picked this very minute, so quiet hours do not move it. */
  | { readonly kind: 'snooze'; readonly until: Temporal.Instant; readonly exact: boolean };

/** Between the first try and the second, in milliseconds: a restart of the server takes about that long. */
const RETRY_AFTER_MS = 1_000;
const SOURCE = 'app';

/** An id no other action has. */
export function newActionId(): string {
  // randomUUID exists on https and localhost only; the sandbox may be opened by the machine's address.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Done, skip, cancel or snooze. */
export async function actOnReminder(
  database: Database,
  actionId: string,
  id: number,
  action: ReminderAction,
): Promise<Outcome<ReminderActionAnswer>> {
  const rest = action.kind === 'snooze' ? { p_until: action.until.toString(), p_exact: action.exact } : {};
  const parameters = { p_action_id: actionId, p_id: id, p_source: SOURCE, ...rest };
  return call(database, `${action.kind}_reminder`, parameters, reminderActionAnswerSchema);
}

/** Takes the action with this id back. */
export async function undoAction(database: Database, actionId: string): Promise<Outcome<UndoAnswer>> {
  return call(database, 'undo_action', { p_action_id: actionId, p_source: SOURCE }, undoAnswerSchema);
}

/** Changes some of the person's settings. */
export async function updateSettings(
  database: Database,
  change: SettingsChange,
): Promise<Outcome<SettingsAnswer>> {
  const parameters = { p_action_id: newActionId(), p_settings: change, p_source: SOURCE };
  return call(database, 'update_settings', parameters, settingsAnswerSchema);
}

async function call<T>(
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
