/** The watchdog says what stands still, and says nothing when nothing does. */
import { describe, expect, test } from 'vitest';
import { judgeHealth } from '../../../bot/domain/job/judge-health.ts';
import { watchdogJob } from '../../../bot/jobs/own-jobs.ts';
import type { JobContext } from '../../../bot/usecases/job-ports.ts';
import type { JobHealthFacts } from '../../../shared/contracts/jobs.ts';
import { recorder, type Logged } from '../../flows/bot/record-log.ts';

const MINUTE = 60_000;
const WELL: JobHealthFacts = {
  workers: [{ id: 'w', beat_ms_ago: 100, running: 0 }],
  loops: [{ id: 'nudge.loop.dispatch', name: 'Dispatch', beat_ms_ago: 2_000 }],
  oldest_due_ms: 0,
};

async function watch(facts: Partial<JobHealthFacts>, oldestReminderMs = 0) {
  const logged: Logged[] = [];
  const lines: string[] = [];
  const { handler } = watchdogJob({
    healthCheck: () => Promise.resolve(judgeHealth({ ...WELL, ...facts })),
    oldestDueMs: () => Promise.resolve(oldestReminderMs),
    log: recorder(logged),
  });
  if (handler.type !== 'function') throw new Error('The watchdog is a function.');
  const context: JobContext = {
    ...{ jobId: 'nudge.watchdog', executionId: 'nudge.watchdog@1', attempt: 1, traceparent: '' },
    slot: Temporal.Instant.from('2026-10-14T07:41:00Z'),
    signal: new AbortController().signal,
    log: (_level, message) => void lines.push(message),
    progress: () => undefined,
  };
  const answer = (await handler.run({}, context)) as { problems: string[] };
  return { problems: answer.problems, lines, events: logged.map(({ fields }) => fields['event']) };
}

test('nothing stands still: nothing is said and nothing is logged', async () => {
  expect(await watch({}, 4 * MINUTE)).toEqual({ problems: [], lines: [], events: [] });
});

describe('what stands still is said in the execution’s log and once in the server’s', () => {
  test.each([
    ['a reminder that waits', {}, 6 * MINUTE, 'The oldest due reminder waits for 6 minutes.'],
    ['a job that waits', { oldest_due_ms: 2 * MINUTE }, 0, 'The oldest due job waits for 120 s.'],
    [
      'a loop that fell silent',
      { loops: [{ id: 'l', name: 'Dispatch', beat_ms_ago: 90_000 }] },
      0,
      'The loop "Dispatch" gave no sign of life for 90 s.',
    ],
    [
      'a loop that never began',
      { loops: [{ id: 'l', name: 'Dispatch', beat_ms_ago: null }] },
      0,
      'The loop "Dispatch" gave no sign of life yet.',
    ],
    ['nobody who works', { workers: [] }, 0, 'No job worker is alive. Start one with npm run worker.'],
  ] as const)('%s', async (_what, facts, reminderMs, sentence) => {
    expect(await watch(facts as Partial<JobHealthFacts>, reminderMs)).toEqual({
      problems: [sentence],
      lines: [sentence],
      events: ['jobs.watchdog'],
    });
  });
});

test('several problems are told together', async () => {
  const { problems, events } = await watch({ oldest_due_ms: 2 * MINUTE }, 6 * MINUTE);
  expect(problems).toHaveLength(2);
  expect(events).toEqual(['jobs.watchdog']);
});
