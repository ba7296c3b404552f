/** A table of leads over HTTP, as the mini-app sends it: looked at first, stored once, for nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importTableAnswerSchema, TABLE_LIMIT_BYTES } from '../../../shared/contracts/import.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, testServer } from '../../support/http-server.ts';

const MARA = 7401;
const OTHER = 7402;
let db: TestDatabase;
let ask: ReturnType<typeof testServer>;
beforeAll(async () => {
  db = await createTestDatabase();
  ask = testServer(db);
  await db.admin.query(
    `insert into public.users (telegram_id, language, zone) values ($1, 'ru', 'Europe/Berlin'), ($2, 'en', 'Asia/Kolkata')`,
    [MARA, OTHER],
  );
});
afterAll(async () => db.drop());

const TABLE = [
  'Name;Company;Email;Shoe size',
  'Anna Kowalska;Baltic Freight;anna@balticfreight.example;38',
  'Jonas Weber;Elbwerk;jonas@elbwerk.example;',
  ';;;44',
  'Jonas Weber;Elbwerk;jonas@elbwerk.example;',
].join('\r\n');

interface Request {
  readonly actionId: string;
  readonly bytes?: Uint8Array | string;
  readonly dryRun?: boolean;
}
async function send(
  { actionId, bytes = TABLE, dryRun = false }: Request,
  telegramId = MARA,
): Promise<{ status: number; body: unknown }> {
  const authorization = `Bearer ${db.token({ sub: String(telegramId) })}`;
  const body = { action_id: actionId, file: Buffer.from(bytes).toString('base64'), dry_run: dryRun };
  const response = await ask('/api/leads/import', jsonPost(body, { authorization }));
  return { status: response.status, body: await response.json() };
}
async function leadsOf(telegramId: number): Promise<string[]> {
  const { rows } = await db.admin.query<{ name: string }>(
    'select name from public.leads where telegram_id = $1 order by name',
    [telegramId],
  );
  return rows.map(({ name }) => name);
}

test('a look says what would become of every row and stores nothing', async () => {
  const { status, body } = await send({ actionId: 'look', dryRun: true });
  expect([status, importTableAnswerSchema.parse(body)]).toEqual([
    200,
    {
      ...{ kind: 'read', created: 2, alike: 0, over_limit: 0, repeated: 1 },
      ...{ nameless: [4], unknown: ['Shoe size'] },
    },
  ]);
  expect(await leadsOf(MARA)).toEqual([]);
});

test('sent twice, and twice at once, it stores each lead once, and in nobody else’s list', async () => {
  const sent = await Promise.all([send({ actionId: 'go' }), send({ actionId: 'go' })]);
  sent.push(await send({ actionId: 'go' }));
  for (const { status, body } of sent) expect([status, body]).toMatchObject([200, { created: 2 }]);
  expect(await leadsOf(MARA)).toEqual(['Anna Kowalska', 'Jonas Weber']);
  expect(await leadsOf(OTHER)).toEqual([]);
});

test('leads that are there already are left out and counted', async () => {
  expect((await send({ actionId: 'again' })).body).toMatchObject({ created: 0, alike: 2 });
});

test('another person’s leads count for nothing', async () => {
  const { body } = await send({ actionId: 'look-too', dryRun: true }, OTHER);
  expect(body).toMatchObject({ created: 2, alike: 0 });
});

test('a table of an old Russian spreadsheet is read in its own alphabet', async () => {
  // "имя" and "Пётр" in windows-1251.
  const bytes = Uint8Array.of(0xe8, 0xec, 0xff, 0x0a, 0xcf, 0xb8, 0xf2, 0xf0);
  expect((await send({ actionId: 'old', bytes })).body).toMatchObject({ created: 1 });
  expect(await leadsOf(MARA)).toContain('Пётр');
});

test.each([
  ['', { kind: 'no_table', reason: 'empty' }],
  ['colour,size\nred,4', { kind: 'no_table', reason: 'no_heading' }],
  ['name,notes\n,only words', { kind: 'nobody' }],
  [`name\n${'Anna\n'.repeat(1001)}`, { kind: 'no_table', reason: 'too_many' }],
])('a file that is no table of leads (%#) is answered with the reason', async (bytes, reason) => {
  expect(await send({ actionId: 'bad', bytes })).toEqual({ status: 200, body: reason });
});

test('a stranger is not let in, whatever they send; one without a row is told to open the bot', async () => {
  const stranger = await ask('/api/leads/import', jsonPost({ file: 'x'.repeat(TABLE_LIMIT_BYTES * 2) }));
  expect(stranger.status).toBe(401);
  expect(await send({ actionId: 'nobody' }, 7499)).toMatchObject({
    status: 409,
    body: { error: { code: 'NOT_A_PERSON' } },
  });
});

test('the largest file is read; a larger one is refused, and so is what is no file', async () => {
  const heading = 'name,notes\n';
  const row = `Anna,${'x'.repeat(TABLE_LIMIT_BYTES - heading.length - 5)}`;
  const largest = await send({ actionId: 'large', bytes: heading + row, dryRun: true });
  expect([largest.status, largest.body]).toMatchObject([200, { created: 1 }]);
  expect((await send({ actionId: 'larger', bytes: `${heading}${row}xxxx`, dryRun: true })).status).toBe(422);
  expect((await send({ actionId: 'far', bytes: 'x'.repeat(TABLE_LIMIT_BYTES * 2) })).status).toBe(413);
  const authorization = `Bearer ${db.token({ sub: String(MARA) })}`;
  const broken = { action_id: 'broken', file: 'no base64!', dry_run: false };
  expect((await ask('/api/leads/import', jsonPost(broken, { authorization }))).status).toBe(422);
});
