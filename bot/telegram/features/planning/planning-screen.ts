/**
 * The message in chat that follows a plan as it is written: edited now and then, and in the end replaced by the plan. It
 * works without the bot, because the loop may run in another process.
 */
import { Api, GrammyError } from 'grammy';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { MachineClock } from '../../../usecases/clock.ts';
import type { PlanningScreen, RunSubject, ShownResult } from '../../../usecases/planning-ports.ts';
import type { Log } from '../../../logging.ts';
import { createApiFetch } from '../../api-fetch.ts';
import type { Card } from '../../context.ts';
import { loggable } from '../../loggable.ts';
import type { Texts } from '../../text/texts.ts';
import { wordsFor, type Words } from '../../text/words.ts';
import { progressCard, refusedPlanCard } from './planning-cards.ts';
import { showPlan } from './show-plan.ts';

/** Flood waits that are waited out for a result. Longer ones are left to the next claim. Milliseconds. */
const LONGEST_WAIT_MS = 60_000;

export interface ScreenParts {
  readonly token: string;
  /** No trailing slash. */
  readonly apiRoot: string;
  readonly texts: Texts;
  readonly clock: MachineClock;
  readonly log: Log;
}

/** Builds the screen. Opens no connection. */
export function createPlanningScreen(parts: ScreenParts): PlanningScreen {
  const { texts, clock, log } = parts;
  const api = new Api(parts.token, { apiRoot: parts.apiRoot, fetch: createApiFetch(fetch) });
  /** Telegram asked everybody to wait until then. Monotonic milliseconds. */
  let quietUntil = -Infinity;

  const noteFlood = (error: unknown): boolean => {
    if (!(error instanceof GrammyError) || error.error_code !== 429) return false;
    const seconds = error.parameters.retry_after ?? 1;
    quietUntil = Math.max(quietUntil, clock.monotonicMs() + seconds * 1000);
    return true;
  };

  const edit = async (person: UserRow, messageId: number, card: Card): Promise<void> => {
    await api.editMessageText(person.telegram_id, messageId, card.text.text, looks(card));
  };

  const send = async (person: UserRow, card: Card): Promise<number> =>
    (await api.sendMessage(person.telegram_id, card.text.text, looks(card))).message_id;

  /** Waits out a flood wait that began before or during the call. */
  const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      const wait = quietUntil - clock.monotonicMs();
      if (wait > 0 && wait <= LONGEST_WAIT_MS) await clock.sleep(wait);
      try {
        return await call();
      } catch (error) {
        if (!noteFlood(error) || quietUntil - clock.monotonicMs() > LONGEST_WAIT_MS) throw error;
      }
    }
  };

  return {
    async open(subject) {
      try {
        return await patiently(() => send(subject.person, progressOf(subject, null, texts)));
      } catch (error) {
        if (isUnreachable(error)) return null;
        throw error;
      }
    },

    async progress(subject, messageId, progress) {
      // The message began like this.
      const isNews = progress.stage !== 'asking' || progress.steps.length > 0 || subject.isResumed;
      if (!isNews || clock.monotonicMs() < quietUntil) return;
      try {
        await edit(subject.person, messageId, progressOf(subject, progress, texts));
      } catch (error) {
        if (noteFlood(error) || isUnchanged(error) || isUnreachable(error) || isGone(error)) return;
        // Nothing is lost: the next edit shows more.
        log.warn({ event: 'planning.progress_failed', runId: subject.runId, err: loggable(error) });
      }
    },

    async show(subject, messageId, result) {
      const { person } = subject;
      const card = resultOf(subject, result, texts);
      try {
        await patiently(() => edit(person, messageId, card));
      } catch (error) {
        if (isUnchanged(error) || isUnreachable(error)) return;
        if (!isGone(error)) throw error;
        await patiently(() => send(person, card));
      }
    },
  };
}

function progressOf(
  { runId, lead, person, now, isResumed }: RunSubject,
  progress: Parameters<PlanningScreen['progress']>[2] | null,
  texts: Texts,
): Card {
  return progressCard({ runId, lead, progress, isResumed }, wordsOf(person, now, texts));
}

function resultOf({ person, lead, now }: RunSubject, result: ShownResult, texts: Texts): Card {
  const words = wordsOf(person, now, texts);
  return result.kind === 'planned'
    ? showPlan(result, person, words)
    : refusedPlanCard(lead, result.code, words);
}

function wordsOf(person: UserRow, now: Temporal.Instant, texts: Texts): Words {
  return wordsFor(texts, person.language, person.zone, now);
}

function looks({ text, keyboard }: Card) {
  return {
    entities: [...text.entities],
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: keyboard },
  };
}

function isRefused(error: unknown, description: RegExp): boolean {
  return error instanceof GrammyError && error.error_code === 400 && description.test(error.description);
}

function isUnchanged(error: unknown): boolean {
  return isRefused(error, /message is not modified/i);
}

function isGone(error: unknown): boolean {
  return isRefused(error, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i);
}

/** The person blocked the bot or is gone: the plan waits in the mini-app. */
function isUnreachable(error: unknown): boolean {
  return (error instanceof GrammyError && error.error_code === 403) || isRefused(error, /chat not found/i);
}
