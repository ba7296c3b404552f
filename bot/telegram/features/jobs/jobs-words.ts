/** A job and its executions in words. */
import type { ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { formatDuration, jobState, OWN_JOB_NAMES } from '../../../../shared/rules/job-words.ts';
import { oneLine } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

const SIGNS: Readonly<Record<ExecutionView['status'], string>> = {
  pending: '…',
  running: '▶',
  success: '✓',
  failed: '✗',
  timeout: '✗',
  cancelled: '⊘',
  skipped: '–',
};

/** The product's own jobs in the person's language, others as they were named. */
export function jobName(job: Pick<ListedJob, 'id' | 'name'>, { say }: Words): string {
  const known = OWN_JOB_NAMES.get(job.id);
  return known === undefined ? oneLine(job.name) : say(`job-name-${known}`);
}

/** "next run today 14:05", "paused", "runs all the time". */
export function stateWords(job: ListedJob, words: Words): string {
  const state = jobState(job);
  switch (state.kind) {
    case 'next':
      return words.say('job-state-next', { when: words.moment(state.at) });
    case 'loop-alive':
    case 'loop-silent':
      return words.say(`job-state-${state.kind}`, { ago: formatDuration(state.agoMs, words.language) });
    default:
      return words.say(`job-state-${state.kind}`);
  }
}

/** Whether somebody should look: the last execution came to nothing, or a loop is not heard. */
export function isInTrouble(job: ListedJob): boolean {
  const last = job.last_execution?.status;
  const { kind } = jobState(job);
  return last === 'failed' || last === 'timeout' || kind === 'loop-silent' || kind === 'loop-unheard';
}

/** "✗ today 14:00, too slow, 30 s" */
export function executionWords(execution: ExecutionView, words: Words): string {
  const { status, duration_ms: took } = execution;
  const at = Temporal.Instant.from(execution.started_at ?? execution.scheduled_at);
  const parts = [
    words.moment(at),
    words.say(`job-run-${status}`),
    took === null || status === 'running' ? '' : formatDuration(took, words.language),
  ];
  return `${SIGNS[status]} ${parts.filter(Boolean).join(', ')}`;
}
