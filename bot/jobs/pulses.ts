/** Signs of life of the resident loops of this process, collected between two beats of the job worker. */

/** What `scheduled_jobs` calls the loops: jobs of type `event` with `{resident: true}`, without executions. */
export const RESIDENT_LOOPS = {
  dispatch: { id: 'nudge.loop.dispatch', name: 'Dispatch of due reminders' },
  promotion: { id: 'nudge.loop.promotion', name: 'Promotion of next steps' },
  planning: { id: 'nudge.loop.planning', name: 'Writing plans' },
  jobs: { id: 'nudge.loop.jobs', name: 'Job worker' },
} as const;

export type ResidentLoop = keyof typeof RESIDENT_LOOPS;

export interface Pulses {
  /** The loop is alive. Costs nothing: call it every round. */
  beat(loop: ResidentLoop): void;
  /** Ids of the loops that were alive since the last call. */
  take(): readonly string[];
  /** What was taken could not be written. */
  giveBack(ids: readonly string[]): void;
}

/** Builds the collection. */
export function createPulses(): Pulses {
  let alive = new Set<string>();
  return {
    beat: (loop) => void alive.add(RESIDENT_LOOPS[loop].id),
    take() {
      const taken = [...alive];
      alive = new Set();
      return taken;
    },
    giveBack(ids) {
      for (const id of ids) alive.add(id);
    },
  };
}
