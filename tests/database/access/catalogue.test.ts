/** The catalogue as a whole: nothing is open to everybody, and each check finds the hole it is for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { openDoors } from './catalogue.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

test('nobody without a person’s token has any right, and no policy, function or view is a way around', async () => {
  expect(await openDoors(db.admin)).toEqual([]);
});

test.each([
  ['a new table as InsForge’s defaults make it', 'create table diary (id int)', /^anon may select diary/m],
  ['a table without row level security', 'create table diary (id int)', /^diary has no row level security/m],
  [
    'a policy without TO',
    'create policy p on leads for select using (telegram_id = requesting_telegram_id())',
    /is for PUBLIC/,
  ],
  ['a policy for anon', 'create policy p on leads for select to anon using (true)', /lets anon in/],
  [
    'a policy that is always true',
    'create policy p on leads for select to authenticated using (true)',
    /whose row/,
  ],
  [
    'a policy that checks what is read and not what is written',
    'create policy p on leads for insert to authenticated with check (true)',
    /for somebody else/,
  ],
  ['a grant to PUBLIC', 'grant select on leads to public', /^PUBLIC may select leads/m],
  ['a grant to anon', 'grant insert on leads to anon', /^anon may insert leads/m],
  ['a whole table to write', 'grant update on leads to authenticated', /^authenticated may update leads/m],
  [
    'a right that can be handed on',
    'grant select on leads to authenticated with grant option',
    /^authenticated may/m,
  ],
  [
    'a column for everybody',
    'grant select (draft_text) on scheduled_reminders to public',
    /^PUBLIC may select sche/m,
  ],
  ['a sequence', 'grant usage on sequence leads_id_seq to authenticated', /^authenticated may usage leads_/m],
  [
    'a new function as PostgreSQL makes it',
    "create function f() returns int language sql as 'select 1'",
    /PUBLIC may exec/,
  ],
  [
    'a definer with a search path',
    "create function f() returns int language sql security definer set search_path = public as 'select 1'",
    /by the caller/,
  ],
  ['a view of its owner', 'create view everything as select * from leads', /^everything reads as its owner/m],
  ['a table of somebody else', 'alter table leads owner to current_user', /^leads belongs to/m],
])('%s would be found', async (_what, hole, finding) => {
  const client = await db.admin.connect();
  try {
    await client.query(
      `begin; set local role project_admin; set local search_path = public; ${hole.startsWith('alter') ? 'reset role;' : ''} ${hole}`,
    );
    expect((await openDoors(client)).join('\n')).toMatch(finding);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
