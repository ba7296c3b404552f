/** Calendar: how full are my days? The month with what each day holds, and the days from the chosen one on. */
import { Suspense, useState } from 'react';
import { later, localDate } from '../../../../shared/rules/calendar.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { Stale } from '../../ui/stale.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { piece } from '../../ui/piece.ts';
import { RebaseSheet } from '../rebase/lazy-rebase-sheet.ts';
import type { Target } from '../rebase/open-step.ts';
import type { Line } from '../reminder/line.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { AgendaSection } from './agenda.tsx';
import { agendaOf, changesOf, nextQuarter } from './agenda-days.ts';
import './calendar.css';
import { Carrying } from './carrying.tsx';
import { Ghost } from './ghost.tsx';
import { landOn } from './landing.ts';
import { byDay, loadOf, spread } from './load.ts';
import { firstWeekday } from './month-grid.ts';
import { MonthView } from './month-view.tsx';
import { MoveSheet } from './move-sheet.tsx';
import { Turns } from './turns.tsx';
import { useDrag } from './use-drag.ts';
import { useMonth } from './use-month.ts';
import { useSpread } from './use-move.ts';

const ReminderSheet = piece(() => import('../reminder/reminder-sheet.tsx'));

interface Rebasing {
  readonly planId: number;
  readonly reminderId: number;
  readonly target: Target;
}

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
  const [rebasing, setRebasing] = useState<Rebasing | null>(null);
  const [opened, setOpened] = useState<Line | null>(null);
  const { query, now, lines } = useMonth(month);

  const turn = (months: number): void => {
    setMonth((present) => present.add({ months }));
  };
  const move = (line: Line, until: Temporal.Instant, exact: boolean): void => {
    // What becomes of a plan's later steps is a question of its own.
    const { plan_id: planId, id: reminderId } = line.reminder;
    if (planId === null) act(line, { kind: 'reschedule', until, exact });
    else setRebasing({ planId, reminderId, target: { at: until, exact } });
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
      <PageSkeleton title={title} />
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
      title={title}
      actions={
        <Turns
          isThisMonth={month.equals(today.toPlainYearMonth())}
          onTurn={turn}
          onToday={() => {
            choose(today);
          }}
        />
      }
    >
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
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
              setAsking({ line: carried.line, at: later(carried.line.wanted, nextQuarter(now)) });
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
          onOpen={setOpened}
          onCarry={(line) => {
            setCarried({ line, to: localDate(line.wanted, zone) });
          }}
          onGrab={grab}
          onSpread={separate}
        />
      ))}
      {dragged !== null && <Ghost ref={ghost} dragged={dragged} now={now} />}
      {opened !== null && (
        <Suspense>
          <ReminderSheet
            kind="more"
            line={opened}
            now={now}
            onClose={() => {
              setOpened(null);
            }}
          />
        </Suspense>
      )}
      {rebasing !== null && (
        <Suspense>
          <RebaseSheet
            {...rebasing}
            now={now}
            onClose={() => {
              setRebasing(null);
            }}
          />
        </Suspense>
      )}
      {asking !== null && (
        <MoveSheet
          line={asking.line}
          at={asking.at}
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

/** `October 2026`. */
function monthTitle(month: Temporal.PlainYearMonth, language: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const name = month.toPlainDate({ day: 1 }).toLocaleString(locale, { month: 'long' });
  return `${capitalised(name)} ${month.year}`;
}
