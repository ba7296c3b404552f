import type { ComponentProps } from 'react';
import { CancelSheet } from './cancel-sheet.tsx';
import { SnoozeSheet } from './snooze-sheet.tsx';

export type SheetKind = 'snooze' | 'cancel';

/** Everything that opens from a card, in one lazy piece: nobody needs it before the first tap. */
export default function ReminderSheet({
  kind,
  ...rest
}: ComponentProps<typeof SnoozeSheet> & { kind: SheetKind }) {
  return kind === 'snooze' ? <SnoozeSheet {...rest} /> : <CancelSheet {...rest} />;
}
