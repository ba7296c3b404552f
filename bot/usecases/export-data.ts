/** All data of a person as a file: for themselves, in their chat or in their browser. */
import type { ExportFormat } from '../../shared/contracts/export.ts';
import type { ExportedData } from '../../shared/schemas/export.ts';
import { localDate } from '../../shared/rules/calendar.ts';
import { toCalendar } from '../domain/export/calendar.ts';
import { toTable } from '../domain/export/table.ts';
import type { FileToSend, PersonStore } from './ports.ts';

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
};

/**
 * Reads and writes down everything the person has.
 * @param now product time; the file's name carries its date on the person's calendar.
 */
export async function exportData(
  store: Pick<PersonStore, 'allData'>,
  format: ExportFormat,
  now: Temporal.Instant,
): Promise<FileToSend> {
  const data = await store.allData();
  const date = localDate(now, data.person?.zone ?? 'UTC').toString();
  return { name: `nudge-${date}.${format}`, mediaType: MEDIA_TYPES[format], text: write(data, format, now) };
}

function write(data: ExportedData, format: ExportFormat, now: Temporal.Instant): string {
  switch (format) {
    case 'csv':
      return toTable(data);
    case 'ics':
      return toCalendar(data, now);
    case 'json':
      return JSON.stringify({ exported_at: now.toString(), ...data }, null, 2);
  }
}
