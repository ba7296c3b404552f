/** A reminder falls due and arrives: once, whatever Telegram and the database do. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSlotGrace } from '../../../bot/domain/reminder/slot-grace.ts';
import type { RecordedCall } from '../../../bot/sandbox/telegram/types.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { reader, remind, startWorker } from './worker.ts';
import type { Worker } from './worker.ts';

let database: TestDatabase;
let telegram: TestTelegram;
let workers: Worker[] = [];

beforeAll(async () => {
  [database, telegram] = await Promise.all([createTestDatabase(), startTelegram({ rateLimits: false })]);
});
beforeEach(async () => {
  await database.admin.query(
    `truncate scheduled_reminders, users, delivery_attempts, open_attempts, claim_batches, chat_slots`,
  );
  await database.admin.query(
    `update dispatch_limiter set rate_per_second = 1000, chat_gap_ms = 0, block_until = 'epoch', next_slot_at = 'epoch'`,
  );
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await telegram.fault();
  await telegram.rateLimits(false);
});
afterAll(async () => {
  await telegram.stop();
  await database.drop();
});

const start = (settings?: Parameters<typeof startWorker>[2]): Worker => {
  const worker = startWorker(database, telegram, settings);
  workers.push(worker);
  return worker;
};

/** Messages to this person that Telegram took, as it counts them itself. */
const delivered = async (person: { id: number }): Promise<RecordedCall[]> =>
  (await telegram.calls()).filter(
    ({ method, chatId, accepted }) =>
      method.toLowerCase() === 'sendmessage' && chatId === person.id && accepted,
  );

const row = async (id: number) => {
  const { rows } = await database.admin.query<{ row: Record<string, unknown> }>(
    'select to_jsonb(reminder) as row from scheduled_reminders as reminder where id = $1',
    [id],
  );
  return rows[0]!.row;
};

const outcomesOf = async (id: number) => {
  const { rows } = await database.admin.query<{ outcome: string }>(
    'select outcome from delivery_attempts where reminder_id = $1 order by settled_at',
    [id],
  );
  return rows.map(({ outcome }) => outcome);
};

describe('a due reminder', () => {
  test('arrives as a card, and its row knows the message', async () => {
    const mara = await reader(telegram);
    const id = await remind(database, mara.id, 'Ring Anna');
    const worker = start();
    const card = await telegram.waitForMessage(mara, ({ text }) => text.includes('Ring Anna'));
    await worker.until((results) => results.length === 1);
    await worker.stop();
    expect(await row(id)).toMatchObject({ status: 'sent', message_id: card.messageId, level: 1 });
    expect(await outcomesOf(id)).toEqual(['sent']);
  });

  test('written while the dispatcher sleeps goes out when it is woken', async () => {
    const mara = await reader(telegram);
    const worker = start();
    await remind(database, mara.id, 'Fresh');
    worker.waker.wake();
    await telegram.waitForMessage(mara, ({ text }) => text.includes('Fresh'));
  });

  test('of several workers is sent by one of them', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => reader(telegram)));
    for (const person of people) await remind(database, person.id, 'Once');
    const all = [start(), start(), start()];
    await Promise.all(
      people.map((person) => telegram.waitForMessage(person, ({ text }) => text.includes('Once'))),
    );
    await Promise.all(all.map((worker) => worker.stop()));
    for (const person of people) expect(await delivered(person)).toHaveLength(1);
  });
});

describe('a person who blocked the bot', () => {
  test('is left alone, and gets the reminder after writing again', async () => {
    const mara = await reader(telegram);
    await telegram.block(mara);
    // Awake at every hour, so that the test is, too.
    await database.admin.query(
      `insert into users (telegram_id, quiet_from, quiet_to) values ($1, '0:00', '0:00')`,
      [mara.id],
    );
    const id = await remind(database, mara.id, 'Ring Anna');
    const worker = start();
    await worker.until((results) => results.some(({ outcome }) => outcome.outcome === 'failed'));
    await worker.stop();
    expect(await row(id)).toMatchObject({ status: 'failed' });
    await telegram.block(mara, false);
    const profile = { telegramId: mara.id, firstName: 'Mara', username: null, language: 'en' };
    await worker.stores.admin.touchPerson(profile);
    start();
    await telegram.waitForMessage(mara, ({ text }) => text.includes('Ring Anna'));
  });
});

describe('a 429', () => {
  test('stops the messages to everybody for as long as Telegram asks, and then nobody is missed', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => reader(telegram)));
    const pauseMs = 4000;
    await telegram.fault({
      kind: '429',
      method: 'sendMessage',
      times: 1,
      skip: 3,
      retryAfter: pauseMs / 1000,
    });
    for (const person of people) await remind(database, person.id, 'After the flood');
    // Five seconds of messages, if nothing came in between.
    await database.admin.query('update dispatch_limiter set rate_per_second = 5');
    const all = [start({ concurrency: 1 }), start({ concurrency: 1 })];
    await Promise.all(
      people.map((person) => telegram.waitForMessage(person, ({ text }) => text.includes('After the flood'))),
    );
    await Promise.all(all.map((worker) => worker.stop()));
    for (const person of people) expect(await delivered(person)).toHaveLength(1);
    const ids = new Set(people.map(({ id }) => id));
    const calls = (await telegram.calls()).filter(({ chatId }) => chatId !== null && ids.has(chatId));
    const refusedAt = calls.find(({ status }) => status === 429)!.at;
    // What had its slot already, within the two seconds a claim looks ahead, may still go.
    const meanwhile = await database.admin.query(
      'select slot_at from delivery_attempts where slot_at between $1 and $2',
      [new Date(refusedAt + 3000), new Date(refusedAt + pauseMs - 100)],
    );
    expect(meanwhile.rows).toEqual([]);
  });

  test('never happens at the default rate and chat gap', async () => {
    await telegram.rateLimits(true);
    await database.admin.query('update dispatch_limiter set rate_per_second = 25, chat_gap_ms = 1000');
    const people = await Promise.all(Array.from({ length: 50 }, () => reader(telegram)));
    for (const person of people) await remind(database, person.id, 'In good time');
    start({ mayStart: createSlotGrace(25) });
    start({ mayStart: createSlotGrace(25) });
    await Promise.all(
      people.map((person) => telegram.waitForMessage(person, ({ text }) => text.includes('In good time'))),
    );
    const ids = new Set(people.map(({ id }) => id));
    const calls = (await telegram.calls()).filter(({ chatId }) => chatId !== null && ids.has(chatId));
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
    // Slots, not arrivals: a machine with much else to do brings what it held up all at once.
    await Promise.all(workers.map((worker) => worker.stop()));
    const { rows } = await database.admin.query<{ at: number }>(
      'select extract(epoch from slot_at)::float8 as at from delivery_attempts',
    );
    const busiest = rows.map(({ at }) => rows.filter((other) => other.at >= at && other.at < at + 1).length);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(25);
  });
});

describe('an answer that never came', () => {
  test('is in doubt: the reminder is sent once more and says so, its level unchanged', async () => {
    const mara = await reader(telegram);
    await telegram.fault({ kind: 'drop_after_accept', method: 'sendMessage', times: 1 });
    const id = await remind(database, mara.id, 'Ring Anna');
    const worker = start();
    const again = await telegram.waitForMessage(mara, ({ text }) => text.startsWith('Sent again'));
    await worker.until((results) => results.length === 2);
    await worker.stop();
    expect(again.text).toContain('Ring Anna');
    expect(await outcomesOf(id)).toEqual(['in_doubt', 'sent']);
    expect(await row(id)).toMatchObject({ status: 'sent', level: 1, reminder_count: 1, in_doubt: false });
    expect(await delivered(mara)).toHaveLength(2);
  });

  test('of a connection refused before anything left is no doubt: one message, without the remark', async () => {
    const mara = await reader(telegram);
    await telegram.fault({ kind: '500', method: 'sendMessage', times: 2 });
    const id = await remind(database, mara.id, 'Ring Anna');
    const worker = start();
    const card = await telegram.waitForMessage(mara, ({ text }) => text.includes('Ring Anna'));
    await worker.until((results) => results.length === 3);
    await worker.stop();
    expect(card.text).not.toContain('Sent again');
    expect(await outcomesOf(id)).toEqual(['retry', 'retry', 'sent']);
    expect(await delivered(mara)).toHaveLength(1);
  });
});

describe('the end of a worker', () => {
  test('that died with rows in its hands: once they are swept, another says "Sent again"', async () => {
    const mara = await reader(telegram);
    const id = await remind(database, mara.id, 'Ring Anna');
    await database.admin.query(`select claim_due_reminders('dead', gen_random_uuid(), 500, 30)`);
    await database.admin.query(`update claim_batches set lease_until = clock_timestamp()`);
    const { stores, waker } = start();
    expect(await stores.dispatch.sweep()).toBe(1);
    waker.wake();
    await telegram.waitForMessage(mara, ({ text }) => text.startsWith('Sent again'));
    expect(await outcomesOf(id)).toContain('in_doubt');
  });

  test('that is asked to stop: what is in flight arrives, the rest is free at once and sent once by the next', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => reader(telegram)));
    for (const person of people) await remind(database, person.id, 'Hand over');
    await telegram.fault({ kind: 'delay', method: 'sendMessage', times: 'always', delayMs: 100 });
    const first = start({ concurrency: 2 });
    await first.until((results) => results.length >= 4);
    await first.stop();
    const { rows } = await database.admin.query<{ open: string }>(
      'select count(*) as open from open_attempts',
    );
    expect(rows[0]!.open).toBe('0');
    start();
    await Promise.all(
      people.map((person) => telegram.waitForMessage(person, ({ text }) => text.includes('Hand over'))),
    );
    for (const person of people) {
      const messages = await delivered(person);
      expect(messages).toHaveLength(1);
      expect(messages[0]!.text).not.toContain('Sent again');
    }
  });

  test('whose token Telegram refuses: it says so, and leaves the reminders to others without a doubt', async () => {
    const mara = await reader(telegram);
    const id = await remind(database, mara.id, 'Ring Anna');
    const worker = start({ token: '1:refused' });
    await expect(worker.loops.ended).rejects.toThrow(/BOT_TOKEN/);
    expect(await outcomesOf(id)).toEqual([]);
    start();
    const card = await telegram.waitForMessage(mara, ({ text }) => text.includes('Ring Anna'));
    expect(card.text).not.toContain('Sent again');
  });
});

test('a database that goes away while a message is on its way costs no second message', async () => {
  const mara = await reader(telegram);
  const id = await remind(database, mara.id, 'Ring Anna');
  const worker = start();
  const arrived = telegram.waitForEvent(
    (event) => event.type === 'message' && event.message.chatId === mara.id && event.message.from === 'bot',
  );
  await arrived;
  worker.trouble.databaseIsAway = true;
  await worker.until((results) => results.length === 1);
  worker.trouble.databaseIsAway = false;
  await worker.stop();
  expect(await outcomesOf(id)).toEqual(['sent']);
  expect(await delivered(mara)).toHaveLength(1);
});
