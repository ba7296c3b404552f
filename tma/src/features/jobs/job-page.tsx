/** One job: when it runs next, how long it takes, its last executions, and what owners and admins may do about it. */
import { Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobStats } from '../../../../shared/contracts/jobs.ts';
import type { ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { canPause, formatDuration, isResident, jobState } from '../../../../shared/rules/job-words.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Message } from '../../ui/message.tsx';
import { Foot, Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { piece } from '../../ui/piece.ts';
import { Stale } from '../../ui/stale.tsx';
import { Figure } from '../insights/figure.tsx';
import '../insights/insights.css';
import { ExecutionRow } from './execution-row.tsx';
import { ExecutionSheet } from './execution-sheet.tsx';
import { jobName, stateWords } from './job-words.ts';
import { useJob } from './read-jobs.ts';
import { useJobActions } from './use-job-actions.ts';

/** The chart library is heavier than the rest of the page, which need not wait for it. */
const DurationsChart = piece(() => import('./durations-chart.tsx'));
/** One bar is no chart. */
const FEWEST_BARS = 2;

export function JobPage({ code }: { code: string }) {
  const say = useTexts();
  const { query, now } = useJob(code);
  const [openId, setOpenId] = useState<string | null>(null);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <PageFailed title={say('jobs')} backTo="/jobs" onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton title={say('jobs')} backTo="/jobs" />
    );
  }
  if (data === null) {
    return (
      <Page title={say('jobs')} backTo="/jobs">
        <Message art="gone" title={say('job-gone')} text={say('job-gone-text')} />
      </Page>
    );
  }
  const { job, executions, stats } = data;
  const opened = executions.find(({ id }) => id === openId);
  const timed = executions.filter(({ duration_ms: took, status }) => took !== null && status !== 'running');
  return (
    <Page title={jobName(job, say)} backTo="/jobs">
      <Facts job={job} stats={stats} now={now} />
      {timed.length >= FEWEST_BARS && stats?.avg_duration_ms != null && (
        <DurationsFigure executions={timed} stats={stats} />
      )}
      {!isResident(job) && (
        <section className="group" aria-label={say('job-runs')}>
          <h2 className="group__title">{say('job-runs')}</h2>
          {executions.length === 0 ? (
            <p className="group__note">{say('job-runs-none')}</p>
          ) : (
            <div className="list">
              {executions.map((execution) => (
                <ExecutionRow key={execution.id} execution={execution} now={now} onOpen={setOpenId} />
              ))}
            </div>
          )}
        </section>
      )}
      <Deeds job={job} />
      {opened !== undefined && (
        <ExecutionSheet
          job={job}
          execution={opened}
          now={now}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
    </Page>
  );
}

function Facts({ job, stats, now }: { job: ListedJob; stats: JobStats | null; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const state = jobState(job);
  return (
    <section className="group" aria-label={say('job-facts')}>
      <dl className="list">
        {state.kind === 'next' ? (
          <Fact label={say('job-next')}>
            {capitalised(formatWhen(state.at, now, user.zone, user.language, { withWeekday: true }))}
          </Fact>
        ) : (
          <Fact label={say('job-state')}>{capitalised(stateWords(job, say, user, now))}</Fact>
        )}
        {job.schedule !== null && (
          <Fact label={say('job-schedule')}>
            <code className="job__rule">{job.schedule}</code>
            <br />
            {say('job-zone', { zone: job.timezone })}
          </Fact>
        )}
        {stats !== null && stats.executions > 0 && (
          <Fact label={say('job-went-well')}>
            {say('job-of', { successes: stats.successes, executions: stats.executions })}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="row row--set job__fact">
      <dt className="row__main row__plain">{label}</dt>
      <dd className="row__end">{children}</dd>
    </div>
  );
}

/** The executions below are its table. */
function DurationsFigure({ executions, stats }: { executions: readonly ExecutionView[]; stats: JobStats }) {
  const { user } = useSession();
  const say = useTexts();
  const duration = (ms: number | null): string => formatDuration(ms ?? 0, user.language);
  return (
    <Figure
      title={say('job-takes', { average: duration(stats.avg_duration_ms) })}
      subtitle={say('job-takes-most', { p95: duration(stats.p95_duration_ms), count: executions.length })}
    >
      <Suspense fallback={<div className="chart-space job__chart" />}>
        <DurationsChart executions={executions} />
      </Suspense>
    </Figure>
  );
}

function Deeds({ job }: { job: ListedJob }) {
  const say = useTexts();
  const actions = useJobActions();
  const [isBusy, setBusy] = useState(false);
  if (isResident(job)) return <p className="group__note job__note">{say('job-resident')}</p>;
  if (job.role === 'member') return <p className="group__note job__note">{say('job-members-look')}</p>;
  if (job.status === 'cancelled') return null;
  const during = async (work: Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work;
    } finally {
      setBusy(false);
    }
  };
  const isPaused = job.status === 'paused';
  const isOver = job.status === 'completed' || job.status === 'failed';
  return (
    <Foot
      main={{ text: say('job-run-now'), isBusy, onClick: () => void during(actions.run(job.id)) }}
      secondary={
        isOver || !(isPaused || canPause(job))
          ? undefined
          : {
              text: say(isPaused ? 'job-resume' : 'job-pause'),
              isBusy,
              onClick: () => void during(isPaused ? actions.resume(job.id) : actions.pause(job.id)),
            }
      }
    />
  );
}
