/** Many leads at once, a person's data brought back, and what was made of a message. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportedDataSchema, type ExportedData } from '../../../shared/schemas/export.ts';
import { createActor, type Actor } from '../actions/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function rowsOf(table: string, person: Actor): Promise<Record<string, unknown>[]> {
  const { rows } = await db.admin.query<Record<string, unknown>>(
    `select * from ${table} where telegram_id = $1 order by 1`,
    [person.id],
  );
  return rows;
}

describe('import_leads', () => {
  test('stores each lead once, leaves out those who may be there, and says which', async () => {
    const person = createActor(db);
    await person.must('create_lead', { p_lead: { name: 'Anna Kowalska', company: 'Baltic Freight' } });
    const p_leads = [
      { name: 'Anna Kowalska', company: 'Baltic Freight' },
      { name: 'Jonas Weber', contacts: { emails: ['jonas@nordsee.example'] }, status: 'reached_out' },
      { name: 'J. Weber', contacts: { emails: ['JONAS@nordsee.example'] } },
      { name: 'Sofie Lindgren', notes: 'Met in Oslo' },
    ];
    const { data, actionId } = await person.must('import_leads', { p_leads });
    expect(data).toMatchObject({
      created: [{ index: 1 }, { index: 3 }],
      alike: [0, 2],
      over_limit: 0,
    });
    expect(await rowsOf('leads', person)).toMatchObject([
      { name: 'Anna Kowalska' },
      { name: 'Jonas Weber', status: 'reached_out' },
      { name: 'Sofie Lindgren', notes: 'Met in Oslo', status: 'new' },
    ]);
    const again = await person.must('import_leads', { p_leads, p_action_id: actionId });
    expect(again.data).toMatchObject({ created: [{ index: 1 }, { index: 3 }], replayed: true });
    expect(await rowsOf('leads', person)).toHaveLength(3);
  });

  test('only looks when asked to, and answers the same', async () => {
    const person = createActor(db);
    const p_leads = [{ name: 'Anna Kowalska' }, { name: 'Anna Kowalska' }, { name: 'Jonas Weber' }];
    const looked = await person.must('import_leads', { p_leads, p_dry_run: true });
    expect(looked.data).toMatchObject({ created: [{ index: 0 }, { index: 2 }], alike: [1] });
    expect(await rowsOf('leads', person)).toEqual([]);
    expect(await rowsOf('user_actions', person)).toEqual([]);
    const { actionId } = looked;
    const done = await person.must('import_leads', { p_leads, p_action_id: actionId });
    expect(done.data).toMatchObject({ created: [{ index: 0 }, { index: 2 }], replayed: false });
  });

  test('stops at 500 leads and says how many are left over', async () => {
    const person = createActor(db);
    await db.admin.query(
      `insert into leads (telegram_id, name) select $1, 'Lead ' || n from generate_series(1, 498) as n`,
      [person.id],
    );
    const p_leads = ['Alpha One', 'Beta Two', 'Gamma Three', 'Delta Four'].map((name) => ({ name }));
    const { data } = await person.must('import_leads', { p_leads });
    expect(data).toMatchObject({ created: [{ index: 0 }, { index: 1 }], over_limit: 2 });
  });

  test('stores nothing at all when one of the leads is none', async () => {
    const person = createActor(db);
    const bad: readonly [unknown, string][] = [
      [[{ name: 'Anna Kowalska' }, { name: ' ' }], 'LEAD_NAME_MISSING'],
      [[{ name: 'Anna Kowalska' }, { company: 'Nobody' }], 'LEAD_NAME_MISSING'],
      [[{ name: 'x'.repeat(201) }], 'LEAD_FIELD_TOO_LONG'],
      [[{ name: 'Anna', telegram_id: 1 }], 'LEAD_FIELD_INVALID'],
      [[], 'CLAIM_SIZE'],
      ['Anna', 'CLAIM_SIZE'],
    ];
    for (const [p_leads, code] of bad) {
      const { refusal } = await person.act('import_leads', { p_leads });
      expect(refusal, JSON.stringify(p_leads).slice(0, 80)).toBe(code);
    }
    expect(await rowsOf('leads', person)).toEqual([]);
  });
});

describe('restore_person', () => {
  const exported = async (person: Actor): Promise<ExportedData> => {
    const answer = await db.userClient(person.id).database.rpc('export_my_data', {});
    return exportedDataSchema.parse(answer.data);
  };
  const restore = async (person: Actor, p_data: unknown): Promise<unknown> => {
    const answer = await db.server.database.rpc('restore_person', { p_telegram_id: person.id, p_data });
    expect(answer.error).toBeNull();
    return answer.data;
  };

  test('brings leads, plans, steps, reminders and history back under new ids, for another person', async () => {
    const person = createActor(db);
    const { ids } = await person.plan();
    await person.must('complete_reminder', { p_id: ids[0] });
    await person.must('add_note', { p_lead_id: (await exported(person)).leads[0]!.id, p_text: 'Called' });
    const before = await exported(person);
    const other = createActor(db);
    expect(await restore(other, before)).toMatchObject({
      state: 'restored',
      leads: 1,
      plans: 1,
      reminders: 3,
    });
    const after = await exported(other);
    const described = ({ leads, plans, steps, reminders, events }: ExportedData) => ({
      leads: leads.map(({ name, notes, status, created_at: at }) => ({ name, notes, status, at })),
      plans: plans.map((plan) => ({ ...plan, id: 0, lead_id: 0, telegram_id: 0 })),
      steps: steps.map((step) => ({ ...step, id: 0, plan_id: 0, lead_id: 0, telegram_id: 0 })),
      reminders: reminders.map(({ status, due_at: due, step_id: step }) => ({ status, due, step })),
      events: events.map((event) => [event['action'], event['note'], event['at']]),
    });
    expect(described(after)).toEqual(described(before));
    expect(after.reminders.map(({ lead_id: lead }) => lead)).toEqual(
      after.reminders.map(() => after.leads[0]!.id),
    );
    expect(after.leads[0]!.id).not.toBe(before.leads[0]!.id);
    // And they work: the next step is there to be done.
    const open = after.reminders.find(({ status }) => status === 'pending')!;
    await other.must('complete_reminder', { p_id: open.id });
  });

  test('touches nothing where there is a lead already, the second time too', async () => {
    const person = createActor(db);
    await person.plan();
    const data = await exported(person);
    expect(await restore(person, data)).toEqual({ state: 'not_empty' });
    expect(await exported(person)).toEqual(data);
  });

  test('leaves out what the schema does not know and what belongs to no lead of the file', async () => {
    const person = createActor(db);
    await person.plan();
    const data = await exported(person);
    const strange = {
      ...data,
      leads: data.leads.map((lead) => ({ ...lead, hologram: true })),
      reminders: [...data.reminders, { ...data.reminders[0]!, id: 999_999, lead_id: 888_888 }],
    };
    const other = createActor(db);
    expect(await restore(other, strange)).toMatchObject({ leads: 1, reminders: 3 });
  });

  test('is not for people', async () => {
    const person = createActor(db);
    const { error } = await db
      .userClient(person.id)
      .database.rpc('restore_person', { p_telegram_id: person.id, p_data: {} });
    expect(error?.message).toMatch(/permission denied/);
  });
});

test('what was made of a message is found by its number, for its writer alone', async () => {
  const [person, other] = [createActor(db), createActor(db)];
  const { actionId, data } = await person.must('create_lead', { p_lead: { name: 'Anna' } });
  const { database } = db.server;
  const note = { p_telegram_id: person.id, p_action_id: actionId, p_message_id: 7, p_text: 'Anna' };
  expect((await database.rpc('note_message', note)).data).toBe(true);
  expect((await database.rpc('note_message', { ...note, p_action_id: 'none' })).data).toBe(false);
  const made = async (p_telegram_id: number, p_message_id: number): Promise<unknown> =>
    (await database.rpc('made_of_message', { p_telegram_id, p_message_id })).data;
  expect(await made(person.id, 7)).toEqual({ action: 'create_lead', text: 'Anna', lead_id: data['lead_id'] });
  expect(await made(person.id, 8)).toBeNull();
  expect(await made(other.id, 7)).toBeNull();
});
