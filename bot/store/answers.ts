/** The one normaliser of the SDK's three error shapes: PostgREST's, the gateway's and the transport's. */
import { z } from 'zod';
import { refusalCodeSchema } from '../../shared/contracts/refusals.ts';
import type { Answer, Refusal } from '../usecases/ports.ts';

/**
 * `away`: the database could not be reached or asked us to come back; waiting helps.
 * `conflict`: the transaction lost against another (deadlock, serialisation); the same call again helps.
 * `denied`: our key or token was refused. `bug`: the call itself was wrong.
 */
export type StoreErrorKind = 'away' | 'conflict' | 'denied' | 'bug';

/** A database call that failed for a reason the person can do nothing about. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  /** SQLSTATE, PostgREST or gateway code, as sent; empty for the network. */
  readonly code: string;
  /** HTTP status; 0 = no answer. */
  readonly status: number;

  constructor(kind: StoreErrorKind, operation: string, status: number, code: string, message: string) {
    super(`${operation} failed (${[String(status), code].filter(Boolean).join(' ')}): ${message}`);
    this.kind = kind;
    this.code = code;
    this.status = status;
  }
}

/** What every SDK call resolves to. */
export interface SdkResult {
  readonly data: unknown;
  readonly error: unknown;
  readonly status: number;
}

/** PostgREST `{code, message, details, hint}`, gateway `{error, message, statusCode}`, transport `{message, code: ''}`. */
const errorShapeSchema = z.object({
  message: z.string().catch('no message'),
  code: z.string().nullish(),
  error: z.string().nullish(),
  details: z.string().nullish(),
  hint: z.string().nullish(),
  statusCode: z.number().nullish(),
});

const detailSchema = z.record(z.string(), z.unknown());

/** Deadlock and serialisation failure: the transaction was rolled back whole, the same call may succeed. */
const CONFLICT_CODES = new Set(['40P01', '40001', '55P03']);

/**
 * Turns an SDK result into the parsed value or a refusal.
 * @throws StoreError when the call failed for any other reason or answered in another shape than `schema`.
 */
export function readAnswer<T>(operation: string, result: SdkResult, schema: z.ZodType<T>): Answer<T> {
  if (result.error === null || result.error === undefined) {
    const parsed = schema.safeParse(result.data);
    if (parsed.success) return { ok: true, value: parsed.data };
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new StoreError('bug', operation, result.status, '', `the answer has another shape (${where})`);
  }
  const shape = errorShapeSchema.parse(result.error);
  const code = shape.code ?? shape.error ?? '';
  const refusal = readRefusal(shape);
  if (refusal) return { ok: false, refusal };
  const status = result.status === 0 ? (shape.statusCode ?? 0) : result.status;
  throw new StoreError(kindOf(status, code), operation, status, code, shape.message);
}

/**
 * Like `readAnswer`, for calls that have nothing to refuse.
 * @throws StoreError also for a refusal.
 */
export function readValue<T>(operation: string, result: SdkResult, schema: z.ZodType<T>): T {
  const answer = readAnswer(operation, result, schema);
  if (answer.ok) return answer.value;
  throw new StoreError('bug', operation, result.status, answer.refusal.code, answer.refusal.message);
}

function readRefusal(shape: z.infer<typeof errorShapeSchema>): Refusal | null {
  const code = refusalCodeSchema.safeParse(shape.hint);
  if (!code.success) return null;
  return { code: code.data, message: shape.message, detail: readDetail(shape.details) };
}

function readDetail(text: string | null | undefined): Readonly<Record<string, unknown>> {
  if (!text?.startsWith('{')) return {};
  return detailSchema.parse(JSON.parse(text));
}

function kindOf(status: number, code: string): StoreErrorKind {
  if (CONFLICT_CODES.has(code)) return 'conflict';
  if (status === 401 || status === 403) return 'denied';
  // 501: the gateway does not speak this part of PostgREST, and will not later either.
  if (status === 0 || status === 429 || (status >= 500 && status !== 501)) return 'away';
  return 'bug';
}
