/** What a job's executions go through, told once more in plain code, to hold the SQL to it. One cron job that queues. */

export type Outcome = 'success' | 'failed' | 'timeout' | 'cancelled' | 'released';

export interface ModelExecution {
  readonly id: string;
  /** Whose turn it is among those that wait. */
  readonly order: string;
  status: 'pending' | 'running' | 'success' | 'failed' | 'timeout' | 'cancelled';
  retries: number;
  waits: boolean;
  stop: boolean;
  worker: string | null;
}

export interface JobModel {
  readonly concurrency: number | null;
  readonly maxRetries: number;
  status: 'active' | 'paused' | 'cancelled';
  readonly executions: ModelExecution[];
}

const ENDED = ['success', 'failed', 'timeout', 'cancelled'];
export const hasEnded = ({ status }: ModelExecution): boolean => ENDED.includes(status);

/** Those that have a place: at work, or free to start. */
const placed = (job: JobModel): number =>
  job.executions.filter((execution) => !hasEnded(execution) && !execution.waits).length;
const isFull = (job: JobModel): boolean => job.concurrency !== null && placed(job) >= job.concurrency;

function fillPlaces(job: JobModel): void {
  if (job.status !== 'active') return;
  const waiting = job.executions.filter(({ status, waits }) => status === 'pending' && waits);
  waiting.sort((a, b) => (a.order === b.order ? compare(a.id, b.id) : compare(a.order, b.order)));
  for (const execution of waiting) {
    if (isFull(job)) return;
    execution.waits = false;
  }
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A new execution, by hand or as another try of an old one. */
export function enqueue(job: JobModel, id: string, order: string): void {
  const waits = isFull(job);
  job.executions.push({ id, order, status: 'pending', retries: 0, waits, stop: false, worker: null });
}

export function claim(job: JobModel, worker: string, ids: readonly string[]): string[] {
  const free = job.executions.filter(
    ({ id, status, waits }) => ids.includes(id) && status === 'pending' && !waits,
  );
  for (const execution of free) Object.assign(execution, { status: 'running', worker });
  return free.map(({ id }) => id).sort();
}

/** @param again a failed attempt is made once more, if that is still allowed */
export function settle(job: JobModel, worker: string, id: string, outcome: Outcome, again: boolean): void {
  const execution = job.executions.find((known) => known.id === id);
  if (execution?.status !== 'running' || execution.worker !== worker) return;
  if (outcome === 'success') execution.status = 'success';
  else if (execution.stop || outcome === 'cancelled') execution.status = 'cancelled';
  else if (outcome === 'released' || again) wait(job, execution, outcome === 'released' ? 0 : 1);
  else execution.status = outcome;
  fillPlaces(job);
}

function wait(job: JobModel, execution: ModelExecution, attempts: number): void {
  execution.status = 'pending';
  execution.worker = null;
  execution.retries += attempts;
  // A pause that came while it ran keeps it waiting.
  execution.waits = job.status === 'paused';
}

/** The worker died: what it held goes on as if the attempt had failed. */
export function lose(job: JobModel, worker: string): void {
  for (const execution of job.executions) {
    if (execution.status !== 'running' || execution.worker !== worker) continue;
    if (execution.stop) execution.status = 'cancelled';
    else if (execution.retries < job.maxRetries) wait(job, execution, 1);
    else execution.status = 'failed';
  }
  fillPlaces(job);
}

export function pause(job: JobModel): void {
  job.status = 'paused';
  for (const execution of job.executions) if (execution.status === 'pending') execution.waits = true;
}

export function resume(job: JobModel): void {
  job.status = 'active';
  fillPlaces(job);
}

export function cancel(job: JobModel): void {
  job.status = 'cancelled';
  for (const execution of job.executions) {
    if (execution.status === 'pending') Object.assign(execution, { status: 'cancelled', waits: false });
    if (execution.status === 'running') execution.stop = true;
  }
}
