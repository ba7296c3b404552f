/**
 * The loop that writes plans in the background: it claims runs one after the other and works on a few side by side. A
 * run that fails is logged; its lease ends and the next claim goes on with it.
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import {
  planInBackground,
  PLANNING_LEASE_SECONDS,
  type PlanInBackgroundDeps,
} from '../usecases/plan-in-background.ts';
import type { PlanningRun } from '../usecases/planning-ports.ts';
import { createWaker } from './waker.ts';

/** Plans written at the same time in this process: models answer slowly, and endpoints limit how many they are asked. */
const RUNS_AT_ONCE = 4;
/** A look for runs that nobody announced: of another process, or given back. */
const LOOK_EVERY_MS = 5_000;
/** Well within the lease; also how long a Stop tapped at another process takes to be seen. */
const BEAT_MS = 1_000;

export interface PlanningLoopDeps extends Omit<PlanInBackgroundDeps, 'beat'> {
  readonly clock: MachineClock;
  /** Called each round: the loop lives. */
  readonly onRound?: () => void;
  /** Names this process in leases. */
  readonly worker: string;
  readonly newToken: () => string;
  readonly log: Log;
}

export interface PlanningLoop {
  /** There is a new run, or somebody wants one to stop. */
  wake(): void;
  /** Claims no more, gives back what is being written. */
  stop(): Promise<void>;
}

/** Starts the loop. */
export function startPlanningLoop(deps: PlanningLoopDeps): PlanningLoop {
  const stopping = new AbortController();
  const { signal } = stopping;
  const looks = createWaker(deps.clock, async () => LOOK_EVERY_MS);
  const beats = createWaker(deps.clock, async () => BEAT_MS);
  const running = new Set<Promise<void>>();

  const work = async (run: PlanningRun, token: string): Promise<void> => {
    const { id: runId, leadId, attempts } = run;
    try {
      const end = await planInBackground({ ...deps, beat: (over) => beats.sleep(over) }, run, token, signal);
      deps.log.info({ event: 'planning.ended', runId, leadId, attempts, end });
    } catch (error) {
      deps.log.error({ event: 'planning.failed', runId, leadId, attempts, err: error });
    }
  };

  const claim = async (): Promise<boolean> => {
    const token = deps.newToken();
    const run = await deps.planning.claim(deps.worker, token, PLANNING_LEASE_SECONDS);
    if (run === null) return false;
    const working = work(run, token).finally(() => {
      running.delete(working);
      looks.wake();
    });
    running.add(working);
    return true;
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        deps.onRound?.();
        const isFull = running.size >= RUNS_AT_ONCE;
        if (isFull || !(await claim())) await looks.sleep(signal);
      } catch (error) {
        deps.log.error({ event: 'planning.failed', err: error });
        await looks.pause(signal);
      }
    }
    await Promise.all(running);
  };

  const ended = loop();
  return {
    wake() {
      looks.wake();
      beats.wake();
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
