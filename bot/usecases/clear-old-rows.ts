/** Retention: what is no longer kept goes. */
import type { RetentionStore } from './operator-ports.ts';

/** Deletes what is no longer kept, in portions, until nothing is left or the caller wants an end. */

/** Rows of each kind in one statement, so that none runs long and none holds many locks. */
const ROWS_AT_ONCE = 2_000;

/** @returns how many rows of each kind went */
export async function clearOldRows(
  store: RetentionStore,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const total: Record<string, number> = {};
  for (;;) {
    const cleared = await store.clear(ROWS_AT_ONCE);
    for (const [kind, rows] of Object.entries(cleared)) total[kind] = (total[kind] ?? 0) + rows;
    const isDone = Object.values(cleared).every((rows) => rows === 0);
    if (isDone || signal.aborted) return total;
  }
}
