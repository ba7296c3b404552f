import { Suspense, useRef, useState } from 'react';
import { formatLateness } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { shortWhen } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { piece } from '../../ui/piece.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import { nameOf } from '../reminder/line.ts';
import type { Line } from '../reminder/line.ts';
import type { Act } from '../reminder/use-reminder-actions.ts';
import type { RowSlot } from './row-slot.ts';
import { useSwipe } from './use-swipe.ts';

const ReminderSheet = piece(() => import('../reminder/reminder-sheet.tsx'));

interface ReminderRowProps {
  line: Line;
  now: Temporal.Instant;
  isFolding: boolean;
  slot: RowSlot | undefined;
  onOpen: () => void;
  onAct: Act;
}

/** A reminder in two lines; a tap opens it as the card, drawn to the left it shows Snooze and Done. */
export function ReminderRow({ line, now, isFolding, slot, onOpen, onAct }: ReminderRowProps) {
  const { user } = useSession();
  const say = useTexts();
  const [isSnoozing, setSnoozing] = useState(false);
  const complete = (): void => {
    onAct(line, { kind: 'complete' });
  };
  const { row, isOpen, close, handlers } = useSwipe(complete);
  // The click that ends a drag is none.
  const wasDragged = useRef(false);
  const lateness =
    line.isWaiting === true ? null : formatLateness(line.wanted, now, user.zone, user.language);
  const name = nameOf(line, say('own-reminder'));
  return (
    <li className={isFolding ? 'fold fold--away' : 'fold'} {...slot}>
      <div className="swipe">
        {isOpen && (
          <div className="swipe__tray">
            <button
              type="button"
              onClick={() => {
                close();
                setSnoozing(true);
              }}
            >
              <Icon name="clock" />
              {say('snooze')}
            </button>
            <button type="button" className="swipe__go" onClick={complete}>
              <Icon name="check" />
              {say('done')}
            </button>
          </div>
        )}
        <button
          ref={row}
          type="button"
          className="row row--lead"
          aria-expanded="false"
          {...handlers}
          onPointerDown={(event) => {
            wasDragged.current = false;
            handlers.onPointerDown(event);
          }}
          onPointerMove={(event) => {
            handlers.onPointerMove(event);
            if (event.currentTarget.hasPointerCapture(event.pointerId)) wasDragged.current = true;
          }}
          onClick={() => {
            if (wasDragged.current) return;
            if (isOpen) close();
            else onOpen();
          }}
        >
          <Avatar name={name} seed={line.reminder.lead_id ?? 0} />
          <span className="row__main">
            <span className="row__line">
              <span className="row__l1">
                {name} <span>{line.lead?.company}</span>
              </span>
              <time dateTime={line.reminder.wanted_at} className={lateness === null ? '' : 'is-late'}>
                {lateness ?? shortWhen(line.wanted, now, user.zone, user.language)}
              </time>
            </span>
            <span className="row__line dim">
              <span className="row__l2">
                {line.lead === null ? (line.reminder.draft_text ?? say('own-reminder')) : line.reminder.title}
              </span>
              {line.repeats === true && <Icon name="repeat" size="s" />}
              <ActionIcon type={line.actionType} size="s" />
            </span>
          </span>
        </button>
      </div>
      {isSnoozing && (
        <Suspense>
          <ReminderSheet
            kind="snooze"
            line={line}
            now={now}
            onClose={() => {
              setSnoozing(false);
            }}
          />
        </Suspense>
      )}
    </li>
  );
}
