import { useId } from 'react';
import type { Flight, FlightMessage } from '../../../../shared/rules/flight-plan.ts';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';
import { useTexts } from '../../texts/texts.ts';

const WIDTH = 326;
const TOP = 22;
const BAR = 18;
const DAY_HOURS = 24;
/** Labels nearer than this would touch, in hours. */
const LABEL_GAP = 2.6;

interface HourStripProps {
  flight: Flight;
  settings: TimeSettings;
}

/** The hours of a day with the quiet ones shaded, a dot where messages arrive, and an arc from where one was moved. */
export function HourStrip({ flight, settings }: HourStripProps) {
  const say = useTexts();
  const heading = useId();
  const { zone, quietFrom, quietTo } = settings;
  const clockOf = (instant: Temporal.Instant): number =>
    hoursOf(instant.toZonedDateTimeISO(zone).toPlainTime());
  const [from, to] = [quietFrom, quietTo].map((clock) => hoursOf(Temporal.PlainTime.from(clock)));
  const moved = flight.messages.find(({ shift }) => shift === 'quiet_hours');
  const arrivals = new Map<number, number>();
  for (const { arrives } of flight.messages) {
    const hour = clockOf(arrives);
    arrivals.set(hour, (arrivals.get(hour) ?? 0) + 1);
  }
  const busiest = [...arrivals].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const quiet = quietSpans(from ?? 0, to ?? 0);
  const labels = labelled([0, busiest, ...quiet.flat()]);
  const text = say('flight-hours-label', { from: shortClock(quietFrom), to: shortClock(quietTo) });
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} 62`} role="img" aria-labelledby={heading}>
      <title id={heading}>{text}</title>
      <clipPath id={`${heading}bar`}>
        <rect x="0" y={TOP} width={WIDTH} height={BAR} rx="5" />
      </clipPath>
      <g clipPath={`url(#${heading}bar)`}>
        <rect className="c-quiet" x="0" y={TOP} width={WIDTH} height={BAR} />
        {quiet.map(([start, end]) => (
          <rect key={start} className="c-quiet2" x={x(start)} y={TOP} width={x(end - start)} height={BAR} />
        ))}
      </g>
      {moved !== undefined && <MovedArc message={moved} clockOf={clockOf} />}
      {[...arrivals].map(([hour, count]) => (
        <circle key={hour} className="c-dot" cx={x(hour)} cy={TOP + BAR / 2} r={count > 1 ? 8 : 6} />
      ))}
      {labels.map((hour) => (
        <text
          key={hour}
          x={x(hour)}
          y="58"
          textAnchor={hour === 0 ? 'start' : hour > 22.5 ? 'end' : 'middle'}
        >
          {clockText(hour)}
        </text>
      ))}
    </svg>
  );
}

function MovedArc({
  message,
  clockOf,
}: {
  message: FlightMessage;
  clockOf: (instant: Temporal.Instant) => number;
}) {
  const say = useTexts();
  const [from, to] = [clockOf(message.asked), clockOf(message.arrives)];
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const middle = Math.min(Math.max(x((left + right) / 2), 66), WIDTH - 66);
  return (
    <>
      <path
        className="c-arc"
        d={`M${x(from)} ${TOP - 2}C${x(from)} 2 ${x(to)} 2 ${x(to)} ${TOP - 4}`}
        strokeDasharray="3 3"
      />
      <circle className="c-asked" cx={x(from)} cy={TOP + BAR / 2} r="5" />
      <text className="c-moved" x={middle} y="11" textAnchor="middle">
        {say('flight-moved', { from: clockText(from), to: clockText(to) })}
      </text>
    </>
  );
}

function x(hours: number): number {
  return (hours / DAY_HOURS) * WIDTH;
}

/** Quiet hours over midnight are two spans of one day; equal ends mean there are none. */
function quietSpans(from: number, to: number): [number, number][] {
  if (from === to) return [];
  if (from < to) return [[from, to]];
  return [
    [0, to],
    [from, DAY_HOURS],
  ];
}

/** The hours that get a label: the important ones first, none beside another. */
function labelled(hours: readonly number[]): number[] {
  const kept: number[] = [];
  for (const hour of hours) {
    if (hour < DAY_HOURS && kept.every((other) => Math.abs(other - hour) >= LABEL_GAP)) kept.push(hour);
  }
  return kept;
}

function hoursOf(time: Temporal.PlainTime): number {
  return time.hour + time.minute / 60;
}

function clockText(hours: number): string {
  const minutes = Math.round(hours * 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function shortClock(clock: string): string {
  return clock.replace(/^0/, '');
}
