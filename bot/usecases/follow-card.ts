/** Brings one card of a chat up to date with what was done elsewhere. */
import type { CardQueue, CardScreen, StaleCard } from './chat-ports.ts';
import type { MachineClock } from './clock.ts';

export interface FollowCardDeps {
  readonly queue: Pick<CardQueue, 'messageOf' | 'settle'>;
  readonly screen: CardScreen;
  readonly clock: MachineClock;
  /** Does it in the order of the chat: what an answer is writing at this moment is not drawn over. */
  readonly inTurn: <T>(chatId: number, work: () => Promise<T>) => Promise<T>;
}

/**
 * Waits for its send slot and draws it as things stand by then.
 * @param signal aborted: it is given back undrawn.
 * @throws what the store throws when the database cannot be asked; the lease ends and it is claimed again.
 */
export async function followCard(deps: FollowCardDeps, card: StaleCard, signal: AbortSignal): Promise<void> {
  const { queue, screen, clock } = deps;
  if (card.slotInMs > 0) await clock.sleep(card.slotInMs, signal);
  await deps.inTurn(card.telegramId, async () => {
    if (signal.aborted) return queue.settle(card, { kind: 'again', inMs: 0 });
    const messageId = await queue.messageOf(card);
    await queue.settle(card, messageId === null ? { kind: 'drawn' } : await screen.draw(card, messageId));
  });
}
