import { useState } from 'react';
import { snoozeChoices } from '../../../../shared/rules/snooze-choices.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { haptic } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { DateTimePicker } from '../../ui/date-time-picker.tsx';
import type { Chosen } from './meaning.ts';

interface PresetsProps {
  now: Temporal.Instant;
  picked: Chosen | null;
  /** Null = the words decide again. */
  onPick: (at: Temporal.Instant | null, exact: boolean) => void;
}

/** Usual moments and the picker, for whoever would rather tap than type. */
export function Presets({ now, picked, onPick }: PresetsProps) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const [isOpen, setOpen] = useState(false);
  // The presets stay what they are while somebody looks at them.
  const [choices] = useState(() => snoozeChoices(now, settings));
  return (
    <section className="group" aria-label={say('new-pick-when')}>
      <h2 className="group__title">{say('new-pick-when')}</h2>
      <div className="chips">
        {choices.map(({ key, at }) => {
          const isOn = picked?.at.equals(at) === true;
          return (
            <button
              key={key}
              type="button"
              className={isOn ? 'chip chip--on' : 'chip'}
              aria-pressed={isOn}
              title={formatWhen(at, now, user.zone, user.language, { withWeekday: true })}
              onClick={() => {
                haptic('pick');
                onPick(isOn ? null : at, key === '1h');
              }}
            >
              {say(`snooze-${key}`)}
            </button>
          );
        })}
        <button
          type="button"
          className={isOpen ? 'chip chip--on' : 'chip'}
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
            if (isOpen) onPick(null, false);
          }}
        >
          {say('snooze-pick')}
        </button>
      </div>
      {isOpen && (
        <div className="list new__picker">
          <DateTimePicker
            label={say('snooze-pick')}
            zone={user.zone}
            now={now}
            onPick={(at) => {
              onPick(at, true);
            }}
          />
        </div>
      )}
    </section>
  );
}
