/** A reminder of one's own: read from words, shown, and stored only after the person's yes. */
import { isAwake } from '../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../shared/rules/time-settings.ts';
import type { TimeRefusal } from '../../shared/contracts/times.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import { leadInText } from '../domain/lead/lead-in-text.ts';
import { readTime } from '../domain/time/read-time.ts';
import { splitReminder } from '../domain/time/split-reminder.ts';
import type { PersonStore } from './ports.ts';

/** What would be stored. */
export interface ReminderProposal {
  readonly title: string;
  readonly at: Temporal.Instant;
  readonly exact: boolean;
  /** It would come in the person's quiet hours or on a day off, because they said so. */
  readonly isAsleep: boolean;
  /** Repeating was asked for; only the first time is proposed. */
  readonly repeats: boolean;
  readonly lead: Pick<LeadRow, 'id' | 'name' | 'company'> | null;
}

export type ProposeReminderOutcome =
  | { readonly kind: 'proposed'; readonly proposal: ReminderProposal }
  | { readonly kind: 'title_missing' }
  | { readonly kind: 'time_missing'; readonly title: string }
  | {
      readonly kind: 'time_refused';
      readonly title: string;
      readonly reason: TimeRefusal;
      readonly hint: string;
    };

interface Asking {
  readonly person: UserRow;
  readonly now: Temporal.Instant;
}

/** Reads "call Anna tomorrow at 9". Stores nothing. */
export async function proposeReminder(
  store: PersonStore,
  input: Asking & { readonly text: string },
): Promise<ProposeReminderOutcome> {
  const { text, person, now } = input;
  const settings = timeSettingsOf(person);
  const { title, reading } = splitReminder(text, { now, settings, language: person.language });
  if (title === '') return { kind: 'title_missing' };
  if (reading === null) return { kind: 'time_missing', title };
  return propose(store, title, reading, input);
}

/** Reads the answer to "when?". Stores nothing. */
export async function proposeTime(
  store: PersonStore,
  input: Asking & { readonly title: string; readonly text: string },
): Promise<ProposeReminderOutcome> {
  const { title, text, person, now } = input;
  const reading = readTime(text, { now, settings: timeSettingsOf(person), language: person.language });
  if (reading.kind === 'refused') {
    return { kind: 'time_refused', title, reason: reading.reason, hint: reading.hint };
  }
  return propose(store, title, reading, input);
}

async function propose(
  store: PersonStore,
  title: string,
  reading: Exclude<ReturnType<typeof readTime>, { kind: 'refused' }>,
  { person }: Asking,
): Promise<ProposeReminderOutcome> {
  const [at, exact] =
    reading.kind === 'instant'
      ? [reading.at, reading.exact]
      : reading.kind === 'range'
        ? [reading.from, reading.exact]
        : [reading.first[0], true];
  if (at === undefined) return { kind: 'time_missing', title };
  const lead = leadInText(title, await store.openLeads());
  const isAsleep = !isAwake(at, timeSettingsOf(person));
  const repeats = reading.kind === 'recurrence';
  return { kind: 'proposed', proposal: { title, at, exact, isAsleep, repeats, lead } };
}
