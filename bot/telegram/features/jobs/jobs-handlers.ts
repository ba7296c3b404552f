/** Jobs in the chat, for owners and admins: whoever is neither gets a polite no, also from buttons of earlier days. */
import { listJobs, steersJobs, viewExecution, viewJob } from '../../../usecases/view-jobs.ts';
import type { CallbackAction } from '../../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { executionCard, executionPrint, jobCard, jobsCard } from './jobs-cards.ts';

export const JOB_VERBS = [
  'jobs',
  'job',
  'jobSet',
  'jobRun',
  'execution',
  'executionRetry',
] as const satisfies readonly CallbackAction['verb'][];

export type JobTap = Extract<CallbackAction, { verb: (typeof JOB_VERBS)[number] }>;
type ExecutionTap = Extract<JobTap, { verb: 'execution' | 'executionRetry' }>;

/** /jobs: the list as a new message. */
export async function jobsCommand(ctx: NudgeContext): Promise<void> {
  const { talk } = ctx;
  await sendCard(ctx, (await steersJobs(talk.jobs)) ? await listCard(talk, 1) : politeNo(talk));
}

export async function tapJobs(ctx: NudgeContext, tap: Tap, action: JobTap): Promise<void> {
  const { talk } = ctx;
  const { jobs, words } = talk;
  if (!(await steersJobs(jobs))) return tap.answer(words.say('jobs-not-yours'));
  switch (action.verb) {
    case 'jobs':
      return show(tap, await listCard(talk, action.page));
    case 'job':
      return showJob(ctx, tap, action.code, null);
    case 'jobSet': {
      const job = await jobs.byCode(action.code);
      if (job === null) return tap.answer(refusalSentence(words.say, 'JOB_NOT_FOUND'));
      const answer = await jobs[action.wish](talk.actionId, job.id);
      if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
      return showJob(ctx, tap, action.code, `job-did-${action.wish}`);
    }
    case 'jobRun': {
      const job = await jobs.byCode(action.code);
      if (job === null) return tap.answer(refusalSentence(words.say, 'JOB_NOT_FOUND'));
      const answer = await jobs.runNow(`run-u${String(action.id)}`, job.id);
      if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
      return showJob(ctx, tap, action.code, 'job-did-run');
    }
    case 'execution': {
      const view = await found(talk, action);
      if (view === null) return tap.answer(refusalSentence(words.say, 'EXECUTION_NOT_FOUND'));
      return show(tap, executionCard(view, words, ctx.update.update_id));
    }
    case 'executionRetry': {
      const view = await found(talk, action);
      if (view === null) return tap.answer(refusalSentence(words.say, 'EXECUTION_NOT_FOUND'));
      const answer = await jobs.retry(`retry-u${String(action.id)}`, view.execution.id);
      if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
      return showJob(ctx, tap, action.code, 'job-did-retry');
    }
  }
}

/** The job's card as it stands now. @param news what was done to it. */
async function showJob(ctx: NudgeContext, tap: Tap, code: string, news: string | null): Promise<void> {
  const { jobs, words } = ctx.talk;
  const view = await viewJob(jobs, code);
  if (view === null) return tap.answer(refusalSentence(words.say, 'JOB_NOT_FOUND'));
  const sentence = news === null ? null : words.say(news);
  await show(tap, jobCard(view, words, ctx.update.update_id, sentence));
}

async function listCard({ jobs, words, miniAppUrl }: Talk, page: number): Promise<Card> {
  return jobsCard(await listJobs(jobs, page), words, miniAppUrl);
}

async function found({ jobs }: Talk, { code, at, print }: ExecutionTap) {
  return viewExecution(jobs, { code, at, matches: (id) => executionPrint(id) === print });
}

async function show(tap: Tap, card: Card): Promise<void> {
  await Promise.all([tap.answer(), tap.edit(card)]);
}

function politeNo({ words }: Talk): Card {
  return { text: richText([[words.say('jobs-not-yours')]]), keyboard: [] };
}
