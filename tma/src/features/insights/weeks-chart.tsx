/** The bars of the weeks, drawn by recharts: a chunk of its own, because the library is heavier than the whole first load. */
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  LabelList,
  Line,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import type { Insights } from '../../../../shared/contracts/insights.ts';
import { useSession } from '../../session/session-context.ts';
import { ticksUpTo } from './findings.ts';
import { weekLabel } from './weeks-figure.tsx';

/** Pixels; the width is the page's. */
const HEIGHT = 168;
/** More weeks than this leave no room for a number in a bar. */
const LABELLED_WEEKS = 10;
/** The round corner of a bar's top, in pixels. */
const RADIUS = 4;
/** Where a number inside a bar still has room, as a share of the highest. */
const LABEL_SHARE = 0.12;

export default function WeeksChart({ weeks }: { weeks: Insights['weeks'] }) {
  const { user } = useSession();
  const highest = Math.max(
    ...weeks.map(({ sent, done, snoozed, skipped }) => Math.max(sent ?? 0, done + snoozed + skipped)),
  );
  const ticks = ticksUpTo(highest);
  const isLabelled = weeks.length <= LABELLED_WEEKS;
  const data = weeks.map((week) => ({
    ...week,
    label: week.done > highest * LABEL_SHARE ? week.done : null,
  }));
  // Every second week has its date written, the present one always.
  const dated = weeks.filter((_, index) => (weeks.length - 1 - index) % Math.ceil(weeks.length / 4) === 0);
  return (
    <div className="chart" aria-hidden="true">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart
          data={data}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          barCategoryGap="16%"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="week"
            ticks={dated.map(({ week }) => week)}
            interval={0}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            tick={{ fill: 'var(--text-2)', fontSize: 12 }}
            tickFormatter={(week: string) => weekLabel(week, user.language)}
          />
          <YAxis
            orientation="right"
            width={30}
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--text-2)', fontSize: 12 }}
          />
          <Bar dataKey="done" stackId="acts" fill="var(--fill)" isAnimationActive={false}>
            {isLabelled && <LabelList dataKey="label" position="insideTop" className="chart__in" />}
          </Bar>
          <Bar dataKey="snoozed" stackId="acts" fill="var(--c-soft)" isAnimationActive={false} />
          <Bar
            dataKey="skipped"
            stackId="acts"
            fill="var(--mute)"
            radius={[RADIUS, RADIUS, 0, 0]}
            isAnimationActive={false}
          />
          <Line
            dataKey="sent"
            stroke="var(--text-2)"
            strokeWidth={1.5}
            strokeDasharray="3 3"
            dot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
