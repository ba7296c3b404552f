/** What planning in the background needs: the runs in the database, and the message in chat that follows one. */
import type { RefusalCode } from '../../shared/contracts/refusals.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { PlanOrigin } from '../../shared/schemas/plan-origin.ts';
import type { NewPlan, Situation } from '../../shared/schemas/plan.ts';
import type { Language, UserRow } from '../../shared/schemas/user.ts';
import type { ModelUsage, PlanProgress, PlanRequest } from './model-ports.ts';
import type { PlanView } from './preview-plan.ts';
import type { PlanPair } from './replan.ts';
import type { Answer } from './ports.ts';

/** What is asked for. */
export interface PlanOrder {
  /** `replan`: the lead has a plan, and there is news. */
  readonly kind: 'first' | 'replan';
  /** What the person wrote about the lead. */
  readonly text: string;
  readonly news: string | null;
  readonly situation: Situation;
  readonly language: Language;
  /** Fields of the lead that were inferred and not written as such. */
  readonly guessed: readonly string[];
  /** Code points of the text that did not fit into the lead's notes. */
  readonly notesCut: number;
}

/** One plan that is being written, as claimed. */
export interface PlanningRun {
  readonly id: number;
  readonly telegramId: number;
  readonly leadId: number;
  readonly order: PlanOrder;
  /** The progress message; null when the bot died before it was sent. */
  readonly messageId: number | null;
  readonly stopRequested: boolean;
  /** Claims of this run, this one included. */
  readonly attempts: number;
  readonly result: RunResult | null;
}

/** What is left to be shown. */
export type RunResult =
  | { readonly kind: 'planned'; readonly planId: number }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

/** The loop's side, with the server's key. */
export interface PlanningStore {
  /** One run that is ready, or null. Safe to repeat with the same token. */
  claim(worker: string, token: string, leaseSeconds: number): Promise<PlanningRun | null>;
  /** Null: the lease is lost, somebody else works on the run. */
  extend(token: string, leaseSeconds: number): Promise<{ readonly stop: boolean } | null>;
  /** There will be no plan. */
  refuse(token: string, code: RefusalCode): Promise<void>;
  /** The result was shown. */
  close(token: string): Promise<void>;
  /** A progress message of a run. The first that is noted is the run's; answers which, and how the run stands by then. */
  noteMessage(
    runId: number,
    messageId: number,
  ): Promise<{ readonly messageId: number; readonly result: RunResult | null }>;
}

/** The person's side: every call carries their token. */
export interface PersonPlanning {
  requestPlan(
    actionId: string,
    leadId: number,
    order: PlanOrder,
  ): Promise<Answer<{ readonly runId: number }>>;
  /** The run ends with the template plan. */
  stop(actionId: string, runId: number): Promise<Answer<{ readonly already: boolean }>>;
  /** Writes the run's plan, once. Null: the lease is lost. */
  propose(
    runId: number,
    token: string,
    plan: WrittenPlan,
  ): Promise<Answer<{ readonly planId: number } | null>>;
  /** The lead's running plan, its steps with what became of each; null = none runs. */
  runningPlan(leadId: number): Promise<Omit<NonNullable<PlanRequest['replan']>, 'news'> | null>;
}

/** What the bot needs of planning in the background. */
export interface PlannerDesk {
  /** Whether a model writes plans. Otherwise the template comes at once and nothing runs in the background. */
  readonly isConfigured: boolean;
  readonly noteMessage: PlanningStore['noteMessage'];
  readonly of: (telegramId: number) => PersonPlanning;
  /** There is something for the loop to see. */
  wake(): void;
}

/** A plan as it is written down. */
export interface WrittenPlan {
  readonly plan: NewPlan;
  readonly origin: PlanOrigin;
  readonly usage: ModelUsage;
}

/** The message in chat that follows a run. All calls for one run come one after the other. */
export interface PlanningScreen {
  /** A new progress message, for a run that has none; its id. Null: the person cannot be reached. */
  open(who: RunSubject): Promise<number | null>;
  /** Shows how far it is, when Telegram's limits allow it; never throws for what Telegram answers. */
  progress(who: RunSubject, messageId: number, progress: PlanProgress): Promise<void>;
  /**
   * Puts the result in the message's place.
   * @throws when Telegram is away: the run is shown later.
   */
  show(who: RunSubject, messageId: number, result: ShownResult): Promise<void>;
}

export interface RunSubject {
  readonly runId: number;
  readonly person: UserRow;
  readonly lead: Pick<LeadRow, 'name' | 'company'>;
  /** Product time. */
  readonly now: Temporal.Instant;
  /** The program was restarted while it was written. */
  readonly isResumed: boolean;
}

export type ShownResult =
  | {
      readonly kind: 'planned';
      readonly order: PlanOrder;
      readonly view: PlanView;
      /** Columns of the lead that the model read better than the rules. */
      readonly refined: readonly string[];
      /** For a new plan in the middle: the plan beside the one that runs. */
      readonly pair?: PlanPair | null;
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode };
