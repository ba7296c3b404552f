import { useState } from 'react';
import { isAwake, isBefore } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { DateTimePicker } from '../../ui/date-time-picker.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { nameOf } from '../reminder/line.ts';
import type { Line } from '../reminder/line.ts';
import { judge } from './landing.ts';

interface MoveSheetProps {
  line: Line;
  /** Where the picker stands at first: the day it was dropped on. */
  at: Temporal.Instant;
  now: Temporal.Instant;
  onMove: (line: Line, to: Temporal.Instant, isExact: boolean) => void;
  onClose: () => void;
}

/** Another date and time, and what it means: past, in the quiet hours, on a day off. */
export function MoveSheet({ line, at, now, onMove, onClose }: MoveSheetProps) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const { zone, language } = user;
  const [to, setTo] = useState(isBefore(now, at) ? at : null);
  const landing =
    to === null ? null : judge(to, { wanted: line.wanted, isExact: line.reminder.exact }, now, settings);
  const when = (instant: Temporal.Instant): string =>
    formatWhen(instant, now, zone, language, { withWeekday: true });
  const move = (instant: Temporal.Instant, isExact: boolean): void => {
    onClose();
    onMove(line, instant, isExact);
  };
  return (
    <Sheet
      title={say('calendar-move-title')}
      subtitle={line.reminder.title ?? nameOf(line, say('own-reminder'))}
      onClose={onClose}
    >
      <div className="list">
        <DateTimePicker label={say('calendar-move-to')} zone={zone} now={now} initial={at} onPick={setTo} />
      </div>
      {landing?.kind === 'closed' && (
        <p className="group__note" role="status">
          {say(isDayOff(landing.at, settings) ? 'calendar-move-day-off' : 'calendar-move-quiet', {
            when: when(landing.open),
          })}
        </p>
      )}
      <div className="sheet__foot">
        {landing?.kind === 'clear' && (
          <button
            type="button"
            className="btn btn--main"
            onClick={() => {
              move(landing.at, true);
            }}
          >
            {say('calendar-move-do', { when: when(landing.at) })}
          </button>
        )}
        {landing?.kind === 'closed' && (
          <>
            <button
              type="button"
              className="btn btn--main"
              onClick={() => {
                move(landing.open, false);
              }}
            >
              {say('calendar-move-do', { when: when(landing.open) })}
            </button>
            <button
              type="button"
              className="btn btn--plain"
              onClick={() => {
                move(landing.at, true);
              }}
            >
              {say('calendar-move-anyway', { when: when(landing.at) })}
            </button>
          </>
        )}
      </div>
    </Sheet>
  );
}

/** Closed all day, and not only at this hour. */
function isDayOff(at: Temporal.Instant, settings: ReturnType<typeof useTimeSettings>): boolean {
  return !isAwake(at, { ...settings, quietFrom: '00:00', quietTo: '00:00' });
}
