import { useTexts } from '../../texts/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { Line } from './arrange.ts';
import type { Act } from './use-reminder-actions.ts';

/** Asks before a reminder is cancelled: it is the only action that says "never". */
export function CancelSheet({ line, onAct, onClose }: { line: Line; onAct: Act; onClose: () => void }) {
  const say = useTexts();
  return (
    <Sheet title={say('cancel-title')} subtitle={line.reminder.title ?? ''} onClose={onClose}>
      {line.lead !== null && <p className="group__note sheet__note">{say('cancel-text')}</p>}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--quiet btn--danger"
          onClick={() => {
            onClose();
            onAct(line, { kind: 'cancel' });
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
