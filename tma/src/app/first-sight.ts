/**
 * What the first page shows is read before anything is drawn: index.html stands there meanwhile. Drawn once and whole, a
 * slow phone is through in half the time that the frame, the page and the rows took one after the other.
 */
import type { QueryClient } from '@tanstack/react-query';
import { mayHaveNotice, OwnNotices } from '../features/settings/may-have-notice.ts';
import { linkedQuery, remindersQuery, wordsQuery } from '../features/today/today-queries.ts';
import type { Launch } from '../telegram/telegram.ts';
import { firstPlace, readDeepLink } from './deep-link.ts';
import { sessionQuery } from './session-query.ts';

/** On a slow network the pages draw themselves after this, each with its own way to wait and to fail. Milliseconds. */
const PATIENCE_MS = 3_000;

/** Resolves when the cache holds the first page, or when it takes too long; failures are met again by the page. */
export async function readFirstSight(client: QueryClient, launch: Launch): Promise<void> {
  if (launch.initData === '') return;
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([read(client, launch).catch(() => undefined), tooLong]);
}

async function read(client: QueryClient, launch: Launch): Promise<void> {
  const { session, say } = await client.query(sessionQuery(client, launch));
  const link = readDeepLink(launch.startParam);
  if (firstPlace(link) !== '/') return;
  const { database, user } = session;
  const linked = link?.kind === 'reminder' ? client.query(linkedQuery(database, link.id)) : null;
  const reading = client.query(remindersQuery(session));
  // What comes above the rows must be there with them: later it would move them under a finger.
  const above = mayHaveNotice(user) ? Promise.all([OwnNotices.load(), say.whole()]) : null;
  const words = client.query(wordsQuery(database, await reading));
  await Promise.all([words, linked, above]);
}
