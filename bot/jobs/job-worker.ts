/**
 * The job worker: takes slots as they come, claims executions, runs them side by side and writes back what became of them.
 * Everything it holds is held under one lease, kept by a beat of its own; a worker that lost its lease stops what it was
 * doing and begins anew under another name.
 */
import type { Log } from '../logging.ts';
import { planSlots } from '../domain/job/plan-slots.ts';
import type { JobCarrier } from '../usecases/carrier-ports.ts';
import type { ClaimedExecution, DueJob, ExecutionStore, JobAdvance } from '../usecases/job-ports.ts';
import { startAttempt } from './attempt.ts';
import type { Attempt, AttemptDeps, StopReason } from './attempt.ts';
import { createDeliveries } from './deliveries.ts';
import type { Pulses } from './pulses.ts';
import { createResultQueue } from './settle-results.ts';
import { createWaker } from './waker.ts';

/** A worker that is silent for so long is dead, and what it held goes to others. */
const LEASE_SECONDS = 15;
/** Five beats a lease: one or two may get lost. Also how soon a cancelled execution hears of it without a notification. */
const BEAT_MS = 3_000;
/** How soon the end of a dead worker's lease is noticed. */
const RESCUE_EVERY_MS = 2_000;
const FULL_SLEEP_MS = 1_000;
const OUTSIDE_SLEEP_MS = 200;
/** Slots taken per call. */
const SLOTS_AT_ONCE = 500;
/** Executions are claimed ahead as far as will start within this time: more would only keep other workers from them. */
const AHEAD_MS = 50;
const MOST_AHEAD = 500;
/** How much the newest duration counts in the average. */
const NEWEST_WEIGHT = 0.05;
/** When the process stops, running handlers have this long to end by themselves; the outbox needs the rest of the 10 s. */
const FINISH_MS = 2_000;
const DRAIN_MS = 3_000;

export interface JobWorkerDeps extends AttemptDeps {
  readonly store: ExecutionStore;
  /** Names this process in leases; the number of the lease is added. */
  readonly worker: string;
  readonly newToken: () => string;
  /** Handlers at work at the same time. */
  readonly concurrency: number;
  /** Signs of life of the resident loops, this one's too. */
  readonly pulses: Pulses;
  /** Carries executions between workers; null = each claims for itself. */
  readonly carrier: JobCarrier | null;
  readonly log: Log;
}

export interface JobWorker {
  /** There may be something to start, or to stop. */
  wake(): void;
  /** Claims no more, lets what runs come to an end for a moment, gives back the rest. */
  stop(): Promise<void>;
}

/** Starts the worker. */
export function startJobWorker(deps: JobWorkerDeps): JobWorker {
  const { store, clock, log, pulses } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  // What an outside queue carries stays ready in the table until it arrives: no reason to look all the time.
  const shortest = deps.carrier === null ? 0 : OUTSIDE_SLEEP_MS;
  const looks = createWaker(clock, async () => Math.max(shortest, await store.nextJobMs()));
  const beats = createWaker(clock, async () => BEAT_MS);
  const room = createWaker(clock, async () => FULL_SLEEP_MS);
  const results = createResultQueue(store, clock, log, () => looks.wake());
  const deliveries = deps.carrier === null ? null : createDeliveries(deps.carrier, clock, log);
  const attempts = new Map<string, Attempt>();
  let queued: ClaimedExecution[] = [];
  let lease = 0;
  let worker = '';
  let averageMs = AHEAD_MS;
  let rescuedAt = -Infinity;
  /** While more slots had come than are taken at once. */
  let otherSlots: Promise<void> | null = null;

  const join = async (): Promise<void> => {
    lease += 1;
    const name = `${deps.worker}#${lease}`;
    await store.join(name, LEASE_SECONDS);
    worker = name;
  };

  const stopAll = (reason: StopReason): void => {
    for (const attempt of attempts.values()) attempt.stop(reason);
  };

  const begin = (execution: ClaimedExecution): void => {
    const heldBy = worker;
    const attempt = startAttempt(deps, execution, () => beats.wake());
    attempts.set(execution.id, attempt);
    void attempt.done.then((result) => {
      averageMs += (result.durationMs - averageMs) * NEWEST_WEIGHT;
      // Under a lost lease somebody else may run it by now, perhaps this very process.
      if (attempts.get(execution.id) === attempt) attempts.delete(execution.id);
      results.add(heldBy, result);
      deliveries?.ended(execution.id);
      if (result.outcome !== 'success') {
        const { id, outcome } = result;
        log.info({ event: 'jobs.attempt_ended', execution: id, outcome, attempt: execution.retryCount + 1 });
      }
      pump();
      room.wake();
    });
  };

  const pump = (): void => {
    while (queued.length > 0 && attempts.size < deps.concurrency && !signal.aborted) {
      const next = queued.shift();
      if (next !== undefined) begin(next);
    }
  };

  /** As many as can start now, and those that will within a moment. */
  const wanted = (): number => {
    const ahead = Math.min(MOST_AHEAD, Math.floor((AHEAD_MS / Math.max(averageMs, 0.05)) * deps.concurrency));
    const free = deps.concurrency - attempts.size;
    // Half the stock may go before it is filled up: few calls, and never an empty shelf.
    return queued.length > ahead / 2 ? 0 : Math.max(0, free + ahead - queued.length);
  };

  /** True = there may be more. */
  const takeSomeSlots = async (): Promise<boolean> => {
    const { now, jobs } = await store.dueJobs(SLOTS_AT_ONCE);
    if (jobs.length > 0) await store.advance(jobs.map((job) => advance(job, now, log)));
    return jobs.length === SLOTS_AT_ONCE;
  };

  const takeOtherSlots = async (): Promise<void> => {
    try {
      while (!signal.aborted && (await takeSomeSlots())) looks.wake();
    } catch (error) {
      log.error({ event: 'jobs.round_failed', err: error }, 'slots were not taken; trying again');
    }
    otherSlots = null;
    looks.wake();
  };

  /** The first of them, and thousands beside the work: what is urgent among the last must not wait for the first to end. */
  const takeSlots = async (): Promise<void> => {
    if (otherSlots === null && (await takeSomeSlots())) otherSlots = takeOtherSlots();
  };

  const rescue = async (): Promise<void> => {
    const now = clock.monotonicMs();
    if (now - rescuedAt < RESCUE_EVERY_MS) return;
    rescuedAt = now;
    const rescued = await store.rescue();
    if (rescued > 0)
      log.warn({ event: 'jobs.rescued', executions: rescued }, 'a worker died while it ran these');
  };

  /** One look; true = look again at once. */
  const round = async (): Promise<boolean> => {
    pulses.beat('jobs');
    await rescue();
    await takeSlots();
    if (deliveries !== null) {
      await deliveries.keep();
      await deliveries.send(await store.ready(SLOTS_AT_ONCE));
    }
    const limit = wanted();
    if (limit === 0) {
      await room.sleep(signal);
      return true;
    }
    const came = await take(limit);
    pump();
    return came === limit;
  };

  /** Claims, by itself or what was delivered. Returns how many came. */
  const take = async (limit: number): Promise<number> => {
    const claim = (count: number, ids: readonly string[] | null) =>
      store.claim(worker, deps.newToken(), count, ids);
    if (deliveries === null) {
      const claimed = await claim(limit, null);
      queued.push(...claimed);
      return claimed.length;
    }
    const { delivered, claimed } = await deliveries.take(limit, (ids) => claim(ids.length, ids));
    queued.push(...claimed);
    return delivered;
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        if (worker === '') await join();
        if (!(await round())) await looks.sleep(signal);
      } catch (error) {
        log.error({ event: 'jobs.round_failed', err: error }, 'a round failed; trying again');
        await looks.pause(signal);
      }
    }
  };

  const beat = async (): Promise<void> => {
    const news = [...attempts.values()].map((attempt) => attempt.news()).filter((entry) => entry !== null);
    const alive = pulses.take();
    const answer = await store.beat(worker, LEASE_SECONDS, news, alive).catch((error: unknown) => {
      // Progress is lost with it, results of workflow steps come again with the attempt's end.
      pulses.giveBack(alive);
      throw error;
    });
    if (answer.held) {
      for (const id of answer.stop) attempts.get(id)?.stop('cancelled');
      return;
    }
    log.error(
      { event: 'jobs.lease_lost', executions: attempts.size + queued.length },
      'this worker was too late',
    );
    const lost = worker;
    queued = [];
    stopAll('lost');
    attempts.clear();
    deliveries?.forget();
    await join();
    await store.leave(lost);
  };

  const over = new AbortController();
  const beatOn = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await beats.sleep(over.signal);
      if (worker === '') continue;
      await beat().catch((error: unknown) => {
        log.error({ event: 'jobs.round_failed', err: error }, 'a beat failed; trying again');
      });
    }
  };

  const looking = loop();
  const beating = beatOn();

  const ended = async (): Promise<void> => {
    await Promise.all([...attempts.values()].map(({ done }) => done));
  };

  return {
    wake() {
      looks.wake();
      if (attempts.size > 0) beats.wake();
    },
    async stop() {
      stopping.abort();
      await looking;
      await otherSlots;
      for (const { id } of queued) {
        results.add(worker, released(id));
        deliveries?.ended(id);
      }
      queued = [];
      await Promise.race([ended(), clock.sleep(FINISH_MS)]);
      stopAll('stopping');
      await ended();
      await results.drain(after(clock.sleep(DRAIN_MS)));
      await deliveries?.settled();
      over.abort();
      await beating;
      if (worker !== '') {
        await store.leave(worker).catch((error: unknown) => {
          log.error(
            { event: 'jobs.round_failed', err: error },
            'the lease could not be given back; it ends by itself',
          );
        });
      }
    },
  };
}

function after(wait: Promise<void>): AbortSignal {
  const controller = new AbortController();
  void wait.then(() => controller.abort());
  return controller.signal;
}

function released(id: string) {
  return { id, outcome: 'released' as const, durationMs: 0, logs: [], steps: null };
}

/** A job whose expression cannot be read any more must not stop the others, nor come up for ever. */
function advance(job: DueJob, now: Temporal.Instant, log: Log): JobAdvance {
  try {
    return { id: job.id, from: job.next_run, ...planSlots(job, now) };
  } catch (error) {
    log.error(
      { event: 'jobs.unreadable', job: job.id, err: error },
      'this job has no further slot until it is stored anew',
    );
    const reason = 'Its schedule cannot be read; store the job anew.';
    return { id: job.id, from: job.next_run, slots: [{ at: job.next_run, run: false, reason }], next: null };
  }
}
