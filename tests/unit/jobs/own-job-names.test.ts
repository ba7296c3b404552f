import { expect, test } from 'vitest';
import { digestJob, recurringJob } from '../../../bot/jobs/morning-and-rules.ts';
import { retentionJob, sweepJob, watchdogJob } from '../../../bot/jobs/own-jobs.ts';
import { RESIDENT_LOOPS } from '../../../bot/jobs/pulses.ts';
import { OWN_JOB_NAMES } from '../../../shared/rules/job-words.ts';

test('every job the product brings along is named in the catalogues, and no other', () => {
  const nothing = {} as never;
  const own = [
    sweepJob(nothing, nothing),
    retentionJob(nothing),
    watchdogJob(nothing),
    recurringJob(nothing),
    digestJob(nothing),
  ].map(({ job }) => job.id);
  const loops = Object.values(RESIDENT_LOOPS).map(({ id }) => id);
  expect([...OWN_JOB_NAMES.keys()].toSorted()).toEqual([...own, ...loops].toSorted());
});
