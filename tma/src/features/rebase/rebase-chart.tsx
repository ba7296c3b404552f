import { useId } from 'react';
import { localDate } from '../../../../shared/rules/calendar.ts';
import type { DatedStep } from '../../../../shared/rules/rebase.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';

const WIDTH = 358;
/** Room for half a dot and half a label at either end. */
const EDGE = 27;
const BEFORE_Y = 22;
const AFTER_Y = 74;
/** Labels nearer than this would touch. */
const LABEL_GAP = 62;
/** Days off are shaded up to here; a plan of a year would be nothing but stripes. */
const SHADED_DAYS = 60;

interface RebaseChartProps {
  before: readonly DatedStep[];
  after: readonly DatedStep[];
  label: string;
}

/** Two lines of days, before and after, and where each step goes from one to the other. */
export function RebaseChart({ before, after, label }: RebaseChartProps) {
  const { user } = useSession();
  const { workingDays } = useTimeSettings();
  const heading = useId();
  const dates = [...before, ...after].map(({ wanted }) => localDate(wanted, user.zone));
  const sorted = dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = Math.max(1, first.until(last).days);
  const step = (WIDTH - 2 * EDGE) / span;
  const x = (date: Temporal.PlainDate): number => EDGE + first.until(date).days * step;
  const isOff = (date: Temporal.PlainDate): boolean =>
    workingDays.length > 0 && !workingDays.includes(date.dayOfWeek);
  const days =
    span > SHADED_DAYS ? [] : Array.from({ length: span + 1 }, (_, index) => first.add({ days: index }));
  const labels: number[] = [];
  const locale = user.language === 'ru' ? 'ru' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
  return (
    <svg className="chart rebase__chart" viewBox={`0 0 ${WIDTH} 106`} role="img" aria-labelledby={heading}>
      <title id={heading}>{label}</title>
      {days.filter(isOff).map((date) => (
        <rect
          key={date.toString()}
          className="c-quiet"
          x={x(date) - step / 2}
          y="6"
          width={step}
          height="84"
        />
      ))}
      <path
        className="c-line"
        d={`M${EDGE} ${BEFORE_Y}H${WIDTH - EDGE}M${EDGE} ${AFTER_Y}H${WIDTH - EDGE}`}
      />
      {before.map(({ step_id: id, wanted }, index) => {
        const from = x(localDate(wanted, user.zone));
        const to = x(localDate(after[index]?.wanted ?? wanted, user.zone));
        return (
          <g key={id}>
            <path
              className="c-way"
              d={`M${from} ${BEFORE_Y + 6}C${from} ${BEFORE_Y + 30} ${to} ${AFTER_Y - 30} ${to} ${AFTER_Y - 6}`}
            />
            <circle className="c-before" cx={from} cy={BEFORE_Y} r="5" />
            <circle className="c-main" cx={to} cy={AFTER_Y} r="6" />
          </g>
        );
      })}
      {before.map(({ step_id: id, wanted }) => {
        const date = localDate(wanted, user.zone);
        const at = x(date);
        if (labels.some((other) => Math.abs(other - at) < LABEL_GAP)) return null;
        labels.push(at);
        return (
          <text key={id} x={Math.min(Math.max(at, EDGE), WIDTH - EDGE)} y="102" textAnchor="middle">
            {format.format(Date.UTC(date.year, date.month - 1, date.day)).replace(',', '')}
          </text>
        );
      })}
    </svg>
  );
}
