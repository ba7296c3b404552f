import { useState } from 'react';
import { z } from 'zod';
import { callFunction, newActionId, SOURCE } from '../../session/actions.ts';
import { useSession } from '../../session/session-context.ts';
import { haptic } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const answerSchema = z.object({ deleted: z.literal(true) });

/** The end of all data: a word typed by hand, because nothing brings it back. */
export function DeleteSheet({ onDeleted, onClose }: { onDeleted: () => void; onClose: () => void }) {
  const { database } = useSession();
  const say = useTexts();
  const [word, setWord] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'failed'>('asking');
  const isTyped = word.trim().toLocaleUpperCase() === say('delete-word');
  const [actionId] = useState(newActionId);

  const run = async (): Promise<void> => {
    setState('busy');
    const parameters = { p_action_id: actionId, p_confirm: 'DELETE', p_source: SOURCE };
    const outcome = await callFunction(database, 'delete_my_data', parameters, answerSchema);
    if (outcome.kind === 'done') {
      onDeleted();
      return;
    }
    haptic('warning');
    setState('failed');
  };

  return (
    <Sheet title={say('delete')} onClose={onClose}>
      <p className="group__note sheet__note">{say('delete-text')}</p>
      <Field
        label={say('delete-type', { word: say('delete-word') })}
        value={word}
        problem={state === 'failed' ? say('delete-failed') : null}
        onChange={setWord}
      />
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--quiet btn--danger"
          disabled={!isTyped || state === 'busy'}
          aria-busy={state === 'busy'}
          onClick={() => void run()}
        >
          {say('delete-confirm')}
        </button>
        <button type="button" className="btn btn--plain" onClick={onClose}>
          {say('delete-keep')}
        </button>
      </div>
    </Sheet>
  );
}
