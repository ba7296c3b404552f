import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { formatDuration } from '../../../../shared/rules/job-words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { whenOf } from './job-words.ts';
import { StatusMark } from './status-mark.tsx';

interface ExecutionRowProps {
  execution: ExecutionView;
  now: Temporal.Instant;
  onOpen: (id: string) => void;
}

/** One execution: how it ended, when, and how long it took. A tap shows its log. */
export function ExecutionRow({ execution, now, onOpen }: ExecutionRowProps) {
  const { user } = useSession();
  const say = useTexts();
  const { id, status, error, duration_ms: took } = execution;
  const isTrouble = status === 'failed' || status === 'timeout';
  return (
    <button
      type="button"
      className="row row--lead job"
      aria-haspopup="dialog"
      onClick={() => {
        onOpen(id);
      }}
    >
      <StatusMark status={status} isTrouble={isTrouble} />
      <span className="row__main">
        <span className="row__l1">{whenOf(execution, user, now)}</span>
        <span className={isTrouble ? 'job__state is-late' : 'job__state'}>{say(`job-run-${status}`)}</span>
        {error !== null && <span className="job__error">{error}</span>}
      </span>
      {took !== null && <span className="row__end">{formatDuration(took, user.language)}</span>}
    </button>
  );
}
