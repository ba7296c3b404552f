/** A team's jobs as the chat lists them; see migrations/…_team-jobs.sql. */
import { z } from 'zod';
import { listedJobsSchema, teamRoleSchema } from '../../shared/contracts/my-jobs.ts';
import { executionViewSchema } from '../../shared/contracts/team-jobs.ts';
import type { JobBoard } from '../usecases/team-ports.ts';
import { readValue } from './answers.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

/** "*" would ask for the lease and for stacks too, which people may not read. */
const EXECUTION_COLUMNS = Object.keys(executionViewSchema.shape).join(', ');

/** Builds the board over a client that carries the person's token. */
export function createJobBoard(person: Database, telegramId: number): JobBoard {
  return {
    list: (shelf, limit, offset) =>
      callForValue(person, 'my_jobs', { p_shelf: shelf, p_limit: limit, p_offset: offset }, listedJobsSchema),
    async byCode(code) {
      const args = { p_shelf: 'open', p_limit: 1, p_offset: 0, p_code: code };
      return (await callForValue(person, 'my_jobs', args, listedJobsSchema))[0] ?? null;
    },
    async executionsAt(jobId, at) {
      const found = await person
        .from('job_executions')
        .select(EXECUTION_COLUMNS)
        .eq('job_id', jobId)
        .gte('scheduled_at', at.toString())
        .lt('scheduled_at', at.add({ milliseconds: 1 }).toString());
      return readValue('read job_executions', found, z.array(executionViewSchema));
    },
    async roles() {
      const found = await person.from('platform_members').select('role').eq('telegram_id', telegramId);
      return readValue('read platform_members', found, z.array(z.object({ role: teamRoleSchema }))).map(
        ({ role }) => role,
      );
    },
  };
}
