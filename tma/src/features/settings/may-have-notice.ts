import type { UserRow } from '../../../../shared/schemas/user.ts';

/** A cheap look before the piece that knows all zones is loaded. */
export function mayHaveNotice(user: UserRow): boolean {
  return user.paused_until !== null || Temporal.Now.timeZoneId() !== user.zone;
}

/** The piece itself. */
export function loadOwnNotices() {
  return import('./own-notices.tsx');
}
