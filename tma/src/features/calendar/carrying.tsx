import { useEffect, useEffectEvent } from 'react';
import { useBackButton } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { nameOf } from '../reminder/line.ts';
import type { Line } from '../reminder/line.ts';

interface CarryingProps {
  line: Line;
  onPick: () => void;
  onCancel: () => void;
}

/** Says that a reminder is on its way to another day, and how to end that: the way without a pointer. */
export function Carrying({ line, onPick, onCancel }: CarryingProps) {
  const say = useTexts();
  const cancel = useEffectEvent(onCancel);
  useBackButton(onCancel);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') cancel();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <div className="carrying">
      <p role="status">{say('calendar-carrying', { name: nameOf(line, say('own-reminder')) })}</p>
      <div className="btnrow">
        <button type="button" className="btn btn--plain" onClick={onPick}>
          {say('snooze-pick')}
        </button>
        <button type="button" className="btn btn--plain" onClick={onCancel}>
          {say('calendar-carry-end')}
        </button>
      </div>
    </div>
  );
}
