/** When it is worth while to send again what found no server. */
import type { QueryClient } from '@tanstack/react-query';
import { POLL_MS } from './keys.ts';

/** Resolves when the device says it is online again, when some read worked, or after the time of one poll. */
export async function connectionBack(client: QueryClient): Promise<void> {
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      removeEventListener('online', finish);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(finish, POLL_MS);
    addEventListener('online', finish);
    const unsubscribe = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') finish();
    });
  });
}
