/** A person's past and future as rows, before the database gives them ids. Instants are ISO strings. */
import type { NewLead, LeadStatus } from '../../../shared/schemas/lead.ts';
import type { PlanStep, Situation } from '../../../shared/schemas/plan.ts';
import type { ReminderStatus } from '../../../shared/schemas/reminder.ts';
import type { Language } from '../../../shared/schemas/user.ts';

/** Somebody a demo lead is made from; contacts use reserved domains and numbers that belong to nobody. */
export interface DemoContact {
  readonly name: string;
  readonly company: string;
  readonly title: string;
  readonly email: string;
  readonly phone?: string;
  readonly zone: string;
  readonly situation: Situation;
  readonly notes: string;
}

export interface DemoPerson {
  readonly telegramId: number;
  readonly firstName: string | null;
  readonly username: string | null;
  readonly language: Language;
  readonly zone: string;
  readonly contacts: readonly DemoContact[];
}

/** What somebody or the dispatcher did to a reminder. */
export interface DemoEvent {
  readonly action: 'accept_plan' | 'complete' | 'skip' | 'snooze' | 'close_lead';
  readonly source: 'bot' | 'app';
  readonly before: DemoSnapshot | null;
  readonly after: DemoSnapshot;
  readonly note: string | null;
  readonly at: string;
}

export interface DemoSnapshot {
  readonly status: ReminderStatus;
  readonly due_at: string;
  readonly wanted_at: string;
  readonly level: number;
  readonly exact: boolean;
  readonly snooze_count: number;
  readonly due_reason: 'plan' | 'snooze' | 'escalation';
  readonly reminder_count: number;
}

export interface DemoReminder extends DemoSnapshot {
  readonly step_id: number;
  /** The step's words when the plan was accepted. */
  readonly title: string;
  readonly delay_days: number;
  readonly draft_text: string | null;
  readonly first_due_at: string;
  readonly last_reminded_at: string | null;
  readonly completed_at: string | null;
  /** Each time it was shown in the chat. */
  readonly sentAt: readonly string[];
  readonly events: readonly DemoEvent[];
}

export interface DemoLead {
  readonly lead: NewLead;
  readonly status: LeadStatus;
  readonly createdAt: string;
  readonly situation: Situation;
  readonly language: Language;
  readonly steps: readonly PlanStep[];
  /** Empty: the plan is still a draft. */
  readonly reminders: readonly DemoReminder[];
}
