/** The cards to be drawn anew. See migrations/…_cards-follow.sql. */
import { z } from 'zod';
import type { CardQueue, StaleCard } from '../usecases/chat-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const claimSchema = z.array(
  z.object({
    telegram_id: z.number().int(),
    kind: z.enum(['reminder', 'open', 'plan', 'chat']),
    subject_id: z.number().int(),
    since: z.string(),
    slot_in_ms: z.number(),
  }),
);

/** Builds the queue over the server's client. */
export function createCardQueue(server: Database): CardQueue {
  return {
    async claim(limit) {
      const claimed = await callForValue(server, 'claim_stale_cards', { p_limit: limit }, claimSchema);
      return claimed.map(
        ({ telegram_id: telegramId, subject_id: subjectId, slot_in_ms: slotInMs, ...card }) => ({
          ...card,
          telegramId,
          subjectId,
          slotInMs,
        }),
      );
    },
    messageOf: (card) =>
      callForValue(server, 'stale_card_message', nameOf(card), z.number().int().nullable()),
    async settle(card, outcome) {
      const result =
        outcome.kind === 'drawn'
          ? {}
          : {
              again_in_ms: outcome.inMs,
              ...(outcome.blockMs === undefined ? {} : { block_ms: outcome.blockMs }),
            };
      const args = { ...nameOf(card), p_since: card.since, p_result: result };
      await callForValue(server, 'settle_stale_card', args, z.boolean());
    },
  };
}

function nameOf({ telegramId, kind, subjectId }: StaleCard) {
  return { p_telegram_id: telegramId, p_kind: kind, p_subject_id: subjectId };
}
