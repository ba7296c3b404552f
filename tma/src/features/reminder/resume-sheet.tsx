import { useQueryClient } from '@tanstack/react-query';
import { resumeLeadAnswerSchema } from '../../../../shared/contracts/leads.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { useNavigation } from '../../ui/navigation.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { WORDS_KEY } from '../today/today-queries.ts';
import { nameOf } from './line.ts';
import type { Line } from './line.ts';

/** A lead that answered: its reminders wait until the person says whether they go on or a new plan is made. */
export function ResumeSheet({ line, onClose }: { line: Line; onClose: () => void }) {
  const { database } = useSession();
  const { perform } = useActions();
  const client = useQueryClient();
  const navigation = useNavigation();
  const say = useTexts();
  const name = nameOf(line, say('own-reminder'));
  const leadId = line.lead?.id ?? 0;
  const resume = async (): Promise<void> => {
    onClose();
    await perform({
      call: (actionId) =>
        callFunction(
          database,
          'resume_lead',
          { p_action_id: actionId, p_lead_id: leadId, p_source: SOURCE },
          resumeLeadAnswerSchema,
        ),
      said: () => say('did-resume-lead', { name }),
    });
    await client.invalidateQueries({ queryKey: WORDS_KEY });
  };
  return (
    <Sheet title={name} subtitle={say('lead-paused')} onClose={onClose}>
      <p className="group__note sheet__note">{say('lead-paused-text')}</p>
      <div className="sheet__foot">
        <button type="button" className="btn btn--main" onClick={() => void resume()}>
          {say('lead-resume')}
        </button>
        <button
          type="button"
          className="btn btn--plain"
          onClick={() => {
            onClose();
            navigation.go(`/leads/${leadId}`);
          }}
        >
          {say('open-lead')}
        </button>
      </div>
    </Sheet>
  );
}
