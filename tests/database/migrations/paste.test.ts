/** Every way in which the migrations may reach a database ends in the same schema. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pasteAll } from '../../../tools/paste-all.ts';
import { describeSchema } from '../../../tools/schema-snapshot.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { refusedByInsForge } from '../../support/sql/insforge-guard.ts';
import { createScene, storedState } from '../access/scene.ts';
import {
  MIGRATION_FILES,
  paste,
  PASTE_ALL,
  pasteEach,
  schemaAfter,
  schemaOf,
  withoutOrder,
} from './paste.ts';

let installed: string[];
let shared: TestDatabase;
const open: TestDatabase[] = [];

async function emptyDatabase(): Promise<TestDatabase> {
  const created = await createTestDatabase({ template: 'bootstrapped' });
  open.push(created);
  return created;
}

beforeAll(async () => {
  shared = await createTestDatabase();
  installed = await schemaOf(shared);
});
afterAll(async () => shared.drop());

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (created) => created.drop()));
});

describe('the committed files are what the migrations say today', () => {
  test('schema.sql; else run "npm run schema:snapshot" and read the difference', async () => {
    const committed = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');
    expect(await describeSchema(shared.admin)).toBe(committed);
  });

  test('paste-all.sql; else run "npm run schema:paste-all"', () => {
    expect(PASTE_ALL).toBe(pasteAll());
  });

  test.each([
    ['a column', 'alter table public.leads add column shoe_size int'],
    ['a default', "alter table public.leads alter column status set default 'in_progress'"],
    ['a constraint', 'alter table public.leads drop constraint leads_status_known'],
    ['an index', 'drop index public.scheduled_reminders_due'],
    ['a trigger', 'drop trigger reminders_rules on public.scheduled_reminders'],
    ['a policy', 'drop policy leads_read_own on public.leads'],
    ['row level security', 'alter table public.leads disable row level security'],
    ['a grant', 'grant update on public.leads to authenticated'],
    ['a column grant', 'grant select (due_rev) on public.scheduled_reminders to authenticated'],
    ['a sequence’s grant', 'grant usage on sequence public.leads_id_seq to anon'],
    ['an owner', 'alter table public.leads owner to current_user'],
    ['a function’s grant', 'grant execute on function public.require_person() to public'],
    ['a function’s volatility', 'alter function public.requesting_telegram_id() volatile'],
    ['a function’s security', 'alter function public.require_person() security definer'],
    ['a function’s setting', 'alter function public.require_person() reset search_path'],
    [
      'a function’s body',
      'create or replace function public.app_now() returns timestamptz language sql stable parallel safe as $$ select null::timestamptz $$',
    ],
  ])('the snapshot would show another state of %s', async (_what, change) => {
    const client = await shared.admin.connect();
    try {
      await client.query(`begin; ${change}`);
      expect(withoutOrder(await describeSchema(client))).not.toEqual(installed);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

describe('a new database', () => {
  test('takes every file twice in a row', async () => {
    const db = await emptyDatabase();
    await pasteEach(db, 2);
    expect(await schemaOf(db)).toEqual(installed);
  });

  test('takes all files in order, then all of them again', async () => {
    const db = await emptyDatabase();
    await pasteEach(db);
    await pasteEach(db);
    expect(await schemaOf(db)).toEqual(installed);
  });

  test('takes everything as one paste, and the same paste again', async () => {
    const db = await emptyDatabase();
    await paste(db, PASTE_ALL);
    expect(await schemaOf(db)).toEqual(installed);
    await paste(db, PASTE_ALL);
    expect(await schemaOf(db)).toEqual(installed);
  });

  test('records each file once, by version and name', async () => {
    const db = await emptyDatabase();
    await paste(db, PASTE_ALL);
    await paste(db, PASTE_ALL);
    const { rows } = await db.admin.query<{ file: string }>(
      `select version || '_' || name || '.sql' as file from public.schema_versions order by version`,
    );
    expect(rows.map(({ file }) => file)).toEqual(MIGRATION_FILES.map(({ name }) => name));
  });

  test('takes nothing at all when one statement of the paste fails', async () => {
    const db = await emptyDatabase();
    await expect(paste(db, `${PASTE_ALL}\nselect 1 / 0;`)).rejects.toThrow('division by zero');
    const { rows } = await db.admin.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace`,
    );
    expect(rows).toEqual([]);
  });

  test('is named in every statement: the caller’s search path decides nothing', async () => {
    const db = await emptyDatabase();
    await db.as('project_admin', async (client) => {
      await client.query(`set local search_path = pg_catalog; ${PASTE_ALL}`);
    });
    expect(await schemaOf(db)).toEqual(installed);
  });

  test('the whole paste passes InsForge’s guard', async () => {
    expect(await refusedByInsForge(PASTE_ALL)).toBeNull();
  });
});

describe('a finished schema', () => {
  // What a later file renewed or took away would be the old one again: those files go with it.
  test.each(MIGRATION_FILES)(
    'stays as it is when $name is pasted, and what renews what it makes',
    async (file) => {
      const pasted = new Set(renewedBy(file.sql));
      const texts = [file.sql];
      for (const later of MIGRATION_FILES.slice(MIGRATION_FILES.indexOf(file) + 1)) {
        const names = renewedBy(later.sql);
        if (!names.some((name) => pasted.has(name))) continue;
        texts.push(later.sql);
        for (const name of names) pasted.add(name);
      }
      expect(await schemaAfter(shared, texts)).toEqual(installed);
    },
  );

  test('keeps every row as it is when everything is pasted over it', async () => {
    const { db } = await createScene();
    open.push(db);
    const before = await storedState(db);
    await paste(db, PASTE_ALL);
    expect(await storedState(db)).toEqual(before);
  });
});

/** Names of what a file makes anew, or takes away, each time it is pasted: functions, triggers and constraints. */
function renewedBy(sql: string): string[] {
  const made =
    /(?:create or replace function public\.|create (?:constraint )?trigger |add constraint |drop function if exists\s+public\.)(\w+)/g;
  return Array.from(sql.matchAll(made), ([, name]) => name ?? '');
}
