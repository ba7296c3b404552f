/** The lead that is there already is found by what the two have in common; people wait for a choice in a tray. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { duplicateLeadsSchema, type DuplicateLeads } from '../../../shared/contracts/leads.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createActor, shiftClock, STEPS, type Actor } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await shiftClock(db, 0);
  person = createActor(db);
});
afterAll(async () => db.drop());

const CONTACTS = { emails: ['anna@baltic.example'], phones: ['+4915123456789'], links: [], handles: [] };

async function lead(fields: Record<string, unknown> = {}): Promise<number> {
  const p_lead = { name: 'Anna Kowalska', company: 'Baltic Freight', contacts: CONTACTS, ...fields };
  return (await person.must('create_lead', { p_lead })).data['lead_id'] as number;
}

describe('find_duplicate_leads', () => {
  async function alike(fields: {
    name?: string;
    company?: string | null;
    contacts?: Readonly<Record<string, readonly string[]>>;
  }): Promise<DuplicateLeads> {
    const answer = await db.userClient(person.id).database.rpc('find_duplicate_leads', {
      p_contacts: fields.contacts ?? {},
      p_name: fields.name ?? null,
      p_company: fields.company ?? null,
    });
    expect(answer.error).toBeNull();
    return duplicateLeadsSchema.parse(answer.data);
  }

  test.each<[string, Record<string, unknown>, Parameters<typeof alike>[0], string[]]>([
    ['the same e-mail in other letters', {}, { contacts: { emails: ['Anna@Baltic.example'] } }, ['email']],
    ['the same phone', {}, { contacts: { phones: ['+4915123456789'] } }, ['phone']],
    [
      'a handle that was a link before',
      { contacts: { links: ['https://t.me/Anna_K'] } },
      { contacts: { handles: ['anna_k'] } },
      ['handle'],
    ],
    [
      'the same profile behind another country’s host',
      { contacts: { links: ['https://www.linkedin.com/in/anna-k/?utm=1'] } },
      { contacts: { links: ['http://de.linkedin.com/in/Anna-K'] } },
      ['page'],
    ],
    [
      'the same name in another order at the same firm without its legal form',
      { name: 'Łukasz Müller', company: 'Baltic Freight GmbH' },
      { name: 'muller lukasz', company: 'baltic-freight' },
      ['who'],
    ],
    [
      'the same name in Cyrillic',
      { name: 'Алёна Королёва', company: 'ООО «Ромашка»' },
      { name: 'Королева Алена', company: 'Ромашка' },
      ['who'],
    ],
    [
      'the same full name when neither has a company',
      { name: 'Ana Ruiz', company: null },
      { name: 'Ana Ruiz' },
      ['who'],
    ],
  ])('notices %s', async (_, known, asked, same) => {
    const id = await lead(known);
    expect(await alike(asked)).toMatchObject([{ lead_id: id, same }]);
  });

  test.each<[string, Record<string, unknown>, Parameters<typeof alike>[0]]>([
    ['a first name alone', { name: 'Anna', company: null, contacts: {} }, { name: 'Anna' }],
    [
      'colleagues on one site',
      { contacts: { links: ['https://baltic.example'] } },
      {
        name: 'Jan Nowak',
        company: 'Baltic Freight',
        contacts: { links: ['https://baltic.example'] },
      },
    ],
    ['the same name at another firm', {}, { name: 'Anna Kowalska', company: 'Nordsee' }],
    ['nothing at all', {}, {}],
  ])('does not take %s for the same person', async (_, known, asked) => {
    await lead(known);
    expect(await alike(asked)).toEqual([]);
  });

  test('knows no other person’s leads, none in the bin, and not the one being edited', async () => {
    const id = await lead();
    const asked = { p_contacts: CONTACTS, p_name: null, p_company: null };
    const stranger = await db.userClient(createActor(db).id).database.rpc('find_duplicate_leads', asked);
    expect(stranger.data).toEqual([]);
    const client = db.userClient(person.id).database;
    expect((await client.rpc('find_duplicate_leads', { ...asked, p_except: id })).data).toEqual([]);
    await person.must('delete_lead', { p_lead_id: id });
    expect((await client.rpc('find_duplicate_leads', asked)).data).toEqual([]);
  });

  test('puts the lead with the most in common first', async () => {
    await lead({ name: 'Somebody Else', contacts: { emails: ['anna@baltic.example'] } });
    const best = await lead();
    await lead({ name: 'Nobody Else', contacts: { phones: ['+4915123456789'] } });
    const found = await alike({ name: 'Anna Kowalska', company: 'Baltic Freight', contacts: CONTACTS });
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ lead_id: best, same: ['email', 'phone', 'who'] });
  });

  test('asks the index among the 500 leads of everybody', async () => {
    await db.admin.query(
      `insert into public.leads (telegram_id, name, company, contacts)
       select 900000 + n % 8, 'Lead ' || n, 'Firm ' || n, jsonb_build_object('emails', jsonb_build_array('l' || n || '@x.example'))
       from generate_series(1, 4000) as n`,
    );
    await db.admin.query('analyze public.leads');
    const { rows } = await db.admin.query<{ 'QUERY PLAN': string }>(
      `explain select id from public.leads as lead
       where public.lead_keys(lead.telegram_id, lead.name, lead.company, lead.contacts)
         && public.lead_keys(900001, 'Lead 1', 'Firm 1', '{"emails": ["l41@x.example"]}')
         and lead.telegram_id = 900001 and lead.deleted_at is null`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('leads_alike');
  });
});

describe('the tray', () => {
  const fill = (p_entries: unknown) => person.act('fill_tray', { p_entries });

  test('keeps the newest twenty of a person, for seven days', async () => {
    const first = (await fill([{ text: 'a', lead: {} }])).data['tray_id'] as number;
    for (let more = 0; more < 20; more += 1) await fill([{ text: 'b', lead: {} }]);
    const count = async () =>
      (
        await db.admin.query<{ id: number }>(
          'select id::int from public.lead_trays where telegram_id = $1 order by id',
          [person.id],
        )
      ).rows.map(({ id }) => id);
    expect(await count()).toHaveLength(20);
    expect(await count()).not.toContain(first);
    await shiftClock(db, 7 * 24 + 1);
    await fill([{ text: 'c', lead: {} }]);
    expect(await count()).toHaveLength(1);
  });

  test('gives each person out once, as a lead with its plan, whichever button is tapped again', async () => {
    const entries = [
      { text: 'a', lead: { name: 'Ana Ruiz' } },
      { text: 'b', lead: { name: 'Bo Li' } },
    ];
    const p_tray_id = (await fill(entries)).data['tray_id'];
    const p_plan = { steps: STEPS };
    const take = (p_index: number) => person.act('take_from_tray', { p_tray_id, p_index, p_plan });
    const answers = await Promise.all([take(1), take(1), take(1)]);
    expect(answers.map(({ data }) => data['already']).toSorted()).toEqual([false, true, true]);
    expect(new Set(answers.map(({ data }) => data['plan_id'])).size).toBe(1);
    const { rows } = await db.admin.query<{ name: string }>(
      'select name from public.leads where telegram_id = $1',
      [person.id],
    );
    expect(rows).toEqual([{ name: 'Bo Li' }]);
    expect((await take(2)).refusal).toBe('TRAY_GONE');
    expect((await take(-1)).refusal).toBe('TRAY_GONE');
  });

  test('is not taken for the lead it became when the same action is worked on again', async () => {
    const made = await person.must('create_lead', { p_lead: { name: 'Ana Ruiz' } });
    const client = db.userClient(person.id).database;
    const ask = async (p_except_action: string | null) =>
      client.rpc('find_duplicate_leads', { p_contacts: {}, p_name: 'Ana Ruiz', p_except_action });
    expect((await ask(made.actionId)).data).toEqual([]);
    expect((await ask('another')).data).toHaveLength(1);
  });

  test.each([
    ['nobody', []],
    ['51 people', Array.from({ length: 51 }, () => ({}))],
    ['more than fits', [{ text: 'a'.repeat(400_001) }]],
    ['no list', {}],
  ])('refuses %s', async (_, entries) => {
    expect((await fill(entries)).refusal).toBe('LEAD_FIELD_INVALID');
  });
});
