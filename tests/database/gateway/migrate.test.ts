import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../bot/gateway/migrate.ts';
import type { MigrationReport } from '../../../bot/gateway/migrate.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { quietLog } from '../../support/quiet-log.ts';

let db: TestDatabase;
let folder: string;
beforeEach(async () => {
  db = await createTestDatabase({ template: 'bootstrapped' });
  folder = mkdtempSync(join(tmpdir(), 'nudge-migrations-'));
  write(
    '20260101000000_versions.sql',
    `create table if not exists public.schema_versions (version text primary key, name text not null);`,
  );
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await db.drop();
});

/** A migration that records itself, as all do. */
function write(name: string, sql: string): void {
  const [version, rest] = name.split(/_|\.sql$/);
  const record = `insert into public.schema_versions (version, name) values ('${String(version)}', '${String(rest)}') on conflict do nothing;`;
  writeFileSync(join(folder, name), `${sql}\n${record}\nnotify pgrst, 'reload schema';\n`);
}

const run = async (): Promise<MigrationReport> => migrate(db.url, { folder, log: quietLog });
const tables = async (): Promise<string[]> => {
  const { rows } = await db.admin.query<{
    name: string;
  }>(`select relname || ' of ' || relowner::regrole as name
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`);
  return rows.map(({ name }) => name);
};

test('files run in the order of their versions, as project_admin, and only once', async () => {
  write('20260102000000_b.sql', 'create table b (id int references a);');
  write('20260101120000_a.sql', 'create table a (id int primary key);');
  const files = ['20260101000000_versions.sql', '20260101120000_a.sql', '20260102000000_b.sql'];
  expect(await run()).toEqual({ applied: files, skipped: [] });
  expect(await tables()).toEqual([
    'a of project_admin',
    'b of project_admin',
    'schema_versions of project_admin',
  ]);
  expect(await run()).toEqual({ applied: [], skipped: files });
});

test('two runners at once apply each file once', async () => {
  write('20260102000000_b.sql', 'create table b (id int); select pg_sleep(0.05);');
  const reports = await Promise.all([run(), run(), run()]);
  expect(reports.flatMap(({ applied }) => applied).sort()).toEqual([
    '20260101000000_versions.sql',
    '20260102000000_b.sql',
  ]);
});

test('a file that fails leaves nothing of itself and says file, SQLSTATE and line', async () => {
  write('20260102000000_b.sql', `create table b (id int);\n-- ж😀\nselect 'x',\n  nope from b;`);
  write('20260103000000_c.sql', 'create table c (id int);');
  await expect(run()).rejects.toThrow(
    'Migration 20260102000000_b.sql was not applied: column "nope" does not exist [SQLSTATE 42703, line 4]',
  );
  expect(await tables()).toEqual(['schema_versions of project_admin']);
  write('20260102000000_b.sql', 'create table b (id int);');
  expect((await run()).applied).toEqual(['20260102000000_b.sql', '20260103000000_c.sql']);
});

test('a file that does not record itself is refused and undone', async () => {
  writeFileSync(join(folder, '20260102000000_b.sql'), 'create table b (id int);');
  await expect(run()).rejects.toThrow(
    /20260102000000_b\.sql was not applied: it ran but did not record itself/,
  );
  expect(await tables()).toEqual(['schema_versions of project_admin']);
});

test('what an operator pasted by hand is not run again', async () => {
  await run();
  await db.as('project_admin', async (client) =>
    client.query(`insert into schema_versions values ('20260102000000', 'b')`),
  );
  write('20260102000000_b.sql', 'create table b (id int);');
  expect(await run()).toEqual({
    applied: [],
    skipped: ['20260101000000_versions.sql', '20260102000000_b.sql'],
  });
});

test('anything else in the folder is refused, because the tools of InsForge refuse it too', async () => {
  writeFileSync(join(folder, 'README.md'), 'x');
  await expect(run()).rejects.toThrow(/README\.md is no migration/);
});

test("the product's own migrations change nothing the second time", async () => {
  const product = await createTestDatabase({ template: 'migrated' });
  try {
    const own = fileURLToPath(new URL('../../../migrations', import.meta.url));
    const again = await migrate(product.url, { folder: own, log: quietLog });
    expect(again.applied).toEqual([]);
    expect(again.skipped.length).toBeGreaterThan(0);
  } finally {
    await product.drop();
  }
});
