import { useState } from 'react';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { Line } from './line.ts';
import { useReminderActions } from './use-reminder-actions.ts';

/** The longest reason that is kept; the database cuts there. */
const REASON_LIMIT = 500;
const REASONS = ['answered', 'not-now', 'not-fitting'] as const;

/** Why it is skipped: one tap for the usual reasons, words of one's own, or none at all. */
export function SkipSheet({ line, onClose }: { line: Line; onClose: () => void }) {
  const say = useTexts();
  const act = useReminderActions();
  const [reason, setReason] = useState('');
  useClosingConfirmation(reason !== '');
  const skip = (why: string): void => {
    onClose();
    act(line, { kind: 'skip', ...(why !== '' && { reason: why }) });
  };
  return (
    <Sheet title={say('skip-title')} subtitle={line.reminder.title ?? ''} onClose={onClose}>
      <div className="list">
        {REASONS.map((key) => (
          <button
            key={key}
            type="button"
            className="row row--set"
            onClick={() => {
              skip(say(`skip-${key}`));
            }}
          >
            <span className="row__main row__plain">{say(`skip-${key}`)}</span>
          </button>
        ))}
      </div>
      <Field
        label={say('skip-reason')}
        value={reason}
        limit={REASON_LIMIT}
        onChange={setReason}
        onEnter={() => {
          skip(reason.trim());
        }}
      />
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={reason.length > REASON_LIMIT}
          onClick={() => {
            skip(reason.trim());
          }}
        >
          {say(reason.trim() === '' ? 'skip-without-reason' : 'skip')}
        </button>
      </div>
    </Sheet>
  );
}
