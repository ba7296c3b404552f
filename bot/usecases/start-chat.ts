/** Somebody opens the chat: either we must ask where they are, or we know and can say what comes next. */
import type { UserRow } from '../../shared/schemas/user.ts';
import type { PersonStore, ReminderLine } from './ports.ts';
import { listToday } from './list-today.ts';

export type StartOutcome =
  | { readonly kind: 'zone_unknown' }
  | {
      readonly kind: 'ready';
      readonly next: ReminderLine | null;
      /** How many reminders wait because their lead answered. */
      readonly paused: number;
    };

/** @throws what the store throws when the database cannot be asked. */
export async function startChat(
  store: PersonStore,
  input: { readonly person: UserRow; readonly now: Temporal.Instant },
): Promise<StartOutcome> {
  if (input.person.zone_source === null) return { kind: 'zone_unknown' };
  const { late, today, next, paused } = await listToday(store, { now: input.now, zone: input.person.zone });
  return { kind: 'ready', next: late[0] ?? today[0] ?? next[0] ?? null, paused };
}
