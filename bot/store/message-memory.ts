/** Which chat message led to what, with the server's key: whose message it is, Telegram has said. */
import { z } from 'zod';
import type { MessageMemory } from '../usecases/chat-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const madeSchema = z.object({
  action: z.string(),
  text: z.string().nullable(),
  lead_id: z.number().int().nullable(),
});

/** Builds the memory over the server's client. */
export function createMessageMemory(server: Database): MessageMemory {
  return {
    async noteMessage({ telegramId, actionId, messageId, text }) {
      const args = {
        p_telegram_id: telegramId,
        p_action_id: actionId,
        p_message_id: messageId,
        p_text: text,
      };
      await callForValue(server, 'note_message', args, z.boolean());
    },
    async madeOf(telegramId, messageId) {
      const args = { p_telegram_id: telegramId, p_message_id: messageId };
      const made = await callForValue(server, 'made_of_message', args, madeSchema.nullable());
      return made === null ? null : { action: made.action, leadId: made.lead_id, text: made.text ?? '' };
    },
  };
}
