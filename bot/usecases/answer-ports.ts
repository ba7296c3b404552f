/** What every call of a person answers, as types only; ports.ts hands it on. */
import type { RefusalCode } from '../../shared/contracts/refusals.ts';

/** A database refusal in words: an expected outcome, shown to the person by its code. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The database's own sentence, in English; for logs and for outside callers. */
  readonly message: string;
  /** Values of the refusal (`status`, `from`, …), when it carries some. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
