/** What became of a database call: the SDK's three error shapes in, one of three outcomes out. */
import { z } from 'zod';
import { refusalCodeSchema } from '../../../shared/contracts/refusals.ts';
import type { RefusalCode } from '../../../shared/contracts/refusals.ts';

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The database said no, in words: trying again is of no use. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  /** No answer, or an answer of a server in trouble: nothing is known, the same call may be sent again. */
  | { readonly kind: 'failed'; readonly status: number };

/** What every SDK call resolves to. */
export interface SdkResult {
  readonly data: unknown;
  readonly error: unknown;
  readonly status: number;
}

const hintSchema = z.object({ hint: refusalCodeSchema });

/** Reads a result; an answer of another shape than `schema` counts as a server in trouble. */
export function readOutcome<T>(result: SdkResult, schema: z.ZodType<T>): Outcome<T> {
  if (result.error === null) {
    const parsed = schema.safeParse(result.data);
    return parsed.success ? { kind: 'done', value: parsed.data } : { kind: 'failed', status: result.status };
  }
  const refusal = hintSchema.safeParse(result.error);
  if (refusal.success) return { kind: 'refused', code: refusal.data.hint };
  return { kind: 'failed', status: result.status };
}

/** A read that did not work out; `status` 0 = no answer at all. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly status: number;

  constructor(what: string, status: number) {
    super(`${what} could not be read (${status}).`);
    this.status = status;
  }
}

/**
 * The rows of a read.
 * @throws ReadError
 */
export function readRows<T>(what: string, result: SdkResult, schema: z.ZodType<T>): T[] {
  const outcome = readOutcome(result, z.array(schema));
  if (outcome.kind === 'done') return outcome.value;
  throw new ReadError(what, result.status);
}
