/** The person's leads, read in one go and kept fresh like every page. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { leadLineSchema } from '../../../../shared/contracts/lead-pages.ts';
import type { LeadLine } from '../../../../shared/contracts/lead-pages.ts';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { toEntries } from './arrange-leads.ts';
import type { LeadEntry } from './arrange-leads.ts';

/** All leads with their progress, those in the bin too; `entries` is null until the first read. */
export function useLeads() {
  const { database, user } = useSession();
  const query = useQuery({
    queryKey: dataKey('leads'),
    queryFn: async (): Promise<LeadLine[]> =>
      readRows('leads', await database.rpc('my_leads', {}, { get: true }), leadLineSchema),
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: 'always',
  });
  const now = useProductNow(query.dataUpdatedAt);
  const { data } = query;
  const entries = useMemo(
    (): LeadEntry[] | null => (data === undefined ? null : toEntries(data, now, user.zone)),
    [data, now, user.zone],
  );
  return { query, entries, now };
}
