/** /jobs: the list of jobs, a job with its last executions, and one execution with its log. */
import { createHash } from 'node:crypto';
import type { JobStats } from '../../../../shared/contracts/jobs.ts';
import type { ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import type { ExecutionDetail, ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { canPause, canRetry, formatDuration, isResident } from '../../../../shared/rules/job-words.ts';
import type { JobPage, JobView } from '../../../usecases/view-jobs.ts';
import { encodeCallback, type CallbackAction } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, folded, oneLine, quote, richText, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { executionWords, isInTrouble, jobName, stateWords } from './jobs-words.ts';

/** Fits on a button of two in a row. */
const LABEL_LIMIT = 28;
const ERROR_LIMIT = 160;
const WHOLE_ERROR_LIMIT = 1000;
/** The end of a log, which says how it went. */
const LOG_LINES = 15;
const LOG_LINE_LIMIT = 120;
const NOTHING = 0;

/** Tells an execution from others of its job's slot: eight hex digits. */
export function executionPrint(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}

export function jobsCard(list: JobPage, words: Words, miniAppUrl: string | null): Card {
  const { say } = words;
  if (list.jobs.length === 0) return { text: richText([[say('jobs-empty')]]), keyboard: [] };
  const title = list.page > 1 || list.hasNext ? say('jobs-page', { page: list.page }) : say('jobs-title');
  const lines = list.jobs.map((job, index) => {
    const mark = isInTrouble(job) ? ' ⚠️' : '';
    return [`${index + 1}. ${jobName(job, words)}${mark}: ${stateWords(job, words)}`];
  });
  const buttons = list.jobs.map((job, index) =>
    button(`${index + 1}. ${clip(jobName(job, words), LABEL_LIMIT)}`, { verb: 'job', code: job.code }),
  );
  const turn = [
    ...(list.page > 1 ? [button(say('button-earlier'), { verb: 'jobs', page: list.page - 1 })] : []),
    ...(list.hasNext ? [button(say('button-later'), { verb: 'jobs', page: list.page + 1 })] : []),
  ];
  return {
    text: richText([[bold(title)], ...lines]),
    keyboard: [
      ...keyboardRows(buttons),
      ...(turn.length > 0 ? [turn] : []),
      ...openInApp(say, miniAppUrl, 'jobs'),
    ],
  };
}

/**
 * A job as it stands.
 * @param updateId of the update this card answers: two taps on one "Run now" start one execution.
 * @param news what just happened.
 */
export function jobCard(
  { job, stats, executions }: JobView,
  words: Words,
  updateId: number,
  news: string | null = null,
): Card {
  const { say } = words;
  const runs = executions.flatMap((execution, index): Lines => {
    const line = `${index + 1}. ${executionWords(execution, words)}`;
    return [[line], execution.error === null ? null : [quote(clip(oneLine(execution.error), ERROR_LIMIT))]];
  });
  const rule = job.schedule === null ? null : say('job-rule', { rule: job.schedule, zone: job.timezone });
  return {
    text: richText([
      news === null ? null : [news],
      news === null ? null : [],
      [bold(jobName(job, words))],
      [`${capital(stateWords(job, words))}.`],
      rule === null ? null : [rule],
      stats === null ? null : statsLine(stats, words),
      [],
      executions.length === NOTHING ? null : [bold(say('job-last-runs'))],
      ...runs,
    ]),
    keyboard: [
      ...deeds(job, words, updateId),
      ...(executions.length === NOTHING ? [] : [executions.map((run, index) => opens(job, run, index))]),
      [
        button(say('button-jobs'), { verb: 'jobs', page: 1 }),
        button(say('button-look-again'), { verb: 'job', code: job.code }),
      ],
    ],
  };
}

/** One execution: how it ended, what it said, and another try if it came to nothing. */
export function executionCard(
  { job, execution }: { readonly job: ListedJob; readonly execution: ExecutionDetail },
  words: Words,
  updateId: number,
): Card {
  const { say } = words;
  const lines = execution.logs.slice(-LOG_LINES).map(({ timestamp, level, message }) => {
    const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: words.zone });
    const at = clock.format(Temporal.Instant.from(timestamp).epochMilliseconds);
    return `${at} ${level === 'info' ? '' : `${level}: `}${clip(oneLine(message), LOG_LINE_LIMIT)}`;
  });
  const mark = { code: job.code, at: slotOf(execution), print: executionPrint(execution.id) };
  const isOpenToRetry = canRetry(execution.status) && job.status !== 'cancelled' && job.role !== 'member';
  return {
    text: richText([
      [bold(jobName(job, words))],
      [executionWords(execution, words)],
      execution.retry_count === NOTHING ? null : [say('job-attempts', { count: execution.retry_count + 1 })],
      execution.error === null ? null : [quote(clip(execution.error, WHOLE_ERROR_LIMIT))],
      lines.length === NOTHING ? [say('job-log-empty')] : [folded(lines.join('\n'))],
    ]),
    keyboard: [
      ...(isOpenToRetry
        ? [[button(say('button-retry-run'), { verb: 'executionRetry', ...mark, id: updateId })]]
        : []),
      [
        button(say('button-back'), { verb: 'job', code: job.code }),
        button(say('button-look-again'), { verb: 'execution', ...mark }),
      ],
    ],
  };
}

function deeds(job: ListedJob, { say }: Words, updateId: number): Keyboard {
  if (job.role === 'member' || isResident(job) || job.status === 'cancelled') return [];
  const run = button(say('button-run-now'), { verb: 'jobRun', code: job.code, id: updateId });
  if (job.status === 'completed' || job.status === 'failed') return [[run]];
  const wish = job.status === 'paused' ? 'resume' : 'pause';
  if (wish === 'pause' && !canPause(job)) return [[run]];
  return [[run, button(say(`button-job-${wish}`), { verb: 'jobSet', code: job.code, wish })]];
}

function opens(job: ListedJob, execution: ExecutionView, index: number): Keyboard[number][number] {
  const print = executionPrint(execution.id);
  return button(String(index + 1), { verb: 'execution', code: job.code, at: slotOf(execution), print });
}

function slotOf(execution: ExecutionView): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(
    Temporal.Instant.from(execution.scheduled_at).epochMilliseconds,
  );
}

function statsLine(stats: JobStats, words: Words): readonly string[] | null {
  const { executions, successes, avg_duration_ms: average, p95_duration_ms: p95 } = stats;
  if (executions === NOTHING) return null;
  const counted = words.say('job-stats', { successes, executions });
  if (average === null || p95 === null) return [counted];
  const took = words.say('job-took', {
    average: formatDuration(average, words.language),
    p95: formatDuration(p95, words.language),
  });
  return [`${counted} ${took}`];
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function button(text: string, action: CallbackAction): Keyboard[number][number] {
  return { text, callback_data: encodeCallback(action) };
}
