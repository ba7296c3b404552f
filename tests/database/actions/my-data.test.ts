/** Everything a person has, as one document; and nothing of it, when they ask for that. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, inHours } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

/** Tables that know whose a row is, from the catalogue: a later migration's too. */
async function ownedTables(): Promise<string[]> {
  const { rows } = await db.admin.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'telegram_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function rowsOf(telegramId: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await ownedTables()) {
    const { rows } = await db.admin.query<{ count: number }>(
      `select count(*)::int as count from public.${table} where telegram_id = $1`,
      [telegramId],
    );
    counts[table] = rows[0]!.count;
  }
  return counts;
}

/** A person with a bit of everything that the product's own functions make. */
async function livedPerson(): Promise<Actor> {
  const person = createActor(db);
  await person.must('update_settings', { p_settings: { language: 'en' } });
  const { ids } = await person.plan();
  await person.must('complete_reminder', { p_id: ids[0] });
  await person.must('create_reminder', { p_due_at: inHours(24 * 100), p_title: 'Send the invoice' });
  await db.admin.query(
    `insert into public.conversation_state (key, state) values ($1, '{"form": 1}') on conflict do nothing`,
    [String(person.id)],
  );
  return person;
}

const exportSchema = z.object({
  person: z.object({ telegram_id: z.number() }),
  leads: z.array(z.object({ telegram_id: z.number() })),
  plans: z.array(z.object({ telegram_id: z.number() })),
  steps: z.array(z.object({ telegram_id: z.number() })),
  reminders: z.array(z.looseObject({ telegram_id: z.number() })),
  events: z.array(z.object({ telegram_id: z.number() })),
  versions: z.array(z.object({ telegram_id: z.number() })),
  runs: z.array(z.looseObject({ telegram_id: z.number() })),
  deliveries: z.array(z.object({ telegram_id: z.number() })),
  actions: z.array(z.object({ telegram_id: z.number() })),
});

test('the export holds everything of the person and nothing of anybody else', async () => {
  const person = await livedPerson();
  await livedPerson();
  const answer = await db.userClient(person.id).database.rpc('export_my_data', {}, { get: true });
  expect(answer.error).toBeNull();
  const mine = exportSchema.parse(answer.data);
  const { person: _self, ...lists } = mine;
  const rows = Object.values(lists).flat();
  expect(new Set([mine.person, ...rows].map((row) => row.telegram_id))).toEqual(new Set([person.id]));
  expect([mine.leads, mine.plans, mine.steps, mine.reminders].map((list) => list.length)).toEqual([
    1, 1, 3, 4,
  ]);
  expect(mine.events.length).toBeGreaterThan(0);
  expect(mine.actions.length).toBeGreaterThan(0);
  expect(mine.runs.filter((row) => 'token' in row)).toEqual([]);
  expect(mine.reminders.filter((row) => 'due_rev' in row)).toEqual([]);
});

describe('deleting everything', () => {
  test('needs the word, and changes nothing without it', async () => {
    const person = await livedPerson();
    const before = await rowsOf(person.id);
    expect((await person.act('delete_my_data', { p_confirm: 'delete' })).refusal).toBe('DELETE_UNCONFIRMED');
    expect(await rowsOf(person.id)).toEqual(before);
  });

  test('leaves no row of the person in any table, and every row of others', async () => {
    const [person, other] = [await livedPerson(), await livedPerson()];
    const others = await rowsOf(other.id);
    await person.must('delete_my_data', { p_confirm: 'DELETE' });
    const left = Object.entries(await rowsOf(person.id)).filter(([, count]) => count > 0);
    expect(left).toEqual([]);
    expect(await rowsOf(other.id)).toEqual(others);
    const { rows } = await db.admin.query('select key from public.conversation_state where key = any ($1)', [
      [String(person.id), String(other.id)],
    ]);
    expect(rows).toEqual([{ key: String(other.id) }]);
  });

  test('is not outlived by a delivery that was on its way', async () => {
    const person = await livedPerson();
    await db.admin.query(
      `insert into public.open_attempts (reminder_id, token, telegram_id, kind, level, "position", slot_at, due_at, due_rev)
       select id, gen_random_uuid(), telegram_id, 'card', 0, 0, now(), due_at, due_rev
       from public.scheduled_reminders where telegram_id = $1 and status = 'pending'`,
      [person.id],
    );
    await person.must('delete_my_data', { p_confirm: 'DELETE' });
    expect(Object.values(await rowsOf(person.id)).some((count) => count > 0)).toBe(false);
  });
});

test('a table with people’s rows under another name than telegram_id would be missed, so there is none', async () => {
  const { rows } = await db.admin.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and column_name ~ '(user_id|chat_id|person_id|owner_id)$'`,
  );
  expect(rows).toEqual([]);
});
