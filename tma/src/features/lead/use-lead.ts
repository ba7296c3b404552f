/** One lead with everything about it, in one read, and ways to change it that show at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { leadPageSchema } from '../../../../shared/contracts/lead-pages.ts';
import type { LeadPage } from '../../../../shared/contracts/lead-pages.ts';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { ReadError, readOutcome } from '../../session/outcome.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';

const leadKey = (leadId: number) => dataKey('lead', leadId);

/** `data` is null when the lead is gone or never was this person's. */
export function useLead(leadId: number) {
  const { database } = useSession();
  const query = useQuery({
    queryKey: leadKey(leadId),
    queryFn: async (): Promise<LeadPage | null> => {
      const result = await database.rpc('lead_page', { p_lead_id: leadId }, { get: true });
      const outcome = readOutcome(result, leadPageSchema);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'refused' && outcome.code === 'LEAD_NOT_FOUND') return null;
      throw new ReadError('lead', result.status);
    },
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: 'always',
  });
  const now = useProductNow(query.dataUpdatedAt);
  return { query, now };
}

/**
 * Changes the cached page at once.
 * @returns a function that puts back what was there.
 */
function patchLead(client: QueryClient, leadId: number, change: (page: LeadPage) => LeadPage): () => void {
  const queryKey = leadKey(leadId);
  const before = client.getQueryData<LeadPage | null>(queryKey);
  if (before == null) return () => undefined;
  // A read under way would bring the old state back for a moment.
  void client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, change(before));
  return () => {
    client.setQueryData(queryKey, before);
  };
}

/** `patchLead` for the lead of one page. */
export function usePatch(leadId: number): (change: (page: LeadPage) => LeadPage) => () => void {
  const client = useQueryClient();
  return (change) => patchLead(client, leadId, change);
}
