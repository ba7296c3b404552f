/** A team's jobs over HTTP: who may read, who may change, and what nobody is told. Real tokens, real database. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jobHealthSchema, jobMetricsSchema, jobStatsSchema } from '../../../shared/contracts/jobs.ts';
import {
  executionDetailSchema,
  executionViewSchema,
  historyAnswerSchema,
  jobListAnswerSchema,
} from '../../../shared/contracts/team-jobs.ts';
import { jobRowSchema } from '../../../shared/schemas/job.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, testServer } from '../../support/http-server.ts';

const PEOPLE = { owner: 7501, admin: 7502, member: 7503, stranger: 7504, ownerElsewhere: 7505 } as const;
type Who = keyof typeof PEOPLE;
const SECRET_PLACE = '/srv/nudge/bot/jobs/secret-place.ts';

let db: TestDatabase;
let ask: ReturnType<typeof testServer>;
beforeAll(async () => {
  db = await createTestDatabase();
  ask = testServer(db);
  await db.admin.query(
    `insert into public.platforms (id, name) values ('team', 'Team'), ('elsewhere', 'Elsewhere')`,
  );
  await db.admin.query(
    `insert into public.platform_members (platform_id, telegram_id, role) values
       ('team', $1, 'owner'), ('team', $2, 'admin'), ('team', $3, 'member'), ('elsewhere', $4, 'owner')`,
    [PEOPLE.owner, PEOPLE.admin, PEOPLE.member, PEOPLE.ownerElsewhere],
  );
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.admin.query('truncate public.scheduled_jobs cascade');
  await db.admin.query('truncate public.user_actions');
  await db.admin.query(
    `insert into public.scheduled_jobs (id, platform_id, name, type, status, schedule, next_run, handler_name, handler_type,
       tags, metadata) values
       ('report', 'team', 'Weekly report', 'cron', 'active', '0 9 * * 1', now() + interval '3 days', 'h', 'function',
         '{weekly}', '{}'),
       ('loop', 'team', 'A loop', 'event', 'active', null, null, 'resident', 'function', '{}', '{"resident": true}'),
       ('nudge.sweep', 'team', 'Sweep', 'cron', 'active', '* * * * *', now() + interval '1 day', 'sweep', 'function', '{}', '{}'),
       ('theirs', 'elsewhere', 'Theirs', 'cron', 'active', '0 9 * * *', now() + interval '1 day', 'h', 'function', '{}', '{}')`,
  );
  await db.admin.query(
    `insert into public.job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms,
       error, error_stack) values
       ('report@1', 'report', 'team', 'success', now() - interval '2 hours', now(), now(), 40, null, null),
       ('report@2', 'report', 'team', 'failed', now() - interval '1 hour', now(), now(), 60, 'It broke.', $1),
       ('theirs@1', 'theirs', 'elsewhere', 'failed', now(), now(), now(), 1, 'Theirs broke.', $1)`,
    [`Error: It broke.\n    at ${SECRET_PLACE}:1:1`],
  );
  await db.admin.query(
    `insert into public.job_execution_logs (execution_id, level, message)
     values ('report@2', 'info', 'began'), ('report@2', 'error', 'broke')`,
  );
});

const header = (who: Who) => ({ authorization: `Bearer ${db.token({ sub: String(PEOPLE[who]) })}` });
interface Answer {
  readonly status: number;
  readonly body: unknown;
}
async function get(who: Who, path: string): Promise<Answer> {
  const response = await ask(`/api/jobs${path}`, { headers: header(who) });
  return { status: response.status, body: await response.json() };
}
async function post(who: Who, path: string, body: unknown): Promise<Answer> {
  const response = await ask(`/api/jobs${path}`, jsonPost(body, header(who)));
  return { status: response.status, body: await response.json() };
}
/** Status and, of an error, its code. */
const short = ({ status, body }: Answer): unknown[] => [
  status,
  (body as { error?: { code: string } }).error?.code ?? null,
];
let actions = 0;
const action = () => ({ action_id: `tap-${(actions += 1)}` });
const statusOf = async (id: string) =>
  (await db.admin.query<{ status: string }>('select status from public.scheduled_jobs where id = $1', [id]))
    .rows[0]?.status;
const executionsOf = async (id: string) =>
  (await db.admin.query('select id from public.job_executions where job_id = $1', [id])).rows.length;
const MOVED = { schedule: '30 8 * * 2', timezone: 'Europe/Berlin' };
const CHANGES: readonly (readonly [string, () => object])[] = [
  ['/report/run', action],
  ['/report/pause', action],
  ['/report/resume', action],
  ['/report/cancel', action],
  ['/report/reschedule', () => ({ ...action(), change: MOVED })],
  ['/report/executions/report%402/retry', action],
];
const READS = [
  '/report',
  '/report/stats',
  '/report/executions',
  '/report/executions/report%402',
  '/metrics?platform_id=team',
  '/health?platform_id=team',
];

describe('reading', () => {
  test.each(['owner', 'admin', 'member'] as const)('the %s sees the jobs of the team alone', async (who) => {
    const { jobs } = jobListAnswerSchema.parse((await get(who, '')).body);
    expect(jobs.map(({ id }) => id)).toEqual(['loop', 'nudge.sweep', 'report']);
    expect((await Promise.all(READS.map((path) => get(who, path)))).map(short)).toEqual(
      READS.map(() => [200, null]),
    );
  });

  test('a list is narrowed by status, type, handler and tag, and comes in pages', async () => {
    const names = async (query: string) =>
      jobListAnswerSchema.parse((await get('member', query)).body).jobs.map(({ id }) => id);
    expect(await names('?tag=weekly')).toEqual(['report']);
    expect(await names('?type=event')).toEqual(['loop']);
    expect(await names('?handler=sweep&status=active')).toEqual(['nudge.sweep']);
    expect(await names('?status=paused')).toEqual([]);
    expect(await names('?platform_id=elsewhere')).toEqual([]);
    expect(await names('?limit=1&offset=1')).toEqual(['nudge.sweep']);
  });

  test('a history is the newest slot first, and narrowed by status', async () => {
    const ids = async (query: string) =>
      historyAnswerSchema
        .parse((await get('member', `/report/executions${query}`)).body)
        .executions.map(({ id }) => id);
    expect(await ids('')).toEqual(['report@2', 'report@1']);
    expect(await ids('?status=success')).toEqual(['report@1']);
    expect(await ids('?limit=1&offset=1')).toEqual(['report@1']);
  });

  test('an execution comes with its log, and never with the stack of its error', async () => {
    const { body } = await get('owner', '/report/executions/report%402');
    const execution = executionDetailSchema.parse(body);
    expect(execution).toMatchObject({ status: 'failed', error: 'It broke.' });
    expect(execution.logs.map(({ message }) => message)).toEqual(['began', 'broke']);
    const answers = await Promise.all(
      ['/report/executions', '/report/executions/report%402', '/report/stats', ''].map((path) =>
        get('owner', path),
      ),
    );
    expect(JSON.stringify(answers)).toContain('It broke.');
    expect(JSON.stringify(answers)).not.toContain(SECRET_PLACE);
    expect(JSON.stringify(answers)).not.toContain('error_stack');
  });

  test('numbers are those of the job and of the platform', async () => {
    expect(jobStatsSchema.parse((await get('member', '/report/stats')).body)).toMatchObject({
      executions: 2,
      success_rate: 0.5,
      avg_duration_ms: 50,
      last_error: 'It broke.',
    });
    const metrics = jobMetricsSchema.parse((await get('member', '/metrics?platform_id=team')).body);
    expect(metrics.jobs.active).toBe(3);
    expect(metrics.last_hour).toMatchObject({ success: 1, failed: 1 });
  });

  test('health names in sentences what is wrong: no worker here, and a platform’s own loops alone', async () => {
    const health = async (who: Who, platform: string) =>
      jobHealthSchema.parse((await get(who, `/health?platform_id=${platform}`)).body);
    expect(await health('member', 'team')).toMatchObject({
      healthy: false,
      problems: ['No job worker is alive. Start one with npm run worker.'],
      loops: [{ id: 'loop' }],
    });
    expect((await health('ownerElsewhere', 'elsewhere')).loops).toEqual([]);
  });

  test.each(['stranger', 'ownerElsewhere'] as const)(
    'the %s learns nothing of the team, not even that it exists',
    async (who) => {
      const answers = await Promise.all(READS.map((path) => get(who, path)));
      expect(answers.map(({ status }) => status)).toEqual(READS.map(() => 404));
      const { jobs } = jobListAnswerSchema.parse((await get(who, '?platform_id=team')).body);
      expect(jobs).toEqual([]);
      const missing = await get(who, '/no-such-job');
      const others = await get(who, '/report');
      expect(JSON.stringify(others).replace('report', 'no-such-job')).toBe(JSON.stringify(missing));
      expect(JSON.stringify(answers)).not.toContain('Weekly');
    },
  );

  test('an execution is found below its own job only', async () => {
    expect(short(await get('owner', '/nudge.sweep/executions/report%402'))).toEqual([
      404,
      'EXECUTION_NOT_FOUND',
    ]);
    expect(short(await get('owner', '/theirs/executions/theirs%401'))).toEqual([404, 'EXECUTION_NOT_FOUND']);
  });

  test.each(['?limit=0', '?limit=many', '?offset=-1', '?status=odd', '?colour=red'])(
    'a list of the wrong form is refused: %s',
    async (query) => {
      expect(short(await get('owner', query))).toEqual([422, 'REQUEST_INVALID']);
    },
  );
});

describe('changing', () => {
  test.each(['owner', 'admin'] as const)('the %s pauses, resumes, moves and ends a job', async (who) => {
    const job = async (path: string, body: object) => jobRowSchema.parse((await post(who, path, body)).body);
    expect((await job('/report/pause', action())).status).toBe('paused');
    expect((await job('/report/resume', action())).status).toBe('active');
    const moved = await job('/report/reschedule', { ...action(), change: MOVED });
    expect(moved).toMatchObject(MOVED);
    const next = Temporal.Instant.from(moved.next_run!).toZonedDateTimeISO('Europe/Berlin');
    expect([next.dayOfWeek, next.toPlainTime().toString()]).toEqual([2, '08:30:00']);
    expect((await job('/report/cancel', action())).status).toBe('cancelled');
    expect(short(await post(who, '/report/resume', action()))).toEqual([409, 'JOB_CLOSED']);
  });

  test('the owner runs a job now and tries a failed execution again, each without internals', async () => {
    for (const path of ['/report/run', '/report/executions/report%402/retry']) {
      const { status, body } = await post('owner', path, action());
      expect(status).toBe(200);
      expect(executionViewSchema.strict().parse(body)).toMatchObject({
        job_id: 'report',
        status: 'pending',
      });
    }
    expect(await executionsOf('report')).toBe(4);
    expect(short(await post('owner', '/report/executions/report%401/retry', action()))).toEqual([
      409,
      'EXECUTION_OPEN',
    ]);
  });

  test.each(CHANGES)('%s sent twice happens once', async (path, body) => {
    const request = body();
    const [first, again] = [await post('owner', path, request), await post('owner', path, request)];
    expect(first.status).toBe(200);
    expect(again).toEqual(first);
    expect(await executionsOf('report')).toBeLessThanOrEqual(3);
  });

  test('an action id of one action is refused for another', async () => {
    const request = action();
    await post('owner', '/report/pause', request);
    expect(short(await post('owner', '/report/resume', request))).toEqual([409, 'ACTION_ID_REUSED']);
    expect(await statusOf('report')).toBe('paused');
  });

  test.each(CHANGES)('%s is refused to a member, and does not exist for anybody else', async (path, body) => {
    expect(short(await post('member', path, body()))).toEqual([403, 'ROLE_NEEDED']);
    for (const who of ['stranger', 'ownerElsewhere'] as const) {
      const { status } = await post(who, path, body());
      expect(status).toBe(404);
    }
    expect([await statusOf('report'), await executionsOf('report')]).toEqual(['active', 2]);
  });

  test('who is no admin any more may change nothing, with the token of before', async () => {
    await db.admin.query(`update public.platform_members set role = 'member' where telegram_id = $1`, [
      PEOPLE.admin,
    ]);
    try {
      expect(short(await post('admin', '/report/pause', action()))).toEqual([403, 'ROLE_NEEDED']);
    } finally {
      await db.admin.query(`update public.platform_members set role = 'admin' where telegram_id = $1`, [
        PEOPLE.admin,
      ]);
    }
  });

  test.each(['run', 'pause', 'resume', 'cancel'])('a resident loop takes no %s', async (name) => {
    expect(short(await post('owner', `/loop/${name}`, action()))).toEqual([409, 'JOB_BUILT_IN']);
    expect(await statusOf('loop')).toBe('active');
  });

  test('a job of the product itself is neither ended nor moved', async () => {
    expect(short(await post('owner', '/nudge.sweep/cancel', action()))).toEqual([409, 'JOB_BUILT_IN']);
    expect(short(await post('owner', '/nudge.sweep/reschedule', { ...action(), change: MOVED }))).toEqual([
      409,
      'JOB_BUILT_IN',
    ]);
  });

  test('what brings back a dead worker’s reminders may not rest', async () => {
    expect(short(await post('owner', '/nudge.sweep/pause', action()))).toEqual([409, 'JOB_BUILT_IN']);
    expect(await statusOf('nudge.sweep')).toBe('active');
  });

  test.each([
    ['no body', '', 'REQUEST_INVALID'],
    ['no action id', { change: MOVED }, 'REQUEST_INVALID'],
    ['an empty action id', { action_id: '', change: MOVED }, 'REQUEST_INVALID'],
    ['no change', { action_id: 'x' }, 'REQUEST_INVALID'],
    ['a field nobody knows', { action_id: 'x', change: { ...MOVED, status: 'paused' } }, 'REQUEST_INVALID'],
    ['words for an expression', { action_id: 'x', change: { schedule: 'every monday' } }, 'JOB_INVALID'],
    ['a zone nobody knows', { action_id: 'x', change: { timezone: 'Mars/Olympus' } }, 'ZONE_UNKNOWN'],
    ['an instant for a cron job', { action_id: 'x', change: { at: '2030-01-01T00:00:00Z' } }, 'JOB_INVALID'],
    ['no JSON', '{"action_id"', 'REQUEST_INVALID'],
  ])('moving with %s is refused in words and changes nothing', async (_what, body, code) => {
    const answer = await post('owner', '/report/reschedule', body);
    expect(answer.status === 422 || answer.status === 400).toBe(true);
    expect(answer.body).toMatchObject({
      error: { code, message: expect.stringMatching(/\w{3,}/) as string },
    });
    const { rows } = await db.admin.query(`select schedule from public.scheduled_jobs where id = 'report'`);
    expect(rows).toEqual([{ schedule: '0 9 * * 1' }]);
  });
});
