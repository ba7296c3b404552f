/** Which chat message led to what, with the server's key: whose message it is, Telegram has said. */
import { z } from 'zod';
import type { MessageMemory, ShownCard } from '../usecases/chat-ports.ts';
import { readValue } from './answers.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const madeSchema = z.object({
  action: z.string(),
  text: z.string().nullable(),
  lead_id: z.number().int().nullable(),
});

const cardSchema = z.object({ id: z.number().int(), message_id: z.number().int() });

const shownSchema = z.object({ message_id: z.number().int().nullable() });
const eventSchema = z.object({ id: z.number().int(), reminder_id: z.number().int(), source: z.string() });
type Event = z.infer<typeof eventSchema>;

/** Changes of one person that are looked at in one go: more than anybody makes between two messages. */
const EVENTS = 100;

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
      return asCards(readValue('read scheduled_reminders', result, z.array(cardSchema)));
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
    async decidedPlans(telegramId) {
      const result = await server
        .from('engagement_plans')
        .select('id,message_id')
        .eq('telegram_id', telegramId)
        .not('message_id', 'is', null)
        .neq('status', 'draft');
      const rows = readValue('read engagement_plans', result, z.array(cardSchema));
      return rows.map(({ id: planId, message_id: messageId }) => ({ planId, messageId }));
    },
    async changedElsewhere(telegramId, after) {
      const found = await server
        .from('reminder_events')
        .select('id,reminder_id,source')
        .eq('telegram_id', telegramId)
        .gt('id', after)
        .not('reminder_id', 'is', null)
        .order('id', { ascending: false })
        .limit(EVENTS);
      const events = readValue('read reminder_events', found, z.array(eventSchema));
      const newest = new Map<number, Event>();
      for (const event of events) {
        if (!newest.has(event.reminder_id)) newest.set(event.reminder_id, event);
      }
      const changed = [...newest.values()].filter(({ source }) => source !== 'bot' && source !== 'worker');
      const last = events[0]?.id ?? after;
      if (changed.length === 0) return { last, cards: [] };
      const result = await server
        .from('scheduled_reminders')
        .select('id,message_id')
        .eq('telegram_id', telegramId)
        .in(
          'id',
          changed.map(({ reminder_id: id }) => id),
        )
        .not('message_id', 'is', null)
        .order('message_id', { ascending: false });
      return { last, cards: asCards(readValue('read scheduled_reminders', result, z.array(cardSchema))) };
    },
  };
}

function asCards(rows: readonly z.infer<typeof cardSchema>[]): ShownCard[] {
  return rows.map(({ id, message_id: messageId }) => ({ reminderId: id, messageId }));
}
