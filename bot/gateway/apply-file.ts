import { readFile } from 'node:fs/promises';
import pg from 'pg';

/**
 * Runs one SQL file in one transaction as `project_admin`, as a migration would, but unrecorded: for the sandbox's
 * own bootstrap, which must never be a migration.
 * @throws Error when the file fails; nothing of it stays then.
 */
export async function applyFile(connectionString: string, file: string | URL): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const sql = await readFile(file, 'utf8');
    await client.query(`begin; set local role project_admin; ${sql}\n; commit;`);
  } finally {
    await client.end();
  }
}
