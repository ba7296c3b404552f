/**
 * The job scheduler's figures: executions a second beside two well-known queues over the same PostgreSQL, how late a handler
 * starts while nothing else is going on, and what an hour costs in which nothing is asked for.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { reportSchema } from '../dispatch/contender.ts';
import type { Report } from '../dispatch/contender.ts';
import { nextMessage } from '../dispatch/crew.ts';
import { openStage } from '../dispatch/stage.ts';
import type { Stage } from '../dispatch/stage.ts';
import { figure, heading, median } from '../report.ts';
import { latenessSchema } from './order.ts';
import type { WorkerName, WorkerOrder } from './order.ts';
import { CLAIM, CLAIM_OF, historyOf, JOIN, LOOKS, ONE_JOB, ONE_TIME, oneTimeJobs, READY } from './rows.ts';

const PROGRAM = fileURLToPath(new URL('worker-main.ts', import.meta.url));
/** As many handlers at once as the product's own worker has; the queues get what their authors advise. */
const IN_FLIGHT: Readonly<Record<WorkerName, number>> = { nudge: 16, 'pg-boss': 32, graphile: 32 };
/** Before the clock runs: code is compiled, connections are open, plans are made. */
const WARM_UP = 1_000;
/** Few enough that the machine stays idle between them. */
const PER_SECOND = 5;
/** After the last job is due, for what is still on its way. Milliseconds. */
const REST_MS = 4_000;
const HOUR_SECONDS = 3_600;

type Ran = Report & { readonly serverCpuSeconds: number };

const CPU: readonly (readonly [string, (ran: Ran) => number])[] = [
  ['worker', ({ cpuSeconds }) => cpuSeconds],
  ['PostgreSQL', ({ serverCpuSeconds }) => serverCpuSeconds],
];

interface Way {
  readonly title: string;
  readonly name: WorkerName;
  readonly fill: (count: number) => Promise<void>;
  readonly left: () => Promise<number>;
}

/** Prints everything. @throws Error when an execution was lost or left behind. */
export async function benchJobs({ isQuick }: { readonly isQuick: boolean }): Promise<void> {
  const stage = await openStage({ isDurable: true });
  try {
    await printLooks(stage, isQuick ? 50_000 : 1_000_000);
    await printThroughput(stage, isQuick ? 3_000 : 10_000, isQuick ? 1 : 3);
    await printLateness(stage, isQuick ? 10 : 60);
    await printIdle(stage, isQuick ? 20 : 120);
  } finally {
    await stage.close();
  }
}

/** What a look for work reads while there is none, and a claim that finds some; the history stays for what follows. */
async function printLooks(stage: Stage, history: number): Promise<void> {
  heading('jobs: pages (8 kB) read beside a history');
  await stage.admin.query(JOIN);
  const before = await pagesOfLooks(stage);
  await stage.admin.query(historyOf(history));
  await stage.admin.query('vacuum analyze');
  const after = await pagesOfLooks(stage);
  for (const [what, pages] of before) {
    const counted = history.toLocaleString('en');
    figure(`${what}, history of 0 / ${counted}`, `${String(pages)} / ${String(after.get(what))}`);
  }
  await stage.admin.query(ONE_JOB.empty);
}

async function pagesOfLooks(stage: Stage): Promise<ReadonlyMap<string, number>> {
  const pages = new Map<string, number>();
  await stage.admin.query(ONE_JOB.empty);
  for (const look of LOOKS) pages.set(look.split('(')[0] ?? look, await pagesRead(stage, look));
  await stage.admin.query(READY);
  await stage.admin.query('vacuum analyze job_executions');
  pages.set(`claim_executions of ${String(CLAIM_OF)} that are ready`, await pagesRead(stage, CLAIM));
  return pages;
}

async function pagesRead({ admin }: Stage, look: string): Promise<number> {
  // The first call reads the catalogue.
  await admin.query(`select ${look}`);
  const { rows } = await admin.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
    `explain (analyze, buffers, format json) select ${look}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN);
}

async function printThroughput(stage: Stage, count: number, repetitions: number): Promise<void> {
  const counted = count.toLocaleString('en');
  heading(`jobs: ${counted} executions that do nothing, one worker, median of ${String(repetitions)}`);
  const results = new Map<Way, Ran[]>();
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    // In turn, so that a busy minute of the machine is everybody's.
    for (const way of waysOn(stage)) {
      const known = [...results.keys()].find(({ title }) => title === way.title) ?? way;
      results.set(known, [...(results.get(known) ?? []), await runOnce(stage, way, count)]);
    }
  }
  for (const [{ title, name }, reports] of results) {
    const middle = (of: (report: Ran) => number): number => median(reports.map(of));
    const perSecond = middle(({ milliseconds }) => (count / milliseconds) * 1000);
    figure(`${title}: a second`, perSecond.toFixed(0), name === 'nudge' ? '≥ 1,000' : undefined);
    figure('  SQL statements per 1,000', middle(({ statements }) => (statements / count) * 1000).toFixed(0));
    for (const [what, of] of CPU) {
      figure(`  ${what} CPU per 10,000`, `${middle((ran) => (of(ran) / count) * 10_000).toFixed(2)} s`);
    }
  }
}

function waysOn(stage: Stage): Way[] {
  const queue = (name: 'pg-boss' | 'graphile', title: string): Way => ({
    title,
    name,
    fill: (count) => stage.fill(name, count, false),
    left: () => stage.left(name),
  });
  const own = (title: string, rows: typeof ONE_JOB): Way => ({
    title,
    name: 'nudge',
    async fill(count) {
      await stage.admin.query(`${rows.empty}; ${rows.fill(count)}`);
      await stage.admin.query('vacuum analyze scheduled_jobs, job_executions');
      await stage.admin.query('checkpoint');
    },
    async left() {
      const { rows: found } = await stage.admin.query<{ count: number }>(rows.left);
      return found[0]?.count ?? Number.NaN;
    },
  });
  return [
    own('Nudge, events of one job', ONE_JOB),
    own('Nudge, one-time jobs', ONE_TIME),
    queue('pg-boss', 'pg-boss'),
    queue('graphile', 'graphile-worker, which keeps no history'),
  ];
}

async function runOnce(stage: Stage, way: Way, count: number): Promise<Ran> {
  const child = await startWorker(stage, way.name);
  try {
    await way.fill(WARM_UP);
    await ask(child, { order: 'run', count: WARM_UP });
    await way.fill(count);
    const serverBefore = stage.serverCpuSeconds();
    const report = reportSchema.parse(await ask(child, { order: 'run', count }));
    const serverCpuSeconds = stage.serverCpuSeconds() - serverBefore;
    const left = await way.left();
    if (left !== 0) throw new Error(`${way.title} left ${String(left)} of ${String(count)} behind.`);
    await stopWorker(child);
    return { ...report, serverCpuSeconds };
  } finally {
    child.kill('SIGKILL');
  }
}

async function printLateness(stage: Stage, seconds: number): Promise<void> {
  heading(
    `jobs: from due to start, ${String(PER_SECOND)} a second over ${String(seconds)} s, an idle machine`,
  );
  const count = PER_SECOND * seconds;
  for (const name of ['nudge', 'pg-boss', 'graphile'] as const) {
    const child = await startWorker(stage, name);
    try {
      child.send({ order: 'watch' } satisfies WorkerOrder);
      const startsAt =
        name === 'nudge'
          ? await fillOwn(stage, count, seconds)
          : await stage.fillTogether([name], count, seconds);
      await wait(startsAt - Date.now() + seconds * 1000 + REST_MS);
      const late = latenessSchema
        .parse(await ask(child, { order: 'tell-lateness' }))
        .toSorted((a, b) => a - b);
      const at = (share: number): string =>
        (late[Math.floor(share * (late.length - 1))] ?? Number.NaN).toFixed(0);
      figure(
        `${name}: p50 / p99`,
        `${at(0.5)} / ${at(0.99)} ms`,
        name === 'nudge' ? '≤ 50 / 500 ms' : undefined,
      );
      if (late.length !== count) figure('  started', `${String(late.length)} of ${String(count)}`);
      await stopWorker(child);
    } finally {
      child.kill('SIGKILL');
    }
  }
}

/** @returns machine time at which the first one is due, in milliseconds since 1970. */
async function fillOwn(stage: Stage, count: number, seconds: number): Promise<number> {
  const startsAt = Date.now() + REST_MS;
  const due = `(to_timestamp(${String(startsAt / 1000)}) + make_interval(secs => ${String(seconds)}::float8 * n / ${String(count)}))`;
  await stage.admin.query(`${ONE_TIME.empty}; ${oneTimeJobs(count, due)}`);
  await stage.admin.query(`notify nudge_due, 'jobs'`);
  return startsAt;
}

async function printIdle(stage: Stage, seconds: number): Promise<void> {
  heading(`jobs: an hour in which nobody asks for anything, from ${String(seconds)} s of it`);
  await stage.admin.query(ONE_TIME.empty);
  const child = await startWorker(stage, 'nudge');
  try {
    // The first time also writes the product's own jobs down.
    await ask(child, { order: 'idle', seconds: 1 });
    const serverBefore = stage.serverCpuSeconds();
    const report = reportSchema.parse(await ask(child, { order: 'idle', seconds }));
    const perHour = HOUR_SECONDS / (report.milliseconds / 1000);
    figure('SQL statements, with the product’s own jobs', (report.statements * perHour).toFixed(0));
    figure('worker CPU', `${(report.cpuSeconds * perHour).toFixed(1)} s`);
    figure('PostgreSQL CPU', `${((stage.serverCpuSeconds() - serverBefore) * perHour).toFixed(1)} s`);
    await stopWorker(child);
  } finally {
    child.kill('SIGKILL');
  }
}

async function startWorker({ connectionString }: Stage, name: WorkerName): Promise<ChildProcess> {
  const child = fork(PROGRAM, [JSON.stringify({ name, connectionString, inFlight: IN_FLIGHT[name] })]);
  await nextMessage(child);
  return child;
}

async function ask(child: ChildProcess, order: WorkerOrder): Promise<unknown> {
  const answer = nextMessage(child);
  child.send(order);
  return await answer;
}

async function stopWorker(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.send({ order: 'stop' } satisfies WorkerOrder);
  await exit;
}
