/**
 * The two bodies an error can have, and PostgREST 12.2's map from SQLSTATE to HTTP status.
 * PostgREST speaks `{code, message, details, hint}`, InsForge's own layer `{error, message, statusCode}`.
 */
import pg from 'pg';

/** An answer that is an error; thrown anywhere below the routes and turned into a response there. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, options: RefusalOptions = {}) {
    super(String(body['message']), { cause: options.cause });
    this.status = status;
    this.body = body;
    this.headers = options.headers ?? {};
  }
}
interface RefusalOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error as PostgREST words it. */
export function postgrestError(
  status: number,
  code: string,
  message: string,
  more: RefusalOptions & { details?: unknown; hint?: string } = {},
): RefusedRequest {
  return new RefusedRequest(
    status,
    { code, message, details: more.details ?? null, hint: more.hint ?? null },
    more,
  );
}

/** An error of InsForge's own layer. */
export function insforgeError(status: number, error: string, message: string): RefusedRequest {
  return new RefusedRequest(status, { error, message, statusCode: status });
}

/** Something PostgREST knows and this gateway does not: said, never guessed. */
export function notSupported(what: string): RefusedRequest {
  return insforgeError(501, 'NOT_IMPLEMENTED', `${what} is not supported by this gateway.`);
}

/** A request that cannot be read; `part` is the parameter's name and its text. */
export function parseError(part: string, text: string, expected: string): RefusedRequest {
  return postgrestError(400, 'PGRST100', `"failed to parse ${part} (${text})"`, { details: expected });
}

/**
 * The answer for an error of the database or of the way to it.
 * @param isAnonymous whether the role was `anon`: a missing right is then 401, because signing in may help.
 */
export function fromDatabaseError(error: unknown, isAnonymous: boolean): RefusedRequest {
  if (error instanceof RefusedRequest) return error;
  if (error instanceof pg.DatabaseError && error.code !== undefined) {
    const { code } = error;
    const body = { code, message: error.message, details: error.detail ?? null, hint: error.hint ?? null };
    if (code === 'PGRST') return fromRaisedAnswer(error);
    return new RefusedRequest(statusOf(code, isAnonymous), body, { cause: error });
  }
  if (error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect')) {
    const message = 'Timed out acquiring connection from connection pool.';
    return postgrestError(504, 'PGRST003', message, { cause: error });
  }
  const message = 'Could not reach the database. Its server may be down or restarting; try again.';
  return postgrestError(503, 'PGRST001', message, { cause: error });
}

/** Exact codes first, then their classes (the first two characters). */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  ...{ '23503': 409, '23505': 409, '25006': 405, '42883': 404, '42P01': 404, '42P17': 500, '57P01': 503 },
  P0001: 400,
};
const STATUS_BY_CLASS: Readonly<Record<string, number>> = {
  ...{
    '08': 503,
    '53': 503,
    '28': 403,
    '0L': 403,
    '0P': 403,
    '09': 500,
    '25': 500,
    '2D': 500,
    '38': 500,
    '39': 500,
  },
  ...{ '3B': 500, '40': 500, '54': 500, '55': 500, '57': 500, '58': 500, F0: 500, HV: 500, P0: 500, XX: 500 },
};

function statusOf(code: string, isAnonymous: boolean): number {
  if (code === '42501') return isAnonymous ? 401 : 403;
  const chosen = /^PT([2-5]\d\d)$/.exec(code)?.[1];
  if (chosen !== undefined) return Number(chosen);
  return STATUS_BY_CODE[code] ?? STATUS_BY_CLASS[code.slice(0, 2)] ?? 400;
}

/** `raise sqlstate 'PGRST'` with JSON in message and detail sets the whole answer. */
function fromRaisedAnswer(error: pg.DatabaseError): RefusedRequest {
  try {
    const body = JSON.parse(error.message) as Record<string, unknown>;
    const detail = JSON.parse(error.detail ?? '') as { status: number; headers?: Record<string, string> };
    const { code, message, details = null, hint = null } = body;
    return new RefusedRequest(
      detail.status,
      { code, message, details, hint },
      { cause: error, ...(detail.headers && { headers: detail.headers }) },
    );
  } catch (cause) {
    return postgrestError(500, 'PGRST121', 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error', {
      cause,
    });
  }
}
