/** What carries executions of jobs to workers, and is it there? */
import type { Finding } from './finding.ts';

/**
 * @param look null = each worker claims for itself, and the database is all it needs
 * @throws what `look` throws
 */
export async function lookAtJobs(look: (() => Promise<'ready' | 'absent'>) | null): Promise<Finding[]> {
  const subject = 'jobs';
  if (look === null) return [{ state: 'ok', subject, what: 'each worker claims executions for itself' }];
  if ((await look()) === 'ready') return [{ state: 'ok', subject, what: 'pg-boss carries executions' }];
  return [{ state: 'note', subject, what: 'pg-boss has no schema here yet; the first start makes it' }];
}
