/** One way to call a database function: named, parsed, and repeated when that is safe. */
import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import type { Answer } from '../usecases/ports.ts';
import { readAnswer, StoreError } from './answers.ts';
import type { Database } from './clients.ts';

/** Waits before the second and the third try, in milliseconds. */
const PAUSES_MS = [40, 250] as const;

/**
 * Calls a function that is safe to repeat: it carries an action id or a token, or changes nothing twice. A lost
 * transaction, a broken connection or a 5xx is therefore tried again, twice.
 * @throws StoreError when it still fails or the answer has another shape.
 */
export async function callRepeatable<T>(
  database: Database,
  name: string,
  args: Readonly<Record<string, unknown>>,
  schema: z.ZodType<T>,
): Promise<Answer<T>> {
  for (const pause of PAUSES_MS) {
    try {
      return readAnswer(name, await database.rpc(name, args), schema);
    } catch (error) {
      if (!isWorthRepeating(error)) throw error;
      await wait(pause);
    }
  }
  return readAnswer(name, await database.rpc(name, args), schema);
}

/**
 * `callRepeatable` for functions that refuse nothing.
 * @throws StoreError also for a refusal.
 */
export async function callForValue<T>(
  database: Database,
  name: string,
  args: Readonly<Record<string, unknown>>,
  schema: z.ZodType<T>,
): Promise<T> {
  const answer = await callRepeatable(database, name, args, schema);
  if (answer.ok) return answer.value;
  throw new StoreError('bug', name, 400, answer.refusal.code, answer.refusal.message);
}

function isWorthRepeating(error: unknown): boolean {
  return error instanceof StoreError && (error.kind === 'conflict' || error.kind === 'away');
}
