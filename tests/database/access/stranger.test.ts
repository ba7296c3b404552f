/**
 * A stranger with a good token of their own against every table and function the catalogue knows: reading, counting,
 * filtering, embedding and writing. Nothing here names a table, so a new one is tried from its first day.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, createScene, IN_SQL, OWNER, STRANGER, storedState } from './scene.ts';
import type { Scene } from './scene.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly canRead: boolean;
  readonly canChange: boolean;
}

let scene: Scene;
let before: Record<string, string>;
let columns: Column[];
beforeAll(async () => {
  scene = await createScene();
  before = await storedState(scene.db);
  const { rows } = await scene.db.admin.query<Column>(
    `select c.relname as table, a.attname as column,
       has_column_privilege('authenticated', c.oid, a.attname, 'select') as "canRead",
       has_column_privilege('authenticated', c.oid, a.attname, 'update') as "canChange"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
     order by 1, a.attnum`,
  );
  columns = rows;
});
afterAll(async () => scene.db.drop());

const stranger = () => clientOf(scene.db, 'stranger').database;
const readable = () => columns.filter(({ canRead }) => canRead);
const tablesOf = (some: readonly Column[]) => [...new Set(some.map(({ table }) => table))];
/** What came back: rows found, or the code of a refusal. */
const seen = ({ data, error }: { data: unknown; error: { code?: string } | null }): unknown =>
  error === null ? data : error.code;

describe('a stranger', () => {
  test('has something to be kept from: the owner finds rows in most tables that people may read', async () => {
    const found = await Promise.all(
      tablesOf(readable()).map(async (table) => {
        const { column } = readable().find((one) => one.table === table)!;
        const { data } = await clientOf(scene.db, 'owner').database.from(table).select(column);
        return [table, (data ?? []).length] as const;
      }),
    );
    expect(found.filter(([, rows]) => rows > 0).length).toBeGreaterThanOrEqual(7);
  });

  test('reads no row by any column of any table', async () => {
    const answers = await Promise.all(
      columns.map(async ({ table, column, canRead }) => {
        const answer = await stranger().from(table).select(column).not(column, 'is', null);
        return [`${table}.${column}`, seen(answer), canRead ? [] : '42501'] as const;
      }),
    );
    expect(answers.filter(([, saw, allowed]) => JSON.stringify(saw) !== JSON.stringify(allowed))).toEqual([]);
  });

  test('counts no row, which would tell how many leads somebody has', async () => {
    const counts = await Promise.all(
      tablesOf(readable()).map(async (table) => {
        const { column } = readable().find((one) => one.table === table)!;
        const { count, error } = await stranger().from(table).select(column, { count: 'exact', head: true });
        return [table, error?.code ?? count] as const;
      }),
    );
    expect(counts.filter(([, count]) => count !== 0)).toEqual([]);
  });

  test('reaches nothing through one table into another', async () => {
    const { rows } = await scene.db.admin.query<{ from: string; to: string }>(
      `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    const pairs = rows.flatMap(({ from, to }) => [[from, to] as const, [to, from] as const]);
    expect(pairs.length).toBeGreaterThan(0);
    for (const [from, to] of pairs) {
      const { data, error } = await stranger().from(from).select(`*,${to}(*)`);
      // A table whose columns are not all granted refuses `*`; one that may be read has no rows for a stranger.
      expect(error === null ? data : error.code, `${from} with ${to}`).toSatisfy(
        (answer: unknown) => answer === '42501' || JSON.stringify(answer) === '[]',
      );
    }
  });

  test('changes and deletes nothing, by whatever column is granted', async () => {
    for (const { table, column } of columns.filter(({ canChange }) => canChange)) {
      const { data, error } = await stranger()
        .from(table)
        .update({ [column]: null })
        .not('id', 'is', null)
        .select('id');
      expect([`${table}.${column}`, error?.code ?? data]).toEqual([`${table}.${column}`, []]);
    }
    for (const table of tablesOf(columns)) {
      const { column } = columns.find((one) => one.table === table)!;
      const { error } = await stranger().from(table).delete().not(column, 'is', null);
      expect([table, error?.code]).toEqual([table, '42501']);
    }
    expect(await storedState(scene.db)).toEqual(before);
  });

  test('cannot put a row under their own name into a table, nor under the owner’s', async () => {
    for (const table of tablesOf(columns))
      for (const telegram_id of [STRANGER, OWNER]) {
        const { error } = await stranger().from(table).insert([{ telegram_id }]);
        // Either a missing right, or the table has no such column.
        expect(error?.code, table).toMatch(/^(42501|PGRST204)$/);
      }
    expect(await storedState(scene.db)).toEqual(before);
  });
});

describe('what a person’s token may call', () => {
  test('takes nobody’s Telegram id: whose rows are meant is read from the token alone', async () => {
    const { rows } = await scene.db.admin.query<{ name: string; argument: string }>(
      `select proname as name, argument from pg_proc, unnest(proargnames) as argument
       where pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', oid, 'execute')
         and argument ~ '(telegram|person|user|owner|_me$)'`,
    );
    expect(rows).toEqual([]);
  });

  test('refuses a Telegram id that is slipped in beside its arguments', async () => {
    const { error, status } = await stranger().rpc('complete_reminder', {
      p_action_id: 'slipped',
      p_id: scene.reminderId,
      p_telegram_id: OWNER,
    });
    expect([status, error?.code]).toEqual([404, 'PGRST202']);
    expect(await storedState(scene.db)).toEqual(before);
  });

  test('asks for the token first: every such function refuses a caller who is no person', async () => {
    const { rows } = await scene.db.admin.query<{ name: string; call: string }>(
      `select proname as name, format('select public.%I(%s)', proname, (select string_agg('null::' || format_type(type, null), ', ')
         from unnest(proargtypes) as type)) as call
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
         and has_function_privilege('authenticated', oid, 'execute') and proname <> 'member_role' order by 1`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name, call } of rows)
      await expect(
        scene.db.as(IN_SQL.insforgeUser, async (client) => client.query(call)),
        name,
      ).rejects.toMatchObject({ code: 'PT403', hint: 'NOT_A_PERSON' });
  });
});
