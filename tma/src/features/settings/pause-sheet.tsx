import { useState } from 'react';
import { localDate, workingMorning } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useProductNow, useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { DateTimePicker } from '../../ui/date-time-picker.tsx';
import { capitalised } from '../../ui/dates.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useSettingsChange } from './use-settings.ts';

const DAYS = [
  { key: 'pause-tomorrow', days: 1 },
  { key: 'pause-3-days', days: 3 },
  { key: 'pause-week', days: 7 },
  { key: 'pause-2-weeks', days: 14 },
] as const;

/** Everything rests until a morning; what happens to what falls due meanwhile is said before. */
export function PauseSheet({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const now = useProductNow(null);
  const say = useTexts();
  const change = useSettingsChange();
  const [picked, setPicked] = useState<Temporal.Instant | null>(null);
  const when = (instant: Temporal.Instant): string =>
    formatWhen(instant, now, user.zone, user.language, { withWeekday: true });
  const pause = (until: Temporal.Instant): void => {
    onClose();
    change({ paused_until: until.toString() }, say('pause-saved', { when: when(until) }));
  };
  return (
    <Sheet title={say('pause')} subtitle={say('pause-text')} onClose={onClose}>
      <div className="list">
        {DAYS.map(({ key, days }) => {
          const until = workingMorning(localDate(now, user.zone).add({ days }), settings);
          return (
            <button
              key={key}
              type="button"
              className="row row--set"
              onClick={() => {
                pause(until);
              }}
            >
              <span className="row__main row__plain">{say(key)}</span>
              <span className="row__end">{capitalised(when(until))}</span>
            </button>
          );
        })}
      </div>
      <div className="list sheet__part picker">
        <DateTimePicker label={say('snooze-pick')} zone={user.zone} now={now} onPick={setPicked} />
      </div>
      {picked !== null && (
        <div className="sheet__foot">
          <button
            type="button"
            className="btn btn--main"
            onClick={() => {
              pause(picked);
            }}
          >
            {say('pause-until', { when: when(picked) })}
          </button>
        </div>
      )}
    </Sheet>
  );
}
