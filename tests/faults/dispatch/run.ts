/**
 * The dispatcher under every fault at once: worker processes with wrong clocks, half of them on PostgreSQL and half on the
 * HTTP gateway, a Telegram of its own process, people who tap, and a schedule of trouble drawn from a seed.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { randomNumbers } from '../random-numbers.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { letThingsGoWrong } from './fault-schedule.ts';
import type { FaultKind, HappenedFault } from './fault-schedule.ts';
import { startFaultyServer } from './faulty-server.ts';
import { judge } from './judge.ts';
import type { Kill, Leaving, Verdicts } from './judge.ts';
import { People } from './people-act.ts';
import { fillRows, OPEN_ROWS, peopleFor } from './rows.ts';
import { startRudeGateway } from './rude-gateway.ts';
import { settingsOf } from './worker-settings.ts';
import { Workers } from './workers.ts';

const CLOCK_OFF_BY_MS = 5 * 60_000;
const PEOPLE_AT_ONCE = 24;
/** From the first claim on, faults go on until this share of the rows is done; the rest shows the recovery. */
const TROUBLE_UNTIL = 0.9;

export interface FaultRun {
  readonly rows: number;
  readonly workers: number;
  /** Messages a second, over all workers. */
  readonly rate: number;
  readonly seed: number;
  readonly faultEveryMs: number;
  readonly mostFaults: number;
  readonly longestAwayMs: number;
  readonly tapsPerSecond: number;
  readonly without: readonly FaultKind[];
  /** A dead worker's lease ends at once instead of after 30 s: for the quick version. */
  readonly isHurried: boolean;
  /** The run has failed when it is not through by then. */
  readonly limitMs: number;
}

export interface FaultReport extends Verdicts {
  readonly seed: number;
  readonly rows: number;
  readonly people: number;
  readonly seconds: number;
  /** What the messages would take at the rate without any fault. */
  readonly idealSeconds: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly postsReplayed: number;
  /** Ordered 429s and those of the emulator's own limits together. */
  readonly answers429: number;
  /** Rows in somebody's hands after every worker had been asked to stop. Must be 0. */
  readonly openAfterStop: number;
  readonly exitCodes: readonly (number | null)[];
  /** Workers that ended without having been killed: their last words. */
  readonly ownEnds: readonly string[];
  /** Of workers that could not start, because the database was away: their last words. */
  readonly failedStarts: readonly string[];
  readonly events: Readonly<Record<string, number>>;
}

/**
 * Plays one run. `say` gets a line now and then. Whatever ends it, no process and no folder stays behind.
 * @param stop ends it early.
 * @throws Error when the rows are not through in time; the reason of `stop`.
 */
export async function runUnderFaults(
  run: FaultRun,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<FaultReport> {
  const random = randomNumbers(run.seed);
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return await play(run, random, closers, say, stop);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function play(
  run: FaultRun,
  random: () => number,
  closers: (() => Promise<unknown>)[],
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<FaultReport> {
  const server = await startFaultyServer(run.isHurried);
  closers.push(() => server.end());
  const doors = join(mkdtempSync(join(tmpdir(), 'nudge-doors-')), 'messages');
  closers.push(() => rm(dirname(doors), { recursive: true, force: true }));
  const telegram = await startTelegram();
  closers.push(() => telegram.stop());
  watchFirst(telegram.pid);
  // Nobody cuts this one. A restarted PostgreSQL may have another port; the way to it stays.
  const straight = await startCuttingProxy(() => server.port());
  closers.push(() => straight.close());
  const stable = new URL(server.url);
  stable.port = String(straight.port);
  const database = new pg.Pool({ connectionString: stable.href, max: 4 });
  database.on('error', () => undefined);
  database.on('connect', (client) => client.on('error', () => undefined));
  closers.push(() => database.end());
  const proxy = await startCuttingProxy(() => server.port());
  closers.push(() => proxy.close());
  const gateway = await startRudeGateway(stable.href, random);
  closers.push(() => gateway.close());

  const people = peopleFor(run.rows);
  await introduce(telegram, people, stop);
  const rows = await fillRows(database, people);
  say(`${rows} rows of ${people.length} people are due.`);
  const workers = new Workers(
    settingsOf(run, telegram, new URL(server.url), proxy.port, gateway.url, doors),
    random,
    CLOCK_OFF_BY_MS,
  );
  closers.push(() => workers.stop());
  stop.throwIfAborted();
  stop.addEventListener('abort', () => workers.end());
  const startedAt = Date.now();
  await workers.start();

  const kills: Kill[] = [];
  const onKill = async (pid: number): Promise<void> => {
    const at = Date.now();
    const held = await patiently(() => heldBy(database, pid));
    kills.push({ at, held });
    if (run.isHurried) await patiently(() => endLeases(database, pid));
  };
  const over = new AbortController();
  const deadline = startedAt + run.limitMs;
  const tapper = new People(database, gateway.url, random);
  const tapping = tapper.act(run.tapsPerSecond, over.signal);
  const trouble = letThingsGoWrong(
    { ...run, everyMs: run.faultEveryMs, workers, server, telegram, proxy, gateway, random, onKill, stop },
    over.signal,
  );
  closers.push(() => {
    over.abort();
    return Promise.allSettled([trouble, tapping]);
  });
  const until = { deadline, stop, say };
  await untilOpen(database, Math.ceil(rows * (1 - TROUBLE_UNTIL)), until);
  over.abort();
  const [faults] = await Promise.all([trouble, tapping]);
  await untilOpen(database, 0, until);
  const seconds = (Date.now() - startedAt) / 1000;
  const exitCodes = await workers.stop();
  const { rows: left } = await database.query<{ open: number }>(
    'select count(*)::int as open from open_attempts',
  );
  const calls = await telegram.calls();
  const evidence = {
    ...{ calls, transcript: await telegram.transcript(), left: leftAt(doors) },
    ...{ acts: tapper.acts, kills, faults },
  };
  const verdicts = await judge(database, evidence);
  const arrived = calls.filter(({ method, accepted }) => method === 'sendmessage' && accepted).length;
  return {
    seed: run.seed,
    rows,
    people: people.length,
    seconds: Math.round(seconds),
    idealSeconds: Math.round(arrived / run.rate),
    faults: countKinds(faults),
    postsReplayed: gateway.replayed(),
    answers429: calls.filter(({ status }) => status === 429).length,
    ...verdicts,
    openAfterStop: left[0]?.open ?? 0,
    exitCodes,
    ownEnds: workers.ownEnds,
    failedStarts: workers.failedStarts,
    events: Object.fromEntries(workers.events),
  };
}

/** The witness must not be held up by what it watches. Needs the right to do so. */
function watchFirst(pid: number | undefined): void {
  try {
    setPriority(pid ?? 0, constants.priority.PRIORITY_HIGH);
  } catch {
    // Without the right its figures show its own stalls, too.
  }
}

/** People who have written to the bot, so that it may write to them. */
async function introduce(
  telegram: TestTelegram,
  people: readonly number[],
  stop: AbortSignal,
): Promise<void> {
  const waiting = [...people];
  const lane = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      stop.throwIfAborted();
      await telegram.say(await telegram.person({ id }), '/start');
    }
  };
  await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, lane));
}

/** Rows that a dead process has left claimed. */
async function heldBy(database: pg.Pool, pid: number): Promise<number[]> {
  const { rows } = await database.query<{ id: number }>(
    `select reminder_id::int as id from open_attempts join claim_batches using (token)
     where worker like '%:' || $1 || ':%'`,
    [pid],
  );
  return rows.map(({ id }) => id);
}

async function endLeases(database: pg.Pool, pid: number): Promise<void> {
  await database.query(
    `update claim_batches set lease_until = clock_timestamp() where worker like '%:' || $1 || ':%'`,
    [pid],
  );
}

/** What the doors noted, in milliseconds since 1970: monotonic time is the same in every process of a machine. */
function leftAt(doors: string): Leaving[] {
  const since = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  const lines = readFileSync(doors, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [at, id] = line.split(' ').map(Number);
    return { at: since + (at ?? 0), id: id ?? 0 };
  });
}

/** The database may be away just now. */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === 100) throw error;
      await wait(100);
    }
  }
}

async function untilOpen(
  database: pg.Pool,
  most: number,
  { deadline, stop, say }: { deadline: number; stop: AbortSignal; say: (line: string) => void },
): Promise<void> {
  let told = Date.now();
  for (;;) {
    stop.throwIfAborted();
    const open = await database.query<{ open: number }>(OPEN_ROWS).then(
      ({ rows }) => rows[0]?.open ?? Infinity,
      () => Infinity,
    );
    if (open <= most) return;
    if (Date.now() > deadline)
      throw new Error(`${open} rows are still open; they should be ${most} at most.`);
    if (Date.now() - told > 30_000) {
      told = Date.now();
      say(`${open} rows are open.`);
    }
    await wait(300);
  }
}

function countKinds(faults: readonly HappenedFault[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(faults, ({ kind }) => kind)].map(([kind, some]) => [kind, some.length]),
  );
}
