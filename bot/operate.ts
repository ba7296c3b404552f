/** What the operator's data commands have in common: settings, an opened database, one clear sentence when it fails. */
import { randomUUID } from 'node:crypto';
import { readConfig } from './config.ts';
import { createLog } from './logging.ts';
import { openDatabase } from './open-database.ts';
import { openStores } from './open-stores.ts';
import { createBackupStore } from './store/backup-store.ts';
import { createServerClient } from './store/clients.ts';
import type { Stores } from './store/create-stores.ts';
import type { BackupStore } from './usecases/data-ports.ts';

/**
 * Opens the database the settings name, works, and closes it again.
 * @throws Error with a sentence for the operator.
 */
export async function withStores(
  work: (stores: Stores & { readonly backup: BackupStore }) => Promise<void>,
): Promise<void> {
  const answer = readConfig('migrate');
  if (!answer.ok) throw new Error(answer.problems.join('\n'));
  const database = await openDatabase(answer.config.database, 'migrate', createLog('warn'));
  try {
    const stores = openStores(database, { worker: `operator:${randomUUID()}`, soleReader: false });
    const backup = createBackupStore(createServerClient(database).database);
    await work({ ...stores, backup });
  } finally {
    await database.close();
  }
}

/** Ends the process with the error's sentence; a stack trace helps nobody at a terminal. */
export function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
