/**
 * Nothing but the work: pages of what is due, sends, updates in bunches, and the next page is read while one is being sent. No
 * lease, no attempt, no limit, nobody asleep: what any dispatcher that keeps promises can at most come near.
 */
import pg from 'pg';
import type { Contender, Send, Setup } from '../contender.ts';
import type { Row } from './naive.ts';

const PAGE = 500;
const BUNCH = 100;

export function createIdeal({ connectionString, inFlight }: Setup, send: Send): Contender {
  const pool = new pg.Pool({ connectionString, max: 4 });
  const read = async (after: string): Promise<Row[]> => {
    const { rows } = await pool.query<Row>({
      name: 'due',
      text: `select id, body from naive_messages where id > $1 and status = 'pending' and due_at <= now()
             order by id limit ${PAGE}`,
      values: [after],
    });
    return rows;
  };
  const write = async (ids: readonly string[]): Promise<void> => {
    await pool.query({
      name: 'sent',
      text: `update naive_messages set status = 'sent', sent_at = now() where id = any($1)`,
      values: [ids],
    });
  };

  async function deliver(): Promise<void> {
    const writing: Promise<void>[] = [];
    const sent: string[] = [];
    let page: readonly Row[] = [];
    let next = 0;
    let upcoming = read('0');
    /** Whoever finds the page used up turns it, for all. */
    let turning: Promise<void> | null = null;
    const turn = async (): Promise<void> => {
      page = await upcoming;
      next = 0;
      upcoming = page.length === 0 ? Promise.resolve([]) : read(page.at(-1)?.id ?? '0');
      turning = null;
    };
    const sendOnes = async (): Promise<void> => {
      for (;;) {
        if (next === page.length) await (turning ??= turn());
        const row = page[next++];
        if (row === undefined) return;
        await send(row.body);
        sent.push(row.id);
        if (sent.length === BUNCH) writing.push(write(sent.splice(0)));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, sendOnes));
    await Promise.all([...writing, write(sent)]);
  }

  return { deliver, watch: async () => undefined, close: () => pool.end() };
}
