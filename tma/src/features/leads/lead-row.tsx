import { memo } from 'react';
import { formatLateness, formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { capitalised } from '../../ui/dates.ts';
import type { LeadEntry } from './arrange-leads.ts';
import { StatusTag } from './status-tag.tsx';
import { StepProgress } from './step-progress.tsx';

interface LeadRowProps {
  entry: LeadEntry;
  now: Temporal.Instant;
  isSelected: boolean;
  onOpen: (id: number) => void;
}

/** A lead in three lines: who, what comes next, how far its plan is. Not drawn again while the list only scrolls. */
export const LeadRow = memo(function LeadRow({ entry, now, isSelected, onOpen }: LeadRowProps) {
  const { user } = useSession();
  const say = useTexts();
  const { lead, isLate } = entry;
  return (
    <button
      type="button"
      className={isSelected ? 'row row--lead pipe row--sel' : 'row row--lead pipe'}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => {
        onOpen(lead.id);
      }}
    >
      <Avatar name={lead.name} seed={lead.id} />
      <span className="row__main">
        <span className="row__l1">
          {lead.name} <span>{lead.company}</span>
        </span>
        <span className={isLate ? 'row__l2 is-late' : 'row__l2 dim'}>
          {nextLine(entry, now, user.zone, user.language, say)}
        </span>
        <span className="pipe__p">
          <StepProgress entry={entry} />
          <StatusTag status={lead.status} />
        </span>
      </span>
    </button>
  );
});

/** What comes next, with the moment in front: that is what the list is read for. */
function nextLine(
  { lead, wanted }: LeadEntry,
  now: Temporal.Instant,
  zone: string,
  locale: string,
  say: Say,
): string {
  const day = (instant: string): string => formatWhen(Temporal.Instant.from(instant), now, zone, locale);
  if (lead.deleted_at !== null) return say('lead-in-bin-since', { when: day(lead.deleted_at) });
  if (lead.next === null || wanted === null) {
    if (lead.draft_plan_id !== null) return say('lead-has-draft');
    if (lead.paused_at !== null) return say('lead-paused');
    return say(lead.marks === '' ? 'lead-no-plan' : 'lead-nothing-open');
  }
  const lateness = formatLateness(wanted, now, zone, locale);
  const what = lead.next.title ?? say('own-reminder');
  const when = capitalised(lateness ?? formatWhen(wanted, now, zone, locale));
  return say(lateness === null ? 'lead-next' : 'lead-next-late', { when, what });
}
