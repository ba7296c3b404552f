import { useId } from 'react';
import type { Flight, FlightDay } from '../../../../shared/rules/flight-plan.ts';

/** Cells of the drawing, in its own units: side, distance, and where the grid begins beside and below its labels. */
const SIDE = 17.6;
const PITCH = 20.6;
const LEFT = 36;
const TOP = 22;
const WIDTH = LEFT + 14 * PITCH;
const HEIGHT = TOP + 7 * PITCH;
const LABELLED_WEEKDAYS = [1, 3, 5, 7];

interface FlightGridProps {
  flight: Flight;
  locale: string;
  /** What the drawing shows, in a sentence. */
  label: string;
}

/** Ninety days as a sheet of weeks: a column a week, Monday on top, with a number where a message arrives. */
export function FlightGrid({ flight, locale, label }: FlightGridProps) {
  const heading = useId();
  const { days } = flight;
  const first = days[0];
  if (first === undefined) return null;
  const lead = first.date.dayOfWeek - 1;
  const columnOf = (index: number): number => Math.floor((index + lead) / 7);
  const months = monthLabels(days, columnOf, locale);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={heading}>
      <title id={heading}>{label}</title>
      {LABELLED_WEEKDAYS.map((weekday) => (
        <text key={weekday} x="0" y={TOP + (weekday - 1) * PITCH + 13}>
          {weekdayName(weekday, locale)}
        </text>
      ))}
      {months.map(({ column, name }) => (
        <text key={column} x={LEFT + column * PITCH} y="12">
          {name}
        </text>
      ))}
      {days.map((day, index) => (
        <Cell
          key={day.date.toString()}
          day={day}
          x={LEFT + columnOf(index) * PITCH}
          y={TOP + (day.date.dayOfWeek - 1) * PITCH}
        />
      ))}
    </svg>
  );
}

function Cell({ day, x, y }: { day: FlightDay; x: number; y: number }) {
  const [number, ...more] = day.stepIds;
  if (number !== undefined) {
    return (
      <>
        <rect className={day.hasClockChange ? 'c-main c-edge' : 'c-main'} {...box(x, y)} />
        <text className="c-number" x={x + SIDE / 2} y={y + 13} textAnchor="middle">
          {more.length === 0 ? number : `${number}+`}
        </text>
      </>
    );
  }
  if (day.hasClockChange) {
    return (
      <>
        <rect className="c-clock" {...box(x + 0.8, y + 0.8)} width={SIDE - 1.6} height={SIDE - 1.6} />
        <path className="c-warn" d={`M${x + 13} ${y + 9.8}a4.3 4.3 0 1 1-5.2-5.2 4.3 4.3 0 0 0 5.2 5.2z`} />
      </>
    );
  }
  return <rect className={day.isWorking ? 'c-quiet2' : 'c-quiet'} {...box(x, y)} />;
}

function box(x: number, y: number) {
  return { x, y, width: SIDE, height: SIDE, rx: 5 };
}

/** A month's name stands over its first column, unless the name before it is too near. */
function monthLabels(
  days: readonly FlightDay[],
  columnOf: (index: number) => number,
  locale: string,
): { column: number; name: string }[] {
  const labels: { column: number; name: string }[] = [];
  const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  days.forEach(({ date }, index) => {
    if (index > 0 && date.day !== 1) return;
    const column = columnOf(index);
    const previous = labels.at(-1);
    if (previous !== undefined && column - previous.column < 2) labels.pop();
    labels.push({
      column,
      name: format.format(Date.UTC(date.year, date.month - 1, date.day)).replace('.', ''),
    });
  });
  return labels;
}

function weekdayName(isoWeekday: number, locale: string): string {
  // 5 January 2026 was a Monday.
  const at = Date.UTC(2026, 0, 4 + isoWeekday);
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(at);
}
