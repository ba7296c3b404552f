/** The eight operations on reminders (product.md, system A), with the server's key. */
import { z } from 'zod';
import { REMINDER_COLUMNS, reminderRowSchema } from '../../shared/schemas/reminder.ts';
import type { ReminderRepository } from '../usecases/ports.ts';
import { readAnswer, readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const rowsSchema = z.array(reminderRowSchema);
const OPEN = ['pending', 'sent'] as const;

/** Builds the repository over the server's client. */
export function createReminderRepository(server: Database): ReminderRepository {
  const table = () => server.from('scheduled_reminders');
  return {
    async create(reminder) {
      const result = await table().insert([reminder]).select(REMINDER_COLUMNS);
      const [row] = readValue('insert scheduled_reminders', result, rowsSchema);
      if (row === undefined) throw new Error('The insert of a reminder answered no row.');
      return row;
    },
    async getDueReminders(limit) {
      const now = await callForValue(server, 'app_now', {}, z.string());
      const result = await table()
        .select(REMINDER_COLUMNS)
        .in('status', [...OPEN])
        .lte('due_at', now)
        .order('due_at')
        .limit(limit);
      return readValue('read due reminders', result, rowsSchema);
    },
    cancelPendingForLead: (leadId, telegramId) =>
      callRepeatable(
        server,
        'cancel_pending_for_lead',
        { p_lead_id: leadId, p_telegram_id: telegramId },
        z.number().int(),
      ),
    markReminded: (id, messageId) =>
      callForValue(server, 'mark_reminded', { p_id: id, p_message_id: messageId }, z.boolean()),
    async updateStatus(id, status) {
      const result = await table().update({ status }).eq('id', id).select(REMINDER_COLUMNS);
      const answer = readAnswer('update scheduled_reminders', result, rowsSchema);
      if (!answer.ok) return answer;
      const [row] = answer.value;
      if (row !== undefined) return { ok: true, value: row };
      const message = `There is no reminder ${String(id)}.`;
      return { ok: false, refusal: { code: 'REMINDER_NOT_FOUND', message, detail: { id } } };
    },
    async deleteForLead(leadId, telegramId) {
      const result = await table().delete().eq('lead_id', leadId).eq('telegram_id', telegramId).select('id');
      return readValue('delete scheduled_reminders', result, z.array(z.object({ id: z.number() }))).length;
    },
    async getForLead(leadId, telegramId) {
      const result = await table()
        .select(REMINDER_COLUMNS)
        .eq('lead_id', leadId)
        .eq('telegram_id', telegramId)
        .order('wanted_at')
        .order('id');
      return readValue('read reminders of a lead', result, rowsSchema);
    },
    async getByLeadAndStep(leadId, stepId) {
      const result = await table()
        .select(REMINDER_COLUMNS)
        .eq('lead_id', leadId)
        .eq('step_id', stepId)
        .in('status', [...OPEN])
        .order('id', { ascending: false })
        .limit(1);
      return readValue('read the reminder of a step', result, rowsSchema)[0] ?? null;
    },
  };
}
