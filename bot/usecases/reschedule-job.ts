/** Another rule, zone or instant for a job: finds the slot that follows from it and has both stored. */
import { rescheduleSchema } from '../../shared/contracts/jobs.ts';
import type { Reschedule } from '../../shared/contracts/jobs.ts';
import type { JobRow } from '../../shared/schemas/job.ts';
import { describeProblems, findNextSlot, refuseJob } from './check-job.ts';
import type { JobStore } from './job-ports.ts';
import type { Answer } from './ports.ts';

export interface RescheduleDeps {
  readonly store: Pick<JobStore, 'job' | 'move'>;
  readonly productNow: () => Promise<Temporal.Instant>;
}

/** @returns the job, or `JOB_INVALID`, `ZONE_UNKNOWN`, `JOB_NOT_FOUND`, `JOB_CLOSED` and what the store refuses. */
export async function rescheduleJob(
  deps: RescheduleDeps,
  jobId: string,
  given: Reschedule,
): Promise<Answer<JobRow>> {
  const parsed = rescheduleSchema.safeParse(given);
  if (!parsed.success) return refuseJob(describeProblems(parsed.error));
  const change = parsed.data;
  const job = await deps.store.job(jobId);
  if (job === null) return refuseJob(`There is no job ${jobId}.`, 'JOB_NOT_FOUND');
  if ('at' in change) {
    if (job.type !== 'one_time') return refuseJob(`at: ${jobId} is a ${job.type} job, which has no instant`);
    return await deps.store.move(jobId, { schedule: null, timezone: job.timezone, next_run: change.at });
  }
  if (job.schedule === null) return refuseJob(`schedule: ${jobId} is a ${job.type} job, which has none`);
  const schedule = 'schedule' in change ? change.schedule : job.schedule;
  const timezone = change.timezone ?? job.timezone;
  const slot = findNextSlot(await deps.productNow(), schedule, timezone, job.ends_at);
  return slot.ok ? await deps.store.move(jobId, { schedule, timezone, next_run: slot.value }) : slot;
}
