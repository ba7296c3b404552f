/**
 * Lazy pieces of the app over a bad connection. React keeps the first answer of a lazy import, a failure too; here a
 * failure is tried again, so that a page opened in a tunnel comes when the tunnel ends instead of breaking everything.
 */
import { createElement, lazy, useState } from 'react';
import type { ComponentType, FunctionComponent } from 'react';

/** With a connection a piece that fails this often is not there any more: a newer version of the app is. */
const TRIES_ONLINE = 3;
const PAUSE_MS = 1_500;

/**
 * As React's `lazy`, but patient, and what was loaded before is drawn in its place at once: React's own waits all the
 * same, and what it draws later moves what stands below it under a finger.
 */
export function piece<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): FunctionComponent<P> & { readonly load: () => Promise<unknown> } {
  let known: ComponentType<P> | null = null;
  const keep = async (): Promise<{ default: ComponentType<P> }> => {
    const loaded = await patiently(load);
    known = loaded.default;
    return loaded;
  };
  const Waited = lazy(keep) as ComponentType<P>;
  // What stands keeps its kind: another one would begin anew.
  const Piece = (props: P) => createElement(useState(() => known ?? Waited)[0], props);
  return Object.assign(Piece, { load: keep });
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
