import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { createFixture, resetRows, rows, send } from './fixture.ts';
import type { RawAnswer, RawRequest } from './fixture.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createFixture();
});
beforeEach(async () => resetRows(db));
afterAll(async () => db.drop());

const FULL = { prefer: 'return=representation' };
const post = async (path: string, body: unknown, request: RawRequest = {}): Promise<RawAnswer> =>
  send(db, `records/${path}`, { method: 'POST', body, ...request });
const patch = async (path: string, body: unknown, request: RawRequest = {}): Promise<RawAnswer> =>
  send(db, `records/${path}`, { method: 'PATCH', body, ...request });
const remove = async (path: string, request: RawRequest = {}): Promise<RawAnswer> =>
  send(db, `records/${path}`, { method: 'DELETE', ...request });
const codeOf = (answer: RawAnswer): unknown[] => [
  answer.status,
  (answer.json as { code?: string } | undefined)?.code,
];

describe('insert', () => {
  test('without a wish for the row it answers 201 and an empty list, as InsForge does', async () => {
    const answer = await post('people', { name: 'New' });
    expect([answer.status, answer.text, answer.header('content-range')]).toEqual([201, '[]', '*/*']);
    expect(await rows(db, 'records/people?name=eq.New&select=name')).toEqual([{ name: 'New' }]);
  });

  test('with representation it answers the rows, embedded ones included, and the columns asked for', async () => {
    const body = { owner: 7, name: 'L', person_id: 2 };
    const answer = await post('leads?select=name,person:people!person_id(name)', body, { headers: FULL });
    expect([answer.status, answer.json]).toEqual([201, [{ name: 'L', person: { name: 'Boris' } }]]);
    const counted = await post('people', [{ name: 'x' }, { name: 'y' }], {
      headers: { prefer: 'count=exact' },
    });
    expect(counted.header('content-range')).toBe('*/2');
  });

  test('headers-only names the new row in Location', async () => {
    const answer = await post(
      'steps',
      { lead_id: 3, number: 1 },
      { headers: { prefer: 'return=headers-only' } },
    );
    expect([answer.status, answer.text, answer.header('location')]).toEqual([
      201,
      '[]',
      '/steps?lead_id=eq.3&number=eq.1',
    ]);
  });

  test('large and exact numbers, unicode and JSON arrive unharmed', async () => {
    const body =
      '{"owner":7,"name":"Ж\\u0301 😀","big":9007199254740993,"score":0.10000000000000000000001,"facts":{"a":[1e2]},"tags":["x,y","\\""],"met_at":"2026-01-01T00:00:00.000001Z"}';
    const answer = await post('leads?select=name,big,score,facts,tags,met_at', body, { headers: FULL });
    expect(answer.text).toContain('"big":9007199254740993,"score":0.10000000000000000000001');
    expect(answer.json).toEqual([
      expect.objectContaining({
        name: 'Ж\u0301 😀',
        facts: { a: [100] },
        tags: ['x,y', '"'],
        met_at: '2026-01-01T00:00:00.000001+00:00',
      }),
    ]);
  });

  test('rows with different keys are refused unless columns says which count', async () => {
    const uneven = [
      { lead_id: 3, number: 1, title: 't' },
      { lead_id: 3, number: 2 },
    ];
    expect(codeOf(await post('steps', uneven))).toEqual([400, 'PGRST102']);
    // A named column that a row lacks is null, and title may not be null.
    expect(codeOf(await post('steps?columns=lead_id,number,title', uneven))).toEqual([400, '23502']);
    const headers = { prefer: 'return=representation,missing=default' };
    const answer = await post('steps?columns="lead_id","number","title"', uneven, { headers });
    expect(answer.json).toEqual([
      { lead_id: 3, number: 1, title: 't' },
      { lead_id: 3, number: 2, title: 'untitled' },
    ]);
    expect(answer.header('preference-applied')).toBe('missing=default, return=representation');
  });

  test('a missing identity takes its next number where defaults are preferred', async () => {
    const headers = { prefer: 'return=representation,missing=default' };
    const answer = await post('people?columns=id,name', [{ name: 'a' }, { id: 50, name: 'b' }], { headers });
    expect(answer.json).toEqual([expect.objectContaining({ id: 4 }), expect.objectContaining({ id: 50 })]);
  });

  test('columns leaves other keys of the body out', async () => {
    const answer = await post('no_key?columns=a', { a: 1, b: 'x' }, { headers: FULL });
    expect(answer.json).toEqual([{ a: 1, b: null }]);
  });

  test('an empty list inserts nothing, an empty object a row of defaults', async () => {
    const nothing = await post('people', [], { headers: FULL });
    expect([nothing.status, nothing.json]).toEqual([201, []]);
    const defaults = await post('no_key', {}, { headers: FULL });
    expect([defaults.status, defaults.json]).toEqual([201, [{ a: null, b: null }]]);
    expect(codeOf(await post('no_key', [{}, {}]))).toEqual([400, 'PGRST102']);
  });

  test.each([
    ['an unknown column', 'people', { nome: 'x' }, [400, 'PGRST204']],
    ['an unknown column in columns', 'people?columns=nome', { name: 'x' }, [400, 'PGRST204']],
    ['no JSON', 'people', '{"name":', [400, 'PGRST102']],
    ['no body', 'people', '', [400, 'PGRST102']],
    ['a scalar', 'people', '5', [400, 'PGRST102']],
    ['a list of scalars', 'people', [1], [400, 'PGRST102']],
    ['a key twice', 'steps', { lead_id: 1, number: 1 }, [409, '23505']],
    ['a missing parent', 'steps', { lead_id: 99, number: 1 }, [409, '23503']],
    ['a missing value', 'people', { name: null }, [400, '23502']],
    ['a broken rule', 'leads', { owner: 7, name: 'x'.repeat(101) }, [400, '23514']],
    ['a word for a number', 'leads', { owner: 'seven', name: 'x' }, [400, '22P02']],
    ['an unknown table', 'nothing', { a: 1 }, [404, '42P01']],
    ['a limit', 'people?limit=1', { name: 'x' }, [501, undefined]],
  ])('%s is refused', async (_, path, body, expected) => {
    expect(codeOf(await post(path, body))).toEqual(expected);
  });
});

describe('upsert', () => {
  const merge = { prefer: 'resolution=merge-duplicates,return=representation' };

  test('merging updates what is there and inserts the rest; only all old is 200', async () => {
    const mixed = await post(
      'steps',
      [
        { lead_id: 1, number: 1, title: 'A' },
        { lead_id: 1, number: 9, title: 'B' },
      ],
      { headers: merge },
    );
    expect([mixed.status, (mixed.json as unknown[]).length]).toEqual([201, 2]);
    const old = await post('steps', { lead_id: 1, number: 1, title: 'C' }, { headers: merge });
    expect([old.status, old.json]).toEqual([200, [{ lead_id: 1, number: 1, title: 'C' }]]);
    expect(old.header('preference-applied')).toBe('resolution=merge-duplicates, return=representation');
  });

  test('ignoring leaves what is there', async () => {
    const headers = { prefer: 'resolution=ignore-duplicates,return=representation' };
    const answer = await post(
      'steps',
      [
        { lead_id: 1, number: 1, title: 'A' },
        { lead_id: 3, number: 1, title: 'B' },
      ],
      { headers },
    );
    expect([answer.status, answer.json]).toEqual([201, [{ lead_id: 3, number: 1, title: 'B' }]]);
  });

  test('the conflict may be on other columns than the primary key', async () => {
    await db.as('project_admin', async (client) => client.query('create unique index on people (name)'));
    const { data, error } = await db.server.database
      .from('people')
      .upsert({ name: 'Anna', mentor_id: 3 }, { onConflict: 'name' })
      .select('id,mentor_id');
    expect([data, error]).toEqual([[{ id: 1, mentor_id: 3 }], null]);
    expect(codeOf(await post('people?on_conflict=mentor_id', { name: 'Q' }, { headers: merge }))).toEqual([
      400,
      '42P10',
    ]);
  });
});

describe('update', () => {
  test('answers 204 with the range of changed rows, or the rows when asked', async () => {
    const minimal = await patch('leads?owner=eq.7', { company: 'C' });
    expect([minimal.status, minimal.text, minimal.header('content-range')]).toEqual([204, '', '0-1/*']);
    const full = await patch(
      'leads?owner=eq.7&select=id,company&order=id.desc',
      { company: null },
      { headers: FULL },
    );
    expect([full.status, full.json, full.header('content-range')]).toEqual([
      200,
      [
        { id: 2, company: null },
        { id: 1, company: null },
      ],
      '0-1/*',
    ]);
    const counted = await patch('leads?owner=eq.8', { company: 'x' }, { headers: { prefer: 'count=exact' } });
    expect(counted.header('content-range')).toBe('0-0/1');
  });

  test('what matches nothing or sets nothing is a success without rows', async () => {
    const nobody = await patch('leads?id=eq.99', { company: 'C' });
    expect([nobody.status, nobody.header('content-range')]).toEqual([204, '*/*']);
    const shown = await patch('leads?id=eq.99', { company: 'C' }, { headers: FULL });
    expect([shown.status, shown.json]).toEqual([200, []]);
    const empty = await patch('leads?id=eq.1', {}, { headers: FULL });
    expect([empty.status, empty.json, empty.header('content-range')]).toEqual([200, [], '*/*']);
    expect((await patch('leads?id=eq.1', {})).status).toBe(204);
    expect(codeOf(await patch('nothing', {}))).toEqual([404, '42P01']);
  });

  test('embedded rows and filters on them work on the changed rows', async () => {
    const answer = await patch(
      'leads?id=eq.1&select=id,steps(number)&steps.number=eq.2',
      { company: 'Z' },
      { headers: FULL },
    );
    expect(answer.json).toEqual([{ id: 1, steps: [{ number: 2 }] }]);
  });

  test('single with none or many rows is 406 and changes nothing', async () => {
    const headers = { ...FULL, accept: 'application/vnd.pgrst.object+json' };
    const many = await patch('leads?owner=eq.7', { company: 'LOST' }, { headers });
    expect([many.status, many.json]).toEqual([
      406,
      expect.objectContaining({
        code: 'PGRST116',
        details: 'The result contains 2 rows',
        message: 'JSON object requested, multiple (or no) rows returned',
      }),
    ]);
    const asUser = await patch(
      'leads?owner=eq.7',
      { company: 'LOST' },
      { headers, as: db.token({ sub: '7' }) },
    );
    expect(asUser.status).toBe(406);
    expect(await rows(db, 'records/leads?company=eq.LOST')).toEqual([]);
    const one = await patch('leads?id=eq.1&select=company', { company: 'C' }, { headers });
    expect([one.status, one.json, one.header('content-type')]).toEqual([
      200,
      { company: 'C' },
      'application/vnd.pgrst.object+json; charset=utf-8',
    ]);
  });

  test('a list of changes is refused', async () => {
    expect(codeOf(await patch('leads?id=eq.1', [{ company: 'C' }]))).toEqual([400, 'PGRST102']);
    expect(codeOf(await patch('leads?id=eq.1', [{ company: 'C' }, { company: 'D' }]))).toEqual([
      400,
      'PGRST102',
    ]);
  });
});

describe('delete', () => {
  test('arrives with a JSON type and no body, answers 204 or the rows, and may be repeated', async () => {
    const headers = { 'content-type': 'application/json' };
    const shown = await remove('steps?lead_id=eq.1&select=number&order=number', {
      headers: { ...headers, ...FULL },
    });
    expect([shown.status, shown.json, shown.header('content-range')]).toEqual([
      200,
      [{ number: 1 }, { number: 2 }],
      '*/*',
    ]);
    const again = await remove('steps?lead_id=eq.1', { headers: { ...headers, prefer: 'count=exact' } });
    expect([again.status, again.text, again.header('content-range')]).toEqual([204, '', '*/0']);
  });

  test('one() takes a delete of several back', async () => {
    const { error } = await db.server.database.from('steps').delete().eq('lead_id', 1).select().single();
    expect(error?.code).toBe('PGRST116');
    expect(await rows(db, 'records/steps?lead_id=eq.1&select=number')).toHaveLength(2);
  });
});

describe('rights', () => {
  test('a person reads and writes through the policies only', async () => {
    const user = db.userClient(7).database;
    expect((await user.from('leads').select('id').order('id')).data).toEqual([{ id: 1 }, { id: 2 }]);
    expect((await user.from('leads').update({ company: 'mine' }).eq('id', 3).select()).data).toEqual([]);
    const forged = await user.from('leads').insert({ owner: 8, name: 'forged' });
    expect([forged.status, forged.error?.code]).toEqual([403, '42501']);
    expect((await user.from('leads').delete().gt('id', 0).select('id')).data).toHaveLength(2);
    expect(await rows(db, 'records/leads?select=id')).toEqual([{ id: 3 }]);
  });

  test('a missing right is 401 for anon, who could sign in, and 403 for the rest', async () => {
    expect(codeOf(await send(db, 'records/hidden', { as: 'anon' }))).toEqual([401, '42501']);
    expect(codeOf(await send(db, 'records/hidden', { as: db.token({ sub: '7' }) }))).toEqual([403, '42501']);
    expect((await send(db, 'records/hidden')).status).toBe(200);
  });

  test('who may write but not read a column can write as long as it is not asked back', async () => {
    const as = db.token({ sub: '7' });
    expect((await patch('half_open?id=eq.1', { secret: 'new' }, { as })).status).toBe(204);
    expect((await post('half_open', { id: 2, secret: 's' }, { as })).status).toBe(201);
    expect(
      (await patch('half_open?id=eq.1&select=id,shown', { secret: 'n' }, { as, headers: FULL })).json,
    ).toEqual([{ id: 1, shown: 's' }]);
    expect(codeOf(await patch('half_open?id=eq.1', { secret: 'n' }, { as, headers: FULL }))).toEqual([
      403,
      '42501',
    ]);
    expect(codeOf(await send(db, 'records/half_open?secret=eq.x&select=id', { as }))).toEqual([403, '42501']);
  });
});
