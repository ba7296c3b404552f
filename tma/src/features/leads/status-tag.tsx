import type { LeadStatus } from '../../../../shared/schemas/lead.ts';
import { useTexts } from '../../texts/texts.ts';

const TONES: Readonly<Record<LeadStatus, string>> = {
  new: 'tag tag--quiet',
  reached_out: 'tag',
  in_progress: 'tag',
  meeting_booked: 'tag',
  closed_won: 'tag tag--done',
  closed_lost: 'tag tag--quiet',
};

/** Where a lead stands, in a word. */
export function StatusTag({ status }: { status: LeadStatus }) {
  const say = useTexts();
  return <span className={TONES[status]}>{say('lead-status', { type: status })}</span>;
}
