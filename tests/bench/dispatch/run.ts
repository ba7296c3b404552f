/**
 * The part "dispatch" of the bench: Nudge, two queues, two naive loops, an ideal one and the ceiling, over the same
 * PostgreSQL and the same sink, in turn. Ratios are what counts: they are of one run on one machine.
 */
import { figure, heading } from '../report.ts';
import { measureClaimCost } from './claim-cost.ts';
import type { ContenderName } from './contender.ts';
import { measureLateness } from './lateness.ts';
import { measureRemote } from './remote.ts';
import { openSink } from './sink.ts';
import type { Sink } from './sink.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { compare, ratio } from './throughput.ts';
import type { Entry, Line, Result } from './throughput.ts';

export interface DispatchOptions {
  /** Fewer messages and repetitions: about a minute, for a first look. */
  readonly isQuick: boolean;
  /** Folder for processor profiles of every contender; null = none. */
  readonly profile: string | null;
}

/** What dispatch.md calls must and goal, as shares of the ceiling. */
type Bar = readonly [must: string, goal: string];

const QUEUES = ['pg-boss', 'graphile'] as const;

export async function benchDispatch({ isQuick, profile }: DispatchOptions): Promise<void> {
  const stage = await openStage({ isDurable: true });
  const sink = await openSink();
  try {
    await printConditions(stage);
    const repetitions = isQuick ? 1 : 5;
    const count = isQuick ? 4_000 : 10_000;
    const line = (
      title: string,
      entries: readonly Entry[],
      settings: Partial<Line>,
      bar: Bar | null,
    ): Promise<void> =>
      run(stage, sink, title, { ...USUAL, repetitions, entries, ...settings }, bar, profile);

    await line(
      'reminders, body as stored, sink answers at once',
      [
        ...one(count, 'ceiling', 'nudge', ...QUEUES, 'ideal', 'chunks'),
        ...one(count / 10, 'one-by-one'),
        ...(isQuick ? [] : [{ name: 'nudge' as const, processes: 4, count }]),
      ],
      {},
      ['0.50', '0.67'],
    );
    for (const arePlanSteps of [false, true]) {
      await line(
        `${arePlanSteps ? 'steps of plans' : 'reminders'}, rendered cards, sink answers at once`,
        one(count, 'ceiling', 'nudge'),
        { body: 'rendered', arePlanSteps },
        ['0.45', '0.60'],
      );
    }
    if (!isQuick) {
      const slow = { answerAfterMs: 50, inFlight: 100, repetitions: 3 };
      await line(
        'reminders, body as stored, sink answers after 50 ms, 100 in flight',
        one(count, 'ceiling', 'nudge', ...QUEUES, 'ideal'),
        slow,
        ['0.97', '0.985'],
      );
      await line(
        'reminders, body as stored, 50,000 messages',
        [
          ...one(50_000, 'ceiling', 'nudge', ...QUEUES, 'ideal'),
          { name: 'nudge', processes: 4, count: 50_000 },
        ],
        { repetitions: 3 },
        ['0.42', '0.53'],
      );
    }
    await printLateness(stage, sink, isQuick ? 10 : 60);
    await printRemote(stage, sink, isQuick ? 1_000 : 5_000);
  } finally {
    await sink.close();
    await stage.close();
  }
  await printClaimCost([10_000, 100_000]);
}

/** A part of its own: filling the table takes minutes. */
export async function benchClaimCost(isQuick: boolean): Promise<void> {
  await printClaimCost(isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000, 5_000_000]);
}

const USUAL = { body: 'stored', arePlanSteps: false, inFlight: 32, answerAfterMs: 0 } as const;

function one(count: number, ...names: readonly ContenderName[]): Entry[] {
  return names.map((name) => ({ name, processes: 1, count }));
}

async function printConditions(stage: Stage): Promise<void> {
  heading('dispatch: the conditions');
  const { rows: settings } = await stage.admin.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'shared_buffers', 'server_version')`,
  );
  for (const { name, setting } of settings) figure(`show ${name}`, setting);
  const { rows: triggers } = await stage.admin.query<{ name: string }>(
    `select tgname || case when tgenabled = 'D' then ' (off)' else '' end as name from pg_trigger
     where tgrelid = 'scheduled_reminders'::regclass and not tgisinternal order by 1`,
  );
  for (const { name } of triggers) figure('trigger on scheduled_reminders', name);
}

async function run(
  stage: Stage,
  sink: Sink,
  title: string,
  line: Line,
  bar: Bar | null,
  profile: string | null,
): Promise<void> {
  heading(`dispatch: ${title}, median of ${line.repetitions}`);
  const results = await compare(stage, sink, line, profile);
  const ceiling = results.find(({ entry }) => entry.name === 'ceiling');
  const ours = results.find(({ entry }) => entry.name === 'nudge');
  if (ceiling === undefined || ours === undefined) throw new Error('A line needs the ceiling and Nudge.');
  for (const result of results) print(result, ceiling, ours, bar);
}

function print(result: Result, ceiling: Result, ours: Result, bar: Bar | null): void {
  const { entry, perSecond } = result;
  const name = entry.processes === 1 ? entry.name : `${entry.name}, ${entry.processes} workers`;
  figure(`${name}: messages a second`, perSecond.toFixed(0));
  if (result === ceiling) {
    figure('  bytes of a body', String(result.bodyBytes));
  } else {
    const held = result === ours && bar !== null ? `must ${bar[0]}, goal ${bar[1]}` : undefined;
    figure('  share of the ceiling', ratio(result, ceiling).toFixed(2), held);
    if (result !== ours) figure('  Nudge is faster by', `${ratio(ours, result).toFixed(2)} ×`);
    figure('  SQL statements per 1,000', result.statements.toFixed(0));
  }
  const times = result === ceiling ? '' : ` (${(result.cpuSeconds / ceiling.cpuSeconds).toFixed(2)} ×)`;
  figure('  worker CPU per 10,000', `${result.cpuSeconds.toFixed(2)} s${times}`);
  figure('  PostgreSQL CPU per 10,000', `${result.serverCpuSeconds.toFixed(2)} s`);
  figure('  peak memory', `${result.peakMiB.toFixed(0)} MiB`);
}

async function printLateness(stage: Stage, sink: Sink, seconds: number): Promise<void> {
  heading(`dispatch: from due to sent, 50 a second each over ${seconds} s, all in the same time`);
  for (const { name, sent, due, p50, p99 } of await measureLateness(
    stage,
    sink,
    ['nudge', ...QUEUES],
    seconds,
  )) {
    const held = name === 'nudge' ? 'must 20 / 100 ms, goal 10 / 50 ms' : undefined;
    figure(`${name}: p50 / p99`, `${p50.toFixed(0)} / ${p99.toFixed(0)} ms`, held);
    if (sent !== due) figure('  sent', `${sent} of ${due}`);
  }
}

async function printRemote(stage: Stage, sink: Sink, count: number): Promise<void> {
  heading('dispatch: InsForge mode, over HTTP, one worker, rendered cards');
  for (const latencyMs of [20, 100]) {
    const { perSecond, calls } = await measureRemote(stage, sink, latencyMs, count);
    figure(`${latencyMs} ms on the way: messages a second`, perSecond.toFixed(0), '≥ 30');
    figure('  calls per 1,000', calls.toFixed(0));
  }
}

async function printClaimCost(sizes: readonly number[]): Promise<void> {
  heading('dispatch: what one claim reads');
  for (const cost of await measureClaimCost(sizes)) {
    const rows = `${cost.rows.toLocaleString('en')} rows, mostly ${cost.mix}`;
    figure(`${rows}: idle`, `${cost.idleBuffers} buffers`, '≤ 5');
    figure('  claim of 500', `${cost.claimBuffers} buffers`);
    figure('  idle / 500', `${cost.idleMs.toFixed(2)} / ${cost.claimMs.toFixed(1)} ms`);
  }
}
