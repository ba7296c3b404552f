/** A worker that is asked to stop in the middle of its work, and answers to people while a batch goes out. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import type { RecordedCall } from '../../../bot/sandbox/telegram/types.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { startWorkerProcess } from '../../support/worker-process.ts';
import type { WorkerProcess } from '../../support/worker-process.ts';
import { reader, remind } from './worker.ts';

/** Several processes start in each test. Milliseconds. */
const LIMIT = 300_000;
/** What a busy machine gives back for being late goes out a little later. Milliseconds. */
const PATIENCE_MS = 150_000;

let database: TestDatabase;
let telegram: TestTelegram;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  [database, telegram] = await Promise.all([createTestDatabase(), startTelegram()]);
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await telegram.fault();
  await database.admin.query('truncate scheduled_reminders, delivery_attempts, chat_slots');
});
afterAll(async () => {
  await telegram.stop();
  await database.drop();
});

const start = async (settings: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> => {
  const worker = await startWorkerProcess(database, telegram, settings);
  workers.push(worker);
  return worker;
};

/** People with one due reminder each. */
async function crowd(count: number): Promise<SandboxPerson[]> {
  const people = await Promise.all(Array.from({ length: count }, () => reader(telegram)));
  for (const person of people) await remind(database, person.id, 'Ring Anna');
  return people;
}

const messagesTo = async (people: readonly SandboxPerson[]): Promise<RecordedCall[]> => {
  const ids = new Set<number | null>(people.map(({ id }) => id));
  return (await telegram.calls()).filter(({ method, chatId }) => method === 'sendmessage' && ids.has(chatId));
};

const count = async (rows: string): Promise<number> => (await database.admin.query(rows)).rowCount ?? 0;

describe('SIGTERM under load', () => {
  test(
    // Code 0 is the proof of the ten seconds: the process ends itself with another one when they are over.
    'ends the process with code 0, nothing in doubt and nothing in its hands; the next one sends the rest once',
    async () => {
      const people = await crowd(200);
      await telegram.fault({ kind: 'delay', method: 'sendMessage', times: 'always', delayMs: 300 });
      const worker = await start();
      await expect
        .poll(async () => (await messagesTo(people)).length, { timeout: PATIENCE_MS })
        .toBeGreaterThanOrEqual(5);
      expect(await worker.stop()).toBe(0);
      const sentBefore = await messagesTo(people);
      expect(sentBefore.length).toBeLessThan(people.length);
      expect(await count('select from open_attempts')).toBe(0);
      expect(await count(`select from delivery_attempts where outcome = 'in_doubt'`)).toBe(0);
      // What had arrived is on record, each message for its row.
      expect(await count(`select from scheduled_reminders where status = 'sent'`)).toBe(sentBefore.length);
      await telegram.fault();
      await start();
      await expect.poll(async () => (await messagesTo(people)).length).toBe(people.length);
      const all = await messagesTo(people);
      expect(new Set(all.map(({ chatId }) => chatId)).size).toBe(people.length);
      expect(all.filter(({ text }) => text?.startsWith('Sent again'))).toEqual([]);
    },
    LIMIT,
  );

  test(
    'while Telegram hangs ends it with code 0 too: what had left is in doubt, and only that',
    async () => {
      await crowd(3);
      await telegram.fault({ kind: 'hang', method: 'sendMessage', times: 1 });
      const worker = await start();
      await expect.poll(() => count(`select from scheduled_reminders where status = 'sent'`)).toBe(2);
      expect(await worker.stop()).toBe(0);
      expect(await count('select from open_attempts')).toBe(0);
      expect(await count(`select from delivery_attempts where outcome = 'in_doubt'`)).toBe(1);
    },
    LIMIT,
  );
});

describe('answers to people', () => {
  test(
    'keep head-room while two workers send a batch: Telegram refuses neither those nor the batch',
    async () => {
      const [talker, ...people] = [await reader(telegram), ...(await crowd(200))];
      // A message of the bot itself, as a handler sends it, for each tenth of the batch: several within a second.
      const answers: Promise<Response>[] = [];
      const answer = (): Promise<Response> =>
        fetch(`${telegram.apiRoot}/bot${telegram.token}/sendMessage`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ chat_id: talker.id, text: 'Done.' }),
        });
      await Promise.all([start(), start()]);
      const sentSoFar = async (): Promise<number> => {
        const batch = await messagesTo(people);
        if (batch.length >= (answers.length + 1) * 20) answers.push(answer());
        return batch.length;
      };
      await expect.poll(sentSoFar, { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(people.length);
      expect(answers.length).toBeGreaterThanOrEqual(3);
      for (const response of await Promise.all(answers)) expect(response.status).toBe(200);
      expect((await messagesTo(people)).filter(({ status }) => status === 429)).toEqual([]);
    },
    LIMIT,
  );
});
