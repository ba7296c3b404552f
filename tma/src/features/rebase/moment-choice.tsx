import { useState } from 'react';
import { isAwake, nextOpen } from '../../../../shared/rules/calendar.ts';
import { snoozeChoices } from '../../../../shared/rules/snooze-choices.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { DateTimePicker } from '../../ui/date-time-picker.tsx';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Target } from './open-step.ts';

/** Days ahead that are offered beside the usual presets: a plan moves by weeks more often than by hours. */
const WEEKS_AHEAD = [1, 2];

/** When instead: presets with their date written out, a free choice last. */
export function MomentChoice({ now, onPick }: { now: Temporal.Instant; onPick: (target: Target) => void }) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const [picked, setPicked] = useState<Temporal.Instant | null>(null);
  const when = (at: Temporal.Instant): string =>
    capitalised(formatWhen(at, now, user.zone, user.language, { withWeekday: true }));
  const presets = [
    ...snoozeChoices(now, settings)
      .filter(({ key }) => key !== '1h')
      .map(({ key, at }) => ({ id: key, text: say(`snooze-${key}`), at })),
    ...WEEKS_AHEAD.map((weeks) => ({
      id: `weeks-${weeks}`,
      text: say('move-weeks', { count: weeks }),
      at: inWeeks(now, weeks, settings.preferredHour, user.zone),
    })).map((preset) => ({ ...preset, at: nextOpen(preset.at, settings) })),
  ];
  const opensAt = picked === null || isAwake(picked, settings) ? null : nextOpen(picked, settings);
  return (
    <>
      <div className="list">
        {presets.map(({ id, text, at }) => (
          <button
            key={id}
            type="button"
            className="row pick"
            onClick={() => {
              onPick({ at, exact: false });
            }}
          >
            <Icon name="calendar" />
            <span className="row__main row__plain">{text}</span>
            <span className="row__end">{when(at)}</span>
          </button>
        ))}
      </div>
      <div className="list sheet__part when-block">
        <DateTimePicker label={say('snooze-pick')} zone={user.zone} now={now} onPick={setPicked} />
      </div>
      {opensAt !== null && <p className="group__note">{say('move-quiet')}</p>}
      {picked !== null && (
        <button
          type="button"
          className="btn btn--main sheet__part"
          onClick={() => {
            onPick({ at: picked, exact: true });
          }}
        >
          {say('move-to', { when: when(picked) })}
        </button>
      )}
    </>
  );
}

function inWeeks(now: Temporal.Instant, weeks: number, clock: string, zone: string): Temporal.Instant {
  const date = now.toZonedDateTimeISO(zone).toPlainDate().add({ weeks });
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(clock) }).toInstant();
}
