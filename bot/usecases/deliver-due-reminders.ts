/**
 * Delivers what is due: claim a batch, send each message in its slot, write the outcomes back. While one batch is
 * being sent the next is claimed. A worker's wall clock decides nothing: slots are counted on its monotonic clock.
 */
import type { ClaimedReminder } from '../../shared/schemas/reminder.ts';
import type { AskedAndAnswered, SlotStart } from '../domain/reminder/slot-clock.ts';
import type { MayStart } from '../domain/reminder/slot-grace.ts';
import type { MachineClock } from './clock.ts';
import type { DeliveryOutcome, DeliveryResult, DispatchStore, ReminderSender } from './ports.ts';
import { SettleQueue } from './settle-queue.ts';

/** A worker's rows are its own for this long; the sweep takes them after that. */
export const LEASE_SECONDS = 30;
/** Batches under way: one being sent, and those before it whose last answers or outcomes are outstanding. */
const BATCHES_AT_ONCE = 4;
/** A batch still being sent renews its lease this often. */
const EXTEND_EVERY_MS = 10_000;

export interface DeliverDeps {
  readonly store: Pick<DispatchStore, 'claim' | 'settle' | 'extend'>;
  readonly sender: ReminderSender;
  readonly clock: MachineClock;
  /** Names this process in its leases. */
  readonly worker: string;
  /** Sends in flight at once. */
  readonly concurrency: number;
  /** Rows per claim. */
  readonly batchSize: number;
  /** Tells when a slot starts on this process's clock. */
  readonly slotStart: SlotStart;
  /** Says of a message behind its slot whether it may still start; else it gives the slot back. */
  readonly mayStart: MayStart;
  readonly newToken: () => string;
  readonly observer: DeliveryObserver;
}

/** What a log or a meter wants to know; must not throw. */
export interface DeliveryObserver {
  onClaim(rows: number): void;
  onResult(row: ClaimedReminder, result: DeliveryOutcome): void;
  onSettleFailure(error: unknown, waiting: number): void;
  onLeaseLost(rows: number): void;
}

interface Batch extends AskedAndAnswered {
  readonly token: string;
  readonly rows: readonly ClaimedReminder[];
}

type Message = readonly [ClaimedReminder, ...ClaimedReminder[]];

/**
 * Works until nothing is due that may go now, or until the signal aborts. After an abort nothing new is claimed or
 * sent, what is in flight is finished, and the rest of the batch is given back.
 * @returns how many messages were sent.
 * @throws StoreError when claiming fails; SenderFatal when the bot's own token was refused.
 */
export async function deliverDueReminders(deps: DeliverDeps, stop: AbortSignal): Promise<number> {
  const round: Round = { stop, lanes: new Lanes(deps.concurrency), fatal: new AbortController() };
  let sent = 0;
  let upcoming: Promise<Batch> | null = claim(deps);
  // The last answers of a batch and the writing of its outcomes go on while later ones are being sent: one message that
  // hangs holds up its own lane and no batch.
  const running: Promise<number>[] = [];
  try {
    for (;;) {
      const batch: Batch = await upcoming;
      upcoming = null;
      if (batch.rows.length === 0) break;
      const half = Promise.withResolvers<undefined>();
      const begun = Promise.withResolvers<undefined>();
      const current = sendBatch(deps, batch, round, {
        onHalfBegun: () => half.resolve(undefined),
        onAllBegun: () => begun.resolve(undefined),
      });
      // Awaited below or in the next round; until then its failure must not count as unhandled.
      current.catch(() => undefined);
      running.push(current);
      // A full batch says that there is more and that the limiter has slots; else the next slots come within reach later.
      if (batch.rows.length < deps.batchSize) await Promise.race([half.promise, current]);
      upcoming = stop.aborted ? Promise.resolve({ ...batch, rows: [] }) : claim(deps);
      upcoming.catch(() => undefined);
      while (running.length > BATCHES_AT_ONCE) sent += (await running.shift()) ?? 0;
      await Promise.race([begun.promise, current]);
    }
    while (running.length > 0) sent += (await running.shift()) ?? 0;
    return sent;
  } catch (error) {
    await Promise.allSettled(running);
    if (upcoming !== null) await giveBack(deps, upcoming, round);
    throw error;
  }
}

/** Sends in flight, counted over all batches: the next one begins when the last message of the one before has. */
class Lanes {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** @returns what to wait for; null = a lane was free. Nearly every message of a backlog finds one: it pays for no promise. */
  take(): Promise<void> | null {
    if (this.#free === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
    return null;
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

/** What the batches of one call share. */
interface Round {
  readonly stop: AbortSignal;
  readonly lanes: Lanes;
  /** Aborted by the first send that can never succeed: no batch sends on. */
  readonly fatal: AbortController;
}

interface Progress {
  onHalfBegun(): void;
  onAllBegun(): void;
}

/** Rows claimed ahead by a round that ends are free at once, instead of being taken for sent when their lease ends. */
async function giveBack(deps: DeliverDeps, upcoming: Promise<Batch>, round: Round): Promise<void> {
  const batch = await upcoming.catch(() => null);
  const nobody = { onHalfBegun: () => undefined, onAllBegun: () => undefined };
  if (batch !== null)
    await sendBatch(
      deps,
      batch,
      { ...round, stop: AbortSignal.abort(), fatal: new AbortController() },
      nobody,
    );
}

async function claim(deps: DeliverDeps): Promise<Batch> {
  const token = deps.newToken();
  const askedAt = deps.clock.monotonicMs();
  const rows = await deps.store.claim(deps.worker, token, deps.batchSize, LEASE_SECONDS);
  deps.observer.onClaim(rows.length);
  return { token, rows, askedAt, answeredAt: deps.clock.monotonicMs() };
}

async function sendBatch(
  deps: DeliverDeps,
  batch: Batch,
  { stop, lanes, fatal }: Round,
  progress: Progress,
): Promise<number> {
  const messages = groupMessages(batch.rows);
  const lease = keepLease(deps, batch);
  const queue = new SettleQueue(
    {
      store: deps.store,
      clock: deps.clock,
      onFailure: (error, waiting) => deps.observer.onSettleFailure(error, waiting),
    },
    batch.token,
  );
  const giveUp = joinSignals([stop, lease.lost, fatal.signal]);
  let next = 0;
  let sent = 0;
  const sendOne = async (message: Message): Promise<DeliveryOutcome> => {
    try {
      return await sendInSlot(deps, batch, message, giveUp.signal);
    } catch (error) {
      fatal.abort(error);
      return { outcome: 'released' };
    }
  };
  const sendOnes = async (): Promise<void> => {
    while (next < messages.length) {
      const turn = lanes.take();
      if (turn !== null) await turn;
      const message = messages[next];
      if (message === undefined) {
        lanes.give();
        return;
      }
      next += 1;
      if (next === Math.ceil(messages.length / 2)) progress.onHalfBegun();
      if (next === messages.length) progress.onAllBegun();
      const outcome = await sendOne(message);
      lanes.give();
      if (outcome.outcome === 'sent' || outcome.outcome === 'bundled') sent += 1;
      queue.add(message.map((row): DeliveryResult => ({ ...outcome, id: row.id })));
      for (const row of message) deps.observer.onResult(row, outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(deps.concurrency, messages.length) }, sendOnes));
  } finally {
    await queue.drain();
    lease.end();
    giveUp.forget();
  }
  fatal.signal.throwIfAborted();
  return sent;
}

/**
 * Aborts with the first of the signals. `AbortSignal.any` would look at all of them whenever somebody asks, which every
 * message does several times.
 */
function joinSignals(signals: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  /** For when nobody asks any more: a signal may live as long as the process. */
  forget(): void;
} {
  const joined = new AbortController();
  const abort = (): void => joined.abort();
  for (const signal of signals) {
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  }
  const forget = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
  return { signal: joined.signal, forget };
}

/** Rows of one position belong to one message, and a claim tells them one after the other: a card alone, a list together. */
function groupMessages(rows: readonly ClaimedReminder[]): Message[] {
  const messages: [ClaimedReminder, ...ClaimedReminder[]][] = [];
  for (const row of rows) {
    const message = messages.at(-1);
    if (message?.[0].position === row.position) message.push(row);
    else messages.push([row]);
  }
  return messages;
}

async function sendInSlot(
  deps: DeliverDeps,
  batch: Batch,
  message: Message,
  stop: AbortSignal,
): Promise<DeliveryOutcome> {
  const slotAt = deps.slotStart(batch, message[0]);
  const early = slotAt - deps.clock.monotonicMs();
  if (early > 0) await deps.clock.sleep(early, stop);
  const mayStart = (): boolean => {
    const now = deps.clock.monotonicMs();
    return deps.mayStart(now - slotAt, now);
  };
  if (stop.aborted || !mayStart()) return { outcome: 'released' };
  // Asked again when it leaves: a new connection may have taken its time.
  const outcome = await deps.sender.send(message, stop, mayStart);
  return outcome.outcome === 'sent' && message.length > 1 ? { ...outcome, outcome: 'bundled' } : outcome;
}

/** Renews the lease while the batch lasts; `lost` aborts when somebody else may have the rows by now. */
function keepLease(deps: DeliverDeps, batch: Batch): { readonly lost: AbortSignal; end(): void } {
  const ended = new AbortController();
  const hasEnded = (): boolean => ended.signal.aborted;
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    let heldUntil = batch.askedAt + LEASE_SECONDS * 1000;
    for (;;) {
      await deps.clock.sleep(Math.min(EXTEND_EVERY_MS, heldUntil - deps.clock.monotonicMs()), ended.signal);
      if (hasEnded()) return;
      const askedAt = deps.clock.monotonicMs();
      // The database being away for a moment is no loss yet; the lease running out is, also while we wait for an answer.
      const answer = await Promise.race([
        deps.store.extend(batch.token, LEASE_SECONDS).catch(() => null),
        deps.clock.sleep(heldUntil - askedAt, ended.signal).then(() => null),
      ]);
      if (hasEnded()) return;
      if (answer === true) heldUntil = askedAt + LEASE_SECONDS * 1000;
      if (answer === false || deps.clock.monotonicMs() >= heldUntil) {
        deps.observer.onLeaseLost(batch.rows.length);
        lost.abort();
        return;
      }
    }
  };
  void renew();
  return { lost: lost.signal, end: () => ended.abort() };
}
