import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { createFixture, rows, send } from './fixture.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createFixture();
});
afterAll(async () => db.drop());

const get = async (query: string): Promise<unknown> => rows(db, `records/${query}`);

describe('columns', () => {
  test('numbers, time stamps and arrays come with every digit PostgreSQL has', async () => {
    const { text } = await send(db, 'records/leads?select=id,score,big,met_at,tags,period&order=id');
    expect(text).toContain('"score":1.50,"big":9007199254740993,"met_at":"2026-03-29T01:30:00.123456+00:00"');
    expect(text).toContain('"big":-9223372036854775808');
    expect(text).toContain('"score":123456789012345678901234567890.123456789');
    expect(text).toContain('"tags":["hot","eu"],"period":"[1,5)"');
  });

  test('aliases, casts and JSON arrows choose what is shown and how it is called', async () => {
    const shown = await get(
      'leads?select=who:name,big::text,facts->>tone,facts->list->1->>x,first:facts->list->0,facts->list->0&id=eq.1',
    );
    expect(shown).toEqual([
      { who: 'Kowalska', big: '9007199254740993', tone: 'warm', x: 'y', first: 10, list: 10 },
    ]);
  });

  test('an arrow into a column that is no JSON walks its JSON form', async () => {
    expect(await get('leads?select=tag:tags->>0&id=eq.1')).toEqual([{ tag: 'hot' }]);
  });

  test('odd names work in quotes, also those that mean something in SQL', async () => {
    const table = encodeURIComponent('odd "name');
    expect((await send(db, `records/${table}`)).status).toBe(400);
    await db.as('project_admin', async (client) =>
      client.query('alter table "odd ""name" rename to "odd name"'),
    );
    const shown = await get(
      'odd%20name?select="a column",sélect,page,where&"a column"=eq.1&where=gt.1&order="a column".desc',
    );
    expect(shown).toEqual([{ 'a column': 1, sélect: 'é', page: 'p', where: 2 }]);
  });
});

describe('filters', () => {
  const ids = async (filter: string): Promise<unknown> => {
    const found = (await get(`leads?select=id&order=id&${filter}`)) as { id: number }[];
    return found.map(({ id }) => id);
  };

  test.each([
    ['id=eq.2', [2]],
    ['id=neq.2', [1, 3]],
    ['id=gt.1', [2, 3]],
    ['id=gte.2&id=lt.3', [2]],
    ['id=lte.2', [1, 2]],
    ['name=like.Kow*', [1]],
    ['name=ilike.*OWNED*', [3]],
    ['company=is.null', [2]],
    ['company=not.is.null', [1, 3]],
    ['is_open=is.true', [1]],
    ['is_open=is.FALSE', [3]],
    ['is_open=is.unknown', [2]],
    ['id=in.(1,3)', [1, 3]],
    ['id=not.in.(1,3)', [2]],
    ['id=in.()', []],
    ['name=in.("a,b \\"quoted\\" (x)",Kowalska)', [1, 2]],
    ['tags=cs.{eu}', [1, 3]],
    ['tags=cd.{eu,hot}', [1, 2, 3]],
    ['tags=ov.{hot,cold}', [1]],
    ['period=ov.[4,6)', [1, 2]],
    ['facts=cs.{"tone":"warm"}', [1]],
    ['facts->>tone=eq.cold', [2]],
    ['facts->n=eq.5', [1]],
    ['facts->list->1->>x=eq.y', [1]],
    ['met_at=gte.2026-06-01', [2]],
    ['and=(id.gt.1,name.like.Owned*)', [3]],
    ['or=(id.eq.1,id.eq.3)', [1, 3]],
    ['not.or=(id.eq.1,id.eq.3)', [2]],
    ['or=(id.eq.1,and(owner.eq.8,not.or(company.is.null,id.lt.3)))', [1, 3]],
    ['or=(name.eq."a,b \\"quoted\\" (x)",id.not.in.(1,2))', [2, 3]],
    ['or=(tags.ov.{hot,cold},id.eq.3)', [1, 3]],
    ['or=(facts->>tone.eq.warm,facts->>tone.eq.cold)', [1, 2]],
    ['or=(id.eq.1,id.eq.2)&or=(id.eq.2,id.eq.3)', [2]],
    ['id=gt.1&id=lt.3', [2]],
    ['name=eq.Owned+by%208', [3]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });
});

describe('order and pages', () => {
  const companies = async (order: string): Promise<unknown> =>
    ((await get(`leads?select=company&order=${order}`)) as { company: string | null }[]).map(
      ({ company }) => company,
    );

  test('nulls go where they are told, by default as PostgreSQL has them', async () => {
    expect(await companies('company')).toEqual(['Acme', 'Baltic', null]);
    expect(await companies('company.desc')).toEqual([null, 'Baltic', 'Acme']);
    expect(await companies('company.nullsfirst')).toEqual([null, 'Acme', 'Baltic']);
    expect(await companies('company.desc.nullslast,id.asc')).toEqual(['Baltic', 'Acme', null]);
  });

  test('limit and offset cut a page; without a count its total is unknown', async () => {
    const answer = await send(db, 'records/leads?select=id&order=id&limit=1&offset=1');
    expect([answer.status, answer.json, answer.header('content-range')]).toEqual([200, [{ id: 2 }], '1-1/*']);
  });

  test('a counted page that leaves rows out is 206, a complete one 200', async () => {
    const headers = { prefer: 'count=exact' };
    const part = await send(db, 'records/leads?select=id&limit=2', { headers });
    expect([part.status, part.header('content-range'), part.header('preference-applied')]).toEqual([
      206,
      '0-1/3',
      'count=exact',
    ]);
    const whole = await send(db, 'records/leads?select=id', { headers });
    expect([whole.status, whole.header('content-range')]).toEqual([200, '0-2/3']);
    const none = await send(db, 'records/leads?select=id&id=eq.99', { headers });
    expect([none.status, none.header('content-range'), none.json]).toEqual([200, '*/0', []]);
  });

  test('an offset past the end is 416 when counted and an empty page otherwise', async () => {
    const counted = await send(db, 'records/leads?offset=10', { headers: { prefer: 'count=exact' } });
    expect([counted.status, counted.header('content-range')]).toEqual([416, '*/3']);
    expect(counted.json).toEqual({
      code: 'PGRST103',
      message: 'Requested range not satisfiable',
      details: 'An offset of 10 was requested, but there are only 3 rows.',
      hint: null,
    });
    const plain = await send(db, 'records/leads?offset=10');
    expect([plain.status, plain.json, plain.header('content-range')]).toEqual([200, [], '*/*']);
  });

  test('a Range header cuts the same page, within limit and offset', async () => {
    const range = async (value: string, query = ''): Promise<unknown[]> => {
      const answer = await send(db, `records/leads?select=id&order=id${query}`, {
        headers: { range: value },
      });
      return [answer.status, answer.header('content-range')];
    };
    expect(await range('0-1')).toEqual([200, '0-1/*']);
    expect(await range('1-')).toEqual([200, '1-2/*']);
    expect(await range('0-5', '&limit=1&offset=1')).toEqual([200, '1-1/*']);
    expect(await range('5-2')).toEqual([416, null]);
    expect(await range('nonsense')).toEqual([400, null]);
  });

  test('HEAD answers like GET without the body', async () => {
    const answer = await send(db, 'records/leads?limit=1', {
      method: 'HEAD',
      headers: { prefer: 'count=exact' },
    });
    expect([answer.status, answer.header('content-range'), answer.text]).toEqual([206, '0-0/3', '']);
  });
});

describe('embedded resources', () => {
  test('a foreign key yields one object, the way back a list, a unique key one object again', async () => {
    const shown = await get(
      'leads?select=id,person:people!leads_person_fkey(name),steps(number),one_to_one(note)&order=id&limit=2',
    );
    expect(shown).toEqual([
      {
        id: 1,
        person: { name: 'Anna' },
        steps: [{ number: 1 }, { number: 2 }],
        one_to_one: { note: 'note' },
      },
      { id: 2, person: { name: 'Boris' }, steps: [{ number: 1 }], one_to_one: null },
    ]);
    expect(await get('leads?select=steps(number),person_id(name)&id=eq.3')).toEqual([
      { steps: [], person_id: null },
    ]);
  });

  test('the key is named by table, constraint or column, and the other end too', async () => {
    const expected = [{ who: { name: 'Anna' } }];
    expect(await get('leads?select=who:people!person_id(name)&id=eq.1')).toEqual(expected);
    expect(await get('leads?select=who:leads_person_fkey(name)&id=eq.1')).toEqual(expected);
    expect(await get('leads?select=who:person_id(name)&id=eq.1')).toEqual(expected);
    expect(await get('people?select=name,leads!leads_second_fkey(id)&id=eq.2')).toEqual([
      { name: 'Boris', leads: [{ id: 1 }] },
    ]);
  });

  test('an inner embed drops rows without a match, for one as for many, also from the count', async () => {
    const headers = { prefer: 'count=exact' };
    const one = await send(db, 'records/leads?select=id,people!person_id!inner(name)&people.name=eq.Boris', {
      headers,
    });
    expect([one.json, one.header('content-range')]).toEqual([
      [{ id: 2, people: { name: 'Boris' } }],
      '0-0/1',
    ]);
    const many = await send(db, 'records/leads?select=id,steps!inner(number)&steps.number=eq.2', { headers });
    expect([many.json, many.header('content-range')]).toEqual([[{ id: 1, steps: [{ number: 2 }] }], '0-0/1']);
    expect(await get('leads?select=id,steps!inner()&steps.number=eq.2')).toEqual([{ id: 1 }]);
  });

  test('filters, order and limit reach into an embed by its name', async () => {
    const query = 'leads?select=id,plan:steps(number)&id=eq.1&plan.order=number.desc&plan.limit=1';
    expect(await get(query)).toEqual([{ id: 1, plan: [{ number: 2 }] }]);
    expect(await get('leads?select=id,steps(number)&id=eq.1&steps.or=(number.eq.2,title.eq.none)')).toEqual([
      { id: 1, steps: [{ number: 2 }] },
    ]);
    expect(
      await get('people?select=name,leads!person_id(id,steps(title))&id=eq.1&leads.steps.number=gt.1'),
    ).toEqual([{ name: 'Anna', leads: [{ id: 1, steps: [{ title: 'second' }] }] }]);
  });

  test('row level security holds inside an embed', async () => {
    const shown = await rows(db, 'records/people?select=name,leads!person_id(id)&order=id', {
      as: db.token({ sub: '8' }),
    });
    expect(shown).toEqual([
      { name: 'Anna', leads: [] },
      { name: 'Boris', leads: [] },
      { name: 'Zoë', leads: [] },
    ]);
  });

  test('several possible keys are 300 with the choices, none is 400', async () => {
    const several = await send(db, 'records/leads?select=people(name)');
    expect([several.status, (several.json as { code: string }).code]).toEqual([300, 'PGRST201']);
    expect(several.text).toContain("'people!leads_person_fkey', 'people!leads_second_fkey'");
    const none = await send(db, 'records/leads?select=hidden(id)');
    expect([none.status, (none.json as { code: string }).code]).toEqual([400, 'PGRST200']);
    const stranger = await send(db, 'records/leads?people.name=eq.x');
    expect([stranger.status, (stranger.json as { code: string }).code]).toEqual([400, 'PGRST108']);
  });
});

describe('through the SDK', () => {
  test('single, maybeSingle, count and range behave as on InsForge', async () => {
    const { database } = db.server;
    const single = await database.from('leads').select('name').eq('id', 1).single();
    expect(single.data).toEqual({ name: 'Kowalska' });
    const none = await database.from('leads').select('name').eq('id', 99).single();
    expect([none.status, none.error?.code, none.error?.details]).toEqual([
      406,
      'PGRST116',
      'The result contains 0 rows',
    ]);
    expect((await database.from('leads').select('name').eq('id', 99).maybeSingle()).data).toBeNull();
    const page = await database.from('leads').select('id', { count: 'exact' }).order('id').range(0, 1);
    expect([page.status, page.count, page.data]).toEqual([206, 3, [{ id: 1 }, { id: 2 }]]);
    const head = await database
      .from('leads')
      .select('*', { count: 'exact', head: true })
      .or('id.eq.1,id.eq.2');
    expect([head.count, head.data]).toEqual([2, null]);
  });

  test('operators arrive as they were meant', async () => {
    const select = () => db.server.database.from('leads').select('id').order('id');
    const ids = ({ data }: { data: { id: number }[] | null }): unknown => data?.map(({ id }) => id);
    expect(ids(await select().in('name', ['Owned by 8', 'x,(y)']))).toEqual([3]);
    expect(ids(await select().contains('facts', { tone: 'warm' }))).toEqual([1]);
    expect(ids(await select().overlaps('tags', ['hot', 'x']))).toEqual([1]);
    expect(ids(await select().not('company', 'is', null).gt('id', 1))).toEqual([3]);
    expect(ids(await select().or('id.eq.1,name.ilike.*owned*'))).toEqual([1, 3]);
  });
});
