/** Rules in the database: one reminder a date, whoever makes it; what waits, what gives way, what Undo brings back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advanceRecurring } from '../../../bot/usecases/advance-recurring.ts';
import { createStores, type Stores } from '../../../bot/store/create-stores.ts';
import { createTestDatabase, GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver, shiftClock, type Actor } from '../actions/actor.ts';

let db: TestDatabase;
let stores: Stores;
beforeAll(async () => {
  db = await createTestDatabase();
  stores = createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    fetch: db.gateway.fetch,
    mintToken: async (id) => ({ token: signToken({ sub: String(id) }), expiresIn: 900 }),
    machineNow: () => Date.now(),
    worker: 'test',
    soleReader: true,
  });
});
afterAll(async () => db.drop());

const sweep = () => advanceRecurring(stores.recurring);
/** Read once: midnight may come while the tests run. */
const TODAY = Temporal.Now.plainDateISO('UTC');
const dayAhead = (days: number) => TODAY.add({ days }).toString();

async function rule(person: Actor, given: Record<string, unknown> = {}): Promise<number> {
  const { data } = await person.must('create_recurring_reminder', {
    p_title: 'Call',
    p_rule: 'FREQ=DAILY',
    p_starts_on: dayAhead(2),
    p_clock: '12:00',
    ...given,
  });
  return (data as { recurring: { id: number } }).recurring.id;
}

interface Occurrence {
  id: number;
  status: string;
  slot: string | null;
  wanted: string;
}

async function reminders(person: Actor): Promise<Occurrence[]> {
  const { rows } = await db.admin.query<Occurrence>(
    `select reminder.id::int, reminder.status, occurrence.slot_on::text as slot,
       to_char(reminder.wanted_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as wanted
     from scheduled_reminders as reminder
     left join recurring_occurrences as occurrence on occurrence.reminder_id = reminder.id
     where reminder.telegram_id = $1 order by reminder.id`,
    [person.id],
  );
  return rows;
}

const statuses = async (person: Actor) => (await reminders(person)).map(({ status }) => status);
const open = async (person: Actor) =>
  (await reminders(person)).filter(({ status }) => ['pending', 'sent'].includes(status));

async function stateOf(id: number): Promise<{ status: string; next: string | null }> {
  const { rows } = await db.admin.query<{ status: string; next: string | null }>(
    `select status, to_char(next_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as next
     from recurring_reminders where id = $1`,
    [id],
  );
  return rows[0]!;
}

/** Product time `days` on for this test, and back. */
async function later(days: number, work: () => Promise<void>): Promise<void> {
  await shiftClock(db, days * 24);
  try {
    await work();
  } finally {
    await shiftClock(db, 0);
  }
}

describe('the sweep', () => {
  test('ten at once make one reminder a date', async () => {
    const people = Array.from({ length: 8 }, () => createActor(db));
    await Promise.all(people.map((person) => rule(person)));
    await sweep();
    for (const person of people) {
      const [first] = await reminders(person);
      await person.must('complete_reminder', { p_id: first!.id });
    }
    const swept = await Promise.all(Array.from({ length: 10 }, () => sweep()));
    expect(swept.reduce((sum, { made }) => sum + made, 0)).toBe(8);
    for (const person of people) {
      expect((await reminders(person)).map(({ slot }) => slot)).toEqual([dayAhead(2), dayAhead(3)]);
    }
  });

  test('nothing to do asks for nothing', async () => {
    const person = createActor(db);
    await rule(person);
    await sweep();
    expect(await stores.recurring.toAdvance(100)).toEqual([]);
  });

  test('an occurrence that nobody answered gives way to the next one, and is passed over', async () => {
    const person = createActor(db);
    await rule(person);
    await sweep();
    await deliver(db, (await reminders(person))[0]!.id);
    await later(3, async () => {
      await shiftClock(db, 3 * 24 + 12);
      await sweep();
      expect((await statuses(person))[0]).toBe('skipped');
      expect(await open(person)).toHaveLength(1);
    });
  });

  test('a snooze moves the reminder and never the rule', async () => {
    const person = createActor(db);
    const id = await rule(person, { p_rule: 'FREQ=WEEKLY' });
    await sweep();
    const before = await stateOf(id);
    await person.must('snooze_reminder', {
      p_id: (await reminders(person))[0]!.id,
      p_until: `${dayAhead(5)}T10:00:00Z`,
    });
    await sweep();
    expect(await stateOf(id)).toEqual(before);
    expect((await reminders(person)).map(({ wanted }) => wanted)).toEqual([`${dayAhead(5)} 10:00`]);
  });

  test('after its last time the rule ends', async () => {
    const person = createActor(db);
    const id = await rule(person, { p_rule: 'FREQ=DAILY;COUNT=1' });
    await sweep();
    expect(await stateOf(id)).toEqual({ status: 'active', next: null });
    await person.must('complete_reminder', { p_id: (await reminders(person))[0]!.id });
    await sweep();
    expect((await stateOf(id)).status).toBe('ended');
  });

  test('a rule that never occurs ends and stops nobody else’s', async () => {
    const [hostile, person] = [createActor(db), createActor(db)];
    const id = await rule(hostile, { p_rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' });
    await rule(person);
    await sweep();
    await hostile.must('complete_reminder', { p_id: (await reminders(hostile))[0]!.id });
    await person.must('complete_reminder', { p_id: (await reminders(person))[0]!.id });
    await sweep();
    expect((await stateOf(id)).status).toBe('ended');
    expect(await open(person)).toHaveLength(1);
  });

  test('what is no rule is refused at the door', async () => {
    const person = createActor(db);
    for (const p_rule of [
      'FREQ=HOURLY',
      'nonsense',
      'FREQ=DAILY;X=1',
      `FREQ=DAILY;COUNT=${'1'.repeat(300)}`,
    ]) {
      const refused = await person.act('create_recurring_reminder', {
        p_title: 'Call',
        p_rule,
        p_starts_on: dayAhead(2),
        p_clock: '12:00',
      });
      expect(refused.refusal).toBe('RULE_INVALID');
    }
  });
});

describe('whose clock', () => {
  test('in another zone the same date and hour, for what was not sent and for what follows', async () => {
    const person = createActor(db);
    await person.must('update_settings', { p_settings: { zone: 'Europe/Berlin' } });
    const summer = `${String(TODAY.year + 1)}-07`;
    const id = await rule(person, { p_starts_on: `${summer}-01`, p_rule: 'FREQ=WEEKLY' });
    await sweep();
    expect((await reminders(person))[0]!.wanted).toBe(`${summer}-01 10:00`);
    await person.must('update_settings', { p_settings: { zone: 'America/New_York' } });
    await sweep();
    expect((await reminders(person)).map(({ wanted }) => wanted)).toEqual([`${summer}-01 16:00`]);
    expect((await stateOf(id)).next).toBe(`${summer}-08 16:00`);
  });
});

describe('a lead', () => {
  test('that is closed or answered is not brought up again, and its rule goes on when it is back', async () => {
    const person = createActor(db);
    const { leadId } = await person.plan();
    const id = await rule(person, { p_lead_id: leadId });
    await sweep();
    const mine = async () => (await open(person)).filter(({ slot }) => slot !== null);
    const [first] = await mine();
    await person.must('complete_reminder', { p_id: first!.id });
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' });
    await sweep();
    expect(await mine()).toEqual([]);
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'in_progress' });
    await sweep();
    expect(await mine()).toHaveLength(1);
    expect((await stateOf(id)).status).toBe('active');
  });
});

describe('Undo', () => {
  test('of Done brings the occurrence back and takes the next one away', async () => {
    const person = createActor(db);
    await rule(person);
    await sweep();
    const [first] = await reminders(person);
    const done = await person.must('complete_reminder', { p_id: first!.id });
    await sweep();
    expect(await statuses(person)).toEqual(['completed', 'pending']);
    await person.must('undo_action', { p_action_id: done.actionId });
    expect(await statuses(person)).toEqual(['pending', 'cancelled']);
    await person.must('complete_reminder', { p_id: first!.id });
    await sweep();
    expect((await open(person)).map(({ slot }) => slot)).toEqual([dayAhead(3)]);
  });

  test('of a change brings back rule, text and reminder', async () => {
    const person = createActor(db);
    const id = await rule(person);
    await sweep();
    const changed = await person.must('change_recurring_reminder', {
      p_id: id,
      p_rule: 'FREQ=WEEKLY',
      p_starts_on: dayAhead(4),
      p_clock: '15:00',
    });
    await sweep();
    expect((await open(person)).map(({ wanted }) => wanted)).toEqual([`${dayAhead(4)} 15:00`]);
    await person.must('undo_action', { p_action_id: changed.actionId });
    expect((await open(person)).map(({ wanted }) => wanted)).toEqual([`${dayAhead(2)} 12:00`]);
    await sweep();
    expect(await stateOf(id)).toEqual({ status: 'active', next: `${dayAhead(3)} 12:00` });
  });

  test('of a pause goes on as before; a newer change stands in its way', async () => {
    const person = createActor(db);
    const id = await rule(person);
    await sweep();
    const paused = await person.must('pause_recurring_reminder', { p_id: id });
    expect(await open(person)).toEqual([]);
    await person.must('resume_recurring_reminder', { p_id: id });
    expect((await person.act('undo_action', { p_action_id: paused.actionId })).refusal).toBe(
      'UNDO_SUPERSEDED',
    );
    const ended = await person.must('end_recurring_reminder', { p_id: id });
    await person.must('undo_action', { p_action_id: ended.actionId });
    await sweep();
    expect((await stateOf(id)).status).toBe('active');
    expect(await open(person)).toHaveLength(1);
  });
});

test('at most 100 rules, and everything of them is handed out and deleted with the rest', async () => {
  const person = createActor(db);
  const id = await rule(person);
  await db.admin.query(
    `insert into recurring_reminders (telegram_id, title, rule, starts_on, clock, status)
     select $1, 'Many', 'FREQ=DAILY', current_date, '09:00', 'paused' from generate_series(1, 99)`,
    [person.id],
  );
  const refused = await person.act('create_recurring_reminder', {
    p_title: 'One more',
    p_rule: 'FREQ=DAILY',
    p_starts_on: dayAhead(2),
    p_clock: '09:00',
  });
  expect(refused.refusal).toBe('RECURRING_LIMIT');
  const data = await stores.asPerson(person.id).allData();
  expect(data.recurring.some((one) => one.id === id)).toBe(true);
  expect(data.occurrences).toHaveLength(1);
  const other = createActor(db);
  const brought = await db.server.database.rpc('restore_person', { p_telegram_id: other.id, p_data: data });
  expect(brought.data).toMatchObject({ state: 'restored', reminders: 1 });
  await sweep();
  expect((await reminders(other)).map(({ slot }) => slot)).toEqual([dayAhead(2)]);
  await person.must('delete_my_data', { p_confirm: 'DELETE' });
  const { rows } = await db.admin.query(
    `select 1 from recurring_reminders where telegram_id = $1
     union all select 1 from recurring_occurrences where telegram_id = $1`,
    [person.id],
  );
  expect(rows).toEqual([]);
});
