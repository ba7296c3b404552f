import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';

interface TurnsProps {
  isThisMonth: boolean;
  onTurn: (months: number) => void;
  onToday: () => void;
}

/** To the months beside this one, and back to today. */
export function Turns({ isThisMonth, onTurn, onToday }: TurnsProps) {
  const say = useTexts();
  return (
    <div className="turns">
      {!isThisMonth && (
        <button type="button" className="turns__today" onClick={onToday}>
          {say('today')}
        </button>
      )}
      {([-1, 1] as const).map((months) => (
        <button
          key={months}
          type="button"
          className="turns__arrow"
          data-turn={months}
          aria-label={say(months < 0 ? 'calendar-before' : 'calendar-after')}
          onClick={() => {
            onTurn(months);
          }}
        >
          <Icon name={months < 0 ? 'left' : 'right'} />
        </button>
      ))}
    </div>
  );
}
