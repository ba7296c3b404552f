/** The real bot over a real database and the emulated Telegram: only the network between them is made of wires. */
import { randomUUID } from 'node:crypto';
import { createBot, type BotParts, type NudgeBot } from '../../../bot/telegram/create-bot.ts';
import { listen } from '../../../bot/gateway/listen.ts';
import { startCardsLoop } from '../../../bot/jobs/cards-loop.ts';
import { machineClock } from '../../../bot/machine.ts';
import { createReminderSender, type Outbox } from '../../../bot/telegram/outbox/create-reminder-sender.ts';
import { runPolling, type Polling } from '../../../bot/telegram/run-polling.ts';
import { createStores, type Stores } from '../../../bot/store/create-stores.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import {
  createTestDatabase,
  signToken,
  TEST_KEYS,
  GATEWAY_URL,
  type TestDatabase,
} from '../../support/database.ts';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { recorder, type Logged } from './record-log.ts';

export interface TestBot {
  readonly database: TestDatabase;
  readonly telegram: TestTelegram;
  readonly stores: Stores;
  readonly nudge: NudgeBot;
  /** What it was made of, for tests that make another one. */
  readonly parts: BotParts;
  readonly outbox: Outbox;
  readonly logged: readonly Logged[];
  /** While true every database call fails as if the server were gone. */
  readonly trouble: { databaseIsAway: boolean };
  /** Moves product time to the due instant of the person's next reminder and delivers what is due. */
  deliverNext(telegramId: number): Promise<void>;
  /** Delivers what is due now. */
  deliver(): Promise<void>;
  /** The running entrance, for tests that stop it and start it again. */
  polling(): Polling;
  startPolling(): void;
  /** Resolves at the next log line with this event. */
  loggedEvent(event: string): Promise<void>;
  stop(): Promise<void>;
}

const MINI_APP_URL = 'https://nudge.example/';

/**
 * Starts everything; product time can be moved from the first moment on.
 * @param planner says that a model writes plans, and is told when there is one to write. Default: templates.
 * @param more what else the bot has; default: neither ears nor eyes.
 */
export async function startBot(
  planner: { readonly isConfigured: boolean; readonly wake: () => void } = {
    isConfigured: false,
    wake: () => undefined,
  },
  more: Pick<BotParts, 'senses'> = {},
): Promise<TestBot> {
  const [database, telegram] = await Promise.all([
    createTestDatabase(),
    startTelegram({ rateLimits: false }),
  ]);
  await makeClockMovable(database);
  const trouble = { databaseIsAway: false };
  const stores = createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    fetch: async (input, init) => {
      if (trouble.databaseIsAway) throw new TypeError('fetch failed');
      return database.gateway.fetch(input, init);
    },
    mintToken: async (telegramId) => ({ token: signToken({ sub: String(telegramId) }), expiresIn: 900 }),
    machineNow: () => Date.now(),
    worker: 'test',
    soleReader: true,
  });
  // Several people and messages within one second of the machine's clock are what these tests are made of.
  await stores.dispatch.setRate(1000, 0);
  const logged: Logged[] = [];
  const waiting = new EventWaiters();
  const log = recorder(logged, (fields) => waiting.notice(fields['event']));
  const { apiRoot, token } = telegram;
  const parts: BotParts = {
    token,
    apiRoot,
    updates: stores.updates,
    conversations: stores.conversations,
    messages: stores.messages,
    personStore: (telegramId) => stores.asPerson(telegramId),
    teamJobs: (telegramId) => stores.jobsOf(telegramId),
    productNow: () => stores.admin.now(),
    planner: {
      ...planner,
      noteMessage: (runId, messageId) => stores.planning.noteMessage(runId, messageId),
      of: (telegramId) => stores.planningOf(telegramId),
    },
    miniAppUrl: MINI_APP_URL,
    log,
    ...more,
  };
  const nudge = createBot(parts);
  const following = startCardsLoop({ ...nudge, queue: stores.cards, clock: machineClock, log });
  const wake = (what: string | null): void => {
    if (what === 'cards') following.wake();
  };
  const listener = listen(database.url, 'nudge_due', wake, quietLog);
  await listener.ready;
  const outbox = createReminderSender({
    token,
    apiRoot,
    connections: 2,
    texts: nudge.texts,
    miniAppUrl: MINI_APP_URL,
    random: () => 0.5,
    log,
  });
  let polling: Polling = runPolling(nudge, log);
  const deliverBatch = async (): Promise<number> => {
    const claim = randomUUID();
    const rows = await stores.dispatch.claim('test', claim, 100, 30);
    for (const message of Map.groupBy(rows, (row) => row.position).values()) {
      const [first, ...others] = message as [ClaimedReminder, ...ClaimedReminder[]];
      const outcome = await outbox.send([first, ...others], new AbortController().signal);
      await stores.dispatch.settle(
        claim,
        message.map((row) => ({ ...outcome, id: row.id })),
      );
    }
    return rows.length;
  };
  const deliver = async (): Promise<void> => {
    let sent: number;
    do sent = await deliverBatch();
    while (sent > 0);
  };
  return {
    database,
    telegram,
    stores,
    nudge,
    parts,
    outbox,
    logged,
    trouble,
    deliver,
    polling: () => polling,
    startPolling() {
      polling = runPolling(nudge, log);
    },
    loggedEvent: (event) => waiting.next(event),
    async deliverNext(telegramId) {
      const sends = async (): Promise<number> => {
        const count = 'select count(*)::int as sends from delivery_attempts where telegram_id = $1';
        return (await database.admin.query<{ sends: number }>(count, [telegramId])).rows[0]!.sends;
      };
      const before = await sends();
      // Somebody who was here since the last card is asked that much later, so the first look may only move it.
      for (let look = 0; look < 3 && (await sends()) === before; look += 1) {
        const { rows } = await database.admin.query<{ ahead: string }>(
          `select greatest(0, extract(epoch from min(due_at) - app_now())) as ahead from scheduled_reminders
           where telegram_id = $1 and status in ('pending', 'sent')`,
          [telegramId],
        );
        await moveClock(database, Math.ceil(Number(rows[0]!.ahead)));
        await deliver();
      }
    },
    async stop() {
      await polling.stop();
      await listener.close();
      await following.stop();
      await outbox.close();
      await telegram.stop();
      await database.drop();
    },
  };
}

/**
 * Product time becomes an offset version, as the sandbox makes it. It begins on a Monday at 9:00 UTC, so that what falls into
 * quiet hours or on a weekend does not depend on when the tests run.
 */
async function makeClockMovable(database: TestDatabase): Promise<void> {
  await database.admin.query(`
    create table public.test_clock (ahead interval not null);
    insert into public.test_clock
      select date_trunc('week', now(), 'UTC') + interval '7 days 9 hours' - now();
    grant select on public.test_clock to public;
    create or replace function public.app_now() returns timestamptz language sql stable set search_path = ''
      as $$ select now() + (select ahead from public.test_clock) $$;`);
}

/** Begins product time on a Monday in June instead: what ends "in March" is far away, whenever the tests run. */
export async function beginInJune(database: TestDatabase): Promise<void> {
  await database.admin.query(
    `update public.test_clock set ahead = date_trunc('week',
       make_timestamptz(extract(year from now())::int + 1, 6, 8, 0, 0, 0, 'UTC'), 'UTC') + interval '9 hours' - now()`,
  );
}

/** Moves product time forward. */
export async function moveClock(database: TestDatabase, seconds: number): Promise<void> {
  await database.admin.query(`update public.test_clock set ahead = ahead + make_interval(secs => $1)`, [
    seconds,
  ]);
}

/** Who waits for which log line. */
class EventWaiters {
  readonly #waiters: { readonly event: string; readonly resolve: () => void }[] = [];

  next(event: string): Promise<void> {
    return new Promise((resolve) => this.#waiters.push({ event, resolve }));
  }

  notice(event: unknown): void {
    for (const waiter of this.#waiters) if (waiter.event === event) waiter.resolve();
  }
}
