/** The scheduler's operations where no worker is needed: what is planned, listed, moved, paused, and what is refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scheduler } from '../../../bot/usecases/job-ports.ts';
import { given, handler, openEngine, startClaimingWorker } from './engine.ts';
import type { Engine } from './engine.ts';

let engine: Engine;
let scheduler: Scheduler;
beforeAll(async () => {
  engine = await openEngine('postgres', startClaimingWorker, [
    handler('note', () => null),
    handler('other', () => null),
  ]);
  ({ scheduler } = engine);
});
afterAll(() => engine.close());

const NEW_YEAR = { name: 'New year', handler: 'note', schedule: '0 0 1 1 *' } as const;
/** An instant in as many days. */
const inDays = (days: number): string =>
  Temporal.Now.instant()
    .add({ hours: 24 * days })
    .toString();
const listener = (name: string, more: object = {}) =>
  scheduler.onEvent({ name, handler: 'note', event_name: name, ...more });
/** What waits to start, the first to go first, as a worker would get it; the worker is none, so it is put back. */
async function readyOf(jobIds: readonly string[]): Promise<string[]> {
  const ready = await engine.stores.executions.ready(1_000);
  return ready.map(({ id }) => id.split('@')[0]!).filter((id) => jobIds.includes(id));
}

test('the port has the eighteen operations of the product and no other', () => {
  expect(Object.keys(scheduler).toSorted()).toEqual(
    [
      ...[
        'schedule',
        'scheduleOnce',
        'scheduleRecurring',
        'reschedule',
        'unschedule',
        'onEvent',
        'triggerEvent',
      ],
      ...['getJob', 'listJobs', 'pauseJob', 'resumeJob', 'cancelJob', 'getJobHistory', 'getExecution'],
      ...['retryExecution', 'getMetrics', 'healthCheck', 'getJobStats'],
    ].toSorted(),
  );
});

describe('reschedule', () => {
  test('gives a cron job another rule, or its rule on another clock', async () => {
    const job = given(await scheduler.schedule(NEW_YEAR));
    const moved = given(
      await scheduler.reschedule(job.id, { schedule: '30 9 * * *', timezone: 'Asia/Tokyo' }),
    );
    expect(moved).toMatchObject({ schedule: '30 9 * * *', timezone: 'Asia/Tokyo' });
    expect(moved.next_run).toMatch(/T00:30:00\+00:00$/);
    const again = given(await scheduler.reschedule(job.id, { timezone: 'Asia/Kolkata' }));
    expect(again).toMatchObject({ schedule: '30 9 * * *', timezone: 'Asia/Kolkata' });
    expect(again.next_run).toMatch(/T04:00:00\+00:00$/);
  });

  test('gives a one-time job another instant', async () => {
    const job = given(await scheduler.scheduleOnce({ name: 'Once', handler: 'note', at: inDays(1) }));
    const at = inDays(2);
    const moved = given(await scheduler.reschedule(job.id, { at }));
    expect(Temporal.Instant.from(moved.next_run!).epochMilliseconds).toBe(
      Temporal.Instant.from(at).epochMilliseconds,
    );
  });

  test('refuses what does not fit the kind of job, an unknown job and one that is over', async () => {
    const cron = given(await scheduler.schedule(NEW_YEAR));
    const once = given(await scheduler.scheduleOnce({ name: 'Once', handler: 'note', at: inDays(1) }));
    const listening = given(await listener('moved.never'));
    const code = async (...asked: Parameters<Scheduler['reschedule']>): Promise<string> => {
      const answer = await scheduler.reschedule(...asked);
      return answer.ok ? 'moved' : answer.refusal.code;
    };
    expect(await code(cron.id, { at: inDays(1) })).toBe('JOB_INVALID');
    expect(await code(cron.id, { schedule: 'whenever' })).toBe('JOB_INVALID');
    expect(await code(once.id, { schedule: '0 9 * * *' })).toBe('JOB_INVALID');
    expect(await code(listening.id, { at: inDays(1) })).toBe('JOB_INVALID');
    expect(await code(randomUUID(), { at: inDays(1) })).toBe('JOB_NOT_FOUND');
    given(await scheduler.cancelJob(cron.id));
    expect(await code(cron.id, { schedule: '0 9 * * *' })).toBe('JOB_CLOSED');
  });
});

test('what is no job is refused in words that name each wrong field', async () => {
  const wrong = [
    scheduler.schedule({ ...NEW_YEAR, schedule: '61 * * * *' }),
    scheduler.schedule({ ...NEW_YEAR, timezone: 'Mars/Olympus' }),
    scheduler.schedule({ ...NEW_YEAR, handler: 'nobody' }),
    scheduler.schedule({ ...NEW_YEAR, timeout_ms: 0, priority: 'urgent' as 'high' }),
    scheduler.scheduleRecurring(NEW_YEAR),
    scheduler.scheduleOnce({ name: 'Once', handler: 'note', at: 'tomorrow' }),
    scheduler.onEvent({ name: 'Event', handler: 'note', event_name: 'With Blanks' }),
  ];
  const said = (await Promise.all(wrong)).map((answer) =>
    answer.ok ? 'stored' : [answer.refusal.code, answer.refusal.message].join(' '),
  );
  expect(said).toEqual([
    expect.stringMatching(/^JOB_INVALID .*61/),
    expect.stringMatching(/^(JOB_INVALID|ZONE_UNKNOWN) .*Mars\/Olympus/),
    expect.stringMatching(/^JOB_INVALID .*there is no handler "nobody"/),
    expect.stringMatching(/^JOB_INVALID (?=.*timeout_ms)(?=.*priority)/s),
    expect.stringMatching(/^JOB_INVALID .*max_executions/),
    expect.stringMatching(/^JOB_INVALID .*at/),
    expect.stringMatching(/^JOB_INVALID .*event_name/),
  ]);
});

test('the list is narrowed by status, type, handler and tag, and comes by name, page by page', async () => {
  const tag = randomUUID();
  const a = given(await scheduler.schedule({ ...NEW_YEAR, name: 'A', tags: [tag, 'first'] }));
  const b = given(await listener('list.b', { name: 'B', tags: [tag] }));
  const c = given(await scheduler.schedule({ ...NEW_YEAR, name: 'C', handler: 'other', tags: [tag] }));
  given(await scheduler.pauseJob(c.id));
  const names = async (filter: Parameters<Scheduler['listJobs']>[0]): Promise<string[]> =>
    (await scheduler.listJobs({ tag, ...filter })).map(({ name }) => name);
  expect(await names({})).toEqual(['A', 'B', 'C']);
  expect(await names({ tag: 'first' })).toEqual(['A']);
  expect(await names({ status: 'paused' })).toEqual(['C']);
  expect(await names({ type: 'event' })).toEqual(['B']);
  expect(await names({ handler: 'other' })).toEqual(['C']);
  expect(await names({ platform_id: 'nobody' })).toEqual([]);
  expect(await names({ limit: 1, offset: 1 })).toEqual(['B']);
  expect((await scheduler.getJob(a.id))?.tags).toEqual([tag, 'first']);
  expect(await scheduler.getJob(b.id)).toMatchObject({ type: 'event', next_run: null });
});

test('with a unique key the job that lives is answered, until it has ended', async () => {
  const key = randomUUID();
  const ask = async () => given(await scheduler.schedule({ ...NEW_YEAR, unique_key: key }));
  const first = await ask();
  expect((await ask()).id).toBe(first.id);
  given(await scheduler.pauseJob(first.id));
  expect((await ask()).id).toBe(first.id);
  given(await scheduler.cancelJob(first.id));
  const next = await ask();
  expect(next.id).not.toBe(first.id);
  const atOnce = await Promise.all(Array.from({ length: 5 }, ask));
  expect(new Set(atOnce.map(({ id }) => id))).toEqual(new Set([next.id]));
});

test('paused it starts nothing, resumed it does not make up for what passed, and twice changes nothing', async () => {
  const job = given(await listener('pause.test'));
  const trigger = async (key: string) =>
    given(await scheduler.triggerEvent({ name: 'pause.test', key })).execution_ids;
  given(await scheduler.pauseJob(job.id));
  expect(given(await scheduler.pauseJob(job.id)).status).toBe('paused');
  expect(await trigger('while-paused')).toEqual([]);
  expect(given(await scheduler.resumeJob(job.id)).status).toBe('active');
  expect(given(await scheduler.resumeJob(job.id)).status).toBe('active');
  expect(await scheduler.getJobHistory(job.id, {})).toEqual([]);
  expect(await trigger('afterwards')).toEqual([`${job.id}@pause.test:afterwards`]);
});

test('the most urgent goes first, then what has waited longest', async () => {
  const jobs = [];
  for (const priority of ['low', 'medium', 'high', 'critical', 'medium'] as const) {
    jobs.push(given(await listener(`urgent.${String(jobs.length)}`, { priority })));
  }
  for (const { name } of jobs) given(await scheduler.triggerEvent({ name, key: 'go' }));
  const [low, medium, high, critical, later] = jobs.map(({ id }) => id);
  expect(await readyOf(jobs.map(({ id }) => id))).toEqual([critical, high, medium, later, low]);
});

test('an event is heard on its own platform alone, and by nobody who was switched off', async () => {
  await engine.db.admin.query(`insert into platforms (id, name) values ('elsewhere', 'Elsewhere')`);
  const here = given(await listener('heard.test'));
  const off = given(await listener('heard.test', { name: 'Off' }));
  given(await listener('heard.test', { name: 'Elsewhere', platform_id: 'elsewhere' }));
  await engine.db.admin.query('update event_handlers set enabled = false where job_id = $1', [off.id]);
  expect(given(await scheduler.triggerEvent({ name: 'heard.test', key: 'x' })).execution_ids).toEqual([
    `${here.id}@heard.test:x`,
  ]);
});

test('unscheduled it is gone with its history, and an unknown one was never there', async () => {
  const job = given(await listener('gone.test'));
  const [executionId] = given(await scheduler.triggerEvent({ name: 'gone.test', key: 'x' })).execution_ids;
  expect((await scheduler.getExecution(executionId!))?.status).toBe('pending');
  expect(await scheduler.unschedule(job.id)).toBe(true);
  expect(await scheduler.unschedule(job.id)).toBe(false);
  expect(await scheduler.getJob(job.id)).toBeNull();
  expect(await scheduler.getExecution(executionId!)).toBeNull();
  expect(await scheduler.getJobStats(job.id)).toBeNull();
  expect(given(await scheduler.triggerEvent({ name: 'gone.test', key: 'y' })).execution_ids).toEqual([]);
});

test('an execution that waits or went well is not tried again', async () => {
  given(await listener('again.test'));
  const [waiting] = given(await scheduler.triggerEvent({ name: 'again.test', key: 'x' })).execution_ids;
  expect(await scheduler.retryExecution(waiting!, 'k')).toMatchObject({
    refusal: { code: 'EXECUTION_OPEN' },
  });
  expect(await scheduler.retryExecution('nobody@1', 'k')).toMatchObject({
    refusal: { code: 'EXECUTION_NOT_FOUND' },
  });
});

test('numbers are those of one platform, or of all', async () => {
  await engine.db.admin.query(
    `insert into platforms (id, name) values ('counted', 'Counted') on conflict do nothing`,
  );
  given(await listener('count.test', { platform_id: 'counted' }));
  given(await scheduler.triggerEvent({ name: 'count.test', platform_id: 'counted', key: 'x' }));
  expect(await scheduler.getMetrics('counted')).toMatchObject({
    jobs: { active: 1 },
    pending: 1,
    running: 0,
  });
  expect((await scheduler.getMetrics()).pending).toBeGreaterThan(1);
  // Nobody works here: what waits grows old, and the health check says so.
  expect(await scheduler.healthCheck()).toMatchObject({ healthy: false, workers: [] });
});
