/**
 * What happens around every update: each is worked on once, in the order of its chat, and whatever goes wrong ends in
 * one clear sentence to the person and one log line without their words.
 */
import { BotError, GrammyError, HttpError, type Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { UserRow } from '../../shared/schemas/user.ts';
import type { Log } from '../logging.ts';
import type { UpdateLog } from '../usecases/chat-ports.ts';
import { ChatQueue } from './chat-queue.ts';
import type { NudgeContext } from './context.ts';
import { errorSentence, isAway, type BotError as Failure } from './error-sentences.ts';
import { loggable } from './loggable.ts';
import { chatOf, profileOf } from './profile.ts';
import type { Texts } from './text/texts.ts';

/**
 * `handled`: worked on to the end. `repeat`: that had happened before. `busy`: another process works on it. `later`:
 * it could not be finished and must be given to us again; it acts at most once however often that happens.
 */
type Handling = 'handled' | 'repeat' | 'busy' | 'later';

export interface UpdateHandler {
  readonly handle: (update: Update) => Promise<Handling>;
  /** Does something in the order of a chat, after what came before it. */
  readonly inTurn: <T>(chatId: number, work: () => Promise<T>) => Promise<T>;
  readonly idle: () => Promise<void>;
}

/** Chats worked on side by side: more would only queue up at the database. */
const CHATS_AT_ONCE = 16;
/** Tries of an update whose answer does not reach Telegram. */
const MAX_TRIES = 3;
/**
 * Whatever an update waits for ends long before this: calls to Telegram and to the database have limits of their own. A
 * promise that never settles would hold up its chat until the next start.
 */
const WORK_LIMIT_MS = 60_000;
/** Updates remembered as told or tried; beyond it the memory starts anew. */
const REMEMBERED = 1000;

export function createUpdateHandler(parts: {
  readonly bot: Bot<NudgeContext>;
  readonly texts: Texts;
  /** Filled for the handlers: whose update it is. */
  readonly people: WeakMap<Update, UserRow>;
  readonly updates: UpdateLog;
  readonly log: Log;
  /** For tests of what hangs; milliseconds. */
  readonly workLimitMs?: number | undefined;
}): UpdateHandler {
  const { bot, texts, people, updates, log, workLimitMs = WORK_LIMIT_MS } = parts;
  const queue = new ChatQueue(CHATS_AT_ONCE);
  const tries = new Map<number, number>();

  async function work(update: Update): Promise<Handling> {
    try {
      const begun = await updates.begin(update.update_id, profileOf(update));
      if (begun.state !== 'new') return begun.state === 'done' ? 'repeat' : 'busy';
      if (begun.user !== null) people.set(update, begun.user);
      await bot.init();
      await withinLimit(bot.handleUpdate(update), workLimitMs);
    } catch (error) {
      return await recover(update, error instanceof BotError ? error.error : error);
    }
    return await finish(update);
  }

  /** The work is done; that it could not be noted down is no reason to do it again. */
  async function finish(update: Update): Promise<Handling> {
    tries.delete(update.update_id);
    await updates.finish(update.update_id).catch((cause: unknown) => {
      log.warn({ event: 'bot.update_failed', ...facts(update), err: loggable(cause) });
    });
    return 'handled';
  }

  async function recover(update: Update, error: unknown): Promise<Handling> {
    const isFirst = !tries.has(update.update_id);
    const tried = (tries.get(update.update_id) ?? 0) + 1;
    if (tries.size > REMEMBERED) tries.clear();
    tries.set(update.update_id, tried);
    log[isAway(error) ? 'warn' : 'error']({
      event: 'bot.update_failed',
      ...facts(update),
      tried,
      err: loggable(error),
    });
    if (isAway(error)) {
      // Told once, tried until it works: the text or tap is safe at Telegram as long as we do not confirm it.
      if (isFirst) await tell(update, update.callback_query === undefined ? 'away' : 'away-tap');
      return 'later';
    }
    // An answer that did not get through is worth repeating; what it answered is stored under the update's id.
    if (isUndelivered(error) && tried < MAX_TRIES) return 'later';
    if (!isRefusedToUs(error)) await tell(update, 'unexpected');
    return await finish(update);
  }

  /** Best effort: when Telegram is away too, nobody can be told. */
  async function tell(update: Update, failure: Failure): Promise<void> {
    const from = update.callback_query?.from ?? update.message?.from ?? update.edited_message?.from;
    if (from === undefined) return;
    const text = errorSentence(texts(people.get(update)?.language ?? from.language_code ?? 'en'), failure);
    const telling =
      update.callback_query === undefined
        ? bot.api.sendMessage(chatOf(update), text)
        : bot.api.answerCallbackQuery(update.callback_query.id, { text, show_alert: true });
    await telling.catch((cause: unknown) => {
      log.warn({ event: 'bot.update_failed', ...facts(update), err: loggable(cause) });
    });
  }

  return {
    handle: (update) => queue.run(chatOf(update), () => work(update)),
    inTurn: (chatId, doing) => queue.run(chatId, doing),
    idle: () => queue.idle(),
  };
}

/** @throws Error when the work takes too long; what it still does then is nobody's concern any more. */
async function withinLimit(work: Promise<void>, limitMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`The update was given up after ${limitMs} ms: something in it never ended.`));
  }, limitMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function facts(update: Update): { updateId: number; kind: string } {
  const kind = Object.keys(update).find((key) => key !== 'update_id') ?? 'none';
  return { updateId: update.update_id, kind };
}

/** Our answer did not get through: the network, Telegram's own trouble, or a long flood wait. */
function isUndelivered(error: unknown): boolean {
  if (error instanceof HttpError) return true;
  return error instanceof GrammyError && (error.error_code >= 500 || error.error_code === 429);
}

/** The person does not want to hear from us: nothing to say, nothing to repair. */
function isRefusedToUs(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 403;
}
