import { describe, expect, test } from 'vitest';
import type { LeadLine } from '../../../shared/contracts/lead-pages.ts';
import {
  arrangeLeads,
  countByFilter,
  stepPieces,
  stepsBehind,
  toEntries,
} from '../../../tma/src/features/leads/arrange-leads.ts';
import type { LeadsView } from '../../../tma/src/features/leads/arrange-leads.ts';

const NOW = Temporal.Instant.from('2026-10-14T07:41:00Z');
const AT = '2026-10-01T00:00:00+00:00';

function lead(id: number, change: Partial<LeadLine>): LeadLine {
  return {
    id,
    name: `Lead ${id}`,
    company: null,
    title: null,
    notes: null,
    status: 'new',
    deleted_at: null,
    created_at: AT,
    updated_at: AT,
    paused_at: null,
    contacts: { emails: [], phones: [], links: [], handles: [] },
    draft_plan_id: null,
    marks: '',
    next: null,
    ...change,
  };
}
const next = (at: string) => ({ id: 1, wanted_at: at, title: 'Call' });
const entries = toEntries(
  [
    lead(1, { name: 'Łukasz Żak', next: next('2026-10-20T07:30:00Z') }),
    lead(2, {
      name: 'anna Kowalska',
      next: next('2026-10-12T07:30:00Z'),
      status: 'in_progress',
      marks: 'dsoo',
    }),
    lead(3, { name: 'Bea', contacts: { emails: [], phones: ['+48581234567'], links: [], handles: [] } }),
    lead(4, { name: 'Gone', deleted_at: AT }),
  ],
  NOW,
  'Europe/Berlin',
);
const ids = (view: Partial<LeadsView>): number[] =>
  arrangeLeads(entries, { search: '', filter: 'all', sort: 'next', ...view }, 'en').map(
    (entry) => entry.lead.id,
  );

describe('the list of leads', () => {
  test('puts whose turn comes first on top, and leads without a date last', () => {
    expect(ids({})).toEqual([2, 1, 3]);
    expect(ids({ sort: 'name' })).toEqual([2, 3, 1]);
    expect(ids({ sort: 'added' })).toEqual([3, 2, 1]);
  });

  test('finds words in any order, whatever their case and accents, and numbers by their digits', () => {
    expect(ids({ search: 'zak lukasz' })).toEqual([1]);
    expect(ids({ search: 'KOWAL' })).toEqual([2]);
    expect(ids({ search: '58-123' })).toEqual([3]);
    expect(ids({ search: '58' })).toEqual([]);
  });

  test('keeps deleted leads in the bin and nowhere else', () => {
    expect(ids({ filter: 'bin' })).toEqual([4]);
    expect(countByFilter(entries)).toMatchObject({ all: 3, late: 1, new: 2, in_progress: 1, bin: 1 });
  });

  test('draws a piece a step: done, skipped, the one that is late, the rest', () => {
    const anna = entries.find((entry) => entry.lead.id === 2)!;
    expect(stepPieces(anna)).toEqual(['done', 'skipped', 'late', 'later']);
    expect(stepsBehind(anna.lead.marks)).toBe(2);
  });
});
