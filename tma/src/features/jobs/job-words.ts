/** A job in words, as the person reads them. */
import type { ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import { formatDuration, jobState, OWN_JOB_NAMES } from '../../../../shared/rules/job-words.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { Say } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';

/** The product's own jobs in the person's language, others as they were named. */
export function jobName(job: Pick<ListedJob, 'id' | 'name'>, say: Say): string {
  const known = OWN_JOB_NAMES.get(job.id);
  return known === undefined ? job.name : say(`job-name-${known}`);
}

/** "Next run tomorrow 9:00", "Paused", "Running, last sign of life 2 s ago". */
export function stateWords(job: ListedJob, say: Say, user: UserRow, now: Temporal.Instant): string {
  const state = jobState(job);
  switch (state.kind) {
    case 'next':
      return say('job-state-next', { when: formatWhen(state.at, now, user.zone, user.language) });
    case 'loop-alive':
    case 'loop-silent':
      return say(`job-state-${state.kind}`, { ago: formatDuration(state.agoMs, user.language) });
    default:
      return say(`job-state-${state.kind}`);
  }
}

/** Whether somebody should look: the last execution came to nothing, or a loop is not heard. */
export function isInTrouble(job: ListedJob): boolean {
  const last = job.last_execution?.status;
  const { kind } = jobState(job);
  return last === 'failed' || last === 'timeout' || kind === 'loop-silent' || kind === 'loop-unheard';
}

/** When an execution ran, or was to run. */
export function whenOf(
  execution: { readonly started_at: string | null; readonly scheduled_at: string },
  user: UserRow,
  now: Temporal.Instant,
): string {
  const at = Temporal.Instant.from(execution.started_at ?? execution.scheduled_at);
  return capitalised(formatWhen(at, now, user.zone, user.language));
}
