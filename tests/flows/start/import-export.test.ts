/** `npm run export` and `npm run import` as an operator at a terminal meets them. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createActor } from '../../database/actions/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { runProgram, type Ended } from '../../support/run-main.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'nudge-data-'))]);
});
afterAll(async () => {
  await Promise.all([database.drop(), rm(folder, { recursive: true })]);
});

const settings = (from: TestDatabase) => ({ DATABASE_URL: from.url, JWT_SECRET: 's'.repeat(32) });
const take = (...options: readonly string[]): Promise<Ended> =>
  runProgram('bot/import.ts', settings(database), ...options);
const give = (...options: readonly string[]): Promise<Ended> =>
  runProgram('bot/export.ts', settings(database), ...options);
const leadsOf = async (from: TestDatabase, id: number): Promise<string[]> => {
  const sql = 'select name from leads where telegram_id = $1 order by id';
  return (await from.admin.query<{ name: string }>(sql, [id])).rows.map(({ name }) => name);
};
async function arrived(): Promise<number> {
  const { id } = createActor(database);
  await database.admin.query('insert into users (telegram_id, first_name) values ($1, $2)', [id, 'Mara']);
  return id;
}

test('a table is looked at, imported once, and nobody comes twice', async () => {
  const id = String(await arrived());
  const file = join(folder, 'leads.csv');
  await writeFile(
    file,
    'Name,Company,Budget\nAnna Kowalska,Baltic Freight,9000\nJonas Weber,Nordsee,\n,,1\n',
  );
  const looked = await take(file, '--telegram-id', id, '--dry-run');
  expect(looked).toEqual({
    code: 0,
    stderr: '',
    stdout:
      '2 leads would be imported.\nLines that name nobody: 4.\nColumns that went into the notes: Budget.\n',
  });
  expect(await leadsOf(database, Number(id))).toEqual([]);
  expect((await take(file, '--telegram-id', id)).stdout).toMatch(/^2 leads imported\.\n/);
  const again = await take(file, '--telegram-id', id);
  expect(again.stdout).toMatch(/^0 leads imported\.\n2 left out: they may be there already\.\n/);
  expect(await leadsOf(database, Number(id))).toEqual(['Anna Kowalska', 'Jonas Weber']);
});

test('a backup of everybody comes back in an empty database, and only there', async () => {
  const person = createActor(database);
  await database.admin.query('insert into users (telegram_id, zone) values ($1, $2)', [
    person.id,
    'Europe/Oslo',
  ]);
  await person.plan();
  const file = join(folder, 'backup.json');
  const exported = await give('--all', '--out', file);
  expect(exported).toMatchObject({ code: 0, stdout: '' });
  expect(exported.stderr).toMatch(/^\d+ people exported\.\n$/);
  expect((await stat(file)).mode & 0o077).toBe(0);

  const refused = await take(file);
  expect(refused.stdout).toContain(`${person.id}: has data already, nothing was changed.`);

  const empty = await createTestDatabase();
  try {
    const restored = await runProgram('bot/import.ts', settings(empty), file);
    expect(restored.stderr).toBe('');
    expect(restored.stdout).toMatch(
      new RegExp(
        `^${person.id}: got 1 leads, 1 plans and 3 reminders; left in the file: \\d+ notes for Undo\\.$`,
        'm',
      ),
    );
    expect(await leadsOf(empty, person.id)).toEqual(['Kowalska']);
    const { rows } = await empty.admin.query('select zone from users where telegram_id = $1', [person.id]);
    expect(rows).toEqual([{ zone: 'Europe/Oslo' }]);
  } finally {
    await empty.drop();
  }
});

test('one person’s export is a file or standard output, in each format, and becomes another person', async () => {
  const person = createActor(database);
  await database.admin.query('insert into users (telegram_id) values ($1)', [person.id]);
  await person.plan();
  const own = ['--telegram-id', String(person.id)];
  expect((await give(...own, '--format', 'csv')).stdout).toContain('Kowalska');
  expect((await give(...own, '--format', 'ics')).stdout).toMatch(/^BEGIN:VCALENDAR/);
  const file = join(folder, 'person.json');
  expect(await give(...own, '--out', file)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ leads: [{ name: 'Kowalska' }] });
  const other = createActor(database).id;
  const looked = await take(file, '--telegram-id', String(other), '--dry-run');
  expect(looked.stdout).toMatch(
    new RegExp(
      `^${other}: would get 1 leads, 1 plans and 3 reminders; left in the file: \\d+ notes for Undo\\.\n$`,
    ),
  );
  expect((await take(file, '--telegram-id', String(other))).code).toBe(0);
  expect(await leadsOf(database, other)).toEqual(['Kowalska']);
});

test('what is wrong is said in one sentence without a stack trace, and nothing is changed', async () => {
  const id = String(await arrived());
  const broken = join(folder, 'broken.json');
  const nameless = join(folder, 'nameless.csv');
  await Promise.all([writeFile(broken, '{"people": [{}]'), writeFile(nameless, 'Budget\n9000\n')]);
  const wrong: readonly [Promise<Ended>, RegExp][] = [
    [give(), /^--telegram-id: Say whose data/],
    [give('--all', '--format', 'csv'), /^--format: A backup of everybody is JSON\.\n$/],
    [give('--telegram-id', '99999999'), /^Nobody here has the Telegram id 99999999\.\n$/],
    [take(), /^Name one file: npm run import -- leads\.csv\n$/],
    [take('none.csv', '--telegram-id', id), /^none\.csv cannot be read\.\n$/],
    [take(nameless), /^Say whose leads they are: --telegram-id N\n$/],
    [take(nameless, '--telegram-id', id), /does not name its columns in the first line/],
    [take(nameless, '--telegram-id', '99999999'), /they must have pressed Start\.\n$/],
    [take(broken), /is no export of this product, or a damaged one\.\n$/],
  ];
  for (const [running, sentence] of wrong) {
    const { code, stdout, stderr } = await running;
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  }
  expect(await leadsOf(database, Number(id))).toEqual([]);
});
