import { useState } from 'react';
import { ruleInWords } from '../../../../shared/rules/recurrence-words.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { RecurringRow } from '../../../../shared/schemas/recurring.ts';
import { useProductNow, useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { meaningOf } from '../new-reminder/meaning.ts';
import { useReading } from '../new-reminder/use-reading.ts';
import type { Line } from '../reminder/line.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { NextTimes } from './next-times.tsx';
import './recurring.css';
import { useRecurringActions } from './use-recurring-actions.ts';

/** What is typed here is a time and nothing else. */
const WORDS_LIMIT = 200;

/** One rule: leave out this time, change all that follow, pause, end. */
export function RepeatSheet({
  line,
  rule,
  onClose,
}: {
  line: Line;
  rule: RecurringRow;
  onClose: () => void;
}) {
  const { user } = useSession();
  const say = useTexts();
  const now = useProductNow(null);
  const act = useReminderActions();
  const actions = useRecurringActions();
  const [isChanging, setChanging] = useState(false);
  const when = ruleInWords(rule.rule, rule.starts_on, rule.clock, user.language);
  const next = rule.next_at === null ? null : Temporal.Instant.from(rule.next_at);
  const isWaiting = isOpen(line.reminder.status);
  const wish = async (what: 'pause' | 'resume' | 'end'): Promise<void> => {
    onClose();
    await actions.set(rule.id, what);
  };
  return (
    <Sheet title={rule.title} subtitle={capitalised(when)} onClose={onClose}>
      {rule.status !== 'active' && <p className="group__note">{say(`repeat-${rule.status}`)}</p>}
      {rule.status === 'active' && next !== null && (
        <p className="group__note">
          {say('repeat-then', {
            when: formatWhen(next, now, user.zone, user.language, { withWeekday: true }),
          })}
        </p>
      )}
      {isChanging ? (
        <NewTimes rule={rule} onClose={onClose} />
      ) : (
        rule.status !== 'ended' && (
          <>
            <div className="list">
              {isWaiting && (
                <Entry
                  icon="forward"
                  onClick={() => {
                    onClose();
                    act(line, { kind: 'skip' });
                  }}
                >
                  {say('repeat-skip')}
                </Entry>
              )}
              <Entry
                icon="edit"
                onClick={() => {
                  setChanging(true);
                }}
              >
                {say('repeat-change')}
              </Entry>
              <Entry
                icon={rule.status === 'active' ? 'moon' : 'sun'}
                onClick={() => void wish(rule.status === 'active' ? 'pause' : 'resume')}
              >
                {say(rule.status === 'active' ? 'repeat-pause' : 'repeat-resume')}
              </Entry>
            </div>
            <div className="list sheet__part">
              <Entry icon="close" isDanger onClick={() => void wish('end')}>
                {say('repeat-end')}
              </Entry>
            </div>
          </>
        )
      )}
    </Sheet>
  );
}

/** Other times in one's own words, with the next three before they are stored. */
function NewTimes({ rule, onClose }: { rule: RecurringRow; onClose: () => void }) {
  const say = useTexts();
  const settings = useTimeSettings();
  const now = useProductNow(null);
  const actions = useRecurringActions();
  const [text, setText] = useState('');
  const state = useReading(text);
  const meaning = state.kind === 'read' ? meaningOf(state.reading.time, settings) : null;
  const recurrence = meaning?.kind === 'chosen' ? meaning.chosen.recurrence : null;
  const isOnce = meaning?.kind === 'chosen' && recurrence === null;
  const save = async (): Promise<void> => {
    if (recurrence === null) return;
    onClose();
    await actions.change(rule.id, recurrence);
  };
  return (
    <>
      <Field
        label={say('repeat-new-times')}
        value={text}
        limit={WORDS_LIMIT}
        placeholder={say('repeat-example')}
        isFocused
        onChange={setText}
        onEnter={() => void save()}
      />
      <div role="status">
        {recurrence !== null && (
          <section className="list echo" aria-label={say('new-understood')}>
            <NextTimes recurrence={recurrence} now={now} />
          </section>
        )}
        {isOnce && <p className="group__note">{say('repeat-once')}</p>}
        {meaning?.kind === 'refused' && (
          <p className="group__note">
            {say(`new-refused-${meaning.reason}`, {
              part: meaning.understood ?? text.trim(),
              hint: meaning.hint,
            })}
          </p>
        )}
        {state.kind === 'away' && <p className="group__note">{say('repeat-away')}</p>}
      </div>
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={recurrence === null}
          onClick={() => void save()}
        >
          {say('repeat-save')}
        </button>
      </div>
    </>
  );
}

interface EntryProps {
  icon: IconName;
  isDanger?: boolean;
  onClick: () => void;
  children: string;
}

function Entry({ icon, isDanger = false, onClick, children }: EntryProps) {
  return (
    <button type="button" className={isDanger ? 'row pick btn--danger' : 'row pick'} onClick={onClick}>
      <Icon name={icon} />
      <span className="row__main row__plain">{children}</span>
    </button>
  );
}
