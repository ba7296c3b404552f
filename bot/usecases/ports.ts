/**
 * What the use cases need from the outside world, as types only. Adapters implement them; main.ts puts the two together.
 * Instants cross these borders as ISO strings where a row carries them, and as `Temporal.Instant` where a use case decides
 * with them. Expected refusals are values (`Answer`), surprises are thrown.
 */
import type {
  AcceptPlanAnswer,
  CreateLeadAnswer,
  DiscardPlanAnswer,
  LeadStatusAnswer,
  PlanSchedule,
  ReminderActionAnswer,
  SettingsAnswer,
  UndoAnswer,
} from '../../shared/contracts/actions.ts';
import type {
  AddNoteAnswer,
  DeleteLeadAnswer,
  DuplicateLeads,
  FillTrayAnswer,
  LeadChange,
  PauseLeadAnswer,
  RestoreLeadAnswer,
  ResumeLeadAnswer,
  TakeFromTrayAnswer,
  TrayEntry,
  UpdateLeadAnswer,
} from '../../shared/contracts/leads.ts';
import type { LeadLine } from '../../shared/contracts/lead-pages.ts';
import type { PlanEditAnswer, PlanVersion } from '../../shared/contracts/plans.ts';
import type { LeadRow, LeadStatus, NewLead } from '../../shared/schemas/lead.ts';
import type { MadePlanRow } from '../../shared/schemas/plan-origin.ts';
import type { NewPlan, StepRow } from '../../shared/schemas/plan.ts';
import type { ClaimedReminder, ReminderRow, ReminderStatus } from '../../shared/schemas/reminder.ts';
import type { SettingsChange, UserRow } from '../../shared/schemas/user.ts';
import type { RebaseAnswer, RebaseSchedule } from '../../shared/contracts/rebase.ts';
import type { OwnDataStore } from './data-ports.ts';
import type { PlanEdit, StoryStore } from './plan-ports.ts';
import type { Answer, Refusal } from './answer-ports.ts';
import type { RecurringStore } from './recurring-ports.ts';

export type { Answer, Refusal };

/** The person's leads; part of `PersonStore`. */
export interface LeadStore {
  lead(id: number): Promise<LeadRow | null>;
  /** All of them, those in the bin too, with their plan's progress and next reminder. */
  leadLines(): Promise<readonly LeadLine[]>;
  createLead(actionId: string, lead: NewLead, plan: NewPlan | null): Promise<Answer<CreateLeadAnswer>>;
  /** @param expected values the caller has seen: a field that is another one by now is left alone. */
  updateLead(
    actionId: string,
    leadId: number,
    change: LeadChange,
    expected: LeadChange | null,
  ): Promise<Answer<UpdateLeadAnswer>>;
  addNote(actionId: string, leadId: number, text: string): Promise<Answer<AddNoteAnswer>>;
  deleteLead(actionId: string, leadId: number): Promise<Answer<DeleteLeadAnswer>>;
  restoreLead(actionId: string, leadId: number): Promise<Answer<RestoreLeadAnswer>>;
  /** Everything planned for it waits; `text` is its answer, kept as a note. */
  pauseLead(actionId: string, leadId: number, text: string): Promise<Answer<PauseLeadAnswer>>;
  resumeLead(actionId: string, leadId: number): Promise<Answer<ResumeLeadAnswer>>;
  /** The beginning of the newest answer that paused it, at most 500 characters; null = none. */
  latestAnswer(leadId: number): Promise<string | null>;
  setLeadStatus(actionId: string, leadId: number, status: LeadStatus): Promise<Answer<LeadStatusAnswer>>;
  /** Leads that may be the same one; never the one that `actionId` made already. */
  duplicatesOf(lead: NewLead, actionId: string): Promise<DuplicateLeads>;
  /** Keeps people who were read out of a text until the person has chosen. */
  fillTray(actionId: string, entries: readonly TrayEntry[]): Promise<Answer<FillTrayAnswer>>;
  /** Null when it is gone. */
  tray(id: number): Promise<readonly TrayEntry[] | null>;
  /** @param index of the entry, from 0. */
  takeFromTray(
    actionId: string,
    trayId: number,
    index: number,
    plan: NewPlan | null,
  ): Promise<Answer<TakeFromTrayAnswer>>;
}

/** The person's plans; part of `PersonStore`. */
export interface PlanStore {
  /** @param expected the version the person was looking at; another one by now is refused as `PLAN_CHANGED`. */
  editPlan(
    actionId: string,
    planId: number,
    edit: PlanEdit,
    expected: number,
  ): Promise<Answer<PlanEditAnswer>>;
  /** A further draft for a lead. */
  proposePlan(actionId: string, leadId: number, plan: NewPlan): Promise<Answer<{ readonly planId: number }>>;
  /** The id of the lead's running plan; null = none runs. */
  runningPlan(leadId: number): Promise<number | null>;
  /** All reminders there ever were of the plan, oldest first. */
  planReminders(planId: number): Promise<readonly ReminderRow[]>;
  /** Gives every open step its instant at once; which ones shared/rules/rebase.ts says. */
  rebasePlan(actionId: string, planId: number, schedule: RebaseSchedule): Promise<Answer<RebaseAnswer>>;
  /** Newest first; none before the first change. */
  planVersions(planId: number): Promise<readonly PlanVersion[]>;
}

/** The database as one person sees it: every call carries that person's token and passes row-level security. */
export interface PersonStore extends LeadStore, OwnDataStore, PlanStore, RecurringStore, StoryStore {
  /** The person's own row; null before their first message. */
  self(): Promise<UserRow | null>;
  acceptPlan(actionId: string, planId: number, schedule: PlanSchedule): Promise<Answer<AcceptPlanAnswer>>;
  discardPlan(actionId: string, planId: number): Promise<Answer<DiscardPlanAnswer>>;
  updateSettings(actionId: string, change: SettingsChange): Promise<Answer<SettingsAnswer>>;
  /** A free reminder, about a lead or about nobody. */
  createReminder(
    actionId: string,
    reminder: {
      readonly title: string;
      readonly at: Temporal.Instant;
      readonly exact: boolean;
      readonly leadId: number | null;
    },
  ): Promise<Answer<ReminderActionAnswer>>;
  /** Names of the leads that are neither closed nor in the bin. */
  openLeads(): Promise<readonly Pick<LeadRow, 'id' | 'name' | 'company'>[]>;
  completeReminder(actionId: string, id: number): Promise<Answer<ReminderActionAnswer>>;
  skipReminder(actionId: string, id: number, reason: string | null): Promise<Answer<ReminderActionAnswer>>;
  cancelReminder(actionId: string, id: number): Promise<Answer<ReminderActionAnswer>>;
  /** `exact`: the person picked this very instant, so quiet hours do not move it. */
  snoozeReminder(
    actionId: string,
    id: number,
    until: Temporal.Instant,
    exact: boolean,
  ): Promise<Answer<ReminderActionAnswer>>;
  /** Takes back the action with this id; safe to send twice. */
  undo(actionId: string): Promise<Answer<UndoAnswer>>;
  plan(id: number): Promise<{ readonly plan: MadePlanRow; readonly steps: readonly StepRow[] } | null>;
  reminder(id: number): Promise<ReminderRow | null>;
  /** Which of the person's reminders that message of the chat delivered; null = none, or a list of several. */
  reminderOfMessage(messageId: number): Promise<number | null>;
  /** The earliest open reminder about the lead; null = nothing is planned. */
  nextOfLead(leadId: number): Promise<ReminderLine | null>;
  /** Open reminders wanted before the instant, earliest first, with what a list line shows. */
  openReminders(before: Temporal.Instant, limit: number): Promise<readonly ReminderLine[]>;
}

/** A file made here, small enough to be held as text. */
export interface FileToSend {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** Sends a file into a person's chat. `unreachable`: the bot may not write there. */
export type FileSender = (telegramId: number, file: FileToSend) => Promise<'sent' | 'unreachable'>;

/** A reminder with the words of its lead and step: one line of /today. */
export interface ReminderLine {
  readonly reminder: ReminderRow;
  readonly lead: Pick<LeadRow, 'id' | 'name' | 'company' | 'paused_at'> | null;
  readonly step: Pick<StepRow, 'description' | 'action_type'> | null;
  /** It comes again and again. */
  readonly repeats: boolean;
}

/** The eight operations of the reminder repository (product.md, system A), with the server's own key. */
export interface ReminderRepository {
  create(reminder: NewReminder): Promise<ReminderRow>;
  /** Rows due at product time now, oldest first. For looking only: sending goes through `DispatchStore.claim`. */
  getDueReminders(limit: number): Promise<readonly ReminderRow[]>;
  /** Cancels all open reminders of a lead; returns how many. */
  cancelPendingForLead(leadId: number, telegramId: number): Promise<Answer<number>>;
  /** False when the reminder is not open any more. */
  markReminded(id: number, messageId: number | null): Promise<boolean>;
  updateStatus(id: number, status: ReminderStatus): Promise<Answer<ReminderRow>>;
  /** Deletes every reminder of a lead, for good; returns how many. */
  deleteForLead(leadId: number, telegramId: number): Promise<number>;
  getForLead(leadId: number, telegramId: number): Promise<readonly ReminderRow[]>;
  /** The live row of a step (newest plan first), never a cancelled one; null = none. */
  getByLeadAndStep(leadId: number, stepId: number): Promise<ReminderRow | null>;
}

export type NewReminder = Pick<ReminderRow, 'telegram_id' | 'due_at'> &
  Partial<
    Pick<ReminderRow, 'lead_id' | 'step_id' | 'draft_text' | 'plan_id' | 'delay_days' | 'title' | 'exact'>
  >;

/** What became of one send. */
export type DeliveryOutcome =
  | { readonly outcome: 'sent' | 'bundled'; readonly messageId: number }
  /** Not accepted; try again after `retryInMs`. `blockMs`: Telegram asked everybody to wait (429). */
  | {
      readonly outcome: 'retry';
      readonly retryInMs: number;
      readonly error: string;
      readonly errorCode: number | null;
      readonly blockMs?: number;
    }
  /** Refused for good. `unreachable`: the person blocked the bot or is gone. */
  | {
      readonly outcome: 'failed';
      readonly error: string;
      readonly errorCode: number | null;
      readonly unreachable: boolean;
    }
  /** Left us, answer unknown: it may have arrived. */
  | { readonly outcome: 'in_doubt'; readonly retryInMs: number; readonly error: string }
  /** Not tried at all (slot missed, shutting down): nothing happened. */
  | { readonly outcome: 'released' };

export type DeliveryResult = DeliveryOutcome & { readonly id: number };

/** The dispatcher's side of the database (dispatch.md). All calls are safe to repeat with the same token. */
export interface DispatchStore {
  claim(
    worker: string,
    token: string,
    limit: number,
    leaseSeconds: number,
  ): Promise<readonly ClaimedReminder[]>;
  /** @throws an error whose `kind` is `bug` when the database will never take this call; any other may pass. */
  settle(token: string, results: readonly DeliveryResult[]): Promise<void>;
  /** False: the lease is gone, stop sending. */
  extend(token: string, leaseSeconds: number): Promise<boolean>;
  /** Re-queues rows whose worker died; returns how many were in doubt. */
  sweep(): Promise<number>;
  /** Returns how many steps were promoted. */
  promoteSteps(limit: number): Promise<number>;
  setRate(perSecond: number, chatGapMs: number): Promise<void>;
  /** Milliseconds until there is something to do, at most 60,000. */
  nextWakeMs(): Promise<number>;
}

/** What Telegram tells of a person with every update. */
export interface Profile {
  readonly telegramId: number;
  readonly firstName: string | null;
  readonly username: string | null;
  /** BCP 47, as the client says. */
  readonly language: string | null;
}

/** Dispatch as the database sees it; counts stop at 10,000, times in milliseconds. */
export interface DispatchHealth {
  /** Due, unsent and in nobody's hands. */
  readonly due: number;
  readonly oldest_due_ms: number;
  /** In the hands of workers. */
  readonly claimed: number;
  /** Batches whose lease has run out and that were not swept yet. */
  readonly leases_over: number;
  /** How long a 429 still stops every worker. */
  readonly blocked_ms: number;
  /** What the planner reckons an idle poll costs. */
  readonly poll_cost: number;
}

/** Things the server does to the database on its own behalf. */
export interface AdminStore {
  /** Product time. */
  now(): Promise<Temporal.Instant>;
  /** A sign of life from outside the chat (the mini-app was opened). */
  touchPerson(profile: Profile): Promise<UserRow>;
  makeOwner(platformId: string, telegramId: number): Promise<void>;
  triggerNextStep(
    key: string,
    telegramId: number,
    leadId: number,
    trigger: string,
  ): Promise<
    Answer<{ readonly lead_id: number; readonly step_id: number | null; readonly replayed: boolean }>
  >;
  /** The newest schema version that is applied; null = none. */
  schemaVersion(): Promise<string | null>;
  /** Has anybody ever written to this bot? */
  hasPeople(): Promise<boolean>;
  /** Does the database carry the sandbox's mark? Its clock may be ahead, and its rows may be emptied. */
  isSandbox(): Promise<boolean>;
  /** How far the oldest due, unsent reminder is behind, in milliseconds of product time; 0 = nothing is due. */
  oldestDueMs(): Promise<number>;
  /** What a look from outside wants to know of dispatch. */
  dispatchHealth(): Promise<DispatchHealth>;
}

/** Sends one message of a claim: a card, or the list of all rows given. Never throws for what Telegram answers. */
export interface ReminderSender {
  /** @param mayLeave asked when a connection is there and the message about to leave; false = it is `released`. Default: it may. */
  send(
    rows: readonly [ClaimedReminder, ...ClaimedReminder[]],
    signal: AbortSignal,
    mayLeave?: () => boolean,
  ): Promise<DeliveryOutcome>;
}
