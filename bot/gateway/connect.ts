import pg from 'pg';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A connection of one's own, for work that no pool serves.
 * Losing it rejects the running statement; the event beside that would end the process if nobody listened.
 */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
