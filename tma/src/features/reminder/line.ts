/** A reminder with the words of its lead and step: what rows, cards and sheets are drawn from. */
import type { ActionType } from '../../../../shared/schemas/plan.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';

export interface LeadWords {
  readonly id: number;
  readonly name: string;
  readonly company: string | null;
  readonly paused_at?: string | null | undefined;
}

export interface Line {
  readonly reminder: ReminderRow;
  /** Null for a reminder of the person's own, without a lead. */
  readonly lead: LeadWords | null;
  readonly actionType: ActionType;
  readonly wanted: Temporal.Instant;
  /** Its lead answered and was paused: nothing is sent, and nothing is late, until the person says how it goes on. */
  readonly isWaiting?: boolean;
  /** Whether it comes again and again; absent = not asked (steps of plans do not) or not known yet. */
  readonly repeats?: boolean | undefined;
}

/** Whom or what a line is about. */
export function nameOf(line: Line, fallback: string): string {
  return line.lead?.name ?? line.reminder.title ?? fallback;
}
