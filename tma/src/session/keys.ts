/**
 * Keys of the query cache. Everything read from the database begins with `data`, so that one invalidation after an
 * action reaches every page that is on screen.
 */
const DATA = 'data';

/** Matches every query of server data. */
export const ALL_DATA = [DATA] as const;

/** The key of one query of server data, e.g. `dataKey('lead', 42)`. */
export function dataKey(...parts: readonly (string | number | null | readonly number[])[]) {
  return [DATA, ...parts] as const;
}

/** One request in this time while a page is visible, in milliseconds. */
export const POLL_MS = 15_000;
