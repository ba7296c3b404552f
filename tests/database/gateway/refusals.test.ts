import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { GATEWAY_URL, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { createFixture, send } from './fixture.ts';
import type { RawRequest } from './fixture.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createFixture();
});
afterAll(async () => db.drop());

interface ErrorBody {
  readonly code?: string;
  readonly error?: string;
  readonly message: string;
  readonly statusCode?: number;
}

describe('what is known to PostgREST and not served is 501 and says so', () => {
  const post = (prefer: string): RawRequest => ({ method: 'POST', body: { name: 'x' }, headers: { prefer } });
  test.each<[string, RawRequest]>([
    ['people', { headers: { accept: 'text/csv' } }],
    ['people', { headers: { accept: 'application/vnd.pgrst.plan+json' } }],
    ['people', { headers: { accept: 'application/vnd.pgrst.object+json;nulls=stripped' } }],
    ['people', { headers: { prefer: 'count=planned' } }],
    ['people', { headers: { prefer: 'count=estimated' } }],
    ['people', { headers: { prefer: 'timezone=Asia/Tokyo' } }],
    ['people', post('tx=rollback')],
    ['people', post('handling=strict,max-affected=1')],
    ['people', { method: 'POST', body: 'name\nx', headers: { 'content-type': 'text/csv' } }],
    ['people', { method: 'PUT', body: { id: 1, name: 'x' } }],
    ['people?name=fts.word', {}],
    ['people?name=plfts(english).word', {}],
    ['people?name=match.^A', {}],
    ['people?name=isdistinct.A', {}],
    ['people?name=eq(any).{A,B}', {}],
    ['people?select=name,...leads!person_id(name)', {}],
    ['leads?select=id,people!person_id(name)&order=people(name)', {}],
    ['people?id=eq.1&limit=1', { method: 'DELETE' }],
  ])('%s %j', async (path, request) => {
    const answer = await send(db, `records/${path}`, request);
    const body = answer.json as ErrorBody;
    expect([answer.status, body.error, body.statusCode]).toEqual([501, 'NOT_IMPLEMENTED', 501]);
    expect(body.message).toMatch(/is not supported by this gateway\.$/);
  });
});

describe('what cannot be read is 400 and names the part', () => {
  test.each([
    ['people?select=', 'PGRST100'],
    ['people?select=name,', 'PGRST100'],
    ['people?select=name)', 'PGRST100'],
    ['people?select=leads(', 'PGRST100'],
    ['people?select=name::', 'PGRST100'],
    ['people?select=count()', 'PGRST123'],
    ['people?select=id.sum()', 'PGRST123'],
    ['people?name=Anna', 'PGRST100'],
    ['people?name=equals.Anna', 'PGRST100'],
    ['people?name=eq', 'PGRST100'],
    ['people?name=is.maybe', 'PGRST100'],
    ['people?id=in.1,2', 'PGRST100'],
    ['people?id=in.(1,2', 'PGRST100'],
    ['people?or=id.eq.1', 'PGRST100'],
    ['people?or=(id.eq.1', 'PGRST100'],
    ['people?or=(id.eq.1)x', 'PGRST100'],
    ['people?or=()', 'PGRST100'],
    [`people?or=${'(and'.repeat(40)}`, 'PGRST100'],
    ['people?order=name.up', 'PGRST100'],
    ['people?order=', 'PGRST100'],
    ['people?limit=many', 'PGRST100'],
    ['people?limit=-1', 'PGRST100'],
    ['people?offset=1.5', 'PGRST100'],
    ['people?nope=eq.1', '42703'],
    ['people?select=nope', '42703'],
    ['people?order=nope', '42703'],
    ['people?id=eq.one', '22P02'],
    ['people?select=id::nope', '42704'],
  ])('%s', async (path, code) => {
    const answer = await send(db, `records/${path}`);
    expect([answer.status, (answer.json as ErrorBody).code]).toEqual([400, code]);
  });

  test('an unknown table, function or path is 404, another schema 406, another media type 406 or 415', async () => {
    const codes = async (path: string, request: RawRequest = {}): Promise<unknown[]> => {
      const answer = await send(db, path, request);
      return [answer.status, (answer.json as ErrorBody).code ?? (answer.json as ErrorBody).error];
    };
    expect(await codes('records/nope')).toEqual([404, '42P01']);
    expect(await codes('records/pg_class')).toEqual([404, '42P01']);
    expect(await codes('rpc/pg_sleep', { method: 'POST', body: {} })).toEqual([404, 'PGRST202']);
    expect(await codes('records/people', { headers: { 'accept-profile': 'auth' } })).toEqual([
      406,
      'PGRST106',
    ]);
    expect(await codes('records/people?schema=auth')).toEqual([406, 'PGRST106']);
    expect(await codes('records/people?schema=public')).toEqual([200, undefined]);
    expect(await codes('records/people', { headers: { accept: 'image/png' } })).toEqual([406, 'PGRST107']);
    expect(
      await codes('records/people', {
        method: 'POST',
        body: '<a/>',
        headers: { 'content-type': 'text/xml' },
      }),
    ).toEqual([415, 'PGRST102']);
    expect(await codes('records/%20')).toEqual([400, 'DATABASE_VALIDATION_ERROR']);
    expect(await codes('records/a%22b')).toEqual([400, 'DATABASE_VALIDATION_ERROR']);
    expect(await codes('records/a%00b')).toEqual([400, 'DATABASE_VALIDATION_ERROR']);
    expect(await codes('records/people/1')).toEqual([501, 'NOT_IMPLEMENTED']);
  });

  test('a body beyond the limit is 413, said or not', async () => {
    const body = `{"name":"${'x'.repeat(17 * 1024 * 1024)}"}`;
    expect((await send(db, 'records/people', { method: 'POST', body })).status).toBe(413);
    const headers = { 'content-length': '99999999' };
    expect((await send(db, 'records/people', { method: 'POST', body: '{}', headers })).status).toBe(413);
  });
});

describe('nothing of a request becomes SQL', () => {
  const NASTY = [
    `'; drop table people; --`,
    `"; drop table people; --`,
    '$1',
    '$$',
    '\\',
    '\0',
    `" or "1"="1`,
    '1)) or ((1=1',
    '/*',
    '{',
    'a\nb',
  ];

  test.each(NASTY)('%j in every place is a value, an unknown name or a refusal', async (text) => {
    const bad = encodeURIComponent(text);
    const quoted = encodeURIComponent(JSON.stringify(text).replaceAll('\\u0000', '\0'));
    const paths = [
      ...[
        `people?name=eq.${bad}`,
        `people?name=in.(${quoted})`,
        `people?name=like.${bad}`,
        `people?${bad}=eq.1`,
        `people?${quoted}=eq.1`,
      ],
      ...[
        `people?select=${bad}`,
        `people?select=${quoted}`,
        `people?select=x:name,y:${quoted}`,
        `people?select=${quoted}:name`,
      ],
      ...[
        `people?select=name::${bad}`,
        `people?select=name::text${bad}`,
        `people?select=leads!${bad}(id)`,
        `people?order=${bad}`,
      ],
      ...[
        `people?order=${quoted}`,
        `people?order=name.${bad}`,
        `people?or=(name.eq.${quoted},id.eq.${bad})`,
        `people?limit=${bad}`,
      ],
      ...[
        `leads?select=facts->>${quoted}`,
        `leads?facts->>${quoted}=eq.${bad}`,
        `leads?facts->${bad}=eq.1`,
        `leads?order=facts->${quoted}`,
      ],
      ...[`people?on_conflict=${quoted}`, `people?columns=${quoted}`],
    ];
    for (const path of paths) {
      const answer = await send(db, `records/${path}`);
      expect.soft(answer.status, path).toBeLessThan(500);
      // 42601 is a syntax error: the text would have been read as SQL.
      expect.soft((answer.json as ErrorBody | undefined)?.code, path).not.toBe('42601');
    }
    for (const [path, body] of [
      ['records/people', { [text]: 'x' }],
      [`records/people?columns=${quoted}`, { name: 'x' }],
      [`records/people?on_conflict=${quoted}`, { name: 'x' }],
      ['rpc/echo_text', { p_value: text }],
      ['rpc/echo_text', { [text]: 1 }],
    ] as const) {
      const answer = await send(db, path, {
        method: 'POST',
        body,
        headers: { prefer: 'resolution=merge-duplicates' },
      });
      expect.soft(answer.status, path).toBeLessThan(500);
      expect.soft((answer.json as ErrorBody | undefined)?.code, path).not.toBe('42601');
    }
    expect((await send(db, 'records/people?id=lte.3&select=id')).json).toHaveLength(3);
  });

  test('whatever stands in the query, the answer is a list or an error of the caller', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'id name leads facts ( ) , . " \\ -> ->> :: : * ! !inner not. eq. in. is.null or and desc 1 { }'.split(
          ' ',
        ),
      ),
      fc.string({ maxLength: 5 }),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const query = fc.dictionary(
      fc.oneof(fc.constantFrom('select', 'order', 'or', 'and', 'id', 'name', 'facts->>tone'), text),
      text,
      { maxKeys: 3 },
    );
    await fc.assert(
      fc.asyncProperty(query, async (parameters) => {
        const answer = await send(db, `records/leads?${new URLSearchParams(parameters).toString()}`);
        expect(answer.status === 501 || answer.status < 500).toBe(true);
        expect((answer.json as ErrorBody | undefined)?.code).not.toBe('42601');
        expect(Array.isArray(answer.json)).toBe(answer.status === 200);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the service around it', () => {
  test('health is open and says the version it behaves like', async () => {
    const response = await db.gateway.fetch(`${GATEWAY_URL}/api/health`);
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'ok', version: '2.3.1' }),
    ]);
    expect((await db.gateway.fetch(`${GATEWAY_URL}/api/other`)).status).toBe(404);
  });

  test('any origin may ask, and the preflight is remembered for ten minutes', async () => {
    const url = `${GATEWAY_URL}/api/database/records/people`;
    const origin = 'https://app.example';
    const headers = {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,prefer',
    };
    const preflight = await db.gateway.fetch(url, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-max-age')).toBe('600');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,prefer');
    const refused = await db.gateway.fetch(url, { headers: { origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
    const answered = await db.gateway.fetch(url, {
      headers: { origin, authorization: `Bearer ${TEST_KEYS.apiKey}` },
    });
    expect([answered.status, answered.headers.get('access-control-expose-headers')]).toEqual([
      200,
      'Content-Range,Preference-Applied',
    ]);
    expect(await answered.json()).toHaveLength(3);
  });

  test('a database that is away is 503 with a sentence, and health says so', async () => {
    const lost: unknown[] = [];
    const log = { ...quietLog, error: (facts: unknown) => lost.push(facts) };
    const gateway = createGateway({
      connectionString: 'postgres://nobody:secret@127.0.0.1:1/none',
      log,
      ...TEST_KEYS,
    });
    try {
      const headers = { authorization: `Bearer ${TEST_KEYS.apiKey}` };
      const response = await gateway.fetch(`${GATEWAY_URL}/api/database/records/people`, { headers });
      expect([response.status, ((await response.json()) as ErrorBody).code]).toEqual([503, 'PGRST001']);
      expect((await gateway.fetch(`${GATEWAY_URL}/api/health`)).status).toBe(503);
      expect(lost).toHaveLength(1);
      expect(JSON.stringify(lost)).not.toContain('secret');
    } finally {
      await gateway.close();
    }
  });

  test('a connection cut in the middle is 503 for that request, and the next one works', async () => {
    const slow = db.as('project_admin', async (client) =>
      client.query(
        `create function slow() returns int language plpgsql as $$ begin perform pg_sleep(30); return 1; end $$`,
      ),
    );
    await slow;
    const running = send(db, 'rpc/slow', { method: 'POST', body: {}, as: db.token({ sub: '7' }) });
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where query like '%slow%' and application_name = 'nudge users'`;
    await expect.poll(async () => (await db.admin.query(terminate)).rowCount).toBeGreaterThan(0);
    expect((await running).status).toBe(503);
    expect(
      (await send(db, 'rpc/add', { method: 'POST', body: { a: 1 }, as: db.token({ sub: '7' }) })).text,
    ).toBe('3');
  });
});
