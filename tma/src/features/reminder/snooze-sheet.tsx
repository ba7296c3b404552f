import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useId, useState } from 'react';
import { passesNextStep } from '../../../../shared/rules/rebase.ts';
import { snoozeChoices } from '../../../../shared/rules/snooze-choices.ts';
import type { SnoozeKey } from '../../../../shared/rules/snooze-choices.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { DateTimePicker } from '../../ui/date-time-picker.tsx';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { RebaseSheet } from '../rebase/lazy-rebase-sheet.ts';
import type { Target } from '../rebase/open-step.ts';
import { openStepsQuery } from '../rebase/plan-open.ts';
import type { Line } from './line.ts';
import { useReminderActions } from './use-reminder-actions.ts';

const ICONS: Readonly<Record<SnoozeKey, IconName>> = {
  '1h': 'clock',
  evening: 'sunset',
  tomorrow: 'sun',
  '2days': 'forward',
  monday: 'calendar',
};

interface SnoozeSheetProps {
  line: Line;
  now: Temporal.Instant;
  onClose: () => void;
}

/**
 * Presets with the date they stand for written out; a free choice last. One that passes the plan's next step asks first
 * how the rest follows.
 */
export function SnoozeSheet({ line, now, onClose }: SnoozeSheetProps) {
  const act = useReminderActions();
  const { database, user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const { zone, language } = user;
  const { plan_id: planId, step_id: stepId, id: reminderId } = line.reminder;
  // Not there yet, or no connection: the later steps follow as they must, and Undo takes that back, too.
  const steps = useQuery(openStepsQuery(database, planId, say)).data ?? [];
  const [passing, setPassing] = useState<Target | null>(null);
  useEffect(() => {
    if (steps.length > 1) RebaseSheet.load().catch(() => undefined);
  }, [steps.length]);
  const snooze = (until: Temporal.Instant, exact: boolean): void => {
    if (stepId !== null && passesNextStep(steps, stepId, until)) {
      setPassing({ at: until, exact });
      return;
    }
    onClose();
    act(line, { kind: 'snooze', until, exact });
  };
  if (passing !== null && planId !== null) {
    return (
      <Suspense>
        <RebaseSheet {...{ planId, reminderId, now, onClose }} target={passing} />
      </Suspense>
    );
  }
  const hasQuietHours = settings.quietFrom !== settings.quietTo;
  const place = capitalised(zoneLabel(zone, language));
  const hours = { zone: place, from: shortClock(settings.quietFrom), to: shortClock(settings.quietTo) };
  return (
    <Sheet title={say('snooze')} subtitle={line.reminder.title ?? ''} onClose={onClose}>
      <div className="list">
        {snoozeChoices(now, settings).map(({ key, at }) => (
          <button
            key={key}
            type="button"
            className="row pick"
            onClick={() => {
              snooze(at, key === '1h');
            }}
          >
            <Icon name={ICONS[key]} />
            <span className="row__main row__plain">{say(`snooze-${key}`)}</span>
            <span className="row__end">
              {capitalised(formatWhen(at, now, zone, language, { withWeekday: true }))}
            </span>
          </button>
        ))}
      </div>
      <PickedTime now={now} zone={zone} onPick={snooze} />
      <p className="group__note">{say(hasQuietHours ? 'snooze-note' : 'snooze-note-awake', hours)}</p>
    </Sheet>
  );
}

interface PickedTimeProps {
  now: Temporal.Instant;
  zone: string;
  onPick: (until: Temporal.Instant, exact: boolean) => void;
}

/** A free choice, kept to the minute. */
function PickedTime({ now, zone, onPick }: PickedTimeProps) {
  const say = useTexts();
  const field = useId();
  const [isOpen, setOpen] = useState(false);
  const [picked, setPicked] = useState<Temporal.Instant | null>(null);
  return (
    <>
      <div className="list sheet__part">
        <button
          type="button"
          className="row pick"
          aria-expanded={isOpen}
          aria-controls={field}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <Icon name="calendar" />
          <span className="row__main row__plain">{say('snooze-pick')}</span>
          <span className="chev">
            <Icon name="right" size="s" />
          </span>
        </button>
        {isOpen && (
          <div id={field}>
            <DateTimePicker label={say('snooze-pick')} zone={zone} now={now} onPick={setPicked} />
          </div>
        )}
      </div>
      {picked !== null && (
        <button
          type="button"
          className="btn btn--main sheet__part"
          onClick={() => {
            onPick(picked, true);
          }}
        >
          {say('snooze-picked')}
        </button>
      )}
    </>
  );
}

/** `08:00` as `8:00`. */
function shortClock(clock: string): string {
  return clock.replace(/^0/, '');
}
