/** What one writes in an afternoon: select what is due, send it, update the row. */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Contender, Send, Setup } from '../contender.ts';

const CHUNK = 100;
const POLL_MS = 500;

/** A row of `naive_messages`. */
export interface Row {
  readonly id: string;
  readonly body: string;
}

/** One message after the other. */
export function createOneByOne(setup: Setup, send: Send): Contender {
  return create(setup, async (rows, sent) => {
    for (const row of rows) {
      await send(row.body);
      await sent(row);
    }
  });
}

/** A chunk at a time, its messages side by side. */
export function createChunks(setup: Setup, send: Send): Contender {
  return create(setup, async (rows, sent) => {
    await Promise.all(
      rows.map(async (row) => {
        await send(row.body);
        await sent(row);
      }),
    );
  });
}

function create(
  { connectionString, inFlight }: Setup,
  work: (rows: readonly Row[], sent: (row: Row) => Promise<void>) => Promise<void>,
): Contender {
  const pool = new pg.Pool({ connectionString, max: 10 });
  const chunk = Math.max(CHUNK, inFlight);
  const sent = async (row: Row): Promise<void> => {
    await pool.query({
      name: 'sent',
      text: `update naive_messages set status = 'sent', sent_at = now() where id = $1`,
      values: [row.id],
    });
  };
  const round = async (): Promise<number> => {
    const { rows } = await pool.query<Row>(
      `select id, body from naive_messages where status = 'pending' and due_at <= now() order by due_at limit ${chunk}`,
    );
    await work(rows, sent);
    return rows.length;
  };
  return {
    async deliver() {
      while ((await round()) > 0);
    },
    async watch(signal) {
      while (!signal.aborted) if ((await round()) === 0) await wait(POLL_MS);
    },
    close: () => pool.end(),
  };
}
