/**
 * The embedded PostgreSQL's life: one owner per data folder, started, adopted or refused; others join.
 *
 * The server is a process of its own and outlives a `kill -9` of its owner. The next start on the folder finds the
 * folder free, the postmaster alive, and adopts it: nothing is lost and nothing has to be recovered.
 */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, realpath, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { connect } from './connect.ts';
import { canUse, serverAccount } from './embedded/account.ts';
import type { ServerAccount } from './embedded/account.ts';
import { reachableBinaries } from './embedded/binaries.ts';
import {
  initialise,
  isInitialised,
  readPidFile,
  resetPassword,
  startPostmaster,
  stopPostmaster,
} from './embedded/cluster.ts';
import type { Cluster } from './embedded/cluster.ts';
import { holdFolder, readRecord, writeRecord } from './embedded/record.ts';
import type { ServerRecord } from './embedded/record.ts';
import type { Log } from './log.ts';

const DATABASE = 'nudge';
/** Where a cluster lives when the server's user cannot enter the data folder. */
const SYSTEM_STATE_FOLDER = '/var/lib/nudge';
/** An adopted postmaster may still be recovering or shutting down. */
const ADOPTION_LIMIT_MS = 30_000;
const ADOPTION_STEP_MS = 50;

export interface EmbeddedServer {
  /** `postgres://` URL of the product's database, as superuser, with the password: never log it. */
  readonly connectionString: string;
  /** True when the server was already running because its former owner died. */
  readonly adopted: boolean;
  /** PostgreSQL's `data_directory`. */
  readonly dataDirectory: string;
  /** Stops the server cleanly (fast shutdown) and frees the folder. Calling it again does nothing. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** The folder that holds lock, record and, if the server's user can enter it, the cluster. Made if missing. */
  readonly dataDir: string;
  readonly log: Log;
  /** Further server settings (`name=value`), from code only. */
  readonly settings?: readonly string[];
  /**
   * For tests: nothing waits for the disk, so the data survives any process but not the machine.
   * Without it durability is what PostgreSQL's defaults make it: fsync and synchronous_commit on.
   */
  readonly isThrowaway?: boolean;
}

/** A living process already owns this data folder; `joinEmbeddedServer` is the way in. */
export class EmbeddedServerInUse extends Error {
  override readonly name = 'EmbeddedServerInUse';
  /** Process id of the owner, when its record is there. */
  readonly pid: number | null;
  /** Port of its server, when known. */
  readonly port: number | null;

  constructor(folder: string, record: ServerRecord | null) {
    const owner = record
      ? `process ${String(record.pid)}, database on port ${String(record.port ?? 'not yet known')}`
      : 'starting';
    super(`Nudge already runs on ${folder} (${owner}). Stop it first, or set another DATA_DIR.`);
    this.pid = record?.pid ?? null;
    this.port = record?.port ?? null;
  }
}

/**
 * Starts the server of a data folder, creating it on first use and adopting one whose owner died.
 * @throws EmbeddedServerInUse when a living process owns the folder; Error when PostgreSQL cannot be run.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const folder = resolve(options.dataDir);
  await mkdir(folder, { recursive: true });
  const hold = holdFolder(folder);
  if (hold === null) throw new EmbeddedServerInUse(folder, await readRecord(folder));
  try {
    const account = await serverAccount(options.log);
    const binaries = await reachableBinaries(account, options.log);
    const known = await readRecord(folder);
    const record = claimRecord(known ?? (await newRecord(folder, account, options.log)));
    await writeRecord(folder, record);
    const isDurable = options.isThrowaway !== true;
    const cluster = { folder: record.cluster, binaries, account, isDurable };
    const adopted = await adopt(cluster, record);
    record.port = adopted ?? (await startFresh(cluster, record, known === null, options.settings ?? []));
    const server = await openDatabase(record);
    await writeRecord(folder, record);
    const event = adopted === null ? 'embedded.started' : 'embedded.adopted';
    options.log.info(
      { event, port: record.port, data_directory: server.dataDirectory },
      'embedded PostgreSQL is ready',
    );
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await stopPostmaster(cluster);
      hold.release();
    };
    return { ...server, adopted: adopted !== null, stop: () => (stopped ??= stop()) };
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** The running server of a data folder, for a process that does not own it; null when none answers there. */
export async function joinEmbeddedServer(
  dataDir: string,
): Promise<Pick<EmbeddedServer, 'connectionString' | 'dataDirectory'> | null> {
  const record = await readRecord(resolve(dataDir));
  if (record === null || (await readPidFile(record.cluster)) === null) return null;
  return await openDatabase(record);
}

/** This process signs the record, so that a refused second start can name its owner. */
function claimRecord(record: ServerRecord): ServerRecord {
  return { ...record, pid: process.pid, startedAt: new Date(performance.timeOrigin).toISOString() };
}

/** A first record: a random password, and a cluster folder the server's user can enter. */
async function newRecord(
  folder: string,
  account: ServerAccount | undefined,
  log: Log,
): Promise<ServerRecord> {
  const password = randomBytes(24).toString('hex');
  const blank = { pid: process.pid, startedAt: new Date(0).toISOString(), port: null, password };
  const beside = join(folder, 'postgres');
  if (await isInitialised(beside)) return { ...blank, cluster: beside };
  if (await canEnter(account, folder)) return { ...blank, cluster: beside };
  // Named at random, not after the project's path: deleting DATA_DIR must give an empty database again.
  const elsewhere = join(SYSTEM_STATE_FOLDER, randomBytes(6).toString('hex'));
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  const message =
    'the user postgres cannot enter the data folder: the database is kept in the system state folder instead';
  log.warn({ event: 'embedded.data_elsewhere', data_dir: folder, database_folder: elsewhere }, message);
  return { ...blank, cluster: join(elsewhere, 'postgres') };
}

async function canEnter(account: ServerAccount | undefined, folder: string): Promise<boolean> {
  if (account === undefined) return true;
  const probe = await mkdtemp(join(folder, 'probe-'));
  await chown(probe, account.uid, account.gid);
  const usable = await canUse(account, probe);
  await rmdir(probe);
  return usable;
}

/** The port of a living postmaster that answers with our password, or null when none lives. */
async function adopt(cluster: Cluster, record: ServerRecord): Promise<number | null> {
  for (let waited = 0; ; waited += ADOPTION_STEP_MS) {
    const alive = await readPidFile(cluster.folder);
    if (alive === null) return null;
    try {
      const client = await connectChecked({ ...record, port: alive.port }, 'postgres');
      await client.end();
      return alive.port;
    } catch (cause) {
      if (waited >= ADOPTION_LIMIT_MS) {
        throw new Error(
          `A PostgreSQL (process ${String(alive.pid)}) runs on ${cluster.folder} but does not let us in. Stop it and start again.`,
          { cause },
        );
      }
    }
    await wait(ADOPTION_STEP_MS);
  }
}

async function startFresh(
  cluster: Cluster,
  record: ServerRecord,
  isNew: boolean,
  settings: readonly string[],
): Promise<number> {
  if (!(await isInitialised(cluster.folder))) await initialise(cluster, record.password);
  else if (isNew) await resetPassword(cluster, record.password);
  return await startPostmaster(cluster, record.port, settings);
}

/** Makes the product's database on first use. */
async function openDatabase(
  record: ServerRecord,
): Promise<Pick<EmbeddedServer, 'connectionString' | 'dataDirectory'>> {
  const client = await connectChecked(record, 'postgres');
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return { connectionString: urlOf(record, DATABASE), dataDirectory: await realpath(record.cluster) };
}

/**
 * Connects and makes sure that the server behind the port serves our cluster, before anybody sends it DDL.
 * @throws Error when it is somebody else's.
 */
async function connectChecked(record: ServerRecord, database: string): Promise<pg.Client> {
  const client = await connect(urlOf(record, database));
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const served = await realpath(rows[0]?.data_directory ?? '');
    if (served === (await realpath(record.cluster))) return client;
    throw new Error(
      `Port ${String(record.port)} is served by another database (${served}); it is left alone.`,
    );
  } catch (error) {
    await client.end();
    throw error;
  }
}

function urlOf(record: ServerRecord, database: string): string {
  return `postgres://postgres:${record.password}@127.0.0.1:${String(record.port)}/${database}`;
}
