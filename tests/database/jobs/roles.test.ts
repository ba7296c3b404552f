/** Who may do what with a team's jobs, asked of the database itself, past every server. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSON_RPCS } from '../access/expected-functions.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

const [OWNER, ADMIN, MEMBER, OF_ANOTHER_TEAM] = [7601, 7602, 7603, 7604];
const JOB = { p_job_id: 'team-job' };
/** Every function that changes a job. A new one is missing here until somebody thinks about it. */
const CHANGES: Readonly<Record<string, object>> = {
  cancel_job: JOB,
  pause_job: JOB,
  reschedule_job: {
    ...JOB,
    p_schedule: '0 8 * * *',
    p_timezone: 'UTC',
    p_next_run: Temporal.Now.instant().add({ hours: 24 }).toString(),
  },
  resume_job: JOB,
  retry_execution: { p_execution_id: 'team-job@1' },
  run_job: JOB,
};

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query(
    `insert into platforms (id, name) values ('team', 'Team'), ('other', 'Other');
     insert into platform_members (platform_id, telegram_id, role) values ('team', ${OWNER}, 'owner'),
       ('team', ${ADMIN}, 'admin'), ('team', ${MEMBER}, 'member'), ('other', ${OF_ANOTHER_TEAM}, 'owner')`,
  );
});
afterAll(() => db.drop());

/** The job as it is before each question. */
async function layOut(): Promise<void> {
  await db.admin.query(
    `delete from scheduled_jobs;
     insert into scheduled_jobs (id, platform_id, name, type, schedule, next_run, handler_name, handler_type)
       values ('team-job', 'team', 'Theirs', 'cron', '0 9 * * *', now() + interval '1 day', 'h', 'function');
     insert into job_executions (id, job_id, platform_id, status, scheduled_at, completed_at, error, error_stack)
       values ('team-job@1', 'team-job', 'team', 'failed', now(), now(), 'It broke.', 'at secret-place.ts')`,
  );
}

async function stored(): Promise<unknown> {
  const { rows } = await db.admin.query(
    `select (select jsonb_agg(to_jsonb(j) order by id) from scheduled_jobs as j) as jobs,
       (select jsonb_agg(to_jsonb(e) order by id) from job_executions as e) as executions,
       (select count(*) from user_actions) as actions`,
  );
  return rows[0];
}

test('every function of a person that names a job or an execution is tried below', () => {
  expect(PERSON_RPCS.filter((name) => /_(job|execution)$/.test(name)).sort()).toEqual(
    Object.keys(CHANGES).sort(),
  );
});

describe.each(Object.entries(CHANGES))('%s', (name, args) => {
  const ask = async (telegramId: number) =>
    db.userClient(telegramId).database.rpc(name, { p_action_id: randomUUID(), ...args });

  test.each([
    ['a member', MEMBER, 'ROLE_NEEDED'],
    ['the owner of another team', OF_ANOTHER_TEAM, /^(JOB|EXECUTION)_NOT_FOUND$/],
    ['nobody’s member', 7605, /^(JOB|EXECUTION)_NOT_FOUND$/],
  ])('is refused to %s and changes nothing', async (_who, telegramId, hint) => {
    await layOut();
    const before = await stored();
    const { error } = await ask(telegramId);
    expect(error?.hint).toMatch(hint);
    expect(await stored()).toEqual(before);
  });

  test('is done for an owner and an admin', async () => {
    for (const telegramId of [OWNER, ADMIN]) {
      await layOut();
      const answer = await ask(telegramId);
      expect(answer).toMatchObject({ error: null, data: { replayed: false } });
      expect(JSON.stringify(answer.data)).not.toContain('secret-place');
    }
  });
});

test('the stack of an error can be read by the server alone, not even by an owner', async () => {
  await layOut();
  const executions = () => db.userClient(OWNER).database.from('job_executions');
  expect((await executions().select('id, error')).data).toEqual([{ id: 'team-job@1', error: 'It broke.' }]);
  for (const asked of [
    await executions().select('error_stack'),
    await executions().select('*'),
    await executions().select('id').eq('error_stack', 'x'),
    await executions().select('id').order('error_stack'),
  ]) {
    expect([asked.status, asked.error?.code]).toEqual([403, '42501']);
  }
  const { data } = await db.server.database.from('job_executions').select('error_stack');
  expect(data).toEqual([{ error_stack: 'at secret-place.ts' }]);
});
