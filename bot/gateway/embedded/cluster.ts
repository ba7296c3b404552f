/** Runs PostgreSQL's own programs on one cluster: create, set the password, start, stop, look at its pid file. */
import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.ts';
import type { ServerBinaries } from './binaries.ts';

const run = promisify(execFile);

/** Seconds `pg_ctl` waits; crash recovery of a small database takes far less. */
const WAIT_SECONDS = 60;
const LOG_LIMIT_BYTES = 1_000_000;
const PORT_TRIES = 5;
/** How long the children of a killed postmaster may take to end. Milliseconds. */
const ORPHANS_MS = 10_000;

/** A cluster on disk together with what is needed to run it. */
export interface Cluster {
  readonly folder: string;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount | undefined;
  /** False leaves writing to disk to the system's pleasure: for tests. */
  readonly isDurable: boolean;
}

/** True when `initdb` finished there. */
export async function isInitialised(folder: string): Promise<boolean> {
  return stat(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Creates the cluster whole or not at all: a start killed half-way leaves nothing that looks usable. */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  const fresh = `${cluster.folder}.new`;
  const passwordFile = `${cluster.folder}.password`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (cluster.account) {
      await chown(fresh, cluster.account.uid, cluster.account.gid);
      await chown(passwordFile, cluster.account.uid, cluster.account.gid);
    }
    // C.UTF-8 sorts the same everywhere; only Linux is sure to have it, elsewhere C is its nearest.
    const locale = platform() === 'linux' ? 'C.UTF-8' : 'C';
    await call(cluster, cluster.binaries.initdb, [
      ...[`--pgdata=${fresh}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', `--locale=${locale}`, '--lc-messages=C'],
      ...(cluster.isDurable ? [] : ['--no-sync']),
    ]);
    await rename(fresh, cluster.folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Gives the role `postgres` a new password while the server is down (the record with the old one was lost). */
export async function resetPassword(cluster: Cluster, password: string): Promise<void> {
  const args = ['--single', '-D', cluster.folder, '-c', 'log_statement=none', 'postgres'];
  const child = spawn(cluster.binaries.postgres, args, childOptions(cluster));
  child.stdin.end(`alter role postgres password '${password}'\n`);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0)
    throw new Error(
      `The password of the database in ${cluster.folder} could not be set (code ${String(code)}).`,
    );
}

/**
 * Starts the server, preferably on `wanted`, else on a free port.
 * @param settings further server settings, `name=value`, from code only: they pass through a shell.
 * @returns the port it listens on.
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function startPostmaster(
  cluster: Cluster,
  wanted: number | null,
  settings: readonly string[],
): Promise<number> {
  const logFile = join(cluster.folder, 'server.log');
  if ((await sizeOf(logFile)) > LOG_LIMIT_BYTES) await truncate(logFile);
  // A cluster that was copied or restored with other rights is refused by the server; 0700 is what initdb makes.
  await chmod(cluster.folder, 0o700);
  const orphansGoneBy = performance.now() + ORPHANS_MS;
  for (let portsTaken = 0; ;) {
    const port = await freePort(portsTaken === 0 ? wanted : null);
    const logStart = await sizeOf(logFile);
    const own = [...SERVER_SETTINGS, `port=${port}`, ...(cluster.isDurable ? [] : ['fsync=off'])];
    const options = [...own, ...settings].map((setting) => `-c ${setting}`).join(' ');
    const arguments_ = [
      'start',
      '-D',
      cluster.folder,
      '-l',
      logFile,
      '-w',
      '-t',
      String(WAIT_SECONDS),
      '-o',
      options,
    ];
    try {
      await call(cluster, cluster.binaries.pgCtl, arguments_);
      return port;
    } catch (cause) {
      const said = (await readFile(logFile, 'utf8').catch(() => '')).slice(logStart);
      // Between the look for a free port and the server's bind somebody else may take it.
      if (/could not bind|Address already in use/.test(said) && portsTaken + 1 < PORT_TRIES) {
        portsTaken += 1;
        continue;
      }
      // The children of a postmaster that was killed need a moment to let go of its shared memory.
      if (said.includes('pre-existing shared memory block') && performance.now() < orphansGoneBy) {
        await wait(100);
        continue;
      }
      throw new Error(
        `PostgreSQL in ${cluster.folder} did not start. The end of its log:\n${said.slice(-2000).trim()}`,
        { cause },
      );
    }
  }
}

/** Stops the server: open statements are rolled back, everything committed is on disk. Fine if it is down already. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const arguments_ = ['stop', '-D', cluster.folder, '-m', 'fast', '-w', '-t', String(WAIT_SECONDS)];
  try {
    await call(cluster, cluster.binaries.pgCtl, arguments_);
  } catch (cause) {
    if ((await readPidFile(cluster.folder)) === null) return;
    throw new Error(`PostgreSQL in ${cluster.folder} did not stop within ${String(WAIT_SECONDS)} s.`, {
      cause,
    });
  }
}

/** The living postmaster of a cluster by its own pid file, or null when none lives. */
export async function readPidFile(folder: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  return { pid, port: Number(lines[3]) };
}

/**
 * Statements and row contents stay out of the server's log (they hold message texts): terse, never the statement.
 */
const SERVER_SETTINGS = [
  ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'],
  ...['log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_checkpoints=off'],
];

async function call(cluster: Cluster, program: string, arguments_: readonly string[]): Promise<void> {
  await run(program, arguments_, childOptions(cluster));
}

/** The server inherits neither our environment (tokens, keys) nor a working folder its user cannot enter. */
function childOptions(cluster: Cluster): {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const environment = platform() === 'win32' ? {} : { env: { LC_ALL: 'C', TZ: 'UTC' } };
  return { ...cluster.account, ...environment, cwd: platform() === 'win32' ? cluster.folder : '/' };
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}

/** `wanted` when nobody listens there, else a port the system gives. */
async function freePort(wanted: number | null): Promise<number> {
  const probe = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(wanted ?? 0, '127.0.0.1', () => {
        const address = probe.address();
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  } catch (error) {
    if (wanted === null) throw error;
    return await freePort(null);
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
