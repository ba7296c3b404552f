/** All fields of a lead. Stays open until they are stored: a refusal or a lost network must not lose what was typed. */
import { useState } from 'react';
import type { LeadChange } from '../../../../shared/contracts/leads.ts';
import type { LeadRow, NewLead } from '../../../../shared/schemas/lead.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { DuplicateNotice } from '../leads/duplicate-notice.tsx';
import { LeadFields, problemsOf, toDraft, toLead } from '../leads/lead-fields.tsx';
import { useSettled } from '../leads/use-settled.ts';
import { useLeadActions } from './use-lead-actions.ts';

export default function EditLeadSheet({ lead, onClose }: { lead: LeadRow; onClose: () => void }) {
  const say = useTexts();
  const { update } = useLeadActions(lead);
  const [initial] = useState(() => toDraft(lead));
  const [draft, setDraft] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const problems = problemsOf(draft, say);
  const settled = useSettled(draft, isSameDraft);
  const isDirty = !isSameDraft(draft, initial);
  const isSound = Object.keys(problems).length === 0;
  useClosingConfirmation(isDirty);

  const save = async (): Promise<void> => {
    setBusy(true);
    const outcome = await update(changeBetween(lead, toLead(draft, lead.language)));
    setBusy(false);
    if (outcome?.kind === 'done') onClose();
  };
  return (
    <Sheet title={say('lead-edit')} subtitle={lead.name} onClose={onClose}>
      {isDirty && Object.keys(problemsOf(settled, say)).length === 0 && (
        <DuplicateNotice lead={toLead(settled, lead.language)} exceptId={lead.id} onOpen={null} />
      )}
      <LeadFields draft={draft} problems={problems} onChange={setDraft} />
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={!isDirty || !isSound || isBusy}
          aria-busy={isBusy}
          onClick={() => void save()}
        >
          {say('save')}
        </button>
      </div>
    </Sheet>
  );
}

/** Only what is another value now: a field somebody changed elsewhere meanwhile stays as it is there. */
function changeBetween(before: LeadRow, after: NewLead): LeadChange {
  const keys = ['name', 'company', 'title', 'contacts', 'notes', 'zone'] as const;
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]]));
}

function isSameDraft<T>(a: T, b: T): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
