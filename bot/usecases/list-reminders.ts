/** All open reminders, page by page, earliest first. */
import type { PersonStore, ReminderLine } from './ports.ts';

/** Lines of a page: as many buttons as a phone shows without scrolling. */
const PAGE_SIZE = 8;
/** Reminders cannot be moved further ahead than three years. */
const HORIZON_DAYS = 4 * 366;
/** Further on, the mini-app is the better list. */
const LAST_PAGE = 50;

export interface ReminderPage {
  readonly lines: readonly ReminderLine[];
  /** From 1; the last one when a later one was asked for. */
  readonly page: number;
  readonly hasNext: boolean;
}

/**
 * @param input.page from 1. A page that is gone (its rows were done meanwhile) is answered with the last that is there.
 * @throws what the store throws when the database cannot be asked.
 */
export async function listReminders(
  store: PersonStore,
  input: { readonly now: Temporal.Instant; readonly page: number },
): Promise<ReminderPage> {
  const wanted = Math.min(Math.max(1, input.page), LAST_PAGE);
  const before = input.now.add({ hours: 24 * HORIZON_DAYS });
  const lines = await store.openReminders(before, wanted * PAGE_SIZE + 1);
  const page = Math.max(1, Math.min(wanted, Math.ceil(lines.length / PAGE_SIZE)));
  const start = (page - 1) * PAGE_SIZE;
  return {
    lines: lines.slice(start, start + PAGE_SIZE),
    page,
    hasNext: lines.length > start + PAGE_SIZE && page < LAST_PAGE,
  };
}
