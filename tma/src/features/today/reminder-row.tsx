import { formatLateness } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { shortWhen } from '../../ui/dates.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import type { Line } from '../reminder/line.ts';
import { nameOf } from '../reminder/line.ts';

interface ReminderRowProps {
  line: Line;
  now: Temporal.Instant;
  isFolding: boolean;
  onOpen: () => void;
}

/** A reminder in two lines; a tap opens it as the card. */
export function ReminderRow({ line, now, isFolding, onOpen }: ReminderRowProps) {
  const { user } = useSession();
  const say = useTexts();
  const lateness = formatLateness(line.wanted, now, user.zone, user.language);
  const name = nameOf(line, say('own-reminder'));
  return (
    <li className={isFolding ? 'fold fold--away' : 'fold'}>
      <button type="button" className="row row--lead" aria-expanded="false" onClick={onOpen}>
        <Avatar name={name} seed={line.reminder.lead_id ?? 0} />
        <span className="row__main">
          <span className="row__line">
            <span className="row__l1">
              {name} <span>{line.lead?.company}</span>
            </span>
            <time dateTime={line.reminder.wanted_at} className={lateness === null ? '' : 'is-late'}>
              {lateness ?? shortWhen(line.wanted, now, user.zone, user.language)}
            </time>
          </span>
          <span className="row__line dim">
            <span className="row__l2">{line.reminder.title ?? line.reminder.draft_text}</span>
            <ActionIcon type={line.actionType} size="s" />
          </span>
        </span>
      </button>
    </li>
  );
}
