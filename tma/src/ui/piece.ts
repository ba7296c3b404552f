/**
 * Lazy pieces of the app over a bad connection. React keeps the first answer of a lazy import, a failure too; here a
 * failure is tried again, so that a page opened in a tunnel comes when the tunnel ends instead of breaking everything.
 */
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** With a connection a piece that fails this often is not there any more: a newer version of the app is. */
const TRIES_ONLINE = 3;
const PAUSE_MS = 1_500;

/** As React's `lazy`, but patient. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in React's own lazy: any component, whatever its props
export function piece<T extends ComponentType<any>>(
  load: () => Promise<{ default: T }>,
): LazyExoticComponent<T> {
  return lazy(() => patiently(load));
}

/**
 * Loads, and again after a pause or when the connection is back.
 * @throws what `load` throws, after several tries with a connection.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  let failures = 0;
  while (true) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) failures += 1;
      if (failures >= TRIES_ONLINE) throw error;
      await pause();
    }
  }
}

async function pause(): Promise<void> {
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      removeEventListener('online', finish);
      resolve();
    };
    const timer = setTimeout(finish, PAUSE_MS);
    addEventListener('online', finish);
  });
}
