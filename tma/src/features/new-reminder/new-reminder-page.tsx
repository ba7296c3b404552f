/** A new reminder in one's own words: what was understood stands below, before anything is stored. */
import { useState } from 'react';
import { reminderActionAnswerSchema } from '../../../../shared/contracts/actions.ts';
import { localDate } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useProductNow, useSession, useTimeSettings } from '../../session/session-context.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Foot, Page } from '../../ui/page.tsx';
import { useRecurringActions } from '../recurring/use-recurring-actions.ts';
import { Echo } from './echo.tsx';
import { ForWhom } from './for-whom.tsx';
import { choose, meaningOf } from './meaning.ts';
import type { Chosen, Meaning } from './meaning.ts';
import './new-reminder.css';
import { Presets } from './presets.tsx';
import { Refused } from './refused.tsx';
import { useReading } from './use-reading.ts';

/** The longest text of a reminder, in code points; the database refuses more. */
const TITLE_LIMIT = 1000;

/** @param props.leadId the lead it is for; null = not chosen yet. */
export default function NewReminderPage({ leadId }: { leadId: number | null }) {
  const { database, user } = useSession();
  const settings = useTimeSettings();
  const now = useProductNow(null);
  const { perform } = useActions();
  const recurring = useRecurringActions();
  const navigation = useNavigation();
  const say = useTexts();
  const [text, setText] = useState('');
  const [lead, setLead] = useState(leadId);
  const [picked, setPicked] = useState<Chosen | null>(null);
  const [isBusy, setBusy] = useState(false);
  useClosingConfirmation(text.trim() !== '');

  const state = useReading(text);
  const meaning: Meaning | null = state.kind === 'read' ? meaningOf(state.reading.time, settings) : null;
  const spoken = meaning?.kind === 'chosen' ? meaning.chosen : null;
  const chosen = picked ?? spoken;
  const title = (state.kind === 'read' ? state.reading.title : text).trim();
  const isTooLong = Array.from(title).length > TITLE_LIMIT;
  const canCreate = chosen !== null && title !== '' && !isTooLong && state.kind !== 'reading';

  const create = async (): Promise<void> => {
    if (chosen === null || isBusy) return;
    if (chosen.recurrence !== null) {
      setBusy(true);
      const isSet = await recurring.create(title, chosen.recurrence, lead);
      setBusy(false);
      if (isSet) navigation.back('/');
      return;
    }
    const parameters = {
      p_due_at: chosen.at.toString(),
      p_title: title,
      p_lead_id: lead,
      p_exact: chosen.exact,
      p_source: SOURCE,
    };
    const when = formatWhen(chosen.at, now, user.zone, user.language, { withWeekday: true });
    setBusy(true);
    const outcome = await perform({
      call: (actionId) =>
        callFunction(
          database,
          'create_reminder',
          { p_action_id: actionId, ...parameters },
          reminderActionAnswerSchema,
        ),
      said: () => say('new-did', { when }),
    });
    setBusy(false);
    // Refused or unheard: the words stay where they are.
    if (outcome?.kind === 'done') navigation.back('/');
  };

  return (
    <Page title={say('new-reminder')} backTo="/">
      <div className="new">
        <Field
          label={say('new-what')}
          value={text}
          limit={TITLE_LIMIT}
          placeholder={say('new-example')}
          isMultiline
          isFocused
          onChange={setText}
          hint={say('new-hint')}
        />
        {chosen !== null && title !== '' && <Echo title={title} chosen={chosen} now={now} />}
        {chosen !== null && title === '' && <p className="group__note">{say('new-what-for')}</p>}
        <div role="status">
          {state.kind === 'away' && picked === null && <p className="group__note">{say('new-away')}</p>}
          {picked === null && meaning?.kind === 'refused' && (
            <Refused {...meaning} text={text} today={localDate(now, user.zone)} onText={setText} />
          )}
        </div>
        <Presets
          now={now}
          picked={picked}
          onPick={(at, exact) => {
            setPicked(at === null ? null : choose(at, exact, null, settings));
          }}
        />
        <ForWhom leadId={lead} onChange={setLead} />
      </div>
      <Foot
        main={{
          text: say('new-create'),
          isEnabled: canCreate,
          isBusy,
          onClick: () => void create(),
        }}
      />
    </Page>
  );
}
