/** Turns database answers into HTTP answers: page headers, statuses, the JSON text untouched. */
import { postgrestError } from './errors.ts';
import type { RefusedRequest } from './errors.ts';
import type { Row } from './sessions.ts';

const ARRAY_TYPE = 'application/json; charset=utf-8';
const OBJECT_TYPE = 'application/vnd.pgrst.object+json; charset=utf-8';

/** What every reading or writing statement answers. */
export interface Answer {
  /** JSON text; null when nothing is shown. */
  readonly body: string | null;
  /** Rows shown or changed. */
  readonly rows: number;
  /** All rows that match (reads, when counted) or rows that were new (merges); null otherwise. */
  readonly total: number | null;
}

export function readAnswer(row: Row): Answer {
  const [body = null, rows = null, total = null] = row;
  return { body, rows: Number(rows ?? 0), total: total === null ? null : Number(total) };
}

/** @throws RefusedRequest PGRST116 (406) unless there is exactly one row. */
export function needOneRow(rows: number): void {
  if (rows === 1) return;
  throw postgrestError(406, 'PGRST116', 'JSON object requested, multiple (or no) rows returned', {
    details: `The result contains ${rows} rows`,
  });
}

/** The answer of a read that began at `offset`. @throws RefusedRequest PGRST103 (416) past the counted end. */
export function readResponse(
  answer: Answer,
  offset: number,
  shape: 'array' | 'object',
  headers: ResponseHeaders,
): Response {
  const { rows, total } = answer;
  if (total !== null && offset > total) throw outOfRange(offset, total);
  const isPart = total !== null && rows < total;
  const range = rows === 0 ? '*' : `${offset}-${offset + rows - 1}`;
  return jsonResponse(isPart ? 206 : 200, answer.body ?? 'null', shape, {
    ...headers,
    'content-range': `${range}/${total ?? '*'}`,
  });
}

export type ResponseHeaders = Readonly<Record<string, string>>;

/**
 * A response whose text is at hand. Calls in the same process read it with `text()`, and a claimed batch of half a megabyte
 * would otherwise be encoded, streamed and decoded again for nothing (1.2 ms measured, against 0.4 ms for the rest).
 */
class TextResponse extends Response {
  override readonly text: () => Promise<string>;

  constructor(text: string, init: ResponseInit) {
    super(text, init);
    this.text = () => Promise.resolve(text);
  }
}

/** A JSON answer; `text` is sent as it is. */
export function jsonResponse(
  status: number,
  text: string,
  shape: 'array' | 'object',
  headers: ResponseHeaders,
): Response {
  const type = shape === 'object' ? OBJECT_TYPE : ARRAY_TYPE;
  return new TextResponse(text, { status, headers: { ...headers, 'content-type': type } });
}

/** An answer without a body. */
export function emptyResponse(headers: ResponseHeaders): Response {
  return new Response(null, { status: 204, headers });
}

/** An error's answer. */
export function errorResponse(error: RefusedRequest): Response {
  return new Response(JSON.stringify(error.body), {
    status: error.status,
    headers: { ...error.headers, 'content-type': ARRAY_TYPE },
  });
}

function outOfRange(offset: number, total: number): RefusedRequest {
  return postgrestError(416, 'PGRST103', 'Requested range not satisfiable', {
    details: `An offset of ${offset} was requested, but there are only ${total} rows.`,
    headers: { 'content-range': `*/${total}` },
  });
}
