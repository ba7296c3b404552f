/** The product's own HTTP routes, with the person's token in the header and never in an address. */
import type { z } from 'zod';
import { apiErrorSchema } from '../../../shared/contracts/auth.ts';

export type ApiOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The server said no; `code` is one of the route's own. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** No answer (`status` 0), or one of a server in trouble. */
  | { readonly kind: 'failed'; readonly status: number };

export interface ApiRequest {
  readonly body: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `POST`s JSON and reads JSON.
 * @param request the session's `request`.
 * @throws DOMException AbortError when `signal` says so.
 */
export async function postApi<T>(
  request: typeof fetch,
  path: string,
  { body, signal, headers }: ApiRequest,
  schema: z.ZodType<T>,
): Promise<ApiOutcome<T>> {
  let response: Response;
  let answer: unknown;
  try {
    response = await request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      cache: 'no-store',
      ...(signal && { signal }),
    });
    answer = await response.json();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { kind: 'failed', status: 0 };
  }
  if (response.ok) {
    const parsed = schema.safeParse(answer);
    return parsed.success
      ? { kind: 'done', value: parsed.data }
      : { kind: 'failed', status: response.status };
  }
  const refusal = apiErrorSchema.safeParse(answer);
  if (!refusal.success || response.status >= 500) return { kind: 'failed', status: response.status };
  return { kind: 'refused', ...refusal.data.error };
}
