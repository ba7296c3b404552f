/** What a handler answers and writes, made fit for the database: JSON that PostgreSQL's jsonb takes. */

/** A result is a summary, not a file. Characters of JSON. */
const LONGEST_RESULT = 100_000;
const LONGEST_TEXT = 2_000;

export type JsonReading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Undefined becomes null. The problem is a sentence. */
export function readJson(value: unknown): JsonReading {
  if (value === undefined || value === null) return { ok: true, value: null };
  let text: string | undefined;
  try {
    // The types hide that a function or a symbol gives undefined.
    text = (JSON.stringify as (value: unknown) => string | undefined)(value);
  } catch (error) {
    return {
      ok: false,
      problem: `JSON cannot hold it: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (text === undefined) return { ok: false, problem: `JSON cannot hold it: it is a ${typeof value}` };
  if (text.length > LONGEST_RESULT) {
    return {
      ok: false,
      problem: `it has ${text.length} characters of JSON, ${LONGEST_RESULT} at most are kept`,
    };
  }
  return { ok: true, value: clean(JSON.parse(text)) };
}

/** Text that PostgreSQL can store, cut to a length that a person would read. */
export function cleanText(text: string, longest = LONGEST_TEXT): string {
  const whole = text.toWellFormed().replaceAll('\0', '\uFFFD');
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 1).toWellFormed()}…`;
}

/** jsonb knows neither the character 0 nor half a pair of surrogates, in keys as little as in values. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value, Infinity);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [cleanText(key, Infinity), clean(entry)]),
  );
}
