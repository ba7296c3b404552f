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

const shownSchema = z.object({ message_id: z.number().int().nullable() });

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
    async noteCard(telegramId, { reminderId, messageId }) {
      const own = { id: reminderId, telegram_id: telegramId };
      const before = await server.from('scheduled_reminders').select('message_id').match(own).limit(1);
      const [row] = readValue('read scheduled_reminders', before, z.array(shownSchema));
      if (row?.message_id === messageId) return messageId;
      const noted = await server
        .from('scheduled_reminders')
        .update({ message_id: messageId })
        .match(own)
        .select('id');
      readValue('note the card of a reminder', noted, z.array(z.object({ id: z.number().int() })));
      return row?.message_id ?? null;
    },
    async notePlanCard(telegramId, { planId, messageId }) {
      const noted = await server
        .from('engagement_plans')
        .update({ message_id: messageId })
        .match({ id: planId, telegram_id: telegramId })
        .select('id');
      readValue('note the card of a plan', noted, z.array(z.object({ id: z.number().int() })));
    },
    async forgetPlanCard(telegramId, planId) {
      const forgotten = await server
        .from('engagement_plans')
        .update({ message_id: null })
        .match({ id: planId, telegram_id: telegramId })
        .neq('status', 'draft')
        .select('id');
      readValue('forget the card of a plan', forgotten, z.array(z.object({ id: z.number().int() })));
    },
  };
}
