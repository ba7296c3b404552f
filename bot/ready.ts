/** Whether the product may start on a database, and whether it is well while it runs. */
import type { Config } from './config.ts';
import { newestMigration } from './open-database.ts';
import type { Stores } from './store/create-stores.ts';

/** A sentence for the operator; the program ends with it and without a stack trace. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** What brings the schema up to date. */
export function schemaRemedy({ database }: Pick<Config, 'database'>): string {
  return database.kind === 'insforge'
    ? 'Paste tests/database/paste-all.sql into the dashboard’s SQL editor.'
    : 'Run npm run migrate.';
}

/**
 * Looks at the database before anything is started on it.
 * @throws StartRefused on a schema that is not there or older than this program, and on a foreign kind of database.
 */
export async function checkSchema(config: Config, stores: Stores): Promise<void> {
  const newest = await newestMigration();
  const present = await stores.admin.schemaVersion();
  if (present === null || present < newest) {
    throw new StartRefused(
      `The database’s schema is at ${present ?? 'nothing'}, this program needs ${newest}. ${schemaRemedy(config)}`,
    );
  }
  if (config.telegram.kind === 'real' && (await stores.admin.isSandbox())) {
    throw new StartRefused(
      'This database is a sandbox, whose clock may be ahead. Set another DATA_DIR or DATABASE_URL for the real bot.',
    );
  }
}

/**
 * What `GET /readyz` asks; each check answers null or what is wrong.
 * @param oldestDueMs a dispatcher further behind than this is not ready: something stops it from sending.
 */
export function readinessChecks(stores: Pick<Stores, 'admin'>, oldestDueMs: number) {
  return [
    {
      name: 'database',
      check: async () => {
        await stores.admin.now();
        return null;
      },
    },
    {
      name: 'dispatch',
      check: async () => {
        const behind = await stores.admin.oldestDueMs();
        if (behind <= oldestDueMs) return null;
        return `The oldest due reminder waits for ${String(Math.round(behind / 60_000))} minutes. Is a worker running?`;
      },
    },
  ];
}
