/** Names what went wrong with a call, whichever of the many endpoints said it in its own way. */
import type { ModelFailure } from '../usecases/model-ports.ts';

export interface Trouble {
  readonly failure: ModelFailure;
  readonly retryAfterMs: number | null;
}

/** What an endpoint or a stream reported. */
export interface Report {
  /** HTTP status, or the number an endpoint put into its error; null = none. */
  readonly status: number | null;
  /** The words of the endpoint, joined; for recognising only, never for logs or people. */
  readonly message: string;
  readonly headers: Headers | null;
}

const REFUSAL_WORDS =
  /content.?(?:filter|policy|management)|moderation|flagged|safety system|responsible ?ai/i;

/** The failure and the pause that a report asks for. */
export function troubleOf({ status, message, headers }: Report): Trouble {
  const retryAfterMs = headers === null ? null : readRetryAfter(headers);
  return { failure: failureOf(status, message), retryAfterMs };
}

function failureOf(status: number | null, message: string): ModelFailure {
  if (status !== null && status < 500 && REFUSAL_WORDS.test(message)) return 'refused';
  if (status === null) return REFUSAL_WORDS.test(message) ? 'refused' : 'unreachable';
  if (status === 408 || status === 504 || status === 524) return 'timeout';
  if (status === 429) return /insufficient_quota|billing/i.test(message) ? 'misconfigured' : 'rate_limited';
  // Anything else below 500 will be said again to the same request: a person has to look.
  return status >= 500 ? 'unreachable' : 'misconfigured';
}

/**
 * The pause from `retry-after-ms` or `retry-after` (seconds or a date). A date is compared with the answer's own
 * `date`, so a clock that is wrong here makes no difference.
 */
function readRetryAfter(headers: Headers): number | null {
  const milliseconds = headers.get('retry-after-ms');
  if (milliseconds !== null && /^\d+(?:\.\d+)?$/.test(milliseconds)) return Math.ceil(Number(milliseconds));
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+(?:\.\d+)?$/.test(text.trim())) return Math.ceil(Number(text) * 1000);
  const wait = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
