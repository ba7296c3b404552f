/** Reading, storing and planning leads over HTTP, as the mini-app does it, with real tokens and a real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planMadeAnswerSchema, readLeadAnswerSchema } from '../../../shared/contracts/add-lead.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, testServer } from '../../support/http-server.ts';
import { acceptedPlan } from '../../support/leads.ts';

const MARA = 7301;
const STRANGER = 7302;
let db: TestDatabase;
let ask: ReturnType<typeof testServer>;
beforeAll(async () => {
  db = await createTestDatabase();
  ask = testServer(db);
  await db.admin.query('insert into public.users (telegram_id) values ($1), ($2)', [MARA, STRANGER]);
});
afterAll(async () => db.drop());

async function post(
  path: string,
  body: object,
  telegramId = MARA,
): Promise<{ status: number; body: unknown }> {
  const authorization = `Bearer ${db.token({ sub: String(telegramId) })}`;
  const response = await ask(path, jsonPost(body, { authorization }));
  return { status: response.status, body: await response.json() };
}
const LEAD = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  title: null,
  contacts: { emails: ['anna@balticfreight.example'], phones: [], links: [], handles: [] },
  notes: 'Met at the fair in Hamburg.',
  zone: null,
  language: null,
};
async function count(table: string, telegramId: number): Promise<number> {
  const { rows } = await db.admin.query<{ count: number }>(
    `select count(*)::int as count from public.${table} where telegram_id = $1`,
    [telegramId],
  );
  return rows[0]!.count;
}

describe('POST /api/leads/read', () => {
  test('says who is in a text and stores nothing', async () => {
    const { status, body } = await post('/api/leads/read', {
      text: 'Anna Kowalska, Head of Operations at Baltic Freight, anna@balticfreight.example',
    });
    expect(status).toBe(200);
    const { leads } = readLeadAnswerSchema.parse(body);
    expect(leads).toHaveLength(1);
    expect(leads[0]!.lead).toMatchObject({ name: 'Anna Kowalska', company: 'Baltic Freight' });
    expect(await count('leads', MARA)).toBe(0);
  });

  test('answers with nobody when the text is about nobody', async () => {
    expect(await post('/api/leads/read', { text: 'hello' })).toEqual({ status: 200, body: { leads: [] } });
  });

  test('refuses a text of more than 20,000 characters and an empty one', async () => {
    for (const text of ['x'.repeat(20_001), '  ']) {
      expect((await post('/api/leads/read', { text })).status).toBe(422);
    }
  });
});

describe('POST /api/leads', () => {
  test('stores the lead with a draft plan, once, however often it is sent', async () => {
    const request = { action_id: 'add-anna', lead: LEAD, text: 'We met at the fair.' };
    const [first, again] = [await post('/api/leads', request), await post('/api/leads', request)];
    expect(first.status).toBe(200);
    const made = planMadeAnswerSchema.parse(first.body);
    expect(made.run_id).toBeNull();
    expect(again.body).toEqual(first.body);
    const { rows } = await db.admin.query(
      'select status, telegram_id::int from public.engagement_plans where id = $1',
      [made.plan_id],
    );
    expect(rows).toEqual([{ status: 'draft', telegram_id: MARA }]);
    expect(await count('leads', MARA)).toBe(1);
  });

  test('answers a refusal of the database with its code', async () => {
    await db.admin.query(
      `insert into public.leads (telegram_id, name) select $1, 'Lead' from generate_series(1, 500)`,
      [STRANGER],
    );
    const { status, body } = await post(
      '/api/leads',
      { action_id: 'one-more', lead: LEAD, text: '' },
      STRANGER,
    );
    expect([status, body]).toMatchObject([409, { error: { code: 'LEAD_LIMIT' } }]);
  });
});

describe('POST /api/leads/{id}/plan', () => {
  test('proposes a plan by the news beside the running one, which stays as it is', async () => {
    const { leadId, planId } = await acceptedPlan(db, MARA);
    const { status, body } = await post(`/api/leads/${leadId}/plan`, {
      action_id: 'replan-anna',
      news: 'She asked for prices and decides in November.',
    });
    expect(status).toBe(200);
    const made = planMadeAnswerSchema.parse(body);
    expect(made.plan_id).not.toBe(planId);
    const { rows } = await db.admin.query(
      'select id::int, status from public.engagement_plans where lead_id = $1 order by id',
      [leadId],
    );
    expect(rows).toEqual([
      { id: planId, status: 'active' },
      { id: made.plan_id, status: 'draft' },
    ]);
  });

  test('makes a first plan for a lead without one', async () => {
    const created = await db.userClient(MARA).database.rpc('create_lead', {
      p_action_id: 'bare',
      p_lead: { name: 'Bare', contacts: {} },
    });
    const { lead_id: leadId } = created.data as { lead_id: number };
    const { status, body } = await post(`/api/leads/${leadId}/plan`, { action_id: 'first-plan', news: '' });
    expect([status, planMadeAnswerSchema.parse(body).plan_id === null]).toEqual([200, false]);
  });

  test('knows nobody else’s lead', async () => {
    const { leadId } = await acceptedPlan(db, MARA);
    const foreign = await post(`/api/leads/${leadId}/plan`, { action_id: 'steal', news: 'x' }, STRANGER);
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'LEAD_NOT_FOUND' } } });
  });
});
