/** What is wrong with the scheduler, in sentences. */
import type { JobHealth, JobHealthFacts } from '../../../shared/contracts/jobs.ts';

/** A loop or a slot further behind than this is a problem. Milliseconds. */
const LATE_AFTER_MS = 60_000;

/** Healthy = some worker lives, no loop is silent and nothing due waits for long. */
export function judgeHealth(facts: JobHealthFacts): JobHealth {
  const silent = facts.loops.filter(
    ({ beat_ms_ago: ago }) => facts.workers.length > 0 && (ago === null || ago > LATE_AFTER_MS),
  );
  const problems = [
    ...(facts.workers.length === 0 ? ['No job worker is alive. Start one with npm run worker.'] : []),
    ...silent.map(
      ({ name, beat_ms_ago: ago }) =>
        `The loop "${name}" gave no sign of life ${ago === null ? 'yet' : `for ${Math.round(ago / 1000)} s`}.`,
    ),
    ...(facts.oldest_due_ms > LATE_AFTER_MS
      ? [`The oldest due job waits for ${Math.round(facts.oldest_due_ms / 1000)} s.`]
      : []),
  ];
  return { ...facts, healthy: problems.length === 0, problems };
}
