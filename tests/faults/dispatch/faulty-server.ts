/** A PostgreSQL of the suite's own that can be taken away: shut down in order, or crashed so that it has to recover. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readPidFile } from '../../../bot/gateway/embedded/cluster.ts';
import { startEmbeddedServer } from '../../../bot/gateway/embedded-server.ts';
import type { EmbeddedServer } from '../../../bot/gateway/embedded-server.ts';
import { prepareSchema } from '../../../bot/open-database.ts';
import { quietLog } from '../../support/quiet-log.ts';

const SETTINGS = ['max_connections=200'];

export interface FaultyServer {
  /** Superuser's URL; stays right while the port does. */
  readonly url: string;
  /** Where it listens now. */
  port(): number;
  /** Gone for so long. `isCrash`: as if its machine had lost power, else a clean shutdown. */
  away(isCrash: boolean, ms: number): Promise<void>;
  /** Stops it and deletes its data. */
  end(): Promise<void>;
}

/** Starts it on a new folder, migrated. @param isThrowaway nothing waits for the disk. */
export async function startFaultyServer(isThrowaway: boolean): Promise<FaultyServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-faults-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const start = (): Promise<EmbeddedServer> =>
    startEmbeddedServer({ dataDir: folder, log: quietLog, settings: SETTINGS, isThrowaway });
  let server = await start();
  await prepareSchema(server.connectionString, QUIET);
  const url = server.connectionString;
  return {
    url,
    port: () => Number(new URL(server.connectionString).port),
    async away(isCrash, ms) {
      if (isCrash) await crash(server.dataDirectory);
      await server.stop();
      await wait(ms);
      server = await start();
    },
    async end() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Immediate shutdown: every session ends in the middle of what it does, and the next start replays the log. */
async function crash(dataDirectory: string): Promise<void> {
  const running = await readPidFile(dataDirectory);
  if (running === null) return;
  process.kill(running.pid, 'SIGQUIT');
  while ((await readPidFile(dataDirectory)) !== null) await wait(20);
}

const nothing = (): void => undefined;
/** prepareSchema wants the product's own kind of log. */
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing };
