/** Calendar: how full are my days? The month with what each day holds, and the days from the chosen one on. */
import { useState } from 'react';
import { isBefore, localDate } from '../../../../shared/rules/calendar.ts';
import { clockChangesBetween } from '../../../../shared/rules/flight-plan.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/message.tsx';
import { Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { nameOf } from '../reminder/line.ts';
import type { Line } from '../reminder/line.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { AgendaSection } from './agenda.tsx';
import type { AgendaDay } from './agenda.tsx';
import './calendar.css';
import { landOn } from './landing.ts';
import { byDay, loadOf, spread } from './load.ts';
import { firstWeekday } from './month-grid.ts';
import { MonthView } from './month-view.tsx';
import { MoveSheet } from './move-sheet.tsx';
import { useDrag } from './use-drag.ts';
import { useMonth } from './use-month.ts';
import { useSpread } from './use-move.ts';

/** Days of the agenda below the grid, the chosen one included; empty ones after it are left out. */
const AGENDA_DAYS = 31;

type Asking = { readonly line: Line; readonly at: Temporal.Instant } | null;

export default function CalendarPage() {
  const { clock, user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const { tell } = useActions();
  const act = useReminderActions();
  const spreadOut = useSpread();
  const { zone, language } = user;
  const [selected, setSelected] = useState(() => localDate(clock.now(), zone));
  const [month, setMonth] = useState(() => selected.toPlainYearMonth());
  const [carried, setCarried] = useState<{ line: Line; to: Temporal.PlainDate } | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const { query, now, lines } = useMonth(month);

  const turn = (months: number): void => {
    setMonth((present) => present.add({ months }));
  };
  const move = (line: Line, until: Temporal.Instant, exact: boolean): void => {
    act(line, { kind: 'reschedule', until, exact });
  };
  const drop = (line: Line, date: Temporal.PlainDate): void => {
    setCarried(null);
    const landing = landOn({ wanted: line.wanted, isExact: line.reminder.exact }, date, now, settings);
    if (landing.kind === 'same') return;
    if (landing.kind === 'clear') move(line, landing.at, line.reminder.exact);
    else setAsking({ line, at: landing.at });
  };
  const { dragged, ghost, grab } = useDrag({ onDrop: drop, onTurn: turn });

  const title = monthTitle(month, language);
  if (lines === null) {
    return query.isError ? (
      <PageFailed title={say('calendar')} onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton title={title.join(' ')} />
    );
  }
  const days = byDay(lines, zone);
  const loads = new Map([...days].map(([day, entries]) => [day, loadOf(entries, now)]));
  const changes = changesOf(month, zone);
  const agenda = agendaOf(selected, days, { changes, workingDays: settings.workingDays });
  const today = localDate(now, zone);
  const choose = (date: Temporal.PlainDate): void => {
    if (carried !== null) {
      drop(carried.line, date);
      return;
    }
    setSelected(date);
    setMonth(date.toPlainYearMonth());
  };
  const focusDay = (date: Temporal.PlainDate): void => {
    setMonth(date.toPlainYearMonth());
    if (carried === null) setSelected(date);
    else setCarried({ ...carried, to: date });
  };
  const separate = (clash: readonly Line[], day: readonly Line[]): void => {
    const moves = spread(clash, day, settings);
    if (moves.length === 0) tell(say('calendar-no-room'), 'problem');
    else spreadOut(moves);
  };
  return (
    <Page
      title={title.join(' ')}
      actions={
        <div className="turns">
          <TurnButton months={-1} onTurn={turn} />
          {!month.equals(today.toPlainYearMonth()) && (
            <button
              type="button"
              className="turns__today"
              onClick={() => {
                choose(today);
              }}
            >
              {say('today')}
            </button>
          )}
          <TurnButton months={1} onTurn={turn} />
        </div>
      }
    >
      {query.isError && (
        <Notice icon={<Icon name="offline" />} title={say('stale-title')} text={say('calendar-stale')} />
      )}
      <div className={dragged === null && carried === null ? 'list' : 'list list--target'}>
        <MonthView
          month={month}
          firstWeekday={firstWeekday(language, navigator.language)}
          today={today}
          selected={selected}
          loads={loads}
          workingDays={settings.workingDays}
          clockChanges={new Set(changes.keys())}
          target={dragged?.over ?? carried?.to ?? null}
          isCarrying={carried !== null}
          onSelect={choose}
          onFocusDay={focusDay}
        />
        {carried !== null && (
          <Carrying
            line={carried.line}
            onPick={() => {
              setAsking({ line: carried.line, at: carried.line.wanted });
              setCarried(null);
            }}
            onCancel={() => {
              setCarried(null);
            }}
          />
        )}
      </div>
      {agenda.map((day) => (
        <AgendaSection
          key={day.date.toString()}
          day={day}
          now={now}
          movingId={dragged?.line.reminder.id ?? carried?.line.reminder.id ?? null}
          onOpen={(line) => {
            setAsking({ line, at: line.wanted });
          }}
          onCarry={(line) => {
            setCarried({ line, to: localDate(line.wanted, zone) });
          }}
          onGrab={grab}
          onSpread={separate}
        />
      ))}
      {dragged !== null && (
        <div ref={ghost} className="ghost" aria-hidden="true">
          <b>{nameOf(dragged.line, say('own-reminder'))}</b>
          <span>{ghostText(dragged.line, dragged.over, now, user)}</span>
        </div>
      )}
      {asking !== null && (
        <MoveSheet
          line={asking.line}
          at={isBefore(asking.at, now) ? nextQuarter(now) : asking.at}
          now={now}
          onMove={move}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </Page>
  );
}
