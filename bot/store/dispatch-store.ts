/** The dispatcher's side of the database: claim, settle, extend, sweep, promote. See migrations/…_claim.sql. */
import { z } from 'zod';
import { claimedReminderSchema } from '../../shared/schemas/reminder.ts';
import type { DeliveryOutcome, DeliveryResult, DispatchStore } from '../usecases/ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const claimedSchema = z.array(claimedReminderSchema);
const settledSchema = z.object({ settled: z.number().int() });
const nothingSchema = z.unknown();

/** Builds the dispatcher's store over the server's client. */
export function createDispatchStore(server: Database): DispatchStore {
  return {
    claim: (worker, token, limit, leaseSeconds) =>
      callForValue(
        server,
        'claim_due_reminders',
        { p_worker: worker, p_token: token, p_limit: limit, p_lease_seconds: leaseSeconds },
        claimedSchema,
      ),
    async settle(token, results) {
      await callForValue(
        server,
        'settle_reminders',
        { p_token: token, p_results: results.map(toRow) },
        settledSchema,
      );
    },
    extend: (token, leaseSeconds) =>
      callForValue(server, 'extend_claims', { p_token: token, p_lease_seconds: leaseSeconds }, z.boolean()),
    sweep: () => callForValue(server, 'sweep_reminders', {}, z.number().int()),
    promoteSteps: (limit) => callForValue(server, 'promote_steps', { p_limit: limit }, z.number().int()),
    async setRate(perSecond, chatGapMs) {
      await callForValue(
        server,
        'set_dispatch_rate',
        { p_rate_per_second: perSecond, p_chat_gap_ms: chatGapMs },
        nothingSchema,
      );
    },
    nextWakeMs: () => callForValue(server, 'next_wake_ms', {}, z.number().int()),
  };
}

/** A result in the names of `settle_reminders`. */
function toRow(result: DeliveryResult): Record<string, unknown> {
  return { id: result.id, ...outcomeArguments(result) };
}

/** What became of one send in the names SQL knows. */
export function outcomeArguments(result: DeliveryOutcome): Record<string, unknown> {
  const { outcome } = result;
  switch (result.outcome) {
    case 'sent':
    case 'bundled':
      return { outcome, message_id: result.messageId };
    case 'retry':
      return {
        outcome,
        retry_in_ms: result.retryInMs,
        error: result.error,
        error_code: result.errorCode,
        block_ms: result.blockMs,
      };
    case 'failed':
      return {
        outcome,
        error: result.error,
        error_code: result.errorCode,
        unreachable: result.unreachable,
      };
    case 'in_doubt':
      return { outcome, retry_in_ms: result.retryInMs, error: result.error };
    case 'released':
      return { outcome };
  }
}
