/** Executions for the product's own worker, as its scheduler leaves them. */
import { STORED_TEXT } from '../dispatch/message-text.ts';

/** What a worker asks while it has nothing to do. */
export const LOOKS = [
  `claim_executions('bench', gen_random_uuid(), 100)`,
  'due_jobs(500)',
  'next_job_ms()',
  'rescue_executions()',
] as const;
/** A claim that finds work, and one round's way of putting it there. */
export const CLAIM_OF = 100;
export const CLAIM = `claim_executions('bench', gen_random_uuid(), ${CLAIM_OF})`;
export const JOIN = `select join_job_worker('bench', 3600)`;

/** What a history of many days looks like to those who look for work. */
export const historyOf = (count: number): string => `
  insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type)
    values ('history', 'History', 'cron', '0 0 1 1 *', '2099-01-01', 'bench', 'function');
  insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms, worker_id)
    select 'history@' || n, 'history', 'default', 'success', at, at, at, 1, 'w'
    from generate_series(1, ${count}) as n, lateral (select now() - n * interval '2 seconds' as at) as slot`;

/** Every execution of one job, as an event leaves them. */
export const ONE_JOB = {
  empty: `delete from scheduled_jobs where id <> 'history'`,
  fill: (count: number): string => `
    insert into scheduled_jobs (id, name, type, handler_name, handler_type, concurrency, overlap)
      values ('bench', 'Bench', 'event', 'bench', 'function', null, 'queue');
    insert into event_handlers (event_name, platform_id, job_id) values ('bench', 'default', 'bench');
    insert into job_executions (id, job_id, platform_id, scheduled_at, max_retries)
      select 'bench@' || n, 'bench', 'default', now(), 3 from generate_series(1, ${count}) as n`,
  left: `select count(*)::int as count from job_executions where job_id = 'bench' and status <> 'success'`,
};

/** So many of one job that a claim finds, twice over: the first claim reads the catalogue. */
export const READY = `${ONE_JOB.empty}; ${ONE_JOB.fill(2 * CLAIM_OF)}`;

/** A job of its own for every execution: slots have to be taken, and each job ends. */
export const ONE_TIME = {
  empty: ONE_JOB.empty,
  fill: (count: number): string => oneTimeJobs(count, `now() - interval '1 second'`),
  left: `select count(*)::int as count from scheduled_jobs where type = 'one_time' and status <> 'completed'`,
};

/** @param due SQL of the instant that job `n` falls due. */
export function oneTimeJobs(count: number, due: string): string {
  return `
    insert into scheduled_jobs (id, name, type, status, next_run, handler_name, handler_type, payload)
      select 'bench-' || n, 'Bench', 'one_time', 'pending', ${due}, 'bench', 'function',
        jsonb_build_object('body', ${STORED_TEXT(due)})
      from generate_series(1, ${count}) as n`;
}
