/** A person's leads and reminders as one table: a row a reminder, and a row for each lead that has none. */
import { stringify } from 'csv-stringify/sync';
import type { ExportedData } from '../../../shared/schemas/export.ts';

const COLUMNS = [
  'lead',
  'company',
  'role',
  'lead_status',
  'emails',
  'phones',
  'links',
  'step',
  'text',
  'reminder_status',
  'when',
  'draft',
  'notes',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

/** Spreadsheets run what begins like this; behind an apostrophe it stays text. Tab and return hide such a beginning. */
const FORMULA = /^[=+\-@\t\r]/;

/** @returns CSV with a header, in UTF-8 with the mark that tells Excel so. Times are on the person's clock. */
export function toTable(data: ExportedData): string {
  const zone = data.person?.zone ?? 'UTC';
  const leads = new Map(data.leads.map((lead) => [lead.id, lead]));
  const withReminder = new Set(data.reminders.map((reminder) => reminder.lead_id));
  const rows: Row[] = [
    ...data.reminders.map((reminder) => ({
      ...leadCells(leads.get(reminder.lead_id ?? 0)),
      step: reminder.step_id,
      text: reminder.title,
      reminder_status: reminder.status,
      when: Temporal.Instant.from(reminder.wanted_at)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
        .replace('T', ' '),
      draft: reminder.draft_text,
    })),
    ...data.leads.filter((lead) => !withReminder.has(lead.id)).map((lead) => leadCells(lead)),
  ];
  return stringify(rows, {
    header: true,
    columns: [...COLUMNS],
    bom: true,
    record_delimiter: 'windows',
    cast: { string: (value) => (FORMULA.test(value) ? `'${value}` : value) },
  });
}

function leadCells(lead: ExportedData['leads'][number] | undefined): Row {
  if (lead === undefined) return {};
  return {
    lead: lead.name,
    company: lead.company,
    role: lead.title,
    lead_status: lead.status,
    emails: lead.contacts.emails.join(', '),
    phones: lead.contacts.phones.join(', '),
    links: lead.contacts.links.join(', '),
    notes: lead.notes,
  };
}
