/** The days from the chosen one on, each with its reminders and with what is special about it. */
import type { PointerEvent } from 'react';
import type { ClockChange } from '../../../../shared/rules/flight-plan.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Line } from '../reminder/line.ts';
import { AgendaRow } from './agenda-row.tsx';
import { clashes, loadOf } from './load.ts';

export interface AgendaDay {
  readonly date: Temporal.PlainDate;
  readonly lines: readonly Line[];
  readonly isOff: boolean;
  readonly clockChange: ClockChange | null;
}

export interface AgendaHandlers {
  readonly onOpen: (line: Line) => void;
  /** The grip was pressed and not dragged. */
  readonly onCarry: (line: Line) => void;
  readonly onGrab: (line: Line, event: PointerEvent<HTMLElement>) => void;
  readonly onSpread: (clash: readonly Line[], day: readonly Line[]) => void;
}

interface AgendaProps extends AgendaHandlers {
  day: AgendaDay;
  now: Temporal.Instant;
  /** The line that is on its way to another day. */
  movingId: number | null;
}

export function AgendaSection({ day, now, movingId, ...handlers }: AgendaProps) {
  const { user } = useSession();
  const say = useTexts();
  const locale = user.language === 'en' ? 'en-GB' : user.language;
  const { date, lines, isOff, clockChange } = day;
  const load = loadOf(lines, now);
  const together = clashes(lines, now);
  const clashing = new Set(together.flat().map((line) => line.reminder.id));
  const counts =
    load.open + load.done > 0 ? say('calendar-count', { open: load.open, done: load.done }) : null;
  const notes = [counts, isOff ? say('calendar-day-off') : null].filter((note) => note !== null);
  const isToday = date.equals(now.toZonedDateTimeISO(user.zone).toPlainDate());
  const heading = `agenda-${date.toString()}`;
  return (
    <section className="group" aria-labelledby={heading} data-date={date.toString()}>
      <h2 className="group__title" id={heading}>
        {longDay(date, locale)}
        <span className="count">{notes.join(' · ')}</span>
      </h2>
      <div className="list">
        {clockChange !== null && (
          <p className="row agenda__note">
            <span className="is-warn">
              <Icon name="moon" size="s" />
            </span>
            {say(
              Temporal.PlainDateTime.compare(clockChange.from, clockChange.to) < 0
                ? 'calendar-forward'
                : 'calendar-back',
              {
                at: shortTime(clockChange.from),
              },
            )}
          </p>
        )}
        {lines.length === 0 && clockChange === null && (
          <p className="row agenda__note dim">{say(isToday ? 'calendar-free-today' : 'calendar-free')}</p>
        )}
        {lines.map((line) => {
          const clash = together.find((group) => group[0] === line);
          return (
            <div key={line.reminder.id}>
              {clash !== undefined && (
                <div className="clash">
                  <Icon name="merge" size="s" />
                  {say('calendar-clash', { count: clash.length, at: clockOf(line, user.zone) })}
                  <button
                    type="button"
                    onClick={() => {
                      handlers.onSpread(clash, lines);
                    }}
                  >
                    {say('calendar-spread')}
                  </button>
                </div>
              )}
              <AgendaRow
                line={line}
                now={now}
                isClashing={clashing.has(line.reminder.id)}
                isMoving={line.reminder.id === movingId}
                isMovable={isOpen(line.reminder.status)}
                {...handlers}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** `14:00` where the person is. */
function clockOf(line: Line, zone: string): string {
  return shortTime(line.wanted.toZonedDateTimeISO(zone).toPlainDateTime());
}

function longDay(date: Temporal.PlainDate, locale: string): string {
  const weekday = date.toLocaleString(locale, { weekday: 'long' });
  return `${capitalised(weekday)}, ${date.toLocaleString(locale, { day: 'numeric', month: 'long' })}`;
}

function shortTime(time: Temporal.PlainDateTime): string {
  return `${time.hour}:${String(time.minute).padStart(2, '0')}`;
}
