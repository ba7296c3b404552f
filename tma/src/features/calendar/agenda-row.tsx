import type { PointerEvent } from 'react';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { ActionIcon } from '../reminder/action-icon.tsx';
import { nameOf } from '../reminder/line.ts';
import type { Line } from '../reminder/line.ts';
import { isLate } from './load.ts';

interface AgendaRowProps {
  line: Line;
  now: Temporal.Instant;
  isClashing: boolean;
  isMoving: boolean;
  isMovable: boolean;
  onOpen: (line: Line) => void;
  onCarry: (line: Line) => void;
  onGrab: (line: Line, event: PointerEvent<HTMLElement>) => void;
}

/** One reminder with its time: a tap opens it, its grip takes it to another day. */
export function AgendaRow({
  line,
  now,
  isClashing,
  isMoving,
  isMovable,
  onOpen,
  onCarry,
  onGrab,
}: AgendaRowProps) {
  const { user } = useSession();
  const say = useTexts();
  const name = nameOf(line, say('own-reminder'));
  const isDone = line.reminder.status === 'completed';
  const shown = isDone ? (line.reminder.completed_at ?? line.reminder.wanted_at) : line.reminder.wanted_at;
  const local = Temporal.Instant.from(shown).toZonedDateTimeISO(user.zone);
  const late = isLate(line, now);
  const tone = isDone ? 'done' : late ? 'late' : isClashing ? 'clash' : 'open';
  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (isMovable) onGrab(line, event);
  };
  return (
    <div className={isMoving ? 'ag ag--moving' : 'ag'}>
      <button
        type="button"
        className="ag__open"
        onPointerDown={grab}
        onClick={() => {
          onOpen(line);
        }}
      >
        <time dateTime={shown} className={late ? 'is-late' : ''}>
          {local.hour}:{String(local.minute).padStart(2, '0')}
          {late && <span className="vh"> {say('late')}</span>}
          {isDone && <span className="vh"> {say('calendar-done')}</span>}
        </time>
        <span className={`ag__bar ag__bar--${tone}`} />
        <span className="row__main">
          <span className="row__l1">
            {name} <span>{line.lead?.company}</span>
          </span>
          {line.lead !== null && (
            <span className="row__l2">
              {line.isWaiting === true && <b>{say('paused')} · </b>}
              {line.reminder.title}
            </span>
          )}
        </span>
        <ActionIcon type={line.actionType} size="s" />
      </button>
      {isMovable && (
        <button
          type="button"
          className="ag__grip"
          aria-label={say('calendar-move', { name })}
          onPointerDown={grab}
          onClick={() => {
            onCarry(line);
          }}
        >
          <Icon name="grip" size="s" />
        </button>
      )}
    </div>
  );
}
