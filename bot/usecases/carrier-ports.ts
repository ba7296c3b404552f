/** What an outside queue does for the job worker (`JOB_ENGINE=pg-boss`), as types only. */

/** An execution an outside queue may carry; the same attempt has the same id and count. */
export interface ReadyExecution {
  readonly id: string;
  readonly retryCount: number;
  /** 0 = critical … 3 = low */
  readonly rank: number;
}

/** One delivery by an outside queue. */
export interface Delivery {
  readonly id: string;
  /** How often it was delivered before. */
  readonly retryCount: number;
  readonly executionId: string;
}

/**
 * An outside queue that carries executions from whoever finds them ready to whoever runs them, instead of the claims a
 * worker makes by itself. What it loses, doubles or delivers late is harmless: the table is asked before anything runs.
 */
export interface JobCarrier {
  /** The same attempt twice at the same time is one. */
  send(executions: readonly ReadyExecution[]): Promise<void>;
  /** The most urgent first; nobody else gets them. */
  fetch(limit: number): Promise<readonly Delivery[]>;
  /** These are still worked on. */
  touch(deliveries: readonly Delivery[]): Promise<void>;
  finish(deliveries: readonly Delivery[]): Promise<void>;
  /** They could not be worked on now: delivered again soon, and after several times dead letters. */
  giveBack(deliveries: readonly Delivery[]): Promise<void>;
  /** Takes ids of executions whose delivery was given up. */
  takeDeadLetters(): Promise<readonly string[]>;
  close(): Promise<void>;
}
