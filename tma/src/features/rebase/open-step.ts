/** What a move is about: the steps that are open, and where one of them goes. */
import type { DatedStep } from '../../../../shared/rules/rebase.ts';

/** An open step with what its row is called. */
export interface OpenStep extends DatedStep {
  readonly reminderId: number;
  readonly title: string;
}

export interface Target {
  readonly at: Temporal.Instant;
  /** The person picked this very minute: quiet hours do not move it. */
  readonly exact: boolean;
}
