import { useId, useState } from 'react';
import { leadStatusSchema } from '../../../../shared/schemas/lead.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StatusTag } from '../leads/status-tag.tsx';
import { isClosed, useLeadActions } from './use-lead-actions.ts';

/** Where the lead stands; a tap changes it. */
export function StatusRow({ lead, openCount }: { lead: LeadRow; openCount: number }) {
  const say = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="list sheet__part">
      <button
        type="button"
        className="row row--set"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <span className="row__main row__plain">{say('status')}</span>
        <span className="row__end row__end--flex">
          <StatusTag status={lead.status} />
          <Icon name="right" size="s" />
        </span>
      </button>
      {isOpen && (
        <StatusSheet
          lead={lead}
          openCount={openCount}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

/** All statuses; those that end reminders say how many, before and after. */
function StatusSheet({
  lead,
  openCount,
  onClose,
}: {
  lead: LeadRow;
  openCount: number;
  onClose: () => void;
}) {
  const say = useTexts();
  const note = useId();
  const { setStatus } = useLeadActions(lead);
  return (
    <Sheet title={say('status')} subtitle={lead.name} onClose={onClose}>
      <div className="list" role="radiogroup" aria-label={say('status')}>
        {leadStatusSchema.options.map((status) => (
          <button
            key={status}
            type="button"
            role="radio"
            aria-checked={status === lead.status}
            aria-describedby={isClosed(status) && openCount > 0 ? note : undefined}
            className={status === lead.status ? 'row opt opt--on' : 'row opt'}
            onClick={() => {
              onClose();
              if (status !== lead.status) setStatus(status);
            }}
          >
            <span className="dot" />
            <span className="row__main">
              <span className="row__l1">{say('lead-status', { type: status })}</span>
            </span>
          </button>
        ))}
      </div>
      {openCount > 0 && !isClosed(lead.status) && (
        <p className="group__note" id={note}>
          {say('status-note', { count: openCount })}
        </p>
      )}
    </Sheet>
  );
}
