/** What a person does with a lead itself: status, fields, notes, the bin. Undo for all of it. */
import { leadStatusAnswerSchema } from '../../../../shared/contracts/actions.ts';
import type { LeadStatusAnswer } from '../../../../shared/contracts/actions.ts';
import type { LeadPage } from '../../../../shared/contracts/lead-pages.ts';
import {
  addNoteAnswerSchema,
  deleteLeadAnswerSchema,
  restoreLeadAnswerSchema,
  resumeLeadAnswerSchema,
  updateLeadAnswerSchema,
} from '../../../../shared/contracts/leads.ts';
import type { LeadChange } from '../../../../shared/contracts/leads.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { LeadRow, LeadStatus } from '../../../../shared/schemas/lead.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import type { Outcome } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { usePatch } from './use-lead.ts';

/** Statuses in which a lead needs nothing any more. */
const CLOSED: readonly LeadStatus[] = ['closed_won', 'closed_lost'];

export function isClosed(status: LeadStatus): boolean {
  return CLOSED.includes(status);
}

export function useLeadActions(lead: LeadRow) {
  const { database } = useSession();
  const { perform } = useActions();
  const say = useTexts();
  const patch = usePatch(lead.id);
  const parameters = (actionId: string) => ({
    p_action_id: actionId,
    p_lead_id: lead.id,
    p_source: SOURCE,
  });

  return {
    setStatus: (status: LeadStatus): void => {
      const said = (answer: LeadStatusAnswer | null): string => {
        const what = say('did-set-status', { name: lead.name, type: status });
        const ended = answer?.ended ?? 0;
        return ended === 0 ? what : say('did-end-reminders', { what, count: ended });
      };
      void perform({
        call: (actionId) =>
          callFunction(
            database,
            'set_lead_status',
            { ...parameters(actionId), p_status: status },
            leadStatusAnswerSchema,
          ),
        said,
        optimistic: () => patch((page) => withStatus(page, status)),
      });
    },
    update: (change: LeadChange): Promise<Outcome<unknown> | null> => {
      return perform({
        call: (actionId) =>
          callFunction(
            database,
            'update_lead',
            { ...parameters(actionId), p_change: change },
            updateLeadAnswerSchema,
          ),
        said: () => say('did-update-lead', { name: change.name ?? lead.name }),
        optimistic: () => patch((page) => ({ ...page, lead: { ...page.lead, ...present(change) } })),
      });
    },
    addNote: (text: string): Promise<Outcome<unknown> | null> => {
      return perform({
        call: (actionId) =>
          callFunction(database, 'add_note', { ...parameters(actionId), p_text: text }, addNoteAnswerSchema),
        said: () => say('did-add-note'),
      });
    },
    remove: (): void => {
      void perform({
        call: (actionId) =>
          callFunction(database, 'delete_lead', parameters(actionId), deleteLeadAnswerSchema),
        said: (answer) => {
          const what = say('did-delete-lead', { name: lead.name });
          const ended = answer?.ended ?? 0;
          return ended === 0 ? what : say('did-end-reminders', { what, count: ended });
        },
      });
    },
    resume: (): void => {
      void perform({
        call: (actionId) =>
          callFunction(database, 'resume_lead', parameters(actionId), resumeLeadAnswerSchema),
        said: () => say('did-resume-lead', { name: lead.name }),
        optimistic: () => patch((page) => ({ ...page, lead: { ...page.lead, paused_at: null } })),
      });
    },
    restore: (): void => {
      void perform({
        call: (actionId) =>
          callFunction(database, 'restore_lead', parameters(actionId), restoreLeadAnswerSchema),
        said: (answer) => {
          const what = say('did-restore-lead', { name: lead.name });
          const restored = answer?.restored ?? 0;
          return restored === 0 ? what : say('did-restore-reminders', { what, count: restored });
        },
      });
    },
  };
}

/** Closing ends what is open, so the page shows that at once too. */
function withStatus(page: LeadPage, status: LeadStatus): LeadPage {
  const reminders = isClosed(status)
    ? page.reminders.map((row) => (isOpen(row.status) ? { ...row, status: 'cancelled' as const } : row))
    : page.reminders;
  return { ...page, lead: { ...page.lead, status }, reminders };
}

/** Only what was given: an absent key must not become undefined in the row. */
function present(change: LeadChange): Partial<LeadRow> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
