/**
 * The loop that lets cards in chats follow what is done in the mini-app. It lives beside the bot and not beside the
 * dispatcher, because it has to keep the order of each chat.
 */
import type { Log } from '../logging.ts';
import type { CardQueue } from '../usecases/chat-ports.ts';
import { followCard, type FollowCardDeps } from '../usecases/follow-card.ts';
import { createWaker } from './waker.ts';

/** Chats drawn in side by side: the send slots allow no more within the time of a few calls. */
const CARDS_AT_ONCE = 20;
/** A look for what nobody announced: InsForge gives no sign. Looking finds one empty table. */
const LOOK_EVERY_MS = 3_000;

export interface CardsLoopDeps extends FollowCardDeps {
  readonly queue: CardQueue;
  readonly log: Log;
}

export interface CardsLoop {
  /** Something in a chat is no longer right. */
  wake(): void;
  /** Claims no more, gives back what was not drawn. */
  stop(): Promise<void>;
}

/** Starts the loop. */
export function startCardsLoop(deps: CardsLoopDeps): CardsLoop {
  const { clock, queue, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const looks = createWaker(clock, async () => LOOK_EVERY_MS);
  const running = new Set<Promise<void>>();

  const claim = async (): Promise<number> => {
    const cards = await queue.claim(CARDS_AT_ONCE - running.size);
    for (const card of cards) {
      const following = followCard(deps, card, signal)
        .catch((error: unknown) => {
          const { kind, subjectId, telegramId } = card;
          log.warn({ event: 'cards.failed', kind, subjectId, telegramId, err: error });
        })
        .finally(() => {
          running.delete(following);
          // The next one of this chat.
          looks.wake();
        });
      running.add(following);
    }
    return cards.length;
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const isFull = running.size >= CARDS_AT_ONCE;
        if (isFull || (await claim()) === 0) await looks.sleep(signal);
      } catch (error) {
        log.warn({ event: 'cards.failed', err: error });
        await looks.pause(signal);
      }
    }
    await Promise.all(running);
  };

  const ended = loop();
  return {
    wake: () => looks.wake(),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
