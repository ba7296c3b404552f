import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { createFixture, send } from './fixture.ts';
import type { RawAnswer, RawRequest } from './fixture.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createFixture();
});
afterAll(async () => db.drop());

const call = async (name: string, body: unknown = {}, request: RawRequest = {}): Promise<RawAnswer> =>
  send(db, `rpc/${name}`, { method: 'POST', body, ...request });
const codeOf = (answer: RawAnswer): unknown[] => [answer.status, (answer.json as { code?: string }).code];

describe('answers', () => {
  test('a scalar is bare JSON, void is 204, a set is a list', async () => {
    expect([(await call('add', { a: 1, b: 5 })).text, (await call('add', { a: 1 })).text]).toEqual([
      '6',
      '3',
    ]);
    const nothing = await call('touch');
    expect([nothing.status, nothing.text]).toEqual([204, '']);
    expect((await call('names')).json).toEqual(['Anna', 'Boris', 'Zoë']);
    expect((await call('pairs', { p_n: 2 })).json).toEqual([
      { n: 1, square: 1 },
      { n: 2, square: 4 },
    ]);
    expect((await call('pairs', { p_n: 0 })).json).toEqual([]);
  });

  test('a row is one object, of nulls when there is none', async () => {
    expect((await call('lead_of?select=name', { p_id: 1 })).json).toEqual({ name: 'Kowalska' });
    expect((await call('lead_of?select=id,name', { p_id: 99 })).json).toEqual({ id: null, name: null });
    expect((await call('split', { total: 5 })).json).toEqual({ half: 2, rest: 3 });
  });

  test('json passes through untouched, null and empty text are null', async () => {
    expect((await call('echo', '{"p_value":{"big":12345678901234567890.10,"s":"é"}}')).text).toBe(
      '{"s": "é", "big": 12345678901234567890.10}',
    );
    expect((await call('echo', { p_value: null })).text).toBe('null');
    expect((await call('echo_text', { p_value: 'a "b"' })).json).toBe('a "b"');
    expect((await call('echo_text', { p_value: '' })).text).toBe('null');
  });

  test('rows of a set can be filtered, ordered, cut, counted, embedded and taken singly', async () => {
    const page = await call(
      'all_leads?select=id,steps(number)&owner=eq.7&order=id.desc&limit=1',
      {},
      { headers: { prefer: 'count=exact' } },
    );
    expect([page.status, page.header('content-range'), page.json]).toEqual([
      206,
      '0-0/2',
      [{ id: 2, steps: [{ number: 1 }] }],
    ]);
    const { database } = db.server;
    expect((await database.rpc('all_leads').eq('id', 1).select('name').single()).data).toEqual({
      name: 'Kowalska',
    });
    expect((await database.rpc('all_leads').single()).error?.code).toBe('PGRST116');
    expect(codeOf(await call('names?order=x'))).toEqual([400, 'PGRST100']);
  });

  test('a call through the SDK sends its arguments by name, absent ones take their default', async () => {
    expect(await db.server.database.rpc('add', { a: 40, b: undefined })).toMatchObject({
      data: 42,
      error: null,
    });
    expect((await db.server.database.rpc('total', { p_numbers: [1, 2, 3] })).data).toBe(6);
    expect((await db.server.database.rpc('names')).data).toEqual(['Anna', 'Boris', 'Zoë']);
  });
});

describe('GET', () => {
  test('takes arguments from the query and filters the result with the rest', async () => {
    expect((await send(db, 'rpc/add?a=1&b=3')).text).toBe('4');
    expect((await send(db, 'rpc/pairs?p_n=3&n=gt.1&select=square')).json).toEqual([
      { square: 4 },
      { square: 9 },
    ]);
    expect((await send(db, `rpc/echo?p_value=${encodeURIComponent('{"a":[1]}')}`)).json).toEqual({ a: [1] });
    expect((await send(db, 'rpc/total?p_numbers=1&p_numbers=2')).text).toBe('3');
    expect((await send(db, 'rpc/total?p_numbers={4,5}')).text).toBe('9');
    expect((await db.server.database.rpc('pairs', { p_n: 2 }, { get: true, count: 'exact' })).count).toBe(2);
    const head = await send(db, 'rpc/pairs?p_n=3', { method: 'HEAD', headers: { prefer: 'count=exact' } });
    expect([head.status, head.header('content-range'), head.text]).toEqual([200, '0-2/3', '']);
  });

  test('is read only, whoever asks: a function that writes is 405', async () => {
    expect(codeOf(await send(db, 'rpc/put?p_name=x'))).toEqual([405, '25006']);
    expect(codeOf(await send(db, 'rpc/put?p_name=x', { as: db.token({ sub: '7' }) }))).toEqual([
      405,
      '25006',
    ]);
    expect((await send(db, 'records/people?name=eq.x')).json).toEqual([]);
  });
});

describe('which function', () => {
  test('is found by the names given; none is 404 and says what was searched', async () => {
    const unknown = await call('nothing', { b: 1, a: 2 });
    expect([unknown.status, unknown.json]).toEqual([
      404,
      {
        code: 'PGRST202',
        message: 'Could not find the function public.nothing(a, b) in the schema cache',
        details:
          'Searched for the function public.nothing with parameters a, b, but no matches were found in the schema cache.',
        hint: null,
      },
    ]);
    expect(codeOf(await call('add', { a: 1, c: 1 }))).toEqual([404, 'PGRST202']);
    expect(codeOf(await call('add', {}))).toEqual([404, 'PGRST202']);
    expect((await call('nothing')).text).toContain('public.nothing without parameters');
  });

  test('two that fit are 300', async () => {
    expect(codeOf(await call('ambiguous', { a: 1 }))).toEqual([300, 'PGRST203']);
  });

  test('a function or column made a moment ago is found, with and without NOTIFY', async () => {
    await call('add', { a: 1 });
    await db.as('project_admin', async (client) =>
      client.query(`create function newborn() returns int language sql as 'select 7'`),
    );
    expect((await call('newborn')).text).toBe('7');
    await db.as('project_admin', async (client) => client.query('alter table people add column age int'));
    const insert = await send(db, 'records/people?select=age', {
      method: 'POST',
      body: { name: 'Old', age: 80 },
      headers: { prefer: 'return=representation' },
    });
    expect(insert.json).toEqual([{ age: 80 }]);
  });

  test('a function replaced by one with other arguments is called by its new ones', async () => {
    await db.as('project_admin', async (client) =>
      client.query(`create function turn(a int) returns int language sql as 'select a'`),
    );
    expect((await call('turn', { a: 1 })).text).toBe('1');
    await db.as('project_admin', async (client) =>
      client.query(
        `drop function turn(int); create function turn(a text) returns text language sql as 'select a'; notify pgrst, 'reload schema'`,
      ),
    );
    await expect.poll(async () => (await call('turn', { a: 'x' })).text).toBe('"x"');
  });

  test('rights on functions hold', async () => {
    expect((await call('only_server')).text).toBe('1');
    expect(codeOf(await call('only_server', {}, { as: db.token({ sub: '7' }) }))).toEqual([403, '42501']);
    expect(codeOf(await call('only_server', {}, { as: 'anon' }))).toEqual([401, '42501']);
  });
});

describe('errors of functions', () => {
  test.each([
    ['P0001', 400],
    ['PT409', 409],
    ['PT503', 503],
    ['P0002', 500],
    ['22023', 400],
    ['23505', 409],
    ['40001', 500],
    ['55P03', 500],
    ['57014', 500],
    ['53300', 503],
    ['08006', 503],
    ['42883', 404],
    ['28000', 403],
    ['XX000', 500],
    ['54000', 500],
    ['PT999', 400],
  ])('SQLSTATE %s is answered %i with code, message, details and hint', async (code, status) => {
    const answer = await call('fail_with', { p_code: code, p_message: 'because' });
    expect([answer.status, answer.json]).toEqual([
      status,
      { code, message: 'because', details: 'a detail', hint: 'a hint' },
    ]);
  });

  test('a function may set the whole answer', async () => {
    const answer = await call('raise_answer');
    expect([answer.status, answer.header('x-kind'), answer.json]).toEqual([
      418,
      'tea',
      { code: 'X1', message: 'teapot', details: 'd', hint: 'h' },
    ]);
  });
});
