/** A person's leads: with their token, by the same RPCs the mini-app calls. */
import { z } from 'zod';
import { createLeadAnswerSchema, leadStatusAnswerSchema } from '../../shared/contracts/actions.ts';
import { leadLineSchema } from '../../shared/contracts/lead-pages.ts';
import {
  addNoteAnswerSchema,
  deleteLeadAnswerSchema,
  duplicateLeadsSchema,
  fillTrayAnswerSchema,
  pauseLeadAnswerSchema,
  restoreLeadAnswerSchema,
  resumeLeadAnswerSchema,
  takeFromTrayAnswerSchema,
  trayRowSchema,
  updateLeadAnswerSchema,
} from '../../shared/contracts/leads.ts';
import { leadRowSchema } from '../../shared/schemas/lead.ts';
import type { LeadStore } from '../usecases/ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const SOURCE = 'bot';
const LEAD_COLUMNS =
  'id,telegram_id,name,company,title,contacts,notes,status,zone,language,deleted_at,paused_at,created_at,updated_at';

/** Builds the lead part of a person's store over that person's client. */
export function createLeadStore(database: Database): LeadStore {
  /** One action of the person: the arguments all of them have are added. */
  const act = <T>(
    name: string,
    actionId: string,
    args: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
  ) => callRepeatable(database, name, { p_action_id: actionId, ...args, p_source: SOURCE }, schema);
  return {
    async lead(id) {
      const result = await database.from('leads').select(LEAD_COLUMNS).eq('id', id).limit(1);
      return readValue('read leads', result, z.array(leadRowSchema))[0] ?? null;
    },
    leadLines: () => callForValue(database, 'my_leads', {}, z.array(leadLineSchema)),
    createLead: (actionId, lead, plan) =>
      act('create_lead', actionId, { p_lead: lead, p_plan: plan }, createLeadAnswerSchema),
    updateLead: (actionId, leadId, change, expected) =>
      act(
        'update_lead',
        actionId,
        { p_lead_id: leadId, p_change: change, p_expected: expected },
        updateLeadAnswerSchema,
      ),
    addNote: (actionId, leadId, text) =>
      act('add_note', actionId, { p_lead_id: leadId, p_text: text }, addNoteAnswerSchema),
    deleteLead: (actionId, leadId) =>
      act('delete_lead', actionId, { p_lead_id: leadId }, deleteLeadAnswerSchema),
    restoreLead: (actionId, leadId) =>
      act('restore_lead', actionId, { p_lead_id: leadId }, restoreLeadAnswerSchema),
    pauseLead: (actionId, leadId, text) =>
      act('pause_lead', actionId, { p_lead_id: leadId, p_text: text }, pauseLeadAnswerSchema),
    resumeLead: (actionId, leadId) =>
      act('resume_lead', actionId, { p_lead_id: leadId }, resumeLeadAnswerSchema),
    async latestAnswer(leadId) {
      const result = await database
        .from('reminder_events')
        .select('note')
        .eq('lead_id', leadId)
        .eq('action', 'pause_lead')
        .not('note', 'is', null)
        .order('id', { ascending: false })
        .limit(1);
      return (
        readValue('read reminder_events', result, z.array(z.object({ note: z.string() })))[0]?.note ?? null
      );
    },
    setLeadStatus: (actionId, leadId, status) =>
      act('set_lead_status', actionId, { p_lead_id: leadId, p_status: status }, leadStatusAnswerSchema),
    duplicatesOf: (lead, actionId) =>
      callForValue(
        database,
        'find_duplicate_leads',
        {
          p_contacts: lead.contacts,
          p_name: lead.name,
          p_company: lead.company,
          p_except: null,
          p_except_action: actionId,
        },
        duplicateLeadsSchema,
      ),
    fillTray: (actionId, entries) =>
      callRepeatable(
        database,
        'fill_tray',
        { p_action_id: actionId, p_entries: entries },
        fillTrayAnswerSchema,
      ),
    async tray(id) {
      const result = await database.from('lead_trays').select('id,entries').eq('id', id).limit(1);
      return readValue('read lead_trays', result, z.array(trayRowSchema))[0]?.entries ?? null;
    },
    takeFromTray: (actionId, trayId, index, plan) =>
      act(
        'take_from_tray',
        actionId,
        { p_tray_id: trayId, p_index: index, p_plan: plan },
        takeFromTrayAnswerSchema,
      ),
  };
}
