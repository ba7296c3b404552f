/** Why this, why now? The trace in order; amber where something shifted the time. */
import './why-now.css';
import { useQuery } from '@tanstack/react-query';
import { whyNow } from '../../../../shared/rules/why-now.ts';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { dataKey } from '../../session/keys.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { Line } from '../reminder/line.ts';
import { readWhy } from './read-why.ts';
import type { WhyHistory } from './read-why.ts';
import { wordsOf } from './why-words.ts';

/** Without the history the reminder itself still tells something. */
const NO_HISTORY: WhyHistory = { planStart: null, trigger: null, events: [] };

interface WhySheetProps {
  line: Line;
  now: Temporal.Instant;
  onClose: () => void;
}

export function WhySheet({ line, now, onClose }: WhySheetProps) {
  const { database, user } = useSession();
  const settings = useTimeSettings();
  const navigation = useNavigation();
  const say = useTexts();
  const { reminder, wanted } = line;
  const history = useQuery({
    queryKey: dataKey('why', reminder.id),
    queryFn: () => readWhy(database, reminder),
  });
  const when = formatWhen(wanted, now, user.zone, user.language, { withWeekday: true });
  const voice = { say, now, zone: user.zone, language: user.language };
  const last = reminder.last_reminded_at;
  const trace = whyNow({
    ...(history.data ?? NO_HISTORY),
    reminder,
    lastRemindedAt: last === null ? null : Temporal.Instant.from(last),
    settings,
  });
  return (
    <Sheet
      title={say('why-now')}
      subtitle={say(isBefore(wanted, now) ? 'why-due' : 'why-coming', { when })}
      onClose={onClose}
    >
      {history.isPending ? (
        <p className="list why__wait" role="status">
          {say('why-loading')}
        </p>
      ) : (
        <ol className="list whys">
          {trace.map((each) => {
            const { icon, title, text } = wordsOf(each, voice);
            return (
              <li key={`${each.kind} ${title}`} className="why">
                <span className={each.isShift === true ? 'why__i why__i--w' : 'why__i'}>
                  <Icon name={icon} size="s" />
                </span>
                <div>
                  <b>{title}</b>
                  <p>{text}</p>
                </div>
              </li>
            );
          })}
        </ol>
      )}
      {history.isError && (
        <p className="group__note is-late" role="alert">
          {say('why-failed')}
        </p>
      )}
      <div className="btnrow sheet__part">
        <button
          type="button"
          className="btn btn--quiet"
          onClick={() => {
            onClose();
            navigation.go('/settings');
          }}
        >
          {say('why-hours')}
        </button>
        <button type="button" className="btn btn--main" onClick={onClose}>
          {say('why-got-it')}
        </button>
      </div>
    </Sheet>
  );
}
