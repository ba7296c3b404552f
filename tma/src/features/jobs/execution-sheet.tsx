import { useState } from 'react';
import type { ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { canRetry, formatDuration } from '../../../../shared/rules/job-words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { whenOf } from './job-words.ts';
import { useLog } from './read-jobs.ts';
import { useJobActions } from './use-job-actions.ts';

interface ExecutionSheetProps {
  job: ListedJob;
  execution: ExecutionView;
  now: Temporal.Instant;
  onClose: () => void;
}

/** One execution: what went wrong, what it wrote down, and another try. */
export function ExecutionSheet({ job, execution, now, onClose }: ExecutionSheetProps) {
  const { user } = useSession();
  const say = useTexts();
  const { retry } = useJobActions();
  const [isBusy, setBusy] = useState(false);
  const { status, error, duration_ms: took, retry_count: retries } = execution;
  const facts = [
    took === null ? null : say('job-took', { took: formatDuration(took, user.language) }),
    retries === 0 ? null : say('job-attempts', { count: retries + 1 }),
  ].filter((fact) => fact !== null);
  const mayRetry = canRetry(status) && job.role !== 'member' && job.status !== 'cancelled';
  const again = async (): Promise<void> => {
    setBusy(true);
    onClose();
    await retry(execution.id);
  };
  return (
    <Sheet
      title={capitalised(say(`job-run-${status}`))}
      subtitle={[whenOf(execution, user, now), ...facts].join(' · ')}
      onClose={onClose}
    >
      {error !== null && <p className="job__quote">{error}</p>}
      <LogLines executionId={execution.id} zone={user.zone} />
      {mayRetry && (
        <div className="sheet__foot">
          <button type="button" className="btn btn--main" disabled={isBusy} onClick={() => void again()}>
            {say('job-retry')}
          </button>
        </div>
      )}
    </Sheet>
  );
}

function LogLines({ executionId, zone }: { executionId: string; zone: string }) {
  const say = useTexts();
  const query = useLog(executionId);
  if (query.isError) {
    return (
      <p className="group__note" role="status">
        {say('job-log-failed')}{' '}
        <button type="button" className="row__button" onClick={() => void query.refetch()}>
          {say('retry')}
        </button>
      </p>
    );
  }
  if (query.data === undefined) return <i className="sk sk--line" aria-label={say('loading-page')} />;
  if (query.data.length === 0) return <p className="group__note">{say('job-log-empty')}</p>;
  return (
    <section aria-label={say('job-log')}>
      <h3 className="group__title">{say('job-log')}</h3>
      <ol className="job__log" tabIndex={0}>
        {query.data.map(({ id, timestamp, level, message }) => (
          <li key={id} className={level === 'error' ? 'is-late' : undefined}>
            <time dateTime={timestamp}>{clockOf(timestamp, zone)}</time>{' '}
            {level === 'info' ? '' : `${level}: `}
            {message}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Hours, minutes and seconds: a log is read by the second. */
function clockOf(timestamp: string, zone: string): string {
  return Temporal.Instant.from(timestamp)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'second' });
}
