import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ruleInWords } from '../../../../shared/rules/recurrence-words.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { useSession } from '../../session/session-context.ts';
import { useCopy } from '../../session/use-copy.ts';
import { shareText } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ruleOfQuery } from '../recurring/read-recurring.ts';
import '../recurring/recurring.css';
import { nameOf } from './line.ts';
import type { Line } from './line.ts';
import { useReminderActions } from './use-reminder-actions.ts';

/** What has a sheet of its own. */
export type FurtherKind = 'why' | 'snooze' | 'skip' | 'cancel' | 'resume' | 'repeat';

interface MoreSheetProps {
  line: Line;
  now: Temporal.Instant;
  onShow: (kind: FurtherKind) => void;
  onClose: () => void;
}

/** Everything that can be done with one reminder. */
export function MoreSheet({ line, now, onShow, onClose }: MoreSheetProps) {
  const { user } = useSession();
  const copy = useCopy();
  const navigation = useNavigation();
  const act = useReminderActions();
  const say = useTexts();
  const { reminder, lead } = line;
  const { draft_text: draft } = reminder;
  // Only reminders of one's own repeat. Decided when it opens: an entry that came or went later would move all others.
  const [mayRepeat] = useState(reminder.plan_id === null && line.repeats !== false);
  const when = capitalised(formatWhen(line.wanted, now, user.zone, user.language, { withWeekday: true }));
  return (
    <Sheet
      title={nameOf(line, say('own-reminder'))}
      subtitle={lead === null ? when : `${reminder.title ?? ''} · ${when}`}
      onClose={onClose}
    >
      {isOpen(reminder.status) && (
        <div className="list">
          <Entry
            icon="check"
            onClick={() => {
              onClose();
              act(line, { kind: 'complete' });
            }}
          >
            {say('done')}
          </Entry>
          <Entry icon="clock" isFurther onClick={() => onShow('snooze')}>
            {say('snooze')}
          </Entry>
          <Entry icon="forward" isFurther onClick={() => onShow('skip')}>
            {say('skip')}
          </Entry>
        </div>
      )}
      {line.isWaiting === true && (
        <div className="list sheet__part">
          <Entry icon="forward" isFurther onClick={() => onShow('resume')}>
            {say('go-on')}
          </Entry>
        </div>
      )}
      <div className="list sheet__part">
        {mayRepeat && <RepeatEntry reminderId={reminder.id} onClick={() => onShow('repeat')} />}
        <Entry icon="bolt" isFurther onClick={() => onShow('why')}>
          {say('why-now')}
        </Entry>
        {draft !== null && (
          <>
            <Entry
              icon="copy"
              onClick={() => {
                onClose();
                void copy(draft);
              }}
            >
              {say('copy-draft')}
            </Entry>
            <Entry
              icon="share"
              onClick={() => {
                onClose();
                shareText(draft);
              }}
            >
              {say('share-draft')}
            </Entry>
          </>
        )}
        {lead !== null && (
          <Entry
            icon="people"
            isFurther
            onClick={() => {
              onClose();
              navigation.go(`/leads/${lead.id}`);
            }}
          >
            {say('open-lead')}
          </Entry>
        )}
      </div>
      {isOpen(reminder.status) && (
        <div className="list sheet__part">
          <Entry icon="close" isDanger onClick={() => onShow('cancel')}>
            {say('cancel-confirm')}
          </Entry>
        </div>
      )}
    </Sheet>
  );
}

/** The rule it comes again by. Its place is there, as high as it will be, before its words are. */
function RepeatEntry({ reminderId, onClick }: { reminderId: number; onClick: () => void }) {
  const { database, user } = useSession();
  const say = useTexts();
  const { data: rule, isError } = useQuery(ruleOfQuery(database, reminderId));
  if (rule != null) {
    const words = capitalised(ruleInWords(rule.rule, rule.starts_on, rule.clock, user.language));
    return (
      <Entry icon="repeat" isFurther onClick={onClick}>
        <span className="repeat__words">{words}</span>
      </Entry>
    );
  }
  const isAsking = rule === undefined && !isError;
  return (
    <p className="row pick" role="status">
      <Icon name="repeat" />
      <span className="row__main row__plain dim">
        <span className="repeat__words">
          {isAsking ? <i className="sk sk--line" /> : say(isError ? 'repeat-unread' : 'repeat-not')}
        </span>
      </span>
      {isAsking && <span className="vh">{say('loading')}</span>}
    </p>
  );
}

interface EntryProps {
  icon: IconName;
  isFurther?: boolean;
  isDanger?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Entry({ icon, isFurther = false, isDanger = false, onClick, children }: EntryProps) {
  return (
    <button type="button" className={isDanger ? 'row pick btn--danger' : 'row pick'} onClick={onClick}>
      <Icon name={icon} />
      <span className="row__main row__plain">{children}</span>
      {isFurther && (
        <span className="chev">
          <Icon name="right" size="s" />
        </span>
      )}
    </button>
  );
}
