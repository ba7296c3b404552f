/**
 * One embedded PostgreSQL for a whole test run, with two closed templates: `bootstrapped` (a new InsForge project) and
 * `migrated` (the same with all of migrations/). Test files clone one of them, see database.ts.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { bootstrap } from '../../bot/gateway/bootstrap.ts';
import { readPidFile } from '../../bot/gateway/embedded/cluster.ts';
import { holdFolder } from '../../bot/gateway/embedded/record.ts';
import { startEmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import type { EmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import { migrate } from '../../bot/gateway/migrate.ts';
import { quietLog } from './quiet-log.ts';

const FOLDER_PREFIX = 'nudge-tests-';

interface SharedServer {
  users: number;
  readonly started: Promise<EmbeddedServer & { folder: string }>;
}

/** Every project with this setup runs it, in one process and each with a module of its own; the server is shared. */
const registry = globalThis as { nudgeTestServer?: SharedServer };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (registry.nudgeTestServer ??= { users: 0, started: start() });
  shared.users += 1;
  const server = await shared.started;
  project.provide('postgresUrl', databaseUrl(server.connectionString, 'postgres'));
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete registry.nudgeTestServer;
    await server.stop();
    rmSync(server.folder, { recursive: true });
  };
}

async function start(): Promise<EmbeddedServer & { folder: string }> {
  await sweepOrphans();
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  // The server's user must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({
    dataDir: folder,
    log: quietLog,
    settings: ['max_connections=300'],
    isThrowaway: true,
  });
  try {
    await createTemplates(server.connectionString);
  } catch (error) {
    await server.stop();
    rmSync(folder, { recursive: true });
    throw error;
  }
  return { ...server, folder };
}

async function createTemplates(connectionString: string): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl(connectionString, 'postgres') });
  await admin.connect();
  try {
    await admin.query('create database bootstrapped');
    await bootstrap(databaseUrl(connectionString, 'bootstrapped'), quietLog);
    await close(admin, 'bootstrapped');
    await admin.query('create database migrated template bootstrapped');
    // Default privileges are copied with the template; the grant on the database itself is not.
    await bootstrap(databaseUrl(connectionString, 'migrated'), quietLog);
    const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
    await migrate(databaseUrl(connectionString, 'migrated'), { folder, log: quietLog });
    await close(admin, 'migrated');
  } finally {
    await admin.end();
  }
}

/** Cloning fails while anybody is connected, so nobody may connect any more. */
async function close(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`alter database ${name} allow_connections false`);
}

/** The same server's URL for another database. */
function databaseUrl(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

/** Servers of runs that were killed: the folder's lock is free and the postmaster alive. */
async function sweepOrphans(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = join(tmpdir(), name);
    const hold = holdFolder(folder);
    if (hold === null) continue;
    const alive = await readPidFile(join(folder, 'postgres'));
    if (alive) process.kill(alive.pid, 'SIGQUIT');
    hold.release();
    rmSync(folder, { recursive: true, force: true });
  }
}
