/** Shapes the dispatcher's tests write and read. */

/** What a test may say about a reminder. Minutes count from product time; negative = ago. */
export interface ReminderFields {
  readonly telegramId?: number;
  readonly leadId?: number | null;
  readonly planId?: number | null;
  readonly stepId?: number | null;
  readonly dueIn?: number;
  readonly wantedIn?: number;
  readonly status?: string;
  readonly level?: number;
  readonly exact?: boolean;
  readonly dueReason?: string;
  readonly lastRemindedIn?: number;
  readonly retries?: number;
  readonly title?: string;
}

/** The columns of `scheduled_reminders` these tests look at. */
export interface StoredReminder {
  readonly id: number;
  readonly telegram_id: number;
  readonly status: string;
  readonly due_at: string;
  readonly wanted_at: string;
  readonly first_due_at: string;
  readonly due_reason: string;
  readonly due_rev: number;
  readonly level: number;
  readonly exact: boolean;
  readonly snooze_count: number;
  readonly reminder_count: number;
  readonly last_reminded_at: string | null;
  readonly message_id: number | null;
  readonly in_doubt: boolean;
  readonly retries: number;
  readonly last_error: string | null;
  readonly draft_text: string | null;
}

export interface StoredAttempt {
  readonly reminder_id: number;
  readonly token: string;
  readonly kind: string;
  readonly level: number;
  readonly outcome: string;
  readonly message_id: number | null;
  readonly error_code: number | null;
  readonly error: string | null;
}

/** One item of `settle_reminders`' argument. */
export interface Settlement {
  readonly id: number;
  readonly outcome: string;
  readonly message_id?: number;
  readonly retry_in_ms?: number;
  readonly error_code?: number;
  readonly error?: string;
  readonly unreachable?: boolean;
  readonly block_ms?: number;
}
