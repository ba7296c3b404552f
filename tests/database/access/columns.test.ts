/** scheduled_reminders column by column: three may be changed by their owner, two may not even be seen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REMINDER_COLUMNS } from '../../../shared/schemas/reminder.ts';
import { clientOf, createScene, OWNER, STRANGER, storedState } from './scene.ts';
import type { Scene } from './scene.ts';

const CHANGEABLE = ['draft_text', 'due_at', 'status'];
/** The dispatcher's own. */
const HIDDEN = ['due_rev', 'in_doubt', 'last_error', 'message_id', 'retries'];

let scene: Scene;
let columns: string[];
let before: Record<string, string>;
beforeAll(async () => {
  scene = await createScene();
  before = await storedState(scene.db);
  const { rows } = await scene.db.admin.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'public.scheduled_reminders'::regclass
       and attnum > 0 and not attisdropped order by attname`,
  );
  columns = rows.map(({ name }) => name);
});
afterAll(async () => scene.db.drop());

async function grantedColumns(privilege: string): Promise<string[]> {
  const { rows } = await scene.db.admin.query<{ name: string }>(
    `select name from unnest($1::text[]) as name
     where has_column_privilege('authenticated', 'public.scheduled_reminders', name, $2) order by name`,
    [columns, privilege],
  );
  return rows.map(({ name }) => name);
}

describe('by the catalogue', () => {
  test('people may change status, due_at and draft_text, and insert nothing', async () => {
    expect(await grantedColumns('update')).toEqual(CHANGEABLE);
    expect(await grantedColumns('insert')).toEqual([]);
    expect(await grantedColumns('references')).toEqual([]);
  });

  test('people may read everything but what is the dispatcher’s own', async () => {
    expect(await grantedColumns('select')).toEqual(columns.filter((name) => !HIDDEN.includes(name)));
  });

  test('what the app reads is what may be read', async () => {
    expect(REMINDER_COLUMNS.split(',').sort()).toEqual(await grantedColumns('select'));
  });
});

/** A value for every column that only our functions write. */
const FORGED: Readonly<Record<string, unknown>> = {
  completed_at: '2026-01-01T00:00:00Z',
  created_at: '2026-01-01T00:00:00Z',
  delay_days: 0,
  due_reason: 'parked',
  due_rev: 99,
  exact: true,
  first_due_at: '2026-01-01T00:00:00Z',
  id: 99,
  in_doubt: true,
  last_error: 'forged',
  last_reminded_at: '2026-01-01T00:00:00Z',
  lead_id: 99,
  level: 3,
  message_id: 99,
  plan_id: 99,
  reminder_count: 99,
  retries: 99,
  snooze_count: 99,
  step_id: 99,
  telegram_id: STRANGER,
  title: 'forged',
  updated_at: '2026-01-01T00:00:00Z',
  wanted_at: '2026-01-01T00:00:00Z',
};

describe('a forged PATCH', () => {
  test('is tried for every column that may not be changed', () => {
    expect(Object.keys(FORGED)).toEqual(columns.filter((name) => !CHANGEABLE.includes(name)));
  });

  test.each(Object.entries(FORGED))(
    'of %s is refused, alone and beside a column that may be changed',
    async (name, value) => {
      const { database } = clientOf(scene.db, 'owner');
      for (const change of [{ [name]: value }, { draft_text: 'x', [name]: value }]) {
        const { error, status } = await database
          .from('scheduled_reminders')
          .update(change)
          .eq('id', scene.reminderId);
        expect([status, error?.code]).toEqual([403, '42501']);
      }
      expect(await storedState(scene.db)).toEqual(before);
    },
  );

  test.each(['sent', 'failed'])('of the status to %s is the dispatcher’s alone', async (status) => {
    const { error } = await clientOf(scene.db, 'owner')
      .database.from('scheduled_reminders')
      .update({ status })
      .eq('id', scene.reminderId);
    expect([error?.hint, error?.message]).toEqual([
      'ILLEGAL_MOVE',
      `Only the dispatcher marks a reminder as ${status}.`,
    ]);
    expect(await storedState(scene.db)).toEqual(before);
  });

  test.each([
    ['infinity', '-infinity'],
    ['the past centuries', '1900-01-01T00:00:00Z'],
    ['the centuries to come', '2999-01-01T00:00:00Z'],
  ])('of due_at to %s is refused: it would stop the dispatcher for everybody', async (_what, due_at) => {
    for (const value of [due_at, due_at.replace('-infinity', 'infinity')]) {
      const { error, status } = await clientOf(scene.db, 'owner')
        .database.from('scheduled_reminders')
        .update({ due_at: value })
        .eq('id', scene.reminderId);
      expect([status, error?.hint]).toEqual([400, 'INSTANT_OUT_OF_RANGE']);
    }
    expect(await storedState(scene.db)).toEqual(before);
  });

  test.each(HIDDEN)('%s cannot be read, filtered by or sorted by', async (name) => {
    const reminders = clientOf(scene.db, 'owner').database.from('scheduled_reminders');
    const answers = [
      await reminders.select(name),
      await reminders.select('id').eq(name, 1),
      await reminders.select('id').order(name),
      await reminders.update({ draft_text: 'x' }).eq(name, 0),
    ];
    expect(answers.map(({ error }) => error?.code)).toEqual(['42501', '42501', '42501', '42501']);
  });

  test('without a filter reaches the caller’s own rows and no other', async () => {
    await scene.db.admin.query(
      `insert into public.scheduled_reminders (telegram_id, due_at) values (${STRANGER}, now() + interval '1 day')`,
    );
    const changed = await clientOf(scene.db, 'stranger')
      .database.from('scheduled_reminders')
      .update({ draft_text: 'mine' })
      .gt('id', 0)
      .select('telegram_id');
    expect(changed.data).toEqual([{ telegram_id: STRANGER }]);
    const { rows } = await scene.db.admin.query<{ count: number }>(
      `select count(*)::int as count from public.scheduled_reminders where telegram_id = ${OWNER} and draft_text = 'mine'`,
    );
    expect(rows[0]?.count).toBe(0);
  });
});
