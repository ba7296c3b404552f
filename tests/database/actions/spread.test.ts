/** `spread_reminders`: several moves as one action. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, inHours } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

const same = (instant: unknown): number => Temporal.Instant.from(String(instant)).epochMilliseconds;

async function free(actor: Actor, hours: number): Promise<number> {
  const made = await actor.must('create_reminder', { p_due_at: inHours(hours), p_title: 'Call' });
  return (made.data['reminder'] as { id: number }).id;
}

test('moves several reminders at once, and one Undo takes all of them back', async () => {
  const mara = createActor(db);
  const [a, b] = [await free(mara, 5), await free(mara, 5)];
  const before = [await mara.row(a), await mara.row(b)];
  const [first, second] = [inHours(6), inHours(7)];
  const { data, actionId } = await mara.must('spread_reminders', {
    p_moves: [
      { id: b, wanted_at: second },
      { id: a, wanted_at: first },
    ],
  });
  expect(data['moved']).toHaveLength(2);
  const after = [await mara.row(a), await mara.row(b)];
  expect(after.map((row) => same(row.wanted_at))).toEqual([same(first), same(second)]);
  expect(after.map((row) => [row.due_at, row.snooze_count])).toEqual(after.map((row) => [row.wanted_at, 0]));
  await mara.must('undo_action', { p_action_id: actionId });
  expect([await mara.row(a), await mara.row(b)].map((row) => row.wanted_at)).toEqual(
    before.map((row) => row.wanted_at),
  );
});

test('takes the later steps of a plan along when one of its steps overtakes them', async () => {
  const mara = createActor(db);
  const { ids, planId } = await mara.plan([24, 25, 26]);
  await mara.must('spread_reminders', { p_moves: [{ id: ids[0], wanted_at: inHours(30) }] });
  const wanted = (await mara.rowsOfPlan(planId)).map((row) => same(row.wanted_at));
  expect(wanted).toEqual(wanted.toSorted((a, b) => a - b));
  expect(wanted[0]).toBeGreaterThanOrEqual(same(inHours(29.9)));
});

test('moves all or none: a closed one, a missing one or a moment past refuses the whole', async () => {
  const mara = createActor(db);
  const [open, closed] = [await free(mara, 5), await free(mara, 5)];
  const before = await mara.row(open);
  await mara.must('complete_reminder', { p_id: closed });
  const tries = [
    [{ id: closed, wanted_at: inHours(8) }, 'REMINDER_CLOSED'],
    [{ id: 999_999, wanted_at: inHours(8) }, 'REMINDER_NOT_FOUND'],
    [{ id: open, wanted_at: inHours(-1) }, 'INSTANT_OUT_OF_RANGE'],
    [{ id: open, wanted_at: inHours(24 * 365 * 4) }, 'INSTANT_OUT_OF_RANGE'],
    [{ id: open }, 'INSTANT_OUT_OF_RANGE'],
  ] as const;
  for (const [move, refusal] of tries) {
    const p_moves = move.id === open ? [move] : [{ id: open, wanted_at: inHours(8) }, move];
    expect((await mara.act('spread_reminders', { p_moves })).refusal).toBe(refusal);
    expect(await mara.row(open)).toEqual(before);
  }
});

test.each([0, 51])('refuses %i reminders', async (count) => {
  const mara = createActor(db);
  const p_moves = Array.from({ length: count }, (_, index) => ({ id: index + 1, wanted_at: inHours(8) }));
  expect((await mara.act('spread_reminders', { p_moves })).refusal).toBe('CLAIM_SIZE');
});

test('sent twice it changes nothing and answers the same', async () => {
  const mara = createActor(db);
  const id = await free(mara, 5);
  const args = { p_action_id: 'spread-once', p_moves: [{ id, wanted_at: inHours(6) }] };
  const first = await mara.must('spread_reminders', args);
  const row = await mara.row(id);
  const again = await mara.must('spread_reminders', { ...args, p_moves: [{ id, wanted_at: inHours(9) }] });
  expect(again.data).toEqual({ ...first.data, replayed: true });
  expect(await mara.row(id)).toEqual(row);
});
