/** A person's open reminders as a calendar file. */
import ical from 'ical-generator';
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
  const calendar = ical({ name: 'Nudge', prodId: { company: 'nudge', product: 'reminders' } });
  for (const reminder of data.reminders.filter(({ status }) => isOpen(status))) {
    const lead = leads.get(reminder.lead_id ?? 0);
    const start = Temporal.Instant.from(reminder.wanted_at);
    calendar.createEvent({
      id: `reminder-${String(reminder.id)}@nudge`,
      stamp: new Date(now.epochMilliseconds),
      start: new Date(start.epochMilliseconds),
      end: new Date(start.add({ minutes: MINUTES_SHOWN }).epochMilliseconds),
      summary: [lead?.name, reminder.title].filter((part) => part != null && part !== '').join(': '),
      ...(reminder.draft_text !== null && { description: reminder.draft_text }),
    });
  }
  return calendar.toString();
}
