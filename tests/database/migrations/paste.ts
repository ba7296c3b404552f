/** Runs SQL the way an operator does on InsForge: as project_admin, a whole text as one query, one transaction. */
import { readdirSync, readFileSync } from 'node:fs';
import { describeSchema } from '../../../tools/schema-snapshot.ts';
import type { TestDatabase } from '../../support/database.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);

export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
}

/** Every migration in order. */
export const MIGRATION_FILES: readonly MigrationFile[] = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ name, sql: readFileSync(new URL(name, FOLDER), 'utf8') }));

/** The committed file for operators, as it lies there. */
export const PASTE_ALL = readFileSync(new URL('../paste-all.sql', import.meta.url), 'utf8');

/** One paste into the SQL editor. */
export async function paste(database: TestDatabase, sql: string): Promise<void> {
  await database.as('project_admin', async (client) => {
    await client.query(sql);
  });
}

/**
 * What a database would look like after `pastes`, which are undone again. Checks that wait for a commit are made before the look.
 */
export async function schemaAfter(database: TestDatabase, pastes: readonly string[]): Promise<string[]> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    for (const sql of pastes) {
      await client.query(`set local role project_admin; set local search_path = public`);
      await client.query(sql);
      await client.query('set constraints all immediate; set constraints all deferred');
    }
    await client.query('reset role; reset search_path');
    return withoutOrder(await describeSchema(client));
  } finally {
    await client.query('rollback');
    client.release();
  }
}

export async function pasteEach(database: TestDatabase, times = 1): Promise<void> {
  for (const { name, sql } of MIGRATION_FILES)
    for (let time = 0; time < times; time += 1)
      await paste(database, sql).catch((cause: unknown) => {
        throw new Error(`${name}, paste ${time + 1}: ${String(cause)}`, { cause });
      });
}

/**
 * A described schema without the order of columns, which differs where a table is older than its file: one entry a block,
 * its lines sorted.
 */
export function withoutOrder(description: string): string[] {
  return description.split('\n\n').map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/,$/, ''))
      .sort()
      .join('\n'),
  );
}

export async function schemaOf(database: TestDatabase): Promise<string[]> {
  return withoutOrder(await describeSchema(database.admin));
}
