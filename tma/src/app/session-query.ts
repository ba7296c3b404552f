import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { openSession } from '../session/open-session.ts';
import type { Launch } from '../telegram/telegram.ts';
import { loadTexts } from '../texts/texts.ts';

/** Set when the session cannot be renewed any more. */
export const SESSION_OVER_KEY = ['session-over'] as const;

/** Signs in, once; with the words of the person's own language. */
export function sessionQuery(client: QueryClient, launch: Launch) {
  return queryOptions({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await openSession(launch.initData, () => {
        client.setQueryData(SESSION_OVER_KEY, true);
      });
      return { session, say: await loadTexts(session.user.language) };
    },
    staleTime: Infinity,
    gcTime: Infinity,
    // What failed before the first drawing is shown; trying again is the person's.
    retryOnMount: false,
    refetchOnWindowFocus: false,
  });
}
