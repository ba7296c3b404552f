/** Puts the dispatcher together: outbox, traces, metrics and the resident loops over one store. */
import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { createSlotClock } from './domain/reminder/slot-clock.ts';
import { createSlotGrace } from './domain/reminder/slot-grace.ts';
import type { Pulses } from './jobs/pulses.ts';
import { startResidentLoops } from './jobs/resident-loops.ts';
import type { Waker } from './jobs/waker.ts';
import type { Log } from './logging.ts';
import { machineClock } from './machine.ts';
import type { Metrics } from './metrics.ts';
import type { Stores } from './store/create-stores.ts';
import { createReminderSender, SenderFatal } from './telegram/outbox/create-reminder-sender.ts';
import type { Outbox } from './telegram/outbox/create-reminder-sender.ts';
import { loadTexts } from './telegram/text/texts.ts';
import { traceDispatch } from './tracing.ts';
import type { DispatchStore } from './usecases/ports.ts';

/**
 * A process that is asked to stop has ten seconds for everything (main.ts). Answers that are not there after this time are
 * given up, so that there is time left to write down what is in doubt.
 */
const LAST_ANSWERS_MS = 6_000;

export interface DispatcherParts {
  readonly config: Pick<Config, 'dispatch' | 'watching'>;
  readonly stores: Pick<Stores, 'dispatch'>;
  readonly telegram: { readonly token: string; readonly apiRoot: string };
  readonly miniAppUrl: string | null;
  readonly metrics: Metrics;
  readonly waker: Waker;
  readonly pulses: Pulses;
  /** Names this process in leases. */
  readonly workerName: string;
  /** Gets what has to be closed at the end, in the order it was opened. */
  readonly closers: (() => Promise<void>)[];
  /** Told when no further round can mend it: the bot's token was refused. */
  readonly onFatal: (error: unknown) => void;
  readonly log: Log;
}

export interface Dispatcher {
  /** The outbox, for whoever else sends on the side. */
  readonly sender: Outbox;
  /** Takes back what dead workers held, counts it and wakes the loops. */
  readonly sweep: DispatchStore['sweep'];
  /** Begins to stop, or waits until it has: no more claims, what is in flight is finished, the rest given back. */
  stop(): Promise<void>;
}

/** Starts it. */
export async function startDispatcher(parts: DispatcherParts): Promise<Dispatcher> {
  const { config, stores, telegram, metrics, workerName, closers, log } = parts;
  const { ratePerSecond, chatGapMs, concurrency, batchSize } = config.dispatch;
  await stores.dispatch.setRate(ratePerSecond, chatGapMs);
  const sender = createReminderSender({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    connections: concurrency,
    texts: loadTexts(),
    miniAppUrl: parts.miniAppUrl,
    random: Math.random,
    log,
  });
  closers.push(() => sender.close());
  const traces = await traceDispatch(config.watching, workerName, {
    store: stores.dispatch,
    sender,
  });
  closers.push(() => traces.close());
  const loops = startResidentLoops({
    deliver: {
      store: beginWithOne(traces.store),
      sender: traces.sender,
      clock: machineClock,
      worker: workerName,
      concurrency,
      batchSize,
      slotStart: createSlotClock(),
      mayStart: createSlotGrace(ratePerSecond),
      newToken: randomUUID,
      observer: {
        ...metrics.observer,
        onClaim(rows) {
          parts.pulses.beat('dispatch');
          metrics.observer.onClaim(rows);
        },
      },
    },
    store: stores.dispatch,
    pulses: parts.pulses,
    clock: machineClock,
    waker: parts.waker,
    log,
    isFatal: (error) => error instanceof SenderFatal,
  });
  loops.ended.catch(parts.onFatal);
  const stop = async (): Promise<void> => {
    const patience = setTimeout(() => sender.abandon(), LAST_ANSWERS_MS);
    try {
      await loops.stop();
    } finally {
      clearTimeout(patience);
    }
  };
  closers.push(stop);
  return {
    sender,
    async sweep() {
      const swept = await stores.dispatch.sweep();
      metrics.onSwept(swept);
      // What dead hands let go of is due already.
      if (swept > 0) parts.waker.wake();
      return swept;
    },
    stop,
  };
}

/**
 * The first answer to a new process is a slow one, and tells badly where the slots are (slot-clock.ts): it is asked for one
 * message, and learns from it before it is trusted with a batch.
 */
function beginWithOne(store: DispatchStore): DispatchStore {
  let hasLearnt = false;
  return {
    ...store,
    async claim(worker, token, limit, leaseSeconds) {
      const rows = await store.claim(worker, token, hasLearnt ? limit : 1, leaseSeconds);
      hasLearnt ||= rows.length > 0;
      return rows;
    },
  };
}
