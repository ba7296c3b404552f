/** What one look of the dispatcher costs when nothing is due, over tables of growing size. */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import { bootstrap } from '../../bot/gateway/bootstrap.ts';
import { startEmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import { migrate } from '../../bot/gateway/migrate.ts';
import { quietLog } from '../support/quiet-log.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const SIZES = [10_000, 100_000, 1_000_000] as const;

/** Nine rows in ten are finished, the tenth lies in the future: a table after some years of use. */
const FILL = `
  insert into scheduled_reminders (lead_id, telegram_id, due_at, status, completed_at)
  select g, 1 + g % 5000, now() + make_interval(mins => 60 + g % 100000),
    case when g % 10 = 0 then 'pending' else 'completed' end, case when g % 10 = 0 then null else now() end
  from generate_series($1::int, $2::int) as g`;

const planSchema = z.tuple([
  z.object({
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() }),
    'Execution Time': z.number(),
  }),
]);

export interface IdleClaim {
  readonly rows: number;
  /** 8 kB pages touched by one idle claim. */
  readonly buffers: number;
  readonly milliseconds: number;
}

/** Fills a database of its own step by step and claims after each. */
export async function measureIdleClaims(): Promise<IdleClaim[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-bench-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({ dataDir: folder, log: quietLog });
  try {
    await bootstrap(server.connectionString, quietLog);
    await migrate(server.connectionString, { folder: MIGRATIONS, log: quietLog });
    const client = new pg.Client({ connectionString: server.connectionString });
    await client.connect();
    try {
      return await claimAtEachSize(client);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function claimAtEachSize(client: pg.Client): Promise<IdleClaim[]> {
  const measured: IdleClaim[] = [];
  let present = 0;
  for (const rows of SIZES) {
    await client.query(FILL, [present + 1, rows]);
    present = rows;
    await client.query('vacuum analyze scheduled_reminders');
    // The first call plans; the loop that matters calls for ever.
    await explain(client);
    const { buffers, milliseconds } = await explain(client);
    measured.push({ rows, buffers, milliseconds });
  }
  return measured;
}

async function explain(client: pg.Client): Promise<{ buffers: number; milliseconds: number }> {
  const { rows } = await client.query<{ 'QUERY PLAN': unknown }>(
    `explain (analyze, buffers, format json) select claim_due_reminders('bench', gen_random_uuid(), 500, 30)`,
  );
  const [plan] = planSchema.parse(rows[0]?.['QUERY PLAN']);
  return {
    buffers: plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'],
    milliseconds: plan['Execution Time'],
  };
}
