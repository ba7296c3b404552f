/** How long the last executions took, drawn by recharts: a chunk of its own, as for Insights. */
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { formatDuration } from '../../../../shared/rules/job-words.ts';
import { useSession } from '../../session/session-context.ts';

/** Pixels; the width is the page's. */
const HEIGHT = 120;
/** The round corner of a bar's top, in pixels. */
const RADIUS = 3;
/** So that the quickest execution is still a bar, in pixels. */
const SHORTEST_BAR = 2;
const WIDEST_BAR = 28;

/** @param props.executions newest first. */
export default function DurationsChart({ executions }: { executions: readonly ExecutionView[] }) {
  const { user } = useSession();
  // The library paints each bar in the colour of its row.
  const bars = executions.toReversed().map(({ id, status, duration_ms: took }) => ({
    id,
    took: took ?? 0,
    fill: status === 'success' ? 'var(--fill)' : 'var(--late)',
  }));
  return (
    <div className="chart job__chart" aria-hidden="true">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={bars} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="id" tick={false} tickLine={false} height={1} axisLine={{ stroke: 'var(--line)' }} />
          <YAxis
            orientation="right"
            width={56}
            tickCount={3}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--text-2)', fontSize: 12 }}
            tickFormatter={(ms: number) => formatDuration(ms, user.language)}
          />
          <Bar
            dataKey="took"
            radius={[RADIUS, RADIUS, 0, 0]}
            minPointSize={SHORTEST_BAR}
            maxBarSize={WIDEST_BAR}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
