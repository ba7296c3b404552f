/**
 * A table of leads as spreadsheets and other programs export it. Nothing is thrown away: what does not fit its column, or has a
 * column we do not know, goes into the lead's notes in its own words.
 */
import { parse } from 'csv-parse/sync';
import { leadStatusSchema, newLeadSchema, NOTES_LIMIT } from '../../../shared/schemas/lead.ts';
import type { LeadStatus, NewLead } from '../../../shared/schemas/lead.ts';
import type { LeadChange } from '../../../shared/contracts/leads.ts';
import { readField, type LeadFieldName } from '../lead/read-field.ts';
import { columnOf, statusWord, type Column } from './columns.ts';

export type TableLead = NewLead & { readonly status: LeadStatus };

export type LeadTable =
  | {
      readonly kind: 'table';
      readonly leads: readonly TableLead[];
      /** Numbers of the file's lines that name nobody. */
      readonly nameless: readonly number[];
      /** Rows that say the same as one above. */
      readonly repeated: number;
      /** Headings of columns that went into the notes. */
      readonly unknown: readonly string[];
    }
  /** `no_heading`: no column says who it is. `too_many`: more rows than there can be leads, twice over. */
  | { readonly kind: 'no_table'; readonly reason: 'empty' | 'no_heading' | 'broken' | 'too_many' };

const MOST_ROWS = 1000;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const NO_CONTACTS = { emails: [], phones: [], links: [], handles: [] };
/** The order in which a row is read: who it is first. */
const FIELDS = ['company', 'title', 'emails', 'phones', 'links', 'handles', 'zone'] as const;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** @param zone of the person, for numbers without a country code. */
export function readLeadTable(text: string, zone: string): LeadTable {
  const rows = parseRows(text);
  if (rows === null) return { kind: 'no_table', reason: 'broken' };
  const [head, ...body] = rows;
  if (head === undefined || body.length === 0) return { kind: 'no_table', reason: 'empty' };
  const columns = columnsOf(head.record);
  if (!columns.some((column) => ['name', 'first', 'last', 'company', 'emails'].includes(column ?? ''))) {
    return { kind: 'no_table', reason: 'no_heading' };
  }
  if (body.length > MOST_ROWS) return { kind: 'no_table', reason: 'too_many' };
  const leads = new Map<string, TableLead>();
  const nameless: number[] = [];
  let repeated = 0;
  for (const { record, info } of body) {
    const lead = readRow(record, head.record, columns, zone);
    const key = JSON.stringify(lead);
    if (lead === null) nameless.push(info.lines);
    else if (leads.has(key)) repeated += 1;
    else leads.set(key, lead);
  }
  const unknown = head.record.filter((heading, at) => columns[at] === null && heading !== '');
  return { kind: 'table', leads: [...leads.values()], nameless, repeated, unknown };
}

/** Null: quotes that never end and the like. */
function parseRows(text: string): Row[] | null {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const [delimiter] = DELIMITERS.toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length);
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiter ?? ',',
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as Row[];
  } catch {
    return null;
  }
}

/** "Имя" alone is the whole name; beside a family name it is half of it. */
function columnsOf(head: readonly string[]): (Column | null)[] {
  const columns = head.map(columnOf);
  return columns.includes('last')
    ? columns
    : columns.map((column) => (column === 'first' && !columns.includes('name') ? 'name' : column));
}

function readRow(
  record: readonly string[],
  head: readonly string[],
  columns: readonly (Column | null)[],
  zone: string,
): TableLead | null {
  const valuesOf = (wanted: Column | null): { heading: string; value: string }[] =>
    record.flatMap((cell, at) => {
      const value = withoutApostrophe(cell);
      return columns[at] === wanted && value !== '' ? [{ heading: head[at] ?? '', value }] : [];
    });
  const first = (wanted: Column): string => valuesOf(wanted)[0]?.value ?? '';
  const notes = [...valuesOf('notes').map(({ value }) => value)];
  const lead: LeadChange & Pick<NewLead, 'contacts'> = { contacts: NO_CONTACTS };
  for (const field of FIELDS) {
    for (const { heading, value } of valuesOf(field)) {
      const change = changeOf(field, value, lead.contacts, zone);
      if (change === null) notes.push(`${heading}: ${value}`);
      else Object.assign(lead, change);
    }
  }
  const status = leadStatusSchema.safeParse(statusWord(first('status')));
  if (!status.success && first('status') !== '') notes.push(...valuesOf('status').map(asLine));
  const { emails } = lead.contacts;
  const fullName = first('name') || [first('first'), first('last')].filter(Boolean).join(' ');
  const name = fullName || (lead.company ?? '') || (emails[0] ?? '');
  if (name === '') return null;
  // A name that does not fit is cut in its field and whole in the notes.
  if (name.length > NAME_LIMIT) notes.unshift(name);
  const read = newLeadSchema.safeParse({
    ...{ company: null, title: null, zone: null, language: null },
    ...lead,
    name: name.slice(0, NAME_LIMIT),
    notes: [...notes, ...valuesOf(null).map(asLine)].join('\n').slice(0, NOTES_LIMIT) || null,
  });
  return read.success ? { ...read.data, status: status.success ? status.data : 'new' } : null;
}

const NAME_LIMIT = 200;
const asLine = ({ heading, value }: { heading: string; value: string }): string => `${heading}: ${value}`;

/** What the cell changes; null = it is not what its column says. Several cells of contacts add up. */
function changeOf(
  field: LeadFieldName,
  value: string,
  known: NewLead['contacts'],
  zone: string,
): LeadChange | null {
  const read = readField(field, value, NO_CONTACTS, zone);
  if (!read.ok) return null;
  const { contacts } = read.change;
  if (contacts === undefined) return read.change;
  const list = field as keyof NewLead['contacts'];
  return { contacts: { ...known, [list]: [...new Set([...known[list], ...contacts[list]])] } };
}

/** Our own export writes one before what a spreadsheet would run as a formula. */
function withoutApostrophe(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
