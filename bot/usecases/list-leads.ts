/** The person's leads, page by page: whose reminder comes first stands first. */
import type { LeadLine } from '../../shared/contracts/lead-pages.ts';
import { matchLeads } from '../domain/lead/find-lead.ts';
import type { PersonStore } from './ports.ts';

/** Lines of a page: as many buttons as a phone shows without scrolling. */
const PAGE_SIZE = 8;
/** How long a deleted lead can be brought back; the database holds the same rule. */
export const BIN_DAYS = 7;

/** Everything that is not deleted, leads with a running plan, or what can still be brought back. */
export type LeadShelf = 'all' | 'plans' | 'bin';

export interface LeadList {
  readonly shelf: LeadShelf;
  readonly lines: readonly LeadLine[];
  /** What was searched for; empty = nothing. */
  readonly words: string;
  /** How many fit the words, on all pages. */
  readonly count: number;
  /** From 1; the last one when a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** Leads that can be brought back, whatever is searched for. */
  readonly inBin: number;
}

/**
 * Reads once: 500 leads are the most there can be.
 * @param input.page from 1. A page that is gone is answered with the last that is there.
 * @throws what the store throws when the database cannot be asked.
 */
export async function listLeads(
  store: PersonStore,
  input: {
    readonly shelf: LeadShelf;
    readonly words: string;
    readonly page: number;
    readonly now: Temporal.Instant;
    readonly language: string;
  },
): Promise<LeadList> {
  const { shelf, words, now, language } = input;
  const board = await store.leadLines();
  const bin = board.filter((line) => isInBin(line, now));
  const shelves: Readonly<Record<LeadShelf, readonly LeadLine[]>> = {
    all: board.filter(({ deleted_at: deletedAt }) => deletedAt === null),
    plans: board.filter(({ deleted_at: deletedAt, marks }) => deletedAt === null && marks !== ''),
    bin,
  };
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const found = matchLeads(shelves[shelf], words).toSorted((a, b) =>
    shelf === 'bin'
      ? (b.deleted_at ?? '').localeCompare(a.deleted_at ?? '') || b.id - a.id
      : compareNext(a, b) || collator.compare(a.name, b.name) || a.id - b.id,
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, input.page), pages);
  const lines = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return { shelf, lines, words, count: found.length, page, pages, inBin: bin.length };
}

function isInBin({ deleted_at: deletedAt }: LeadLine, now: Temporal.Instant): boolean {
  if (deletedAt === null) return false;
  const until = Temporal.Instant.from(deletedAt).add({ hours: 24 * BIN_DAYS });
  return Temporal.Instant.compare(until, now) >= 0;
}

function compareNext(a: LeadLine, b: LeadLine): number {
  if (a.next === null || b.next === null) return Number(a.next === null) - Number(b.next === null);
  const [first, second] = [a.next, b.next].map(({ wanted_at: wanted }) => Temporal.Instant.from(wanted));
  return first === undefined || second === undefined ? 0 : Temporal.Instant.compare(first, second);
}
