/** Reminders that repeat, as types only: what a person does with them, and what the sweep needs. */
import type { RecurringAnswer } from '../../shared/contracts/recurring.ts';
import type { RecurringRow } from '../../shared/schemas/recurring.ts';
import type { Answer } from './answer-ports.ts';

/** When it comes: see `Schedule` in bot/domain/recurring/slots.ts. */
export interface StoredSchedule {
  readonly rule: string;
  readonly startsOn: string;
  readonly clock: string;
}

/** The person's repeating reminders; part of `PersonStore`. */
export interface RecurringStore {
  createRecurring(
    actionId: string,
    recurring: StoredSchedule & { readonly title: string; readonly leadId: number | null },
  ): Promise<Answer<RecurringAnswer>>;
  /** For this time and all that follow. */
  changeRecurring(
    actionId: string,
    id: number,
    change: { readonly title: string } | StoredSchedule,
  ): Promise<Answer<RecurringAnswer>>;
  setRecurring(
    actionId: string,
    id: number,
    wish: 'pause' | 'resume' | 'end',
  ): Promise<Answer<RecurringAnswer>>;
  recurring(id: number): Promise<RecurringRow | null>;
  /** The rule this reminder is an occurrence of; null = it comes once. */
  recurringOf(reminderId: number): Promise<RecurringRow | null>;
  /** Those that have not ended, oldest first. */
  recurringRules(): Promise<readonly RecurringRow[]>;
}

/** A rule that wants its next time. Dates are local, `YYYY-MM-DD`. */
export interface RuleToAdvance extends StoredSchedule {
  readonly id: number;
  /** What the dates are worked out from; another one by then, and they are dropped. */
  readonly rev: number;
  readonly zone: string;
  readonly lastSlotOn: string | null;
  readonly liveSlotOn: string | null;
  readonly since: Temporal.Instant;
  readonly isLeadGone: boolean;
  /** Product time. */
  readonly now: Temporal.Instant;
}

export interface AdvancedRule extends Pick<RuleToAdvance, 'id' | 'rev' | 'zone'> {
  readonly slotOn: string | null;
  readonly nextOn: string | null;
}

/** The server's side. Any number of processes may work on the same rules: each date is made once. */
export interface RecurringSweepStore {
  toAdvance(limit: number): Promise<readonly RuleToAdvance[]>;
  /** Returns how many reminders were made. */
  advance(rules: readonly AdvancedRule[]): Promise<number>;
}
