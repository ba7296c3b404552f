/**
 * The sandbox: Telegram played by our own emulator, people to switch between, and a clock that can be moved. The
 * product itself does not know; it talks to the emulator over HTTP as it would to Telegram.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { applyFile } from './gateway/apply-file.ts';
import type { OpenDatabase } from './open-database.ts';
import { createSandboxClock } from './sandbox/clock.ts';
import { createSandboxDatabase } from './sandbox/database.ts';
import { SANDBOX_PEOPLE } from './sandbox/people.ts';
import { createSandboxRoutes } from './sandbox/routes.ts';
import { createEmulator } from './sandbox/telegram/emulator.ts';
import { createServerClient } from './store/clients.ts';
import type { AdminStore } from './usecases/ports.ts';
import type { Connection } from './sandbox/telegram/answer-call.ts';

/** The emulated Bot API's place on our own HTTP server; grammY's `apiRoot`. */
export const EMULATOR_PATH = '/sandbox/telegram';
const BOOTSTRAP = new URL('sandbox/bootstrap.sql', import.meta.url);
const PAGE_FOLDER = fileURLToPath(new URL('../dist/sandbox', import.meta.url));

export interface Sandbox {
  readonly routes: Hono;
  /** Answers the Bot API below EMULATOR_PATH; a fault may cut the connection. */
  readonly answerBot: (request: Request, connection: Connection) => Promise<Response>;
  close(): void;
}

/**
 * Marks the database as a sandbox and brings the sandbox's own functions up to date.
 * @throws Error when it holds somebody's real rows: its clock must never be moved, nor be emptied.
 */
export async function markAsSandbox(
  database: OpenDatabase,
  admin: Pick<AdminStore, 'hasPeople' | 'isSandbox'>,
): Promise<void> {
  if (database.connectionString === null) throw new Error('The sandbox needs PostgreSQL, not InsForge.');
  if ((await admin.hasPeople()) && !(await admin.isSandbox())) {
    throw new Error(
      'This database holds a real bot’s rows. The sandbox moves its clock and empties it: set another DATA_DIR.',
    );
  }
  await applyFile(database.connectionString, BOOTSTRAP);
}

/**
 * Starts the sandbox over a database that is empty or carries its mark.
 * @param dataDir where the emulated chats are kept.
 * @throws Error as `markAsSandbox` does.
 */
export async function startSandbox(
  database: OpenDatabase,
  admin: Pick<AdminStore, 'hasPeople' | 'isSandbox'>,
  options: { readonly dataDir: string; readonly miniAppUrl: string; readonly onClockMoved: () => void },
): Promise<Sandbox> {
  await markAsSandbox(database, admin);
  const sandboxDatabase = createSandboxDatabase(createServerClient(database));
  const clock = await createSandboxClock(sandboxDatabase);
  const emulator = createEmulator({
    token: database.sandboxBotToken,
    clock,
    storage: join(options.dataDir, 'sandbox-telegram.sqlite'),
    people: SANDBOX_PEOPLE,
    allowInsecureLocal: true,
  });
  return {
    routes: createSandboxRoutes({
      emulator,
      database: sandboxDatabase,
      clock,
      miniAppUrl: options.miniAppUrl,
      pageFolder: PAGE_FOLDER,
      onClockMoved: options.onClockMoved,
    }),
    answerBot: (request, connection) => emulator.fetch(request, connection),
    close: () => emulator.close(),
  };
}
