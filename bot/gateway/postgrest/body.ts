/** The body of a write: its keys are looked at, its values go to PostgreSQL as the text they came in. */
import { postgrestError } from '../errors.ts';

export interface RowsBody {
  /** The body's text as sent, for one `json` parameter: numbers keep every digit. */
  readonly text: string;
  readonly rowCount: number;
  /** The keys all rows have, in the first row's order; null when rows differ. */
  readonly keys: readonly string[] | null;
}

/** @throws RefusedRequest PGRST102 when the text is no JSON object or array of objects. */
export function readRows(text: string): RowsBody {
  const body = parseJson(text);
  const rows: readonly unknown[] = Array.isArray(body) ? body : [body];
  const [first, ...others] = rows.map((row) => {
    if (row === null || typeof row !== 'object' || Array.isArray(row))
      throw invalid('All object keys must match');
    return Object.keys(row);
  });
  const keys = first ?? [];
  const known = new Set(keys);
  const isEven = others.every(
    (other) => other.length === keys.length && other.every((key) => known.has(key)),
  );
  return { text, rowCount: rows.length, keys: isEven ? keys : null };
}

/** The names of a called function's arguments. An empty body means none. */
export function readArguments(text: string): { text: string; names: readonly string[] } {
  if (text.trim() === '') return { text: '{}', names: [] };
  const body = parseJson(text);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw invalid('The arguments of a function must be a JSON object');
  }
  return { text, names: Object.keys(body) };
}

/** Several rows without `columns` must have the same keys: a forgotten key would silently become null. */
export function needEvenKeys(rows: RowsBody): readonly string[] {
  if (rows.keys === null) throw invalid('All object keys must match');
  return rows.keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw postgrestError(400, 'PGRST102', 'Empty or invalid json', { cause });
  }
}

function invalid(message: string): Error {
  return postgrestError(400, 'PGRST102', message);
}
