/** Asks, and waits where an endpoint asks for a pause that a person would still wait for. */
import type { MachineClock } from '../usecases/clock.ts';
import type { LanguageModel, ModelAnswer, ModelQuestion } from '../usecases/model-ports.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/** All pauses of one plan together. */
const MOST_WAITING_MS = 20_000;
/** "Too many requests" without a word about when. */
const UNSAID_PAUSE_MS = 3_000;
/** A connection that broke or a server in trouble: once more, soon. */
const RETRY_PAUSE_MS = 1_000;

/** What is left of time; shared by all questions of one plan. */
export interface Patience {
  readonly clock: MachineClock;
  /** On the clock's own scale. */
  readonly deadlineMs: number;
  waitedMs: number;
}

/** One answer; its usage covers every attempt. Never throws for what an endpoint does. */
export async function askPatiently(
  model: LanguageModel,
  question: ModelQuestion,
  during: { readonly signal: AbortSignal; readonly patience: Patience; readonly onWaiting: () => void },
): Promise<ModelAnswer> {
  const { signal, patience, onWaiting } = during;
  const { clock, deadlineMs } = patience;
  let usage = NO_USAGE;
  let broken = 0;
  while (true) {
    const timeoutMs = Math.floor(Math.min(question.timeoutMs, deadlineMs - clock.monotonicMs()));
    if (timeoutMs <= 0) return { ok: false, failure: 'timeout', retryAfterMs: null, usage };
    const answer = await model.ask({ ...question, timeoutMs }, signal);
    usage = addUsage(usage, answer.usage);
    const pauseMs = answer.ok ? null : pauseFor(answer, broken);
    if (pauseMs === null || patience.waitedMs + pauseMs > MOST_WAITING_MS) return { ...answer, usage };
    if (!answer.ok && answer.failure === 'unreachable') broken += 1;
    patience.waitedMs += pauseMs;
    onWaiting();
    await clock.sleep(pauseMs, signal);
    if (signal.aborted) return { ok: false, failure: 'stopped', retryAfterMs: null, usage };
  }
}

/** Milliseconds to wait before asking once more, null when there is no use in it. */
function pauseFor(answer: ModelAnswer & { readonly ok: false }, broken: number): number | null {
  if (answer.failure === 'rate_limited') {
    // An endpoint that says "now" twice would otherwise be asked without end.
    return Math.max(answer.retryAfterMs ?? UNSAID_PAUSE_MS, RETRY_PAUSE_MS);
  }
  return answer.failure === 'unreachable' && broken === 0 ? (answer.retryAfterMs ?? RETRY_PAUSE_MS) : null;
}
