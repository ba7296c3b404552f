/**
 * What an answer of Telegram means for a reminder, in one place (dispatch.md, "Answers"). Matched on the error code
 * first and on words only where one code has several meanings, because Telegram may change its words.
 */
import { z } from 'zod';
import type { DeliveryOutcome } from '../../usecases/ports.ts';
import type { Reply } from './post-json.ts';

export type Verdict =
  | { readonly kind: 'sent'; readonly messageId: number }
  | { readonly kind: 'settled'; readonly outcome: DeliveryOutcome }
  /** Telegram cannot read our formatting or a button: our bug. Once more, bare. */
  | { readonly kind: 'send_plain'; readonly error: string }
  /** The chat lives on under another id. Once more, there. */
  | { readonly kind: 'send_to'; readonly chatId: number }
  /** Nothing can be sent with this token: the dispatcher stops. */
  | { readonly kind: 'token_refused'; readonly error: string };

export interface Backoff {
  /** How often this row was tried before. */
  readonly retries: number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
}

/** A chat that is not found, in the words of a 400. */
export const NO_SUCH_CHAT = /chat not found|user not found|peer_id_invalid/i;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5 * 60_000;
/** When Telegram asks to wait without saying how long. Seconds. */
const DEFAULT_PAUSE_SECONDS = 5;
/** Rows stopped by one flood wait come back spread over this time. Milliseconds. */
const FLOOD_SPREAD_MS = 1_000;

/**
 * How the answer to nearly every message begins. What follows is our own message back, two kilobytes of it, of which nothing
 * is used: reading it would cost more than anything else about an answer. One in another order is read whole.
 */
const SENT = /^\{"ok":true,"result":\{"message_id":(\d{1,15})[,}]/;

const refusalSchema = z.object({
  ok: z.literal(false),
  error_code: z.number().int(),
  description: z.string().catch(''),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().int().optional() })
    .catch({})
    .optional(),
});

/** Decides what happens to a row after one request. Pure but for the given chance. */
export function classifyAnswer(reply: Reply, backoff: Backoff): Verdict {
  if (reply.kind === 'lost') {
    return settled(
      reply.left
        ? { outcome: 'in_doubt', retryInMs: retryDelay(backoff), error: reply.error }
        : { outcome: 'retry', retryInMs: retryDelay(backoff), error: reply.error, errorCode: null },
    );
  }
  const told = SENT.exec(reply.body)?.[1];
  if (told !== undefined) return { kind: 'sent', messageId: Number(told) };
  const body = readJson(reply.body);
  const messageId = sentMessageId(body);
  if (messageId !== null) return { kind: 'sent', messageId };
  const answer = refusalSchema.safeParse(body);
  if (!answer.success) return unreadable(reply.status, backoff);
  const { error_code: errorCode, description, parameters } = answer.data;
  const error = `${errorCode} ${description}`;
  if (errorCode === 429) return flood(parameters?.retry_after ?? DEFAULT_PAUSE_SECONDS, error, backoff);
  if (errorCode >= 500)
    return settled({ outcome: 'retry', retryInMs: retryDelay(backoff), error, errorCode });
  if (errorCode === 401 || errorCode === 404) return { kind: 'token_refused', error };
  if (errorCode === 403) return settled({ outcome: 'failed', error, errorCode, unreachable: true });
  if (parameters?.migrate_to_chat_id !== undefined) {
    return { kind: 'send_to', chatId: parameters.migrate_to_chat_id };
  }
  if (/parse|entit|button|reply markup|web ?app/i.test(description)) return { kind: 'send_plain', error };
  // A chat that is not found comes to life when the person writes, like a blocked one: the row waits for that.
  const unreachable = NO_SUCH_CHAT.test(description);
  return settled({ outcome: 'failed', error, errorCode, unreachable });
}

/** The message's id, wherever it stands in the answer. */
function sentMessageId(body: unknown): number | null {
  if (!isRecord(body) || body['ok'] !== true || !isRecord(body['result'])) return null;
  const id = body['result']['message_id'];
  return typeof id === 'number' && Number.isInteger(id) ? id : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** An error page of something in between, or half an answer. */
function unreadable(status: number, backoff: Backoff): Verdict {
  const error = `${status} with an answer that is no Bot API answer`;
  const retryInMs = retryDelay(backoff);
  // A 2xx means that the message most likely went through; anything else that it did not get there.
  return settled(
    status >= 200 && status < 300
      ? { outcome: 'in_doubt', retryInMs, error }
      : { outcome: 'retry', retryInMs, error, errorCode: status },
  );
}

function flood(seconds: number, error: string, { random }: Backoff): Verdict {
  const blockMs = seconds * 1000;
  const retryInMs = Math.round(blockMs + random() * FLOOD_SPREAD_MS);
  return settled({ outcome: 'retry', retryInMs, error, errorCode: 429, blockMs });
}

/** 1 s, 2 s, 4 s … 5 min, each somewhere between half and whole, so that rows do not come back in step. */
function retryDelay({ retries, random }: Backoff): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries, 30));
  return Math.round(whole * (0.5 + random() / 2));
}

function settled(outcome: DeliveryOutcome): Verdict {
  return { kind: 'settled', outcome };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
