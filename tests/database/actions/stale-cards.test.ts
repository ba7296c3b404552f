/** Which cards of a chat have to follow what was done elsewhere, in which order and how fast. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.admin.query(`
    truncate stale_cards, chat_slots;
    update dispatch_limiter set rate_per_second = 25, chat_gap_ms = 1000, next_slot_at = 'epoch', block_until = 'epoch'`);
});

interface Claimed {
  readonly telegram_id: number;
  readonly kind: string;
  readonly subject_id: number;
  readonly since: string;
  readonly slot_in_ms: number;
}

async function call<Result>(name: string, args: Readonly<Record<string, unknown>>): Promise<Result> {
  const answer = await db.server.database.rpc(name, args);
  expect(answer.error).toBeNull();
  return answer.data as Result;
}

const claim = (): Promise<Claimed[]> => call('claim_stale_cards', { p_limit: 20 });

const nameOf = ({ telegram_id: person, kind, subject_id: subject }: Claimed) => ({
  p_telegram_id: person,
  p_kind: kind,
  p_subject_id: subject,
});

const settle = (card: Claimed, result: Readonly<Record<string, number>> = {}): Promise<boolean> =>
  call('settle_stale_card', { ...nameOf(card), p_since: card.since, p_result: result });

/** A person with reminders, each delivered in a message of its own; gives their ids. */
async function personWith(count: number): Promise<{ id: number; reminders: number[] }> {
  const id = randomInt(1, 2 ** 40);
  await db.admin.query('insert into users (telegram_id) values ($1)', [id]);
  const { rows } = await db.admin.query<{ id: string }>(
    `insert into scheduled_reminders (telegram_id, due_at, status, message_id, last_reminded_at)
     select $1, now(), 'sent', 100 + n, now() from generate_series(1, $2) as n returning id`,
    [id, count],
  );
  return { id, reminders: rows.map((row) => Number(row.id)) };
}

async function changed(person: { id: number }, reminder: number, source: string): Promise<void> {
  await db.admin.query(
    `insert into reminder_events (telegram_id, reminder_id, action, actor, source) values ($1, $2, 'skip', 'person', $3)`,
    [person.id, reminder, source],
  );
}

describe('a change of a reminder', () => {
  test.each(['app', 'rest', 'events'])('out of “%s” has its card drawn anew', async (source) => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, source);
    const [card] = await claim();
    expect(card).toMatchObject({
      telegram_id: person.id,
      kind: 'reminder',
      subject_id: person.reminders[0],
      slot_in_ms: 0,
    });
    expect(await call('stale_card_message', nameOf(card!))).toBe(101);
    expect(await settle(card!)).toBe(true);
    expect(await claim()).toEqual([]);
  });

  test.each(['bot', 'worker', 'sql'])('out of “%s” is none of this', async (source) => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, source);
    expect(await claim()).toEqual([]);
  });

  test('that never had a card, or whose message lists several, is not drawn', async () => {
    const person = await personWith(2);
    const [first, second] = person.reminders as [number, number];
    await db.admin.query('update scheduled_reminders set message_id = null where id = $1', [first]);
    await changed(person, first, 'app');
    expect(await claim()).toEqual([]);
    await db.admin.query('update scheduled_reminders set message_id = 7 where id = any ($1)', [
      [first, second],
    ]);
    await changed(person, second, 'app');
    const [card] = await claim();
    expect(await call('stale_card_message', nameOf(card!))).toBeNull();
  });

  test('is not drawn over what the chat did since', async () => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, 'app');
    await changed(person, person.reminders[0]!, 'bot');
    const [card] = await claim();
    expect(await call('stale_card_message', nameOf(card!))).toBeNull();
  });

  test('that comes while its card is being drawn is drawn once more', async () => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, 'app');
    const [card] = await claim();
    await changed(person, person.reminders[0]!, 'app');
    expect(await claim()).toEqual([]);
    await settle(card!);
    await db.admin.query('truncate chat_slots');
    const [again] = await claim();
    expect(again).toMatchObject({ subject_id: person.reminders[0] });
    expect(again!.since).not.toBe(card!.since);
  });
});

describe('drawing', () => {
  test('is done by one process, and by the next one when that died', async () => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, 'app');
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toEqual([]);
    await db.admin.query(`
      truncate chat_slots;
      update stale_cards set taken_until = clock_timestamp() - interval '1 second'`);
    expect(await claim()).toHaveLength(1);
  });

  test('takes one card per chat at a time, with the chat’s gap in between', async () => {
    const [one, other] = [await personWith(2), await personWith(1)];
    for (const reminder of one.reminders) await changed(one, reminder, 'app');
    await changed(other, other.reminders[0]!, 'app');
    const claimed = await claim();
    expect(claimed.map((card) => card.subject_id)).toEqual([one.reminders[0], other.reminders[0]]);
    await settle(claimed[0]!);
    const [next] = await claim();
    expect(next).toMatchObject({ subject_id: one.reminders[1] });
    const { rows } = await db.admin.query<{ gap: number }>(
      `select extract(epoch from slot_at - clock_timestamp())::float * 1000 as gap from chat_slots where telegram_id = $1`,
      [one.id],
    );
    // The slot of the second lies a gap after the first one's, whatever time has passed since.
    expect(next!.slot_in_ms).toBeGreaterThanOrEqual(Math.max(0, rows[0]!.gap) - 1);
  });

  test('uses up send slots of the one limiter, and waits while Telegram asked for a pause', async () => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, 'app');
    const slot = async (): Promise<Date> =>
      (await db.admin.query<{ at: Date }>('select next_slot_at as at from dispatch_limiter')).rows[0]!.at;
    const before = await slot();
    const [card] = await claim();
    expect((await slot()).getTime()).toBeGreaterThan(before.getTime());
    await settle(card!, { again_in_ms: 0, block_ms: 60_000 });
    expect(await claim()).toEqual([]);
    await db.admin.query(
      `truncate chat_slots; update dispatch_limiter set block_until = 'epoch', next_slot_at = 'epoch'`,
    );
    expect(await claim()).toHaveLength(1);
  });

  test('is given up after five tries', async () => {
    const person = await personWith(1);
    await changed(person, person.reminders[0]!, 'app');
    for (let tries = 1; tries <= 5; tries += 1) {
      const [card] = await claim();
      await settle(card!, { again_in_ms: 0 });
      await db.admin.query(`truncate chat_slots; update dispatch_limiter set next_slot_at = 'epoch'`);
    }
    expect(await claim()).toEqual([]);
  });

  test('of a change of many keeps to the ten newest of a chat', async () => {
    const person = await personWith(14);
    for (const reminder of person.reminders) await changed(person, reminder, 'app');
    await claim();
    const { rows } = await db.admin.query<{ subject_id: string }>(
      'select subject_id from stale_cards where telegram_id = $1 order by subject_id',
      [person.id],
    );
    expect(rows.map((row) => Number(row.subject_id))).toEqual(person.reminders.slice(4));
  });
});

test('a new language is told to the chat and to its open cards, the same one to nobody', async () => {
  const person = await personWith(1);
  const speak = (language: string) =>
    db.admin.query('update users set language = $2 where telegram_id = $1', [person.id, language]);
  await speak('en');
  expect(await claim()).toEqual([]);
  await speak('ru');
  const { rows } = await db.admin.query<{ kind: string; subject_id: string }>(
    'select kind, subject_id from stale_cards where telegram_id = $1 order by kind',
    [person.id],
  );
  expect(rows).toEqual([
    { kind: 'chat', subject_id: '0' },
    { kind: 'open', subject_id: String(person.reminders[0]) },
  ]);
});

test.each([
  ['as soon as it is decided elsewhere', ['message_id = 41', `status = 'discarded', ended_at = now()`]],
  [
    'decided before the chat noted its message: as soon as that is noted',
    [`status = 'discarded', ended_at = now()`, 'message_id = 41'],
  ],
])('a proposal’s card is drawn %s', async (_when, changes) => {
  const person = await personWith(0);
  const { rows } = await db.admin.query<{ id: number }>(
    `with lead as (insert into leads (telegram_id, name) values ($1, 'Zoe') returning id)
     insert into engagement_plans (telegram_id, lead_id, status) select $1, id, 'draft' from lead returning id::int`,
    [person.id],
  );
  const planId = rows[0]!.id;
  for (const change of changes) {
    expect(await claim()).toEqual([]);
    await db.admin.query(`update engagement_plans set ${change} where id = $1`, [planId]);
  }
  const cards = await claim();
  expect(cards).toMatchObject([{ telegram_id: person.id, kind: 'plan', subject_id: planId }]);
  expect(await call('stale_card_message', nameOf(cards[0]!))).toBe(41);
});
