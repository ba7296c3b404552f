/**
 * The life cycle of a reminder (dispatch.md). The database enforces the same table by its row trigger; app and bot use
 * it to offer only what will be accepted.
 */
import type { ReminderStatus } from '../schemas/reminder.ts';

const NEXT: Readonly<Record<ReminderStatus, readonly ReminderStatus[]>> = {
  // Delivered, acted on before it was due, or refused by Telegram for good.
  pending: ['sent', 'completed', 'skipped', 'cancelled', 'failed'],
  // Back to pending is a snooze or a new date; a repeat that Telegram refuses fails like a first one.
  sent: ['pending', 'completed', 'skipped', 'cancelled', 'failed'],
  completed: [],
  skipped: [],
  cancelled: [],
  // Back when the person writes again or taps Retry.
  failed: ['pending', 'cancelled'],
};

/** Finished rows come back by Undo alone, to whichever status they had; what Telegram refused can only have been cancelled. */
const UNDONE: Readonly<Partial<Record<ReminderStatus, readonly ReminderStatus[]>>> = {
  completed: ['pending', 'sent'],
  skipped: ['pending', 'sent'],
  cancelled: ['pending', 'sent', 'failed'],
};

/**
 * Whether the change of status is legal; staying the same always is.
 * @param byUndo the change is an Undo, the only way out of completed, skipped and cancelled.
 */
export function canTransition(from: ReminderStatus, to: ReminderStatus, byUndo = false): boolean {
  if (from === to || NEXT[from].includes(to)) return true;
  return byUndo && UNDONE[from]?.includes(to) === true;
}

/** Whether the reminder still waits for something: the rows of the live index. */
export function isOpen(status: ReminderStatus): boolean {
  return status === 'pending' || status === 'sent';
}
