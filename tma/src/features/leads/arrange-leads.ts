/** Searching, filtering and sorting the list of leads, all on the phone: 500 leads are the most there can be. */
import type { LeadLine } from '../../../../shared/contracts/lead-pages.ts';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { formatLateness } from '../../../../shared/rules/words.ts';
import { leadStatusSchema } from '../../../../shared/schemas/lead.ts';

/** What the list is narrowed to: everything, what is late, one status, or the bin. */
export const LEAD_FILTERS = ['all', 'late', ...leadStatusSchema.options, 'bin'] as const;
export type LeadFilter = (typeof LEAD_FILTERS)[number];

/** `next`: whose reminder comes first; `name`: by the alphabet; `added`: the newest first. */
export const LEAD_SORTS = ['next', 'name', 'added'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

/** A lead of the list with what is reckoned from it once per read. */
export interface LeadEntry {
  readonly lead: LeadLine;
  readonly wanted: Temporal.Instant | null;
  readonly isLate: boolean;
  /** What a search looks through, folded. */
  readonly haystack: string;
  /** Its phone numbers, digits only. */
  readonly digits: string;
}

export interface LeadsView {
  readonly search: string;
  readonly filter: LeadFilter;
  readonly sort: LeadSort;
}

/** From rows to entries. Late is what is at least a minute late, as on Today. */
export function toEntries(leads: readonly LeadLine[], now: Temporal.Instant, zone: string): LeadEntry[] {
  return leads.map((lead) => {
    const wanted = lead.next === null ? null : Temporal.Instant.from(lead.next.wanted_at);
    const { emails, phones, links, handles } = lead.contacts;
    const words = [lead.name, lead.company, lead.title, lead.notes, ...emails, ...links, ...handles];
    return {
      lead,
      wanted,
      isLate: wanted !== null && isBefore(wanted, now) && formatLateness(wanted, now, zone, 'en') !== null,
      haystack: fold(words.filter((word) => word !== null).join('\n')),
      digits: phones.map((phone) => phone.replace(/\D/g, '')).join('\n'),
    };
  });
}

/** The leads to show, in order. */
export function arrangeLeads(entries: readonly LeadEntry[], view: LeadsView, locale: string): LeadEntry[] {
  const words = fold(view.search)
    .split(/\s+/)
    .filter((word) => word !== '');
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const byName = (a: LeadEntry, b: LeadEntry): number =>
    collator.compare(a.lead.name, b.lead.name) || a.lead.id - b.lead.id;
  const orders: Readonly<Record<LeadSort, (a: LeadEntry, b: LeadEntry) => number>> = {
    next: (a, b) => compareWanted(a.wanted, b.wanted) || byName(a, b),
    name: byName,
    added: (a, b) => b.lead.id - a.lead.id,
  };
  return entries
    .filter((entry) => passes(entry, view.filter) && words.every((word) => mentions(entry, word)))
    .toSorted(orders[view.sort]);
}

/** How many leads each filter shows without a search. */
export function countByFilter(entries: readonly LeadEntry[]): Readonly<Record<LeadFilter, number>> {
  const count = (filter: LeadFilter): number => entries.filter((entry) => passes(entry, filter)).length;
  const pairs = LEAD_FILTERS.map((filter) => [filter, count(filter)] as const);
  return Object.fromEntries(pairs) as Record<LeadFilter, number>;
}

export type StepPiece = 'done' | 'skipped' | 'next' | 'late' | 'later';

/** A plan's progress, one piece a step: what is behind, where it stands, what is ahead. */
export function stepPieces({ lead, isLate }: Pick<LeadEntry, 'lead' | 'isLate'>): StepPiece[] {
  const current = /[of]/.exec(lead.marks)?.index ?? -1;
  return Array.from(lead.marks, (mark, index): StepPiece => {
    if (mark === 'd') return 'done';
    if (mark === 's') return 'skipped';
    if (index !== current) return 'later';
    return isLate ? 'late' : 'next';
  });
}

/** Steps of the running plan that are behind: done or skipped. */
export function stepsBehind(marks: string): number {
  return marks.replace(/[^ds]/g, '').length;
}

function passes({ lead, isLate }: LeadEntry, filter: LeadFilter): boolean {
  if (filter === 'bin') return lead.deleted_at !== null;
  if (lead.deleted_at !== null) return false;
  if (filter === 'all') return true;
  return filter === 'late' ? isLate : lead.status === filter;
}

function mentions({ haystack, digits }: LeadEntry, word: string): boolean {
  if (haystack.includes(word)) return true;
  const wanted = word.replace(/\D/g, '');
  // Two digits stand in almost every number.
  return wanted.length > 2 && /^[\d+()./-]+$/.test(word) && digits.includes(wanted);
}

function compareWanted(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Temporal.Instant.compare(a, b);
}

/** Case and accents do not tell names apart when somebody searches. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');
}
