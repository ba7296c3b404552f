/** Every table, as everybody: read, insert, change and delete, in SQL and through the SDK. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { TABLES } from './expected.ts';
import { clientOf, createScene, IN_SQL, PEOPLE, storedState } from './scene.ts';
import type { Person } from './scene.ts';

type TableCase = (typeof TABLES)[string];

let db: TestDatabase;
let before: Record<string, string>;
beforeAll(async () => {
  ({ db } = await createScene());
  before = await storedState(db);
});
afterAll(async () => db.drop());

/** Carries the result out of a transaction that is rolled back. */
class Undo extends Error {
  override readonly name = 'Undo';
  readonly rows: number;
  constructor(rows: number) {
    super('rolled back on purpose');
    this.rows = rows;
  }
}

/** `+`, `0` or `-`, see expected.ts; anything but a refused permission is thrown on. */
async function inSql(who: Person, statement: string, values: readonly unknown[]): Promise<string> {
  try {
    await db.as(IN_SQL[who], async (client) => {
      throw new Undo((await client.query(statement, [...values])).rowCount ?? 0);
    });
  } catch (error) {
    if (error instanceof Undo) return error.rows > 0 ? '+' : '0';
    if ((error as { code?: string }).code === '42501') return '-';
    throw error;
  }
  return '?';
}

async function rightsInSql(who: Person, table: string, one: TableCase): Promise<string> {
  const [found] = Object.entries(one.find);
  const [changed] = Object.entries(one.change);
  const columns = Object.keys(one.further);
  const [column, value] = found!;
  return [
    await inSql(who, `select ${one.read} from ${table} where ${column} = $1`, [value]),
    await inSql(
      who,
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
      Object.values(one.further),
    ),
    await inSql(who, `update ${table} set ${changed![0]} = $2 where ${column} = $1`, [value, changed![1]]),
    await inSql(who, `delete from ${table} where ${column} = $1`, [value]),
  ].join('');
}

interface Answer {
  readonly data: unknown;
  readonly error: { readonly code?: string; readonly message: string } | null;
  readonly status: number;
}

/** Refused is 401 for somebody without a token and 403 for everybody else. */
function lettersOf(who: Person, { data, error, status }: Answer): string {
  if (error === null) return Array.isArray(data) && data.length > 0 ? '+' : '0';
  if (error.code === '42501' && status === (who === 'anonymous' ? 401 : 403)) return '-';
  throw new Error(`${status} ${error.message}`);
}

/** The server tries everything on a row of its own, so that the owner's stays; the others try the owner's. */
async function rightsThroughSdk(who: Person, table: string, one: TableCase): Promise<string> {
  const { database } = clientOf(db, who);
  const key = Object.keys(one.find)[0]!;
  const target = (who === 'server' ? one.further : one.find)[key];
  const readable = one.read === '*' ? key : one.read;
  const select = await database.from(table).select(one.read).eq(key, one.find[key]!);
  // Without `.select()` nothing is read back, so that a missing right to read cannot hide a right to write.
  const insert = await database.from(table).insert([one.further]);
  const letters = [lettersOf(who, select), insert.error === null ? '+' : lettersOf(who, insert)];
  const update = await database.from(table).update(one.change).eq(key, target!).select(readable);
  const remove = await database.from(table).delete().eq(key, target!).select(readable);
  return [...letters, lettersOf(who, update), lettersOf(who, remove)].join('');
}

test('every table of the schema has its rights written down, and no other', async () => {
  const { rows } = await db.admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p', 'v', 'm', 'f') order by relname`,
  );
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(TABLES).sort());
});

describe.each(Object.entries(TABLES))('%s', (table, one) => {
  test('the owner’s row is there to be found', async () => {
    const [column, value] = Object.entries(one.find)[0]!;
    const { rowCount } = await db.admin.query(`select 1 from public.${table} where ${column} = $1`, [value]);
    expect(rowCount).toBeGreaterThan(0);
  });

  test.each(PEOPLE)('%s in SQL', async (who) => {
    expect(await rightsInSql(who, table, one)).toBe(one.rights[who]);
  });

  test.each(PEOPLE)('%s through the SDK', async (who) => {
    expect(await rightsThroughSdk(who, table, one)).toBe(one.rights[who]);
  });
});

test('nothing of this has changed what is stored, but for the owner’s own draft text', async () => {
  const after = await storedState(db);
  const untouched = (reminders: string | undefined): string =>
    (reminders ?? '').replaceAll(/,changed,/g, ',,').replaceAll(/"\d{4}-\d\d-\d\d [\d:.]+\+00"/g, 'at');
  expect({ ...after, scheduled_reminders: untouched(after['scheduled_reminders']) }).toEqual({
    ...before,
    scheduled_reminders: untouched(before['scheduled_reminders']),
  });
});
