/** The month as a grid of days with what each holds. One tab stop: arrow keys go from day to day. */
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { EMPTY_DAY } from './load.ts';
import type { DayLoad } from './load.ts';
import { DAYS_PER_WEEK, monthGrid } from './month-grid.ts';
import type { Weekday } from './month-grid.ts';

export interface MonthViewProps {
  month: Temporal.PlainYearMonth;
  firstWeekday: Weekday;
  today: Temporal.PlainDate;
  selected: Temporal.PlainDate;
  /** Keys are `YYYY-MM-DD`. */
  loads: ReadonlyMap<string, DayLoad>;
  workingDays: readonly number[];
  clockChanges: ReadonlySet<string>;
  /** The day under what is dragged or carried by keys; null = nothing is moved. */
  target: Temporal.PlainDate | null;
  /** A reminder is being carried: the grid is where it goes, so it takes the focus. */
  isCarrying: boolean;
  onSelect: (date: Temporal.PlainDate) => void;
  /** The focus went to a day, perhaps of another month. */
  onFocusDay: (date: Temporal.PlainDate) => void;
}

/** Days that a key moves the focus. */
const STEPS: Readonly<Record<string, Temporal.DurationLike>> = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { days: -DAYS_PER_WEEK },
  ArrowDown: { days: DAYS_PER_WEEK },
  PageUp: { months: -1 },
  PageDown: { months: 1 },
};

export function MonthView(props: MonthViewProps) {
  const { month, firstWeekday, today, selected, loads, workingDays, clockChanges, target, isCarrying } =
    props;
  const { user } = useSession();
  const grid = useRef<HTMLDivElement>(null);
  const locale = user.language === 'en' ? 'en-GB' : user.language;
  const cells = monthGrid(month, firstWeekday);
  const focusable = target ?? selected;
  const movedByKey = useRef(false);

  useEffect(() => {
    if (isCarrying) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [isCarrying]);
  useEffect(() => {
    if (!movedByKey.current) return;
    movedByKey.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [focusable]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    movedByKey.current = true;
    props.onFocusDay(focusable.add(step));
  };
  // Without the selected day in this month the first one is where Tab arrives.
  const tabStop = focusable.toPlainYearMonth().equals(month) ? focusable : month.toPlainDate({ day: 1 });
  return (
    <div
      ref={grid}
      className="month"
      role="grid"
      aria-label={month.toPlainDate({ day: 1 }).toLocaleString(locale, { month: 'long', year: 'numeric' })}
      onKeyDown={onKeyDown}
    >
      <div className="month__week" role="row">
        {weekdays(firstWeekday, locale).map(({ short, long }) => (
          <span key={long} className="month__wd" role="columnheader" aria-label={long}>
            {short}
          </span>
        ))}
      </div>
      {weeksOf(cells).map((week, row) => (
        <div key={row} className="month__week" role="row">
          {week.map((date, column) =>
            date === null ? (
              <span key={column} role="gridcell" />
            ) : (
              <Day
                key={column}
                date={date}
                load={loads.get(date.toString()) ?? EMPTY_DAY}
                isToday={date.equals(today)}
                isSelected={date.equals(selected)}
                isTarget={target !== null && date.equals(target)}
                isOff={workingDays.length > 0 && !workingDays.includes(date.dayOfWeek)}
                hasClockChange={clockChanges.has(date.toString())}
                isTabStop={date.equals(tabStop)}
                locale={locale}
                onSelect={props.onSelect}
              />
            ),
          )}
        </div>
      ))}
    </div>
  );
}

interface DayProps {
  date: Temporal.PlainDate;
  load: DayLoad;
  isToday: boolean;
  isSelected: boolean;
  isTarget: boolean;
  isOff: boolean;
  hasClockChange: boolean;
  isTabStop: boolean;
  locale: string;
  onSelect: (date: Temporal.PlainDate) => void;
}

function Day({
  date,
  load,
  isToday,
  isSelected,
  isTarget,
  isOff,
  hasClockChange,
  isTabStop,
  ...rest
}: DayProps) {
  const say = useTexts();
  const classes = [
    'day',
    isOff && 'day--off',
    isToday && 'day--today',
    isSelected && 'day--sel',
    isTarget && 'day--target',
  ];
  const label = [
    date.toLocaleString(rest.locale, { weekday: 'long', day: 'numeric', month: 'long' }),
    say('calendar-load', { open: load.open, late: load.late, done: load.done }),
    ...(isOff ? [say('calendar-day-off')] : []),
    ...(hasClockChange ? [say('calendar-clock-change')] : []),
  ];
  return (
    <div role="gridcell" aria-selected={isSelected}>
      <button
        type="button"
        className={classes.filter(Boolean).join(' ')}
        data-date={date.toString()}
        aria-current={isToday ? 'date' : undefined}
        aria-label={label.join(', ')}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => {
          rest.onSelect(date);
        }}
      >
        <span className="day__number">{date.day}</span>
        <span className="load">
          {load.isFull ? (
            <i className={`many ${load.dots[0] ?? ''}`} />
          ) : (
            load.dots.map((dot, index) => <i key={index} className={dot} />)
          )}
        </span>
        {hasClockChange && <Icon name="moon" size="xs" />}
      </button>
    </div>
  );
}

function weeksOf<Cell>(cells: readonly Cell[]): Cell[][] {
  return Array.from({ length: cells.length / DAYS_PER_WEEK }, (_, week) =>
    cells.slice(week * DAYS_PER_WEEK, (week + 1) * DAYS_PER_WEEK),
  );
}

function weekdays(first: Weekday, locale: string): { short: string; long: string }[] {
  // 5 January 2026 was a Monday.
  const monday = Temporal.PlainDate.from('2026-01-05');
  return Array.from({ length: DAYS_PER_WEEK }, (_, index) => {
    const date = monday.add({ days: first - 1 + index });
    return {
      short: date.toLocaleString(locale, { weekday: 'short' }),
      long: date.toLocaleString(locale, { weekday: 'long' }),
    };
  });
}
