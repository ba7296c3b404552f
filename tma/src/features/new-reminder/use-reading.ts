/** The reading of what is being typed: asked a moment after the last key, the older question dropped. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSession } from '../../session/session-context.ts';
import { readText } from './read-words.ts';
import type { Reading } from './read-words.ts';

/** After the last key, in milliseconds: long enough not to read half a word, short enough to feel at once. */
const PAUSE_MS = 350;

export type ReadingState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly reading: Reading }
  /** No connection, or a server in trouble: times can still be picked. */
  | { readonly kind: 'away' };

export function useReading(text: string): ReadingState {
  const { request } = useSession();
  const asked = useSettled(text.trim());
  const query = useQuery({
    queryKey: ['reading', asked],
    queryFn: async ({ signal }): Promise<Reading | null> => {
      const outcome = await readText(request, asked, signal);
      return outcome.kind === 'done' ? outcome.value : null;
    },
    enabled: asked !== '',
    // The same words mean another moment a minute later.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: true,
  });
  if (text.trim() === '') return { kind: 'empty' };
  if (asked !== text.trim() || query.isPending) return { kind: 'reading' };
  return query.data === null || query.data === undefined
    ? { kind: 'away' }
    : { kind: 'read', reading: query.data };
}

/** `value` once it has not changed for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
