import type { UserRow } from '../../../../shared/schemas/user.ts';
import { piece } from '../../ui/piece.ts';

/** A cheap look before the piece that knows all zones is loaded. */
export function mayHaveNotice(user: UserRow): boolean {
  return user.paused_until !== null || Temporal.Now.timeZoneId() !== user.zone;
}

/** The piece itself. */
export const OwnNotices = piece(() => import('./own-notices.tsx'));
