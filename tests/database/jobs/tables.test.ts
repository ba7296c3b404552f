/** The job scheduler's tables as product.md, system E, names them: columns, kinds, indexes, and what goes with what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const JOB = [
  'name',
  'type',
  'status',
  'schedule',
  'timezone',
  'next_run',
  'last_run',
  'handler_name',
  'handler_type',
];
const JOB_LIMITS = ['payload', 'max_retries', 'retry_delay_ms', 'timeout_ms', 'priority', 'tags', 'metadata'];
const JOB_COUNTS = [
  'execution_count',
  'success_count',
  'failure_count',
  'avg_duration_ms',
  'platform_id',
  'created_by',
];
const JOB_TIMES = ['created_at', 'updated_at', 'completed_at', 'cancelled_at'];
const EXECUTION = [
  'job_id',
  'status',
  'scheduled_at',
  'started_at',
  'completed_at',
  'duration_ms',
  'result',
  'error',
];
const EXECUTION_TRIES = [
  'error_stack',
  'retry_count',
  'max_retries',
  'next_retry_at',
  'worker_id',
  'metadata',
];
const EXECUTION_TRACE = ['trace_id', 'span_id', 'parent_span_id', 'created_at'];

test.each([
  ['platforms', ['id', 'name']],
  ['scheduled_jobs', [...JOB, ...JOB_LIMITS, ...JOB_COUNTS, ...JOB_TIMES]],
  ['job_executions', [...EXECUTION, ...EXECUTION_TRIES, ...EXECUTION_TRACE]],
  ['job_execution_logs', ['execution_id', 'timestamp', 'level', 'message', 'data']],
  ['event_handlers', ['event_name', 'enabled', 'platform_id', 'job_id']],
])('%s has the columns that are promised', async (table, columns) => {
  const { rows } = await db.admin.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  );
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(columns));
});

test('a job that says nothing about it is tried three times more, a minute apart, for five minutes each, in UTC', async () => {
  const { rows } = await db.admin.query(
    `insert into scheduled_jobs (id, name, type, handler_name, handler_type) values ('bare', 'Bare', 'event', 'h', 'function')
     returning timezone, payload, max_retries, retry_delay_ms, timeout_ms, priority, tags, metadata, execution_count`,
  );
  expect(rows).toEqual([
    {
      ...{ timezone: 'UTC', payload: {}, max_retries: 3, retry_delay_ms: 60_000, timeout_ms: 300_000 },
      ...{ priority: 'medium', tags: [], metadata: {}, execution_count: 0 },
    },
  ]);
});

describe('a column of kinds takes exactly the promised ones', () => {
  const inJobs = (column: string, value: string) =>
    `insert into scheduled_jobs (id, name, handler_name, ${[...new Set(['type', 'handler_type', column])].join(', ')})
     values ('kinds', 'K', 'h', ${[...new Set(['type', 'handler_type', column])]
       .map((name) => (name === column ? `'${value}'` : name === 'type' ? `'event'` : `'function'`))
       .join(', ')})`;
  const inExecutions = (column: string, value: string) =>
    `insert into job_executions (id, job_id, platform_id, scheduled_at, completed_at, ${column})
     values ('kinds', 'bare', 'default', now(), ${/pending|running/.test(value) ? 'null' : 'now()'}, '${value}')`;
  const inLogs = (column: string, value: string) =>
    `insert into job_execution_logs (execution_id, message, ${column}) values ('kinds', 'm', '${value}')`;

  test.each([
    ['job type', inJobs, 'type', ['cron', 'one_time', 'recurring', 'event']],
    ['job status', inJobs, 'status', ['pending', 'active', 'paused', 'completed', 'failed', 'cancelled']],
    ['handler type', inJobs, 'handler_type', ['function', 'agent', 'workflow']],
    ['priority', inJobs, 'priority', ['low', 'medium', 'high', 'critical']],
    ['overlap policy', inJobs, 'overlap', ['skip', 'queue', 'cancel_previous']],
    ['catch-up policy', inJobs, 'catch_up', ['skip', 'once', 'all']],
    [
      'execution status',
      inExecutions,
      'status',
      ['pending', 'running', 'success', 'failed', 'timeout', 'cancelled', 'skipped'],
    ],
    ['log level', inLogs, 'level', ['debug', 'info', 'warn', 'error']],
  ] as const)('%s', async (_, insert, column, kinds) => {
    const refusal = async (value: string): Promise<string> =>
      await db.admin.query(insert(column, value)).then(
        () => '',
        (error: unknown) => (error as { constraint?: string }).constraint ?? 'no constraint',
      );
    await db.admin.query(
      `delete from job_executions where id = 'kinds'; delete from scheduled_jobs where id = 'kinds'`,
    );
    if (insert === inLogs) await db.admin.query(inExecutions('status', 'pending'));
    const itsOwn = new RegExp(`_${column}_check$`);
    for (const kind of kinds) {
      // Another rule may refuse it (an ended job has an end); this column's does not.
      expect(await refusal(kind), kind).not.toMatch(itsOwn);
      await db.admin.query(`delete from scheduled_jobs where id = 'kinds'`);
      if (insert === inExecutions) await db.admin.query(`delete from job_executions where id = 'kinds'`);
    }
    expect(await refusal('sometimes')).toMatch(itsOwn);
  });
});

test.each([
  ['scheduled_jobs', ['status', 'type', 'next_run', 'platform_id', 'handler_name', 'created_at', 'tags']],
  ['job_executions', ['job_id', 'status', 'started_at', 'scheduled_at', 'trace_id', 'created_at']],
  ['job_execution_logs', ['execution_id, "timestamp"', 'level']],
  ['event_handlers', ['event_name', 'enabled', 'platform_id']],
])('%s is found through an index by each promised column', async (table, leading) => {
  const { rows } = await db.admin.query<{ definition: string }>(
    `select indexdef as definition from pg_indexes where schemaname = 'public' and tablename = $1`,
    [table],
  );
  const begins = rows.map(({ definition }) => /using \w+ \((.+?)\)/i.exec(definition)?.[1] ?? '');
  for (const columns of leading) {
    expect(
      begins.some((begin) => begin === columns || begin.startsWith(`${columns},`)),
      `${columns} among ${begins.join(' | ')}`,
    ).toBe(true);
  }
});

test('a platform takes its jobs, executions, logs and listeners with it, and nobody else’s', async () => {
  await db.admin.query(
    `insert into platforms (id, name) values ('gone', 'Gone'), ('stays', 'Stays');
     insert into scheduled_jobs (id, platform_id, name, type, handler_name, handler_type)
       select p || '-job', p, 'J', 'event', 'h', 'function' from unnest(array['gone', 'stays']) as p;
     insert into event_handlers (event_name, platform_id, job_id)
       select 'e', p, p || '-job' from unnest(array['gone', 'stays']) as p;
     insert into job_executions (id, job_id, platform_id, scheduled_at)
       select p || '-job@1', p || '-job', p, now() from unnest(array['gone', 'stays']) as p;
     insert into job_execution_logs (execution_id, level, message)
       select p || '-job@1', 'info', 'm' from unnest(array['gone', 'stays']) as p`,
  );
  await db.admin.query(`delete from platforms where id = 'gone'`);
  const { rows } = await db.admin.query(
    `select (select array_agg(id) from scheduled_jobs where platform_id in ('gone', 'stays')) as jobs,
       (select array_agg(id) from job_executions where platform_id in ('gone', 'stays')) as executions,
       (select array_agg(job_id) from event_handlers) as listeners,
       (select array_agg(execution_id) from job_execution_logs where execution_id like '%-job@1') as logs`,
  );
  expect(rows).toEqual([
    { jobs: ['stays-job'], executions: ['stays-job@1'], listeners: ['stays-job'], logs: ['stays-job@1'] },
  ]);
});

test.each([
  ['a capital in a trace', `update job_executions set trace_id = upper(trace_id)`, 'trace_id'],
  ['a short trace', `update job_executions set trace_id = left(trace_id, 31)`, 'trace_id'],
  ['a long span', `update job_executions set span_id = span_id || 'a'`, 'span_id'],
  [
    'no hexadecimal parent',
    `update job_executions set parent_span_id = 'g7ad6b7169203331'`,
    'parent_span_id',
  ],
  [
    'a line end in a parent',
    `update job_executions set parent_span_id = E'b7ad6b716920333\\n'`,
    'parent_span_id',
  ],
  ['a blank in a job’s id', `update scheduled_jobs set id = 'a b' where id = 'spare'`, 'id'],
  ['a line end in a job’s id', `update scheduled_jobs set id = E'a\\n' where id = 'spare'`, 'id'],
  ['an empty job’s id', `update scheduled_jobs set id = '' where id = 'spare'`, 'id'],
  ['a job’s id of 101 letters', `update scheduled_jobs set id = repeat('a', 101) where id = 'spare'`, 'id'],
])('%s is refused', async (_, change, column) => {
  await db.admin.query(
    `insert into scheduled_jobs (id, name, type, handler_name, handler_type)
       values ('spare', 'S', 'event', 'h', 'function'), ('traced', 'T', 'event', 'h', 'function') on conflict do nothing;
     insert into job_executions (id, job_id, platform_id, scheduled_at, trace_id, span_id)
       values ('traced@1', 'traced', 'default', now(), '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331')
       on conflict do nothing`,
  );
  await expect(db.admin.query(change)).rejects.toMatchObject({
    constraint: expect.stringMatching(new RegExp(`_${column}_check$`)) as string,
  });
});
