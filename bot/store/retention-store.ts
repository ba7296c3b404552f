import { z } from 'zod';
import type { RetentionStore } from '../usecases/operator-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

/** Builds the store that deletes what is no longer kept, over the server's client. */
export function createRetentionStore(server: Database): RetentionStore {
  return {
    clear: (limit) =>
      callForValue(server, 'clear_old_rows', { p_limit: limit }, z.record(z.string(), z.number().int())),
  };
}
