/**
 * The life of reminders and the protocol of claim, settle and sweep, played at random by several workers and people against
 * the model and the database at once. `MODEL_RUNS=5000 npx vitest run --project database …/model-check.test.ts` plays longer.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseUnderCheck, viewOf } from './database-under-check.ts';
import { after, afterBoth, isOpen } from './model.ts';
import type { Call, Model, Outcome, Reply } from './model.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 120);
const ROWS = 3;
const WORKERS = 3;
const LONGEST_PLAY = 14;
/** Wednesday noon, in minutes. */
const NOON = 12 * 60;

let database: DatabaseUnderCheck;
beforeAll(async () => {
  database = await DatabaseUnderCheck.open(ROWS);
});
afterAll(() => database.drop());

/** What somebody wants to do; which token or action that means is known when it is their turn. */
type Wish =
  | { kind: 'claim' | 'expire' | 'extend'; worker: number }
  | { kind: 'settle'; worker: number; outcomes: readonly (Outcome | null)[] }
  | { kind: 'sweep' }
  | { kind: 'act'; row: number; act: 'complete' | 'skip' | 'cancel' | 'snooze' }
  | { kind: 'undo'; row: number }
  | { kind: 'advance'; minutes: number };

/** The model, and what the workers remember of their last batch, which may be swept by now. */
class Play {
  model: Model;
  readonly #batches: { token: string; rows: readonly number[] }[] = [];
  #counter = 0;

  constructor(dues: readonly number[]) {
    this.model = {
      now: NOON,
      batches: new Map(),
      rows: dues.map((due) => ({
        ...{
          status: 'pending',
          level: 0,
          due: NOON + due,
          inDoubt: false,
          shown: 0,
          snoozes: 0,
          attempts: {},
        },
        ...{ revision: 0, held: null, undo: null },
      })),
    };
  }

  /** The call a wish comes to; null = there is nothing to wish for. */
  bind(wish: Wish): Call | null {
    switch (wish.kind) {
      case 'claim': {
        const { token } = this.#batches[wish.worker] ?? {};
        const isOpenBatch = token !== undefined && this.model.batches.has(token);
        return { kind: 'claim', token: isOpenBatch ? token : this.#next() };
      }
      case 'expire':
      case 'extend': {
        const batch = this.#batches[wish.worker];
        return batch === undefined ? null : { kind: wish.kind, token: batch.token };
      }
      case 'settle': {
        const batch = this.#batches[wish.worker];
        if (batch === undefined) return null;
        const results = batch.rows.flatMap((row) => {
          const outcome = wish.outcomes[row] ?? null;
          return outcome === null ? [] : [{ row, outcome }];
        });
        return { kind: 'settle', token: batch.token, results };
      }
      case 'act':
        return { ...wish, id: this.#next() };
      case 'undo': {
        const id = this.model.rows[wish.row]?.undo?.id;
        return id === undefined ? null : { ...wish, id };
      }
      default:
        return wish;
    }
  }

  /** A worker keeps in mind what it was handed. */
  remember(wish: Wish, call: Call, reply: Reply): void {
    if (wish.kind !== 'claim' || call.kind !== 'claim' || !Array.isArray(reply) || reply.length === 0) return;
    this.#batches[wish.worker] = { token: call.token, rows: reply as readonly number[] };
  }

  #next(): string {
    this.#counter += 1;
    return `00000000-0000-4000-8000-${String(this.#counter).padStart(12, '0')}`;
  }
}

/** One wish after the other. */
class One implements fc.AsyncCommand<Play, DatabaseUnderCheck> {
  readonly #wish: Wish;
  constructor(wish: Wish) {
    this.#wish = wish;
  }
  check = (): boolean => true;
  async run(play: Play, real: DatabaseUnderCheck): Promise<void> {
    const call = play.bind(this.#wish);
    if (call === null) return;
    const { model, reply } = after(play.model, call);
    expect(await real.play(call, play.model.now)).toEqual(reply);
    play.remember(this.#wish, call, reply);
    play.model = model;
    expect(await real.look()).toEqual(viewOf(model));
  }
  toString = (): string => JSON.stringify(this.#wish);
}

/** Two at once on two connections: what comes out is what one of the two orders would have given, or nearly so (`afterBoth`). */
class Both implements fc.AsyncCommand<Play, DatabaseUnderCheck> {
  readonly #wishes: readonly [Wish, Wish];
  constructor(wishes: readonly [Wish, Wish]) {
    this.#wishes = wishes;
  }
  check = (): boolean => true;
  async run(play: Play, real: DatabaseUnderCheck): Promise<void> {
    const [a, b] = this.#wishes.map((wish) => play.bind(wish));
    if (a == null || b == null) return;
    const { now } = play.model;
    const replies = await Promise.all([real.play(a, now), real.play(b, now)]);
    const seen = { replies, view: await real.look() };
    const played = [...afterBoth(play.model, a, b)].find((way) =>
      isDeepStrictEqual({ replies: way.replies, view: viewOf(way.model) }, seen),
    );
    expect(played === undefined ? seen : null, 'one of the ways it may come out').toBeNull();
    for (const [nth, call] of [a, b].entries()) play.remember(this.#wishes[nth]!, call, replies[nth]!);
    play.model = played!.model;
  }
  toString = (): string => `both(${this.#wishes.map((wish) => JSON.stringify(wish)).join(', ')})`;
}

const worker = fc.nat({ max: WORKERS - 1 });
const row = fc.nat({ max: ROWS - 1 });
const outcome = fc.constantFrom<(Outcome | null)[]>(
  'sent',
  'sent',
  'retry',
  'failed',
  'in_doubt',
  'released',
  null,
);
const claim = fc.record({ kind: fc.constant('claim' as const), worker });
const settle = fc.record({
  kind: fc.constant('settle' as const),
  worker,
  outcomes: fc.array(outcome, { minLength: ROWS, maxLength: ROWS }),
});
const lease = fc.record({
  kind: fc.constantFrom('expire' as const, 'expire' as const, 'extend' as const),
  worker,
});
const sweep = fc.constant({ kind: 'sweep' as const });
const act = fc.record({
  kind: fc.constant('act' as const),
  row,
  act: fc.constantFrom('complete' as const, 'skip' as const, 'cancel' as const, 'snooze' as const),
});
const undo = fc.record({ kind: fc.constant('undo' as const), row });
const advance = fc.record({
  kind: fc.constant('advance' as const),
  minutes: fc.constantFrom(1, 5, 60, 240, 1440),
});
const atOnce = fc.oneof(claim, settle, sweep, act, lease);
const commands = [
  ...[claim, claim, settle, settle, lease, sweep, act, undo, advance].map((wish) =>
    (wish as fc.Arbitrary<Wish>).map((one) => new One(one)),
  ),
  fc.tuple(atOnce, atOnce).map((wishes) => new Both(wishes)),
  fc.tuple(claim, fc.oneof(act, settle, sweep, claim)).map((wishes) => new Both(wishes)),
];

/** One play: the steps, then everybody's lease ends and what is open must come again. */
const plays = fc.asyncProperty(
  fc.array(fc.constantFrom(-60, -1, 0, 30), { minLength: ROWS, maxLength: ROWS }),
  fc.commands(commands, { maxCommands: LONGEST_PLAY }),
  async (dues, steps) => {
    const play = new Play(dues);
    await database.begin(play.model);
    await fc.asyncModelRun(() => ({ model: play, real: database }), steps);
    // Nobody stays in dead hands: once every lease is over, one sweep frees all rows, and open ones come again.
    for (const token of [...play.model.batches.keys()]) await run(play, { kind: 'expire', token });
    await run(play, { kind: 'sweep' });
    expect(play.model.rows.every(({ held }) => held === null)).toBe(true);
    await run(play, { kind: 'advance', minutes: 8 * 1440 });
    const open = play.model.rows.flatMap((one, number) => (isOpen(one) ? [number] : []));
    const token = '00000000-0000-4000-8000-ffffffffffff';
    expect(await run(play, { kind: 'claim', token })).toEqual(open);
  },
);

test(
  'whatever workers, sweeps and people do, one after the other or at once, rows and leases are what the model says',
  async () => {
    await fc.assert(plays, { numRuns: RUNS });
  },
  RUNS * 4_000,
);

test('a database that forgets a doubt is found out, by a play of a few steps', async () => {
  await database.corrupt('new.in_doubt := false');
  try {
    const details = await fc.check(plays, { numRuns: 500 });
    expect(String(details.errorInstance)).toContain('AssertionError');
    const [, steps] = details.counterexample ?? [];
    expect([...(steps ?? [])].length).toBeLessThanOrEqual(4);
  } finally {
    await database.mend();
  }
}, 180_000);

async function run(play: Play, call: Call): Promise<Reply> {
  const { model, reply } = after(play.model, call);
  expect(await database.play(call, play.model.now)).toEqual(reply);
  play.model = model;
  expect(await database.look()).toEqual(viewOf(model));
  return reply;
}
