/**
 * One attempt at an execution: a handler with a time limit, a log and a way to be stopped. What a handler does can never
 * harm the worker: it may throw, hang, ignore its signal or answer nonsense, and each has its outcome.
 */
import { cleanText, readJson } from '../domain/job/json-value.ts';
import { FatalJobError, retryDelayMs } from '../domain/job/retry.ts';
import type { MachineClock } from '../usecases/clock.ts';
import type {
  AttemptNews,
  AttemptOutcome,
  AttemptResult,
  ClaimedExecution,
  JobContext,
  JobLogLine,
} from '../usecases/job-ports.ts';
import { runHandler } from './run-handler.ts';
import type { HandlerDeps, WorkflowMemory } from './run-handler.ts';

/** After its signal, so long a handler may take to end. Then it is left behind, and its place is given away. */
const GRACE_MS = 1_000;
/** What goes beyond is left out, and a last line says so. */
const MOST_LOG_LINES = 1_000;
const LONGEST_STACK = 8_000;
/** Nobody reads it; without one, each attempt would build an error with its stack. */
const OVER = 'The attempt is over.';

/** Why an attempt is stopped from outside. `lost`: another worker has it. */
export type StopReason = 'cancelled' | 'stopping' | 'lost';

export interface AttemptDeps extends HandlerDeps {
  readonly clock: MachineClock;
  /** 0 to 1 */
  readonly random: () => number;
}

export interface Attempt {
  readonly execution: ClaimedExecution;
  /** Never rejects. */
  readonly done: Promise<AttemptResult>;
  stop(reason: StopReason): void;
  /** What happened since the last call; null = nothing. */
  news(): AttemptNews | null;
}

/**
 * Starts the attempt.
 * @param onStep a workflow's step ended: its result should be stored soon
 */
export function startAttempt(deps: AttemptDeps, execution: ClaimedExecution, onStep: () => void): Attempt {
  const { clock } = deps;
  const startedAt = clock.monotonicMs();
  const aborting = new AbortController();
  let stopped: StopReason | 'timeout' | null = null;
  const stop = (reason: StopReason | 'timeout'): void => {
    if (stopped !== null) return;
    stopped = reason;
    aborting.abort(new Error(reason === 'timeout' ? 'The time is up.' : `Stopped: ${reason}.`));
  };

  const record = createRecord(clock);
  const memory: WorkflowMemory & { isNew: boolean } = {
    steps: { ...execution.steps },
    isNew: false,
    keep() {
      memory.isNew = true;
      onStep();
    },
  };
  const context: JobContext = {
    jobId: execution.jobId,
    executionId: execution.id,
    attempt: execution.retryCount + 1,
    slot: Temporal.Instant.from(execution.scheduledAt),
    signal: aborting.signal,
    traceparent: `00-${execution.traceId}-${execution.spanId}-01`,
    log: record.log,
    progress: record.setProgress,
  };

  const run = async (): Promise<AttemptOutcome> => {
    const handler = deps.handlers.find(execution.handlerName);
    // Not fatal: during an update another worker may know it already.
    if (handler === null) throw new Error(`There is no handler "${execution.handlerName}" in this worker.`);
    const answer = await runHandler(deps, handler, execution.payload, context, memory, execution.timeoutMs);
    const result = readJson(answer);
    if (!result.ok) throw new FatalJobError(`The handler's answer is lost: ${result.problem}.`);
    return { outcome: 'success', result: result.value };
  };

  const settle = async (): Promise<AttemptResult> => {
    const over = new AbortController();
    const limit = clock.sleep(execution.timeoutMs, over.signal).then(() => {
      if (!over.signal.aborted) stop('timeout');
    });
    const leftBehind = waitForGrace(clock, aborting.signal, over.signal);
    const outcome = await Promise.race([run().catch((error: unknown) => asFailure(error)), leftBehind]);
    over.abort(OVER);
    await limit;
    if (outcome === 'left behind')
      record.log('warn', 'The handler did not heed its signal and was left behind.');
    const ended = judge(execution, outcome, stopped, deps.random);
    const steps = Object.keys(memory.steps).length > 0 ? memory.steps : null;
    return {
      id: execution.id,
      durationMs: clock.monotonicMs() - startedAt,
      logs: record.takeLines(),
      steps,
      ...ended,
    };
  };

  return {
    execution,
    done: settle(),
    stop,
    news() {
      const logs = record.takeLines();
      const progress = record.takeProgress();
      if (logs.length === 0 && progress === null && !memory.isNew) return null;
      const steps = memory.isNew ? { ...memory.steps } : null;
      memory.isNew = false;
      return { id: execution.id, progress, logs, steps };
    },
  };
}

interface Failure {
  readonly outcome: 'threw';
  readonly error: unknown;
}

function asFailure(error: unknown): Failure {
  return { outcome: 'threw', error };
}

async function waitForGrace(
  clock: MachineClock,
  aborted: AbortSignal,
  over: AbortSignal,
): Promise<'left behind'> {
  if (!aborted.aborted) {
    await new Promise<void>((resolve) => {
      aborted.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  await clock.sleep(GRACE_MS, over);
  return 'left behind';
}

/** The outcome, from how the handler ended and why it was stopped. */
function judge(
  execution: ClaimedExecution,
  outcome: AttemptOutcome | Failure | 'left behind',
  stopped: StopReason | 'timeout' | null,
  random: () => number,
): AttemptOutcome {
  // What ended well in its last moment has ended well, but for its time limit.
  if (outcome !== 'left behind' && outcome.outcome === 'success' && stopped !== 'timeout') return outcome;
  if (stopped === 'cancelled') return { outcome: 'cancelled', error: 'It was stopped.' };
  if (stopped === 'stopping' || stopped === 'lost') return { outcome: 'released' };
  const error = outcome !== 'left behind' && outcome.outcome === 'threw' ? outcome.error : null;
  const isLast = error instanceof FatalJobError || execution.retryCount >= execution.maxRetries;
  const retryInMs = isLast ? null : retryDelayMs(execution.retryDelayMs, execution.retryCount, random());
  if (stopped === 'timeout') {
    const limit = `It took longer than its ${execution.timeoutMs} ms.`;
    return { outcome: 'timeout', error: limit, errorStack: null, retryInMs };
  }
  return { outcome: 'failed', ...describeError(error), retryInMs };
}

/** Whatever it threw, down to objects that refuse to be text. */
function describeError(error: unknown): { readonly error: string; readonly errorStack: string | null } {
  try {
    if (!(error instanceof Error))
      return { error: cleanText(`It threw ${String(error)}.`), errorStack: null };
    const name = error.name === 'Error' ? '' : `${error.name}: `;
    const stack = error.stack === undefined ? null : cleanText(error.stack, LONGEST_STACK);
    return { error: cleanText(`${name}${error.message}`), errorStack: stack };
  } catch {
    return { error: 'It threw something that cannot be put into words.', errorStack: null };
  }
}

/** The attempt's log and progress, kept until somebody takes them away. */
function createRecord(clock: MachineClock) {
  let lines: { readonly at: number; readonly line: Omit<JobLogLine, 'agoMs'> }[] = [];
  let written = 0;
  let progress: number | null = null;
  const add = (level: JobLogLine['level'], message: string, data: JobLogLine['data']): void => {
    lines.push({ at: clock.monotonicMs(), line: { level, message: cleanText(message), data } });
  };
  const log: JobContext['log'] = (level, message, data) => {
    written += 1;
    if (written > MOST_LOG_LINES) {
      if (written === MOST_LOG_LINES + 1) add('warn', 'The log is full; what follows is left out.', null);
      return;
    }
    const json = readJson(data ?? null);
    add(level, message, json.ok ? (json.value as JobLogLine['data']) : { lost: json.problem });
  };
  return {
    log,
    setProgress: (fraction: number): void => {
      progress = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0));
    },
    takeLines(): JobLogLine[] {
      const taken = lines;
      lines = [];
      const now = clock.monotonicMs();
      return taken.map(({ at, line }) => ({ agoMs: now - at, ...line }));
    },
    takeProgress(): number | null {
      const taken = progress;
      progress = null;
      return taken;
    },
  };
}
