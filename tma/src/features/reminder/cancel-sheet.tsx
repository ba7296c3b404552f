import { useTexts } from '../../texts/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { Line } from './line.ts';
import { useReminderActions } from './use-reminder-actions.ts';

/** Asks before a reminder is cancelled: it is the only action that says "never". */
export function CancelSheet({ line, onClose }: { line: Line; onClose: () => void }) {
  const say = useTexts();
  const act = useReminderActions();
  return (
    <Sheet title={say('cancel-title')} subtitle={line.reminder.title ?? ''} onClose={onClose}>
      {line.lead !== null && <p className="group__note sheet__note">{say('cancel-text')}</p>}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--quiet btn--danger"
          onClick={() => {
            onClose();
            act(line, { kind: 'cancel' });
          }}
        >
          {say('cancel-confirm')}
        </button>
        <button type="button" className="btn btn--plain" onClick={onClose}>
          {say('cancel-keep')}
        </button>
      </div>
    </Sheet>
  );
}
