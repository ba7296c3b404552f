/** A person's open reminders as a calendar file; what repeats is one entry with its rule. */
import ical, { type ICalCalendar } from 'ical-generator';
import { isOpen } from '../../../shared/rules/reminder-states.ts';
import type { ExportedData } from '../../../shared/schemas/export.ts';

/** A reminder is a moment; calendars draw nothing that has no length. */
const MINUTES_SHOWN = 15;

/**
 * @param now product time, as the stamp of each entry.
 * @returns iCalendar text. An entry keeps its UID from file to file, so that importing again updates it.
 */
export function toCalendar(data: ExportedData, now: Temporal.Instant): string {
  const leads = new Map(data.leads.map((lead) => [lead.id, lead]));
  const repeating = new Map(data.occurrences.map((one) => [one.reminder_id, one.recurring_id]));
  const rules = data.recurring.filter(({ status }) => status === 'active');
  const ruled = new Set(rules.map(({ id }) => id));
  const calendar = ical({ name: 'Nudge', prodId: { company: 'nudge', product: 'reminders' } });
  const titleOf = (leadId: number | null, title: string | null): string =>
    [leads.get(leadId ?? 0)?.name, title].filter((part) => part != null && part !== '').join(': ');
  for (const reminder of data.reminders.filter(({ status }) => isOpen(status))) {
    // An occurrence that waits at its own time is shown by its rule.
    if (ruled.has(repeating.get(reminder.id) ?? 0) && reminder.snooze_count === 0) continue;
    const start = Temporal.Instant.from(reminder.wanted_at);
    calendar.createEvent({
      id: `reminder-${String(reminder.id)}@nudge`,
      stamp: new Date(now.epochMilliseconds),
      start: new Date(start.epochMilliseconds),
      end: new Date(start.add({ minutes: MINUTES_SHOWN }).epochMilliseconds),
      summary: titleOf(reminder.lead_id, reminder.title),
      ...(reminder.draft_text !== null && { description: reminder.draft_text }),
    });
  }
  for (const rule of rules) {
    addRule(calendar, rule, titleOf(rule.lead_id, rule.title), now);
  }
  return calendar.toString();
}

/**
 * Times of a rule are on the clock of whoever carries it, so they are written without a zone ("floating", RFC 5545 3.3.5),
 * and so is the rule's end.
 */
function addRule(
  calendar: ICalCalendar,
  rule: ExportedData['recurring'][number],
  summary: string,
  now: Temporal.Instant,
): void {
  const start = Temporal.PlainDate.from(rule.starts_on).toPlainDateTime(Temporal.PlainTime.from(rule.clock));
  calendar.createEvent({
    id: `recurring-${String(rule.id)}@nudge`,
    stamp: new Date(now.epochMilliseconds),
    start: asUtc(start),
    end: asUtc(start.add({ minutes: MINUTES_SHOWN })),
    floating: true,
    summary,
    repeating: rule.rule.replace(/UNTIL=(\d{8})/, 'UNTIL=$1T235959'),
  });
}

/** The library writes a floating time from a date's UTC fields. */
function asUtc(local: Temporal.PlainDateTime): Date {
  return new Date(local.toZonedDateTime('UTC').epochMilliseconds);
}
