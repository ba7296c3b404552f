/** Messages a second of every contender over the same PostgreSQL and sink, in turn, several times. */
import { median } from '../report.ts';
import type { ContenderName, Report } from './contender.ts';
import { startCrew } from './crew.ts';
import type { Crew } from './crew.ts';
import type { Sink } from './sink.ts';
import type { Stage } from './stage.ts';

export interface Entry {
  readonly name: ContenderName;
  readonly processes: number;
  /** Slow ones get fewer messages; their rate is what counts. */
  readonly count: number;
}

export interface Line {
  readonly entries: readonly Entry[];
  readonly body: 'stored' | 'rendered';
  /** Nudge's rows are steps of plans, each with a next step waiting behind it; else reminders of their own. */
  readonly arePlanSteps: boolean;
  readonly inFlight: number;
  readonly answerAfterMs: number;
  readonly repetitions: number;
}

/** Medians over the repetitions. */
export interface Result {
  readonly entry: Entry;
  readonly perSecond: number;
  /** The same of each repetition, in their order. */
  readonly rates: readonly number[];
  /** Of its processes together, per 10,000 messages. */
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number;
  /** Per 1,000 messages. */
  readonly statements: number;
  readonly peakMiB: number;
  readonly bodyBytes: number;
}

/** Of one repetition. */
type Figures = Omit<Result, 'entry' | 'rates'>;

/**
 * The middle of the ratios of one repetition each: what the machine does beside is the same for neighbours, and not for a
 * whole line.
 */
export function ratio(of: Result, to: Result): number {
  return median(of.rates.map((rate, repetition) => rate / (to.rates[repetition] ?? Number.NaN)));
}

/** Messages of each process before the clock runs: code is compiled, connections are open, plans are made. */
const WARM_UP = 2_000;

/** A worker that was held up for seconds gives messages back; such a round says nothing and is played again. */
const TRIES = 3;

/** @throws Error when a contender lost or doubled a message, or left one behind, in every try. */
export async function compare(
  stage: Stage,
  sink: Sink,
  line: Line,
  profile: string | null,
): Promise<Result[]> {
  const runs = new Map<Entry, { results: Figures[]; crew: Crew }>();
  for (const entry of line.entries) {
    const setup = {
      name: entry.name,
      connectionString: stage.connectionString,
      insforge: null,
      sinkUrl: sink.url,
      inFlight: line.inFlight,
      body: line.body,
    };
    runs.set(entry, { results: [], crew: await startCrew(setup, entry.processes, profile) });
  }
  try {
    // The ceiling sends what the product sent last.
    let sample = await sampleBody(stage, sink, line, runs);
    for (let repetition = 0; repetition < line.repetitions; repetition += 1) {
      for (const [entry, { results, crew }] of runs) {
        if (repetition === 0) {
          const warmUp = Math.min(WARM_UP * entry.processes, entry.count);
          await round(stage, sink, line, entry, crew, sample, warmUp);
        }
        results.push(await round(stage, sink, line, entry, crew, sample, entry.count));
        if (entry.name === 'nudge') sample = sink.lastBody;
      }
    }
    for (const { crew } of runs.values()) await crew.stop();
  } catch (error) {
    for (const { crew } of runs.values()) crew.kill();
    throw error;
  }
  return [...runs].map(([entry, { results }]) => {
    const middle = (of: (result: Figures) => number): number => median(results.map(of));
    return {
      entry,
      perSecond: middle(({ perSecond }) => perSecond),
      rates: results.map(({ perSecond }) => perSecond),
      cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
      serverCpuSeconds: middle(({ serverCpuSeconds }) => serverCpuSeconds),
      statements: middle(({ statements }) => statements),
      peakMiB: Math.max(...results.map(({ peakMiB }) => peakMiB)),
      bodyBytes: middle(({ bodyBytes }) => bodyBytes),
    };
  });
}

async function sampleBody(
  stage: Stage,
  sink: Sink,
  line: Line,
  runs: ReadonlyMap<Entry, { crew: Crew }>,
): Promise<string> {
  for (const [entry, { crew }] of runs) {
    if (entry.name === 'nudge') await round(stage, sink, line, entry, crew, '', 100);
  }
  return sink.lastBody;
}

async function round(
  ...given: readonly [Stage, Sink, Line, Entry, Crew, sample: string, count: number]
): Promise<Figures> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await play(...given);
    if (typeof result !== 'string') return result;
    if (attempt === TRIES) throw new Error(result);
    process.stdout.write(`  played again: ${result}\n`);
  }
}

/** @returns the figures, or in words what went wrong. */
async function play(
  stage: Stage,
  sink: Sink,
  line: Line,
  entry: Entry,
  crew: Crew,
  sample: string,
  count: number,
): Promise<Figures | string> {
  await stage.fill(entry.name, count, line.arePlanSteps);
  sink.reset(line.answerAfterMs);
  const serverBefore = stage.serverCpuSeconds();
  const reports = await crew.deliver(count, sample);
  const serverCpuSeconds = stage.serverCpuSeconds() - serverBefore;
  const left = await stage.left(entry.name);
  if (sink.answered !== count || left !== 0) {
    return `${entry.name} sent ${sink.answered} of ${count} messages and left ${left} behind.`;
  }
  const sum = (of: (report: Report) => number): number =>
    reports.reduce((all, report) => all + of(report), 0);
  const per = (messages: number): number => messages / count;
  return {
    perSecond: (count / Math.max(...reports.map(({ milliseconds }) => milliseconds))) * 1000,
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds) * per(10_000),
    serverCpuSeconds: serverCpuSeconds * per(10_000),
    statements: sum(({ statements }) => statements) * per(1_000),
    peakMiB: sum(({ peakMiB }) => peakMiB),
    bodyBytes: Buffer.byteLength(sink.lastBody),
  };
}
