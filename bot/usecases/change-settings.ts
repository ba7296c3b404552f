/** One change of a person's settings, from a button or typed. */
import type { SettingsChange, UserRow } from '../../shared/schemas/user.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type ChangeSettingsOutcome =
  /** `moved`: future plan steps that got another instant by it. `isNews`: it was something else before. */
  | { readonly kind: 'set'; readonly user: UserRow; readonly moved: number; readonly isNews: boolean }
  /** A pause that would be over already: an old button. */
  | { readonly kind: 'pause_passed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Stores the change under the action's id: done twice, it answers what it answered first.
 * @param input.person as read before the change.
 * @param input.now product time.
 * @throws what the store throws when the database cannot be asked.
 */
export async function changeSettings(
  store: Pick<PersonStore, 'updateSettings'>,
  input: {
    readonly actionId: string;
    readonly person: UserRow;
    readonly change: SettingsChange;
    readonly now: Temporal.Instant;
  },
): Promise<ChangeSettingsOutcome> {
  const { actionId, person, change, now } = input;
  const { paused_until: until } = change;
  if (until != null && Temporal.Instant.compare(until, now) <= 0) return { kind: 'pause_passed' };
  const answer = await store.updateSettings(actionId, change);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { user, moved, replayed } = answer.value;
  return { kind: 'set', user, moved, isNews: replayed || !isSame(person, user) };
}

const SETTINGS = [
  'zone',
  'preferred_hour',
  'quiet_from',
  'quiet_to',
  'working_days',
  'language',
  'paused_until',
  'digest_on',
  'digest_at',
] as const satisfies readonly (keyof UserRow)[];

function isSame(before: UserRow, after: UserRow): boolean {
  return SETTINGS.every((name) => String(before[name]) === String(after[name]));
}
