/** The PostgreSQL all contenders share, and the same messages in each one's own tables. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { bootstrap } from '../../../bot/gateway/bootstrap.ts';
import { startEmbeddedServer } from '../../../bot/gateway/embedded-server.ts';
import { migrate } from '../../../bot/gateway/migrate.ts';
import { MIGRATIONS } from '../../../bot/open-database.ts';
import { quietLog } from '../../support/quiet-log.ts';
import type { ContenderName } from './contender.ts';
import { TASK } from './contenders/graphile.ts';
import { QUEUE } from './contenders/pg-boss.ts';
import { STORED_TEXT } from './message-text.ts';
import { EMPTY_NUDGE, fillNudge } from './nudge-rows.ts';

export interface Stage {
  readonly connectionString: string;
  readonly admin: pg.Client;
  /**
   * Puts so many messages that are due where this contender looks for them, after taking away what was there.
   * @param arePlanSteps Nudge's rows are steps of plans; else reminders of their own.
   */
  fill(name: ContenderName, count: number, arePlanSteps: boolean): Promise<void>;
  /**
   * Fills the tables of several at once with messages that fall due over so many seconds, beginning soon.
   * @returns machine time at which the first one is due, in milliseconds since 1970.
   */
  fillTogether(names: readonly ContenderName[], count: number, seconds: number): Promise<number>;
  /** Messages this contender has not marked as done; 0 after an honest run. */
  left(name: ContenderName): Promise<number>;
  /** Processor time of all PostgreSQL processes so far, in seconds; NaN where it cannot be read. */
  serverCpuSeconds(): number;
  close(): Promise<void>;
}

export interface StageOptions {
  /** False where only pages are counted: nothing waits for the disk. */
  readonly isDurable: boolean;
}

/** Starts a PostgreSQL of its own with the product's schema. */
export async function openStage({ isDurable }: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-bench-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({ dataDir: folder, log: quietLog, isThrowaway: !isDurable });
  const { connectionString } = server;
  await bootstrap(connectionString, quietLog);
  await migrate(connectionString, { folder: MIGRATIONS, log: quietLog });
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  const postmaster = Number(
    readFileSync(join(server.dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  await admin.query(NAIVE_TABLE);
  await runMigrations({ connectionString });
  await installPgBoss(connectionString);
  return {
    connectionString,
    admin,
    async fill(name, count, arePlanSteps) {
      await fillIn(admin, [name], count, `(now() - interval '1 second')`, arePlanSteps);
      await admin.query('vacuum analyze');
      await admin.query('checkpoint');
    },
    async fillTogether(names, count, seconds) {
      const { rows } = await admin.query<{ at: number }>(
        `select extract(epoch from clock_timestamp() + interval '${SOON_SECONDS} seconds')::float8 * 1000 as at`,
      );
      const startsAt = rows[0]?.at ?? Number.NaN;
      const due = `(to_timestamp(${startsAt / 1000}) + make_interval(secs => ${seconds}::float8 * n / $1::int))`;
      await fillIn(admin, names, count, due, true);
      return startsAt;
    },
    async left(name) {
      const table = TABLES[name];
      if (table === null) return 0;
      const { rows } = await admin.query<{ count: number }>(`select count(*)::int from ${table.left}`);
      return rows[0]?.count ?? Number.NaN;
    },
    serverCpuSeconds: () => cpuSecondsBelow(postmaster),
    async close() {
      await admin.end();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Long enough to fill every table first, on a busy machine too. */
const SOON_SECONDS = 8;

async function fillIn(
  admin: pg.Client,
  names: readonly ContenderName[],
  count: number,
  due: string,
  arePlanSteps: boolean,
): Promise<void> {
  await admin.query('begin');
  try {
    for (const name of names) {
      const table = TABLES[name];
      if (table === null) continue;
      await admin.query(table.empty);
      // Rows as the product leaves them, without running its row triggers for each.
      await admin.query(`set local session_replication_role = 'replica'`);
      for (const statement of table.fill(due, arePlanSteps)) await admin.query(statement, [count]);
      await admin.query(`set local session_replication_role = 'origin'`);
    }
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}

interface Table {
  readonly empty: string;
  readonly fill: (due: string, arePlanSteps: boolean) => readonly string[];
  /** What is counted as not done. */
  readonly left: string;
}

const STORED_BODY = (due: string): string =>
  `json_build_object('chat_id', 1000000 + n, 'text', ${STORED_TEXT(due)})::text`;

const NAIVE_TABLE = `
  create table naive_messages (
    id bigint generated always as identity primary key, body text not null, due_at timestamptz not null,
    status text not null default 'pending', sent_at timestamptz
  );
  create index on naive_messages (due_at) where status = 'pending'`;
const NAIVE: Table = {
  empty: 'truncate naive_messages',
  fill: (due) => [
    `insert into naive_messages (body, due_at) select ${STORED_BODY(due)}, ${due} from generate_series(1, $1::int) as n`,
  ],
  left: `naive_messages where status = 'pending'`,
};

const TABLES: Readonly<Record<ContenderName, Table | null>> = {
  ceiling: null,
  nudge: {
    empty: EMPTY_NUDGE,
    fill: fillNudge,
    left: `scheduled_reminders where status = 'pending' and due_at <= now()`,
  },
  'pg-boss': {
    empty: 'truncate pgboss.job',
    fill: (due) => [
      `insert into pgboss.job (name, data, start_after, policy)
       select '${QUEUE}', jsonb_build_object('body', ${STORED_BODY(due)}), ${due}, 'standard'
       from generate_series(1, $1::int) as n`,
    ],
    left: `pgboss.job where state <> 'completed'`,
  },
  graphile: {
    empty: 'truncate graphile_worker._private_jobs',
    fill: (due) => [
      `select from graphile_worker.add_jobs((select array_agg(
         ('${TASK}', json_build_object('body', ${STORED_BODY(due)}), null, ${due}, 25, null, 0, null)::graphile_worker.job_spec)
         from generate_series(1, $1::int) as n))`,
    ],
    left: 'graphile_worker._private_jobs',
  },
  ideal: NAIVE,
  chunks: NAIVE,
  'one-by-one': NAIVE,
};

async function installPgBoss(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue(QUEUE);
  await boss.stop({ graceful: false });
}

/** From Linux's process table: the postmaster, its living children and those that have ended. */
function cpuSecondsBelow(postmaster: number): number {
  const TICKS_PER_SECOND = 100;
  let ticks = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const [, , parent, ...fields] = statOf(Number(pid));
      if (Number(pid) !== postmaster && Number(parent) !== postmaster) continue;
      // utime and stime are fields 14 and 15 (state, 3, is left out); those of ended children follow.
      const own = Number(fields[9]) + Number(fields[10]);
      ticks += own + (Number(pid) === postmaster ? Number(fields[11]) + Number(fields[12]) : 0);
    }
    return ticks / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Fields of /proc/<pid>/stat from the first on; the name in brackets may contain spaces. Empty when it has ended. */
function statOf(pid: number): string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return [
      String(pid),
      'name',
      ...line
        .slice(line.lastIndexOf(')') + 2)
        .split(' ')
        .slice(1),
    ];
  } catch {
    return [];
  }
}
