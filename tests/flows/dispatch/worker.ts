/** The dispatcher as it runs in the product: real loops, real store over the gateway, real outbox, Telegram emulated in its own process. */
import { randomUUID } from 'node:crypto';
import { createSlotClock } from '../../../bot/domain/reminder/slot-clock.ts';
import type { MayStart } from '../../../bot/domain/reminder/slot-grace.ts';
import { startResidentLoops } from '../../../bot/jobs/resident-loops.ts';
import type { ResidentLoops } from '../../../bot/jobs/resident-loops.ts';
import { createWaker } from '../../../bot/jobs/waker.ts';
import type { Waker } from '../../../bot/jobs/waker.ts';
import { machineClock } from '../../../bot/machine.ts';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { createStores } from '../../../bot/store/create-stores.ts';
import type { Stores } from '../../../bot/store/create-stores.ts';
import { createReminderSender, SenderFatal } from '../../../bot/telegram/outbox/create-reminder-sender.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';
import type { DeliveryOutcome } from '../../../bot/usecases/ports.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { recorder } from '../bot/record-log.ts';

/** A send that hangs this long is in doubt; longer than an answer takes on a machine with much else to do. Milliseconds. */
const ANSWER_WITHIN_MS = 20_000;
/** A wait that takes longer has failed. Milliseconds. */
const PATIENCE_MS = 60_000;

export interface Result {
  readonly row: ClaimedReminder;
  readonly outcome: DeliveryOutcome;
}

export interface Worker {
  readonly stores: Stores;
  readonly waker: Waker;
  readonly loops: ResidentLoops;
  /** Every result so far, in order, but for slots that were missed. */
  readonly results: readonly Result[];
  /** While true each database call fails as if the server were gone. */
  readonly trouble: { databaseIsAway: boolean };
  /** Resolves when the results satisfy this: now, or after one of those to come. */
  until(found: (results: readonly Result[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A worker process, but for the process. */
export function startWorker(
  database: TestDatabase,
  telegram: TestTelegram,
  settings: { readonly token?: string; readonly concurrency?: number; readonly mayStart?: MayStart } = {},
): Worker {
  const { concurrency = 8, token = telegram.token } = settings;
  const trouble = { databaseIsAway: false };
  const stores = createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    fetch: async (input, init) => {
      if (trouble.databaseIsAway) throw new TypeError('fetch failed');
      return database.gateway.fetch(input, init);
    },
    mintToken: (telegramId) =>
      Promise.resolve({ token: signToken({ sub: String(telegramId) }), expiresIn: 900 }),
    machineNow: () => Date.now(),
    worker: randomUUID(),
    soleReader: true,
  });
  const log = recorder([]);
  const outbox = createReminderSender({
    token,
    apiRoot: telegram.apiRoot,
    connections: concurrency,
    texts: loadTexts(),
    miniAppUrl: null,
    random: () => 0.5,
    log,
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  const waker = createWaker(machineClock, () => stores.dispatch.nextWakeMs());
  const results: Result[] = [];
  const watchers = new Set<() => void>();
  let stopped: Promise<void> | undefined;
  const loops = startResidentLoops({
    deliver: {
      store: stores.dispatch,
      sender: outbox,
      clock: machineClock,
      worker: randomUUID(),
      concurrency,
      batchSize: 500,
      slotStart: createSlotClock(),
      mayStart: settings.mayStart ?? ((lateMs) => lateMs <= 2_000),
      newToken: () => randomUUID(),
      observer: {
        onClaim: () => undefined,
        onResult: (row, outcome) => {
          // Its slot was missed: it gets another.
          if (outcome.outcome === 'released') return;
          results.push({ row, outcome });
          for (const watcher of [...watchers]) watcher();
        },
        onSettleFailure: () => undefined,
        onLeaseLost: () => undefined,
      },
    },
    store: stores.dispatch,
    clock: machineClock,
    waker,
    log,
    isFatal: (error) => error instanceof SenderFatal,
  });
  return {
    stores,
    waker,
    loops,
    results,
    trouble,
    until: (found) =>
      new Promise((resolve, reject) => {
        const inVain = setTimeout(() => {
          const outcomes = results.map(({ row, outcome }) => `${row.id} ${outcome.outcome}`);
          reject(new Error(`Waited in vain; so far: ${outcomes.join(', ') || 'nothing'}`));
        }, PATIENCE_MS);
        const look = (): void => {
          if (!found(results)) return;
          clearTimeout(inVain);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    stop() {
      // Tests stop a worker to look at the rows, and all workers are stopped after each test.
      stopped ??= loops.stop().then(() => outbox.close());
      return stopped;
    },
  };
}

/** Somebody the bot may write to. */
export async function reader(telegram: TestTelegram): Promise<SandboxPerson> {
  const person = await telegram.person();
  await telegram.say(person, '/start');
  return person;
}

/** Due a second ago, as any outside program would write it. */
export async function remind(database: TestDatabase, telegramId: number, title: string): Promise<number> {
  const { rows } = await database.admin.query<{ id: string }>(
    `insert into scheduled_reminders (telegram_id, due_at, title) values ($1, app_now() - interval '1 second', $2) returning id`,
    [telegramId, title],
  );
  return Number(rows[0]!.id);
}
