/** Jobs: what runs in the background, when it runs next, and whether it goes well. For members of a team. */
import { Suspense, useState } from 'react';
import type { JobShelf, ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import { isResident } from '../../../../shared/rules/job-words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Segmented } from '../../ui/choices.tsx';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { Message } from '../../ui/message.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { Stale } from '../../ui/stale.tsx';
import { JobPage } from './job-page.tsx';
import { isInTrouble, jobName, stateWords } from './job-words.ts';
import './jobs.css';
import { useJobs } from './read-jobs.ts';
import { StatusMark } from './status-mark.tsx';

const SHELVES: readonly JobShelf[] = ['open', 'ended'];

/** @param props.code a job's short name; null = the list. */
export default function JobsPage({ code }: { code: string | null }) {
  const say = useTexts();
  return code === null ? (
    <JobList />
  ) : (
    <Suspense fallback={<PageSkeleton title={say('jobs')} backTo="/jobs" />}>
      <JobPage key={code} code={code} />
    </Suspense>
  );
}

function JobList() {
  const say = useTexts();
  const [shelf, setShelf] = useState<JobShelf>('open');
  const { query, now } = useJobs(shelf);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <PageFailed title={say('jobs')} backTo="/settings" onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton title={say('jobs')} backTo="/settings" />
    );
  }
  const parts = [
    ['jobs-trouble', data.filter(isInTrouble)],
    ['jobs-planned', data.filter((job) => !isInTrouble(job) && !isResident(job))],
    ['jobs-loops', data.filter((job) => !isInTrouble(job) && isResident(job))],
  ] as const;
  return (
    <Page title={say('jobs')} backTo="/settings">
      <Segmented
        label={say('jobs-which')}
        value={shelf}
        options={SHELVES.map((value) => ({ value, text: say(`jobs-${value}`) }))}
        onChange={setShelf}
      />
      {data.length === 0 && (
        <Message art="path" title={say(`jobs-none-${shelf}`)} text={say(`jobs-none-${shelf}-text`)} />
      )}
      <div aria-busy={query.isPlaceholderData}>
        {parts.map(([title, jobs]) => (
          <JobGroup
            key={title}
            title={say(title === 'jobs-planned' && shelf === 'ended' ? 'jobs-ended' : title)}
            jobs={jobs}
            now={now}
          />
        ))}
      </div>
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
    </Page>
  );
}

function JobGroup({
  title,
  jobs,
  now,
}: {
  title: string;
  jobs: readonly ListedJob[];
  now: Temporal.Instant;
}) {
  if (jobs.length === 0) return null;
  return (
    <section className="group" aria-label={title}>
      <h2 className="group__title">{title}</h2>
      <div className="list">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} now={now} />
        ))}
      </div>
    </section>
  );
}

function JobRow({ job, now }: { job: ListedJob; now: Temporal.Instant }) {
  const { user } = useSession();
  const { go } = useNavigation();
  const say = useTexts();
  const last = job.last_execution;
  return (
    <button
      type="button"
      className="row row--lead job"
      onClick={() => {
        go(`/jobs/${job.code}`);
      }}
    >
      <StatusMark status={last?.status ?? null} isTrouble={isInTrouble(job)} />
      <span className="row__main">
        <span className="row__l1">{jobName(job, say)}</span>
        <span className="job__state">{capitalised(stateWords(job, say, user, now))}</span>
        {last !== null && isInTrouble(job) && (
          <span className="job__error">{say('job-last-run', { how: say(`job-run-${last.status}`) })}</span>
        )}
      </span>
      <span className="chev">
        <Icon name="right" size="s" />
      </span>
    </button>
  );
}
