/**
 * One POST over the outbox's own connections. undici's `dispatch` and not `fetch`: several times cheaper, and it alone
 * tells whether the request had left when the connection broke, which decides between "try again" and "in doubt".
 */
import type { Dispatcher } from 'undici';

/** What came of one request. */
export type Reply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** No (whole) answer. `left`: the request was being written, so it may have arrived. */
  | { readonly kind: 'lost'; readonly left: boolean; readonly error: string };

/**
 * Never rejects: a broken connection is a reply too.
 * @param mayLeave asked in the last moment, when a connection is there; false = it does not leave.
 */
export function postJson(
  pool: Dispatcher,
  path: string,
  body: string,
  mayLeave?: () => boolean,
): Promise<Reply> {
  return new Promise((resolve) => {
    let left = false;
    let status = 0;
    const chunks: Buffer[] = [];
    const lose = (error: Error): void => resolve({ kind: 'lost', left, error: describe(error) });
    try {
      pool.dispatch(
        { path, method: 'POST', headers: { 'content-type': 'application/json' }, body },
        {
          onRequestStart(controller) {
            if (mayLeave?.() === false) controller.abort(new Error('held back'));
            else left = true;
          },
          onResponseStart(_controller, statusCode) {
            status = statusCode;
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            resolve({ kind: 'answered', status, body: Buffer.concat(chunks).toString() });
          },
          onResponseError(_controller, error) {
            lose(error);
          },
        },
      );
    } catch (error) {
      // A closed pool refuses at once.
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`;
}
