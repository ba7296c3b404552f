/** The product's own dispatcher, put together as bot/start-product.ts does. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { createSlotClock } from '../../../../bot/domain/reminder/slot-clock.ts';
import { startResidentLoops } from '../../../../bot/jobs/resident-loops.ts';
import { createWaker } from '../../../../bot/jobs/waker.ts';
import { createLog } from '../../../../bot/logging.ts';
import { machineClock } from '../../../../bot/machine.ts';
import { createMetrics } from '../../../../bot/metrics.ts';
import { openDatabase } from '../../../../bot/open-database.ts';
import { openStores } from '../../../../bot/open-stores.ts';
import { classifyAnswer } from '../../../../bot/telegram/outbox/classify-answer.ts';
import { createReminderSender } from '../../../../bot/telegram/outbox/create-reminder-sender.ts';
import { postJson } from '../../../../bot/telegram/outbox/post-json.ts';
import { loadTexts } from '../../../../bot/telegram/text/texts.ts';
import { deliverDueReminders } from '../../../../bot/usecases/deliver-due-reminders.ts';
import type { DeliverDeps } from '../../../../bot/usecases/deliver-due-reminders.ts';
import type { ReminderSender } from '../../../../bot/usecases/ports.ts';
import type { Contender, Setup } from '../contender.ts';

interface Sender extends ReminderSender {
  close(): Promise<void>;
}

const BATCH = 500;

export async function createNudge(setup: Setup): Promise<Contender> {
  const log = createLog('warn');
  const database = await openDatabase(
    setup.insforge === null
      ? { kind: 'postgres', connectionString: setup.connectionString, jwtSecret: 'x'.repeat(32) }
      : { kind: 'insforge', ...setup.insforge },
    'worker',
    log,
  );
  const worker = randomUUID();
  const stores = openStores(database, { worker, soleReader: true });
  const sender = setup.body === 'rendered' ? cards(setup) : texts(setup);
  const deliver: DeliverDeps = {
    store: stores.dispatch,
    sender,
    clock: machineClock,
    worker,
    concurrency: setup.inFlight,
    batchSize: BATCH,
    slotStart: createSlotClock(),
    mayStart: (lateMs) => lateMs <= 2_000,
    newToken: randomUUID,
    observer: createMetrics(() => stores.admin.dispatchHealth(), log).observer,
  };
  return {
    async deliver() {
      await deliverDueReminders(deliver, new AbortController().signal);
    },
    async watch(signal) {
      const waker = createWaker(machineClock, () => stores.dispatch.nextWakeMs());
      database.onNewReminders(() => waker.wake());
      const loops = startResidentLoops({
        deliver,
        store: stores.dispatch,
        clock: machineClock,
        waker,
        log,
        isFatal: () => false,
      });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await loops.stop();
    },
    async close() {
      await sender.close();
      await database.close();
    },
  };
}

function cards({ sinkUrl, inFlight }: Setup): Sender {
  return createReminderSender({
    token: '1:bench',
    apiRoot: `${sinkUrl}/nudge`,
    connections: inFlight,
    texts: loadTexts(),
    miniAppUrl: 'https://nudge.example.com/app',
    random: Math.random,
    log: createLog('warn'),
  });
}

/** The text of the row as it is; what an answer means is judged as ever. */
function texts({ sinkUrl, inFlight }: Setup): Sender {
  const pool = new Pool(sinkUrl, { connections: inFlight, pipelining: 1 });
  return {
    async send([row]) {
      const body = JSON.stringify({ chat_id: row.telegram_id, text: row.draft_text });
      const verdict = classifyAnswer(await postJson(pool, '/nudge/sendMessage', body), {
        retries: row.retries,
        random: Math.random,
      });
      if (verdict.kind === 'sent') return { outcome: 'sent', messageId: verdict.messageId };
      throw new Error(`The sink did not take a message: ${JSON.stringify(verdict)}`);
    },
    close: () => pool.close(),
  };
}
