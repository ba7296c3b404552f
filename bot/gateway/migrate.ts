/** Applies `migrations/` to a PostgreSQL that the gateway serves (InsForge's own tools do it there). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { connect } from './connect.ts';
import type { Log } from './log.ts';

/** One runner at a time; a second one waits and then finds everything applied. */
const MIGRATION_LOCK = 7_305_002;
const FILE_NAME = /^(\d{14})_([a-z0-9-]+)\.sql$/;

export interface MigrationReport {
  /** File names run now, in order. */
  readonly applied: readonly string[];
  /** File names found recorded, in order. */
  readonly skipped: readonly string[];
}

/**
 * Runs every file of `folder` whose version `public.schema_versions` does not hold, in order, each in one transaction
 * as `project_admin` (as on InsForge, so that ownership is the same). Files record themselves, because operators
 * also paste them into an editor; the runner reads the table and insists on the record.
 * @throws Error naming file, SQLSTATE and line; the files before it stay applied.
 */
export async function migrate(
  connectionString: string,
  options: { folder: string; log: Log },
): Promise<MigrationReport> {
  const files = await listMigrations(options.folder);
  const client = await connect(connectionString);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // A session of ours only: migrations may take longer than any limit set on the database.
    await client.query('set statement_timeout = 0');
    const recorded = await recordedVersions(client);
    const pending = files.filter((file) => !recorded.has(file.version));
    for (const file of pending) {
      await applyFile(client, file);
      options.log.info({ event: 'migration.applied', file: file.name }, 'migration applied');
    }
    const names = (list: readonly MigrationFile[]): string[] => list.map((file) => file.name);
    return { applied: names(pending), skipped: names(files.filter((file) => recorded.has(file.version))) };
  } finally {
    // Ending the session gives the advisory lock back.
    await client.end();
  }
}

interface MigrationFile {
  readonly name: string;
  readonly version: string;
  readonly sql: string;
}

async function listMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).sort();
  return await Promise.all(
    names.map(async (name) => {
      const version = FILE_NAME.exec(name)?.[1];
      if (version === undefined) {
        throw new Error(
          `${join(folder, name)} is no migration: the folder holds <14 digits>_<lower-kebab-name>.sql only.`,
        );
      }
      return { name, version, sql: await readFile(join(folder, name), 'utf8') };
    }),
  );
}

async function recordedVersions(client: pg.Client): Promise<Set<string>> {
  // Read as the table's owner: the connecting role need not have rights of its own.
  const { rows: found } = await client.query(
    `select 1 where to_regclass('public.schema_versions') is not null`,
  );
  if (found.length === 0) return new Set();
  await client.query('set role project_admin');
  const { rows } = await client.query<{ version: string }>('select version from public.schema_versions');
  await client.query('reset role');
  return new Set(rows.map((row) => row.version));
}

async function applyFile(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('begin; set local role project_admin; set local search_path = public');
  try {
    await client.query(file.sql);
    await client.query('set local role project_admin; set local search_path = public');
    if (!(await recordedVersions(client)).has(file.version)) {
      throw new Error(
        `it ran but did not record itself: end it with an insert of '${file.version}' into public.schema_versions`,
      );
    }
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${file.name} was not applied: ${describe(cause, file.sql)}`, { cause });
  }
}

function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error.message : String(error);
  // The position counts characters (code points), not UTF-16 units.
  const position = error.position === undefined ? null : Number(error.position);
  const line =
    position === null
      ? ''
      : `, line ${String(Array.from(sql).slice(0, position).join('').split('\n').length)}`;
  const detail = error.detail === undefined ? '' : ` (${error.detail})`;
  return `${error.message}${detail} [SQLSTATE ${error.code ?? 'unknown'}${line}]`;
}
