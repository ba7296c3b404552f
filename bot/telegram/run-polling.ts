/**
 * Long polling with one promise more than the usual loops: an update is confirmed to Telegram only after it was worked
 * on. What cannot be finished (the database is away) stays at Telegram and comes again, also after a crash.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '../logging.ts';
import type { NudgeBot } from './create-bot.ts';
import { loggable } from './loggable.ts';
import { ALLOWED_UPDATES, chatOf } from './profile.ts';

/** How long Telegram holds an empty poll. Seconds. */
const POLL_SECONDS = 30;
/** First and longest pause after a failure; it doubles in between. Milliseconds. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export interface Polling {
  /** Resolves after `stop`; rejects when Telegram refuses the token. */
  readonly done: Promise<void>;
  /** Stops asking, finishes what is being worked on, confirms it. */
  stop(): Promise<void>;
}

/** Starts polling. Replaces a webhook that may be set. */
export function runPolling(nudge: NudgeBot, log: Log): Polling {
  const stopping = new AbortController();
  const done = poll(nudge, log, stopping.signal);
  // Whoever waits for `done` hears of a failure; nobody waiting is no reason to crash.
  done.catch(() => undefined);
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function poll({ bot, handle }: NudgeBot, log: Log, signal: AbortSignal): Promise<void> {
  let offset = 0;
  let failures = 0;
  let isWebhookGone = false;
  while (!signal.aborted) {
    let isFinished = false;
    try {
      if (!isWebhookGone) await bot.api.deleteWebhook({ drop_pending_updates: false });
      isWebhookGone = true;
      const asked = { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES };
      const updates = await bot.api.getUpdates(asked, signal as never);
      const unfinished = await workOn(updates, handle);
      isFinished = unfinished === null;
      const last = updates.at(-1);
      // An empty answer confirmed all there was. Asking without a number then also finds updates whose ids Telegram
      // chose anew, lower ones, after a quiet week.
      offset = unfinished ?? (last === undefined ? 0 : last.update_id + 1);
    } catch (error) {
      if (isStopped(signal)) break;
      isWebhookGone = isWebhookGone && !isConflict(error);
      report(error, log);
    }
    failures = isFinished ? 0 : failures + 1;
    if (failures > 0) await pause(failures, signal);
  }
  // Best effort: what is not confirmed comes again and is known as done.
  if (offset > 0) await bot.api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined);
}

/** Asked of a function, because the compiler believes that nothing changes while we wait. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** @returns the first update that must come again; null = all are finished. */
async function workOn(updates: readonly Update[], handle: NudgeBot['handle']): Promise<number | null> {
  const unfinished = await Promise.all(
    [...Map.groupBy(updates, chatOf).values()].map(async (ofChat) => {
      // In order: nothing of a chat overtakes an update that has to wait.
      for (const update of ofChat) {
        const handling = await handle(update);
        if (handling === 'later' || handling === 'busy') return update.update_id;
      }
      return null;
    }),
  );
  const ids = unfinished.filter((id) => id !== null);
  return ids.length === 0 ? null : Math.min(...ids);
}

function report(error: unknown, log: Log): void {
  if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
    throw new Error('Telegram does not know this BOT_TOKEN. Ask @BotFather for the current one.', {
      cause: error,
    });
  }
  if (isConflict(error)) {
    log.warn({
      event: 'bot.polling_conflict',
      advice: 'Another process reads this bot’s updates, or a webhook is set. Stop the other one.',
    });
    return;
  }
  log.warn({ event: 'bot.polling_failed', err: loggable(error) });
}

function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
