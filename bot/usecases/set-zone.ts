/** Where the person is: a city, a zone or an offset as they typed it. */
import { normaliseZone, type ZoneRefusal } from '../../shared/rules/zones.ts';
import type { UserRow, ZoneSource } from '../../shared/schemas/user.ts';
import type { PersonStore, Refusal } from './ports.ts';

export type SetZoneOutcome =
  /** `moved`: future plan steps that got another instant by it. */
  | { readonly kind: 'set'; readonly user: UserRow; readonly label: string; readonly moved: number }
  | { readonly kind: 'unknown'; readonly reason: ZoneRefusal; readonly suggestions: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** @throws what the store throws when the database cannot be asked. */
export async function setZone(
  store: PersonStore,
  input: { readonly actionId: string; readonly typed: string; readonly source: ZoneSource },
): Promise<SetZoneOutcome> {
  const read = normaliseZone(input.typed);
  if (!read.ok) return { kind: 'unknown', reason: read.reason, suggestions: read.suggestions };
  const answer = await store.updateSettings(input.actionId, { zone: read.zone, zone_source: input.source });
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  return { kind: 'set', user: answer.value.user, label: read.label, moved: answer.value.moved };
}
