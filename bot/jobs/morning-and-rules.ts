/**
 * Two jobs of the product: what repeats gets its next reminder, and those whose morning it is get their digest. Both are
 * safe to run twice at once; a missed run is made up for by the next one.
 */
import { z } from 'zod';
import { advanceRecurring } from '../usecases/advance-recurring.ts';
import type { JobContext, OwnJob } from '../usecases/job-ports.ts';
import type { RecurringSweepStore } from '../usecases/recurring-ports.ts';
import { sendDigests, type SendDigestsDeps } from '../usecases/send-digests.ts';

const nothing = z.object({});
/** Occurrences are made a minute ahead of their time, so once a minute is soon enough. */
const EVERY_MINUTE = '* * * * *';
/** The next run comes in a minute: no attempt in between, and nothing to catch up with. */
const ONCE_A_MINUTE = { schedule: EVERY_MINUTE, max_retries: 0, catch_up: 'skip', keep_days: 2 } as const;

/** The sweep of repeating reminders. */
export function recurringJob(store: RecurringSweepStore): OwnJob {
  return {
    handler: {
      name: 'advance-recurring',
      type: 'function',
      payload: nothing,
      async run(_payload: unknown, context: JobContext) {
        const { made, broken } = await advanceRecurring(store);
        if (broken.length > 0) context.log('warn', 'rules that never occur have ended', { rules: broken });
        return { made, ended: broken.length };
      },
    },
    // Any number at once: one that died with its worker must not keep the next one waiting.
    job: { ...ONCE_A_MINUTE, id: 'nudge.recurring', name: 'Repeating reminders', concurrency: null },
  };
}

/** The daily digests. */
export function digestJob(deps: SendDigestsDeps): OwnJob {
  return {
    handler: {
      name: 'send-digests',
      type: 'function',
      payload: nothing,
      run: (_payload: unknown, context: JobContext) => sendDigests(deps, context.signal),
    },
    job: { ...ONCE_A_MINUTE, id: 'nudge.digests', name: 'Daily digests' },
  };
}
