/** A reminder of one's own: read from words, shown, and stored only after the person's yes. */
import { isAwake } from '../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { leadInText } from '../domain/lead/lead-in-text.ts';
import type { TimeReading } from '../domain/time/read-time.ts';
import { splitReminder } from '../domain/time/split-reminder.ts';
import type { PersonStore } from './ports.ts';
import type { StoredSchedule } from './recurring-ports.ts';

/** What comes again and again, with its next times. */
export interface Recurrence extends StoredSchedule {
  readonly first: readonly Temporal.Instant[];
}

/** What would be stored. */
export interface ReminderProposal {
  readonly title: string;
  readonly at: Temporal.Instant;
  readonly exact: boolean;
  /** It would come in the person's quiet hours or on a day off, because they said so. */
  readonly isAsleep: boolean;
  /** Null = it comes once. */
  readonly recurrence: Recurrence | null;
  readonly lead: Pick<LeadRow, 'id' | 'name' | 'company'> | null;
}

export type ProposeReminderOutcome =
  | { readonly kind: 'proposed'; readonly proposal: ReminderProposal }
  | { readonly kind: 'title_missing' }
  | { readonly kind: 'time_missing'; readonly title: string };

type Understood = Exclude<TimeReading, { kind: 'refused' }>;

/**
 * Reads "call Anna tomorrow at 9". Stores nothing.
 * @throws what the store throws when the database cannot be asked.
 */
export async function proposeReminder(
  store: PersonStore,
  input: { readonly text: string; readonly person: UserRow; readonly now: Temporal.Instant },
): Promise<ProposeReminderOutcome> {
  const { text, person, now } = input;
  const settings = timeSettingsOf(person);
  const { title, reading } = splitReminder(text, { now, settings, language: person.language });
  if (title === '') return { kind: 'title_missing' };
  if (reading === null) return { kind: 'time_missing', title };
  return { kind: 'proposed', proposal: await proposeAt(store, { title, reading, person }) };
}

/**
 * What would be stored for this thing at the time that was read. Stores nothing.
 * @throws what the store throws when the database cannot be asked.
 */
export async function proposeAt(
  store: PersonStore,
  input: { readonly title: string; readonly reading: Understood; readonly person: UserRow },
): Promise<ReminderProposal> {
  const { title, reading, person } = input;
  const { at, exact } = beginningOf(reading);
  const lead = leadInText(title, await store.openLeads());
  const isAsleep = !isAwake(at, timeSettingsOf(person));
  return { title, at, exact, isAsleep, recurrence: reading.kind === 'recurrence' ? reading : null, lead };
}

function beginningOf(reading: Understood): { readonly at: Temporal.Instant; readonly exact: boolean } {
  if (reading.kind === 'instant') return reading;
  if (reading.kind === 'range') return { at: reading.from, exact: reading.exact };
  const [first] = reading.first;
  if (first === undefined) throw new Error('A recurrence was read that never occurs.');
  return { at: first, exact: true };
}
