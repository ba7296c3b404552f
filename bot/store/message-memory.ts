/** Which chat message led to what, with the server's key: whose message it is, Telegram has said. */
import { z } from 'zod';
import type { MessageMemory } from '../usecases/chat-ports.ts';
import { readValue } from './answers.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const madeSchema = z.object({
  action: z.string(),
  text: z.string().nullable(),
  lead_id: z.number().int().nullable(),
});

const cardSchema = z.object({ id: z.number().int(), message_id: z.number().int() });

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
    async openCards(telegramId, limit) {
      const result = await server
        .from('scheduled_reminders')
        .select('id,message_id')
        .eq('telegram_id', telegramId)
        .eq('status', 'sent')
        .not('message_id', 'is', null)
        .order('last_reminded_at', { ascending: false })
        .limit(limit);
      const cards = readValue('read scheduled_reminders', result, z.array(cardSchema));
      return cards.map(({ id, message_id: messageId }) => ({ reminderId: id, messageId }));
    },
  };
}
