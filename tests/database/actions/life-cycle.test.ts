/** The life of a reminder as the database keeps it, whether bot, mini-app (REST) or operator (SQL) writes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTransition } from '../../../shared/rules/reminder-states.ts';
import { reminderStatusSchema } from '../../../shared/schemas/reminder.ts';
import type { ReminderStatus } from '../../../shared/schemas/reminder.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver, inHours, operate } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
  person = createActor(db);
});
afterAll(async () => db.drop());

/** Rows are from, columns are to: `y` anybody may, `d` the dispatcher and operators alone, `u` Undo alone, `.` nobody. */
const MOVES: Readonly<Record<ReminderStatus, string>> = {
  //          pending sent completed skipped cancelled failed
  pending: /* */ 'ydyyyd',
  sent: /*    */ 'ydyyyd',
  completed: /**/ 'uuy...',
  skipped: /* */ 'uu.y..',
  cancelled: /**/ 'uu..yu',
  failed: /*  */ 'y...yd',
};
const STATES = reminderStatusSchema.options;
const PAIRS = STATES.flatMap((from) =>
  STATES.map((to, index) => [from, to, MOVES[from].charAt(index)] as const),
);

/** A free reminder in that state. */
async function reminderIn(status: string, due = inHours(30)): Promise<number> {
  const { rows } = await db.admin.query<{ id: number }>(
    `insert into public.scheduled_reminders (telegram_id, due_at, status) values ($1, $2, $3) returning id::int as id`,
    [person.id, due, status],
  );
  return rows[0]!.id;
}

describe('all 36 pairs of states', () => {
  test.each(PAIRS)('%s → %s is "%s", in SQL, by PATCH and in the app’s own rules', async (from, to, kind) => {
    const stays = from === to;
    const bySql = await reminderIn(from);
    const refused = await operate(db, `update scheduled_reminders set status = '${to}' where id = ${bySql}`);
    expect(refused).toBe(stays || 'yd'.includes(kind) ? null : 'ILLEGAL_MOVE');

    const byRest = await reminderIn(from);
    expect(await person.patch(byRest, { status: to })).toBe(stays || kind === 'y' ? null : 'ILLEGAL_MOVE');
    expect((await person.row(byRest)).status).toBe(stays || kind === 'y' ? to : from);

    const byFunction = await reminderIn(from);
    const withRevision = `update scheduled_reminders set status = '${to}', due_rev = due_rev + 1 where id = ${byFunction}`;
    expect(await operate(db, withRevision)).toBe(stays || 'ydu'.includes(kind) ? null : 'ILLEGAL_MOVE');

    expect(canTransition(from, to)).toBe(stays || 'yd'.includes(kind));
    expect(canTransition(from, to, true)).toBe(stays || 'ydu'.includes(kind));
  });

  test('a refusal says which reminder, from where and to where', async () => {
    const id = await reminderIn('completed');
    const { error } = await db
      .userClient(person.id)
      .database.from('scheduled_reminders')
      .update({ status: 'skipped' })
      .eq('id', id);
    expect(error?.message).toBe(`Reminder ${id} is completed and cannot become skipped.`);
  });

  test.each(['done', '', 'PENDING'])('a state called "%s" does not exist', async (status) => {
    expect(await person.patch(await reminderIn('pending'), { status })).toMatch(/23514|ILLEGAL_MOVE/);
  });
});

type Change = (id: number) => Promise<unknown>;
const PATHS = (
  rpc: string,
  args: Record<string, unknown>,
  column: string,
  value: string,
): [string, Change][] => [
  ['RPC', async (id) => person.must(rpc, { p_id: id, ...args })],
  ['REST', async (id) => expect(await person.patch(id, { [column]: value })).toBeNull()],
  [
    'SQL',
    async (id) =>
      expect(
        await operate(db, `update scheduled_reminders set ${column} = '${value}' where id = ${id}`),
      ).toBeNull(),
  ],
];

describe('what the database keeps by itself', () => {
  test.each(PATHS('complete_reminder', {}, 'status', 'completed'))(
    'completed_at and updated_at, when completed by %s',
    async (_path, complete) => {
      const id = await reminderIn('sent');
      await db.admin.query(`update public.scheduled_reminders set updated_at = '2020-01-01' where id = $1`, [
        id,
      ]);
      const started = Temporal.Now.instant().subtract({ seconds: 1 });
      await complete(id);
      const row = await person.row(id);
      expect(row.status).toBe('completed');
      for (const stamp of [row.completed_at, row.updated_at])
        expect(Temporal.Instant.compare(Temporal.Instant.from(stamp!), started)).toBe(1);
    },
  );

  test.each(PATHS('snooze_reminder', { p_until: inHours(50) }, 'due_at', inHours(50)))(
    'a snooze by %s counts once, takes the level back and makes a sent one pending',
    async (_path, snooze) => {
      const id = await reminderIn('pending', inHours(-1));
      await deliver(db, id);
      expect(await person.row(id)).toMatchObject({ status: 'sent', level: 1 });
      await snooze(id);
      const row = await person.row(id);
      expect(row).toMatchObject({
        status: 'pending',
        level: 0,
        snooze_count: 1,
        due_reason: 'snooze',
        exact: true,
      });
      expect(row.wanted_at).toBe(row.due_at);
    },
  );

  test('a reschedule by RPC does not count as a snooze', async () => {
    const id = await reminderIn('pending');
    await person.must('reschedule_reminder', { p_id: id, p_until: inHours(60) });
    expect(await person.row(id)).toMatchObject({ snooze_count: 0, status: 'pending', exact: true });
  });

  test('a write of the dispatcher, which raises due_rev, is no snooze', async () => {
    const id = await reminderIn('pending');
    await deliver(db, id);
    const before = await person.row(id);
    await operate(
      db,
      `update scheduled_reminders set due_at = due_at + interval '1 hour', due_rev = due_rev + 1 where id = ${id}`,
    );
    const after = await person.row(id);
    expect(after).toMatchObject({
      status: 'sent',
      level: before.level,
      wanted_at: before.wanted_at,
      snooze_count: 0,
      due_reason: 'escalation',
    });
    expect(after.due_at).not.toBe(before.due_at);
  });

  test('a row inserted with the five base columns alone is whole', async () => {
    const due = inHours(5);
    await db.as('project_admin', async (client) =>
      client.query(
        `insert into scheduled_reminders (lead_id, telegram_id, step_id, due_at, draft_text) values (1, 77, 1, $1, 'Hi')`,
        [due],
      ),
    );
    const { rows } = await db.admin.query(
      `select status, level, exact, due_reason, snooze_count, wanted_at = due_at as wanted, first_due_at = due_at as first
       from public.scheduled_reminders where telegram_id = 77`,
    );
    expect(rows).toEqual([
      {
        status: 'pending',
        level: 0,
        exact: false,
        due_reason: 'plan',
        snooze_count: 0,
        wanted: true,
        first: true,
      },
    ]);
  });

  test('a row cannot be stored open with an instant of completion', async () => {
    const statement = `insert into scheduled_reminders (telegram_id, due_at, completed_at) values (78, now(), now())`;
    expect(await operate(db, statement)).toBe('23514');
  });

  test('an edited draft stamps updated_at and nothing else', async () => {
    const id = await reminderIn('sent');
    await db.admin.query(`update public.scheduled_reminders set updated_at = '2020-01-01' where id = $1`, [
      id,
    ]);
    const before = await person.row(id);
    expect(await person.patch(id, { draft_text: 'Hello' })).toBeNull();
    const after = await person.row(id);
    expect(after.updated_at > before.updated_at).toBe(true);
    expect({ ...after, updated_at: '' }).toEqual({ ...before, updated_at: '' });
  });

  test.each(['completed', 'skipped', 'cancelled', 'failed'])(
    'a %s reminder cannot be moved',
    async (status) => {
      const id = await reminderIn(status);
      expect(await person.patch(id, { due_at: inHours(9) })).toBe('REMINDER_CLOSED');
      expect((await person.act('snooze_reminder', { p_id: id, p_until: inHours(9) })).refusal).toBe(
        'REMINDER_CLOSED',
      );
    },
  );

  test('every change by a plain UPDATE leaves its event, with who did it and from where', async () => {
    const byRest = await reminderIn('pending');
    const bySql = await reminderIn('pending');
    await person.patch(byRest, { due_at: inHours(9) });
    await operate(db, `update scheduled_reminders set status = 'skipped' where id = ${bySql}`);
    const { rows } = await db.admin.query(
      `select action, actor, source from public.reminder_events where reminder_id = any ($1) order by reminder_id`,
      [[byRest, bySql]],
    );
    expect(rows).toEqual([
      { action: 'reschedule', actor: 'person', source: 'rest' },
      { action: 'skipped', actor: 'operator', source: 'sql' },
    ]);
  });
});

describe('within one plan', () => {
  test.each(['REST', 'SQL'])(
    'a plain UPDATE by %s that comes before an earlier open step is moved up to it',
    async (path) => {
      const { ids } = await person.plan([24, 48, 72]);
      const [first, second] = [await person.row(ids[0]!), ids[1]!];
      if (path === 'REST') expect(await person.patch(second, { due_at: inHours(1) })).toBeNull();
      else await operate(db, `update scheduled_reminders set due_at = '${inHours(1)}' where id = ${second}`);
      expect(await person.row(second)).toMatchObject({ due_at: first.wanted_at, wanted_at: first.wanted_at });
    },
  );

  test('a plain UPDATE that jumps over a later step is refused in words, and nothing changes', async () => {
    const { ids, planId } = await person.plan([24, 48, 72]);
    const before = await person.rowsOfPlan(planId);
    expect(await person.patch(ids[0]!, { due_at: inHours(60) })).toBe('STEPS_OUT_OF_ORDER');
    expect(await person.rowsOfPlan(planId)).toEqual(before);
  });

  test('a finished earlier step no longer holds a later one back', async () => {
    const { ids } = await person.plan([24, 48, 72]);
    await person.must('complete_reminder', { p_id: ids[0] });
    const soon = inHours(1);
    expect(await person.patch(ids[1]!, { due_at: soon })).toBeNull();
    expect((await person.row(ids[1]!)).wanted_at).toBe(new Date(soon).toISOString());
  });

  test('snoozing a step past later ones takes them along, in order, and says which', async () => {
    const { ids, planId } = await person.plan([24, 48, 72, 200]);
    const answer = await person.must('snooze_reminder', { p_id: ids[0], p_until: inHours(100) });
    const rows = await person.rowsOfPlan(planId);
    const instants = rows.map((row) => row.wanted_at);
    expect(instants).toEqual(instants.toSorted());
    expect((answer.data['moved'] as { id: number }[]).map((one) => one.id)).toEqual([ids[1], ids[2]]);
    expect(rows.map((row) => row.snooze_count)).toEqual([1, 0, 0, 0]);
  });

  test('a step is live once: a second open row of it is refused', async () => {
    const { ids } = await person.plan();
    const copy = `insert into scheduled_reminders (telegram_id, lead_id, plan_id, step_id, due_at)
      select telegram_id, lead_id, plan_id, step_id, due_at from scheduled_reminders where id = ${ids[0]}`;
    expect(await operate(db, copy)).toBe('23505');
    await person.must('cancel_reminder', { p_id: ids[0] });
    expect(await operate(db, copy)).toBeNull();
  });

  test('the same step without a plan is live once, too', async () => {
    const insert = `insert into scheduled_reminders (telegram_id, lead_id, step_id, due_at) values (79, 790, 1, now())`;
    expect([await operate(db, insert), await operate(db, insert)]).toEqual([null, '23505']);
  });
});
