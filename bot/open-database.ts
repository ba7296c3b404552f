/**
 * Opens the database the settings name: InsForge over the network, or a PostgreSQL (given or embedded) behind our
 * own gateway, called in process. Either way the rest of the product sees one thing: an address, a key and a fetch.
 */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DatabaseChoice, Role } from './config.ts';
import { bootstrap } from './gateway/bootstrap.ts';
import { createGateway } from './gateway/create-gateway.ts';
import type { Gateway } from './gateway/create-gateway.ts';
import { EmbeddedServerInUse, joinEmbeddedServer, startEmbeddedServer } from './gateway/embedded-server.ts';
import { listen } from './gateway/listen.ts';
import { migrate } from './gateway/migrate.ts';
import type { MigrationReport } from './gateway/migrate.ts';
import type { Log } from './logging.ts';
import { loadSecrets, newSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';

/** Notified by a trigger whenever reminders are inserted. */
const DUE_CHANNEL = 'nudge_due';

export interface OpenDatabase {
  /** What the SDK gets as `baseUrl` in this process. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly apiKey: string;
  readonly jwtSecret: string;
  /** Answers `/api/database/…` for the mini-app; null with InsForge, which answers itself. */
  readonly gateway: Gateway | null;
  /** PostgreSQL's own address, for the sandbox's bootstrap; null with InsForge. */
  readonly connectionString: string | null;
  readonly sandboxBotToken: string;
  /** Calls back when reminders were inserted anywhere, with 'jobs' when jobs were, with 'cards' when a chat is behind; never with InsForge. */
  onNewReminders(wake: (what: string | null) => void): void;
  close(): Promise<void>;
}

/** Folder of the SQL files. */
export const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/**
 * Opens the database and, where it is ours to do, brings the schema up to date: always for the embedded one and in
 * the roles `all` and `migrate`.
 * @throws Error with one clear sentence when it cannot be reached or prepared.
 */
export async function openDatabase(choice: DatabaseChoice, role: Role, log: Log): Promise<OpenDatabase> {
  if (choice.kind === 'insforge') {
    return {
      url: choice.url,
      fetch: globalThis.fetch,
      apiKey: choice.apiKey,
      jwtSecret: choice.jwtSecret,
      gateway: null,
      connectionString: null,
      sandboxBotToken: newSecrets().sandboxBotToken,
      onNewReminders: () => undefined,
      close: async () => undefined,
    };
  }
  if (choice.kind === 'postgres') {
    const secrets = { ...newSecrets(), jwtSecret: choice.jwtSecret };
    if (role === 'all' || role === 'migrate') await prepareSchema(choice.connectionString, log);
    return behindGateway(choice.connectionString, secrets, log, async () => undefined);
  }
  const server = await openEmbedded(choice.dataDir, role, log);
  const secrets = await loadSecrets(choice.dataDir);
  const jwtSecret = choice.jwtSecret ?? secrets.jwtSecret;
  await prepareSchema(server.connectionString, log);
  return behindGateway(server.connectionString, { ...secrets, jwtSecret }, log, server.stop);
}

/**
 * Applies what is missing of the schema.
 * @throws Error naming the file and the line that failed.
 */
export async function prepareSchema(connectionString: string, log: Log): Promise<MigrationReport> {
  await bootstrap(connectionString, log);
  return await migrate(connectionString, { folder: MIGRATIONS, log });
}

/** The version of the newest migration file, to compare with the database's. */
export async function newestMigration(): Promise<string> {
  const [newest] = (await readdir(MIGRATIONS)).sort().reverse();
  return newest?.slice(0, 14) ?? '';
}

interface RunningServer {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** The main process owns the embedded server; workers and migrations join a running one. */
async function openEmbedded(dataDir: string, role: Role, log: Log): Promise<RunningServer> {
  try {
    const server = await startEmbeddedServer({ dataDir, log });
    return { connectionString: server.connectionString, stop: () => server.stop() };
  } catch (error) {
    if (!(error instanceof EmbeddedServerInUse) || role === 'all' || role === 'bot') throw error;
    const joined = await joinEmbeddedServer(dataDir);
    if (joined === null) throw error;
    return { connectionString: joined.connectionString, stop: async () => undefined };
  }
}

function behindGateway(
  connectionString: string,
  secrets: Secrets,
  log: Log,
  stopServer: () => Promise<void>,
): OpenDatabase {
  const gateway = createGateway({ connectionString, log, ...secrets });
  const closers: (() => Promise<void>)[] = [];
  return {
    url: 'http://gateway.internal',
    fetch: gateway.fetch,
    apiKey: secrets.apiKey,
    jwtSecret: secrets.jwtSecret,
    gateway,
    connectionString,
    sandboxBotToken: secrets.sandboxBotToken,
    onNewReminders(wake) {
      const listener = listen(connectionString, DUE_CHANNEL, wake, log);
      closers.push(() => listener.close());
    },
    async close() {
      await Promise.all(closers.map((close) => close()));
      await gateway.close();
      await stopServer();
    },
  };
}
