/**
 * What dispatch promises, as a few dozen lines without SQL: a reminder's life, and who holds it. The model check plays the
 * same calls against this and against the database and compares everything after each of them.
 */

export type Status = 'pending' | 'sent' | 'completed' | 'skipped' | 'cancelled' | 'failed';
export type Outcome = 'sent' | 'retry' | 'failed' | 'in_doubt' | 'released';

export interface Row {
  status: Status;
  level: number;
  /** Minutes since the Wednesday the play begins on, in UTC. */
  due: number;
  inDoubt: boolean;
  /** Cards that went out. */
  shown: number;
  snoozes: number;
  /** What became of each try, by token. */
  attempts: Record<string, string>;
  /** Raised by whatever moves the row: a worker's result for an older one changes nothing. */
  revision: number;
  held: { token: string; revision: number } | null;
  /** The newest act of its person, with the row as it was before; null = nothing to undo. */
  undo: { id: string; at: number; status: Status; due: number; level: number; snoozes: number } | null;
}

export interface Model {
  now: number;
  rows: Row[];
  /** Batches whose lease is on record: has it run out? */
  batches: Map<string, { isOver: boolean }>;
}

/** One call of the database, with everything that is decided before it is made. Rows are named by their number. */
export type Call =
  | { kind: 'claim'; token: string; passedOver?: readonly number[] }
  | { kind: 'settle'; token: string; results: readonly { row: number; outcome: Outcome }[] }
  | { kind: 'expire'; token: string }
  | { kind: 'extend'; token: string }
  | { kind: 'sweep' }
  | { kind: 'act'; row: number; act: 'complete' | 'skip' | 'cancel' | 'snooze'; id: string }
  | { kind: 'undo'; row: number; id: string }
  | { kind: 'advance'; minutes: number };

export type Reply = number | boolean | readonly number[] | null;

export const SNOOZE_MINUTES = 60;
export const RETRY_MINUTES = 5;
const DAY = 24 * 60;
const MORNING = 9 * 60 + 30;
const AWAKE_PAUSE = 4 * 60;

const FINISHED = { complete: 'completed', skip: 'skipped', cancel: 'cancelled' } as const;

export function isOpen({ status }: Row): boolean {
  return status === 'pending' || status === 'sent';
}

/** The state after a call, and what the call answers (`false` = refused in words). The given state is left alone. */
export function after(before: Model, call: Call): { model: Model; reply: Reply } {
  const model = structuredClone(before);
  return { model, reply: play(model, call) };
}

/** The state after two calls at the same moment, and what they answer; each is a way it may come out. */
export function* afterBoth(
  before: Model,
  a: Call,
  b: Call,
): Generator<{ model: Model; replies: readonly Reply[] }> {
  for (const one of waysOf(a, b, before)) {
    for (const other of waysOf(b, a, before)) {
      const first = after(before, one);
      const second = after(first.model, other);
      yield { model: second.model, replies: [first.reply, second.reply] };
      const otherFirst = after(before, other);
      const otherSecond = after(otherFirst.model, one);
      yield { model: otherSecond.model, replies: [otherSecond.reply, otherFirst.reply] };
      if (a.kind !== 'settle' || b.kind !== 'settle' || a.token !== b.token) continue;
      // Each still saw the other's leases: the batch ends with its lease.
      const batch = before.batches.get(a.token);
      if (batch === undefined) continue;
      const model = structuredClone(second.model);
      model.batches.set(a.token, { ...batch });
      yield { model, replies: [first.reply, second.reply] };
    }
  }
}

/** A claim waits for nobody: rows that the other call has in hand at that moment come with a later claim. */
function waysOf(call: Call, other: Call, { rows }: Model): readonly Call[] {
  if (call.kind !== 'claim' || other.kind !== 'settle') return [call];
  const all = rows.map((_, number) => number);
  // A batch that is settled to its end while it is fetched again comes empty.
  const last = other.token === call.token ? [{ ...call, passedOver: all }] : [];
  const inHand = other.results.map(({ row }) => row);
  const subsets = all.reduce<number[][]>(
    (known, row) => (inHand.includes(row) ? [...known, ...known.map((set) => [...set, row])] : known),
    [[]],
  );
  return [...subsets.map((passedOver) => ({ ...call, passedOver })), ...last];
}

function play(model: Model, call: Call): Reply {
  switch (call.kind) {
    case 'claim':
      return claim(model, call);
    case 'settle':
      return settle(model, call.token, call.results);
    case 'sweep':
      return sweep(model);
    case 'expire':
      return setLease(model, call.token, true);
    case 'extend':
      return setLease(model, call.token, false);
    case 'act':
      return act(model, call);
    case 'undo':
      return undo(model, call);
    case 'advance':
      model.now += call.minutes;
      return null;
  }
}

function claim(
  model: Model,
  { token, passedOver = [] }: Extract<Call, { kind: 'claim' }>,
): readonly number[] {
  const due = model.rows.filter((row) => isOpen(row) && row.due <= model.now);
  if (due.length === 0) return [];
  const free = due.filter((row) => row.held === null && !passedOver.includes(model.rows.indexOf(row)));
  if (!model.batches.has(token) && free.length > 0) {
    model.batches.set(token, { isOver: false });
    for (const row of free) row.held = { token, revision: row.revision };
  }
  return model.rows.flatMap((row, number) => (isOpen(row) && row.held?.token === token ? [number] : []));
}

function settle(model: Model, token: string, results: readonly { row: number; outcome: Outcome }[]): number {
  let settled = 0;
  for (const { row: number, outcome } of results) {
    const row = model.rows[number]!;
    if (row.held?.token !== token) {
      const isNews = outcome !== 'in_doubt' && outcome !== 'released';
      if (row.attempts[token] === 'in_doubt' && isNews) row.attempts[token] = outcome;
      continue;
    }
    settled += 1;
    const isCurrent = isOpen(row) && row.revision === row.held.revision;
    row.held = null;
    if (outcome === 'released') continue;
    row.attempts[token] = outcome;
    if (isCurrent) change(row, outcome, model.now);
    else if (outcome === 'sent') row.shown += 1;
  }
  if (!model.rows.some((row) => row.held?.token === token)) model.batches.delete(token);
  return settled;
}

function change(row: Row, outcome: Exclude<Outcome, 'released'>, now: number): void {
  row.revision += 1;
  if (outcome === 'failed') row.status = 'failed';
  if (outcome === 'in_doubt') row.inDoubt = true;
  if (outcome === 'retry' || outcome === 'in_doubt') row.due = now + RETRY_MINUTES;
  if (outcome !== 'sent') return;
  row.status = 'sent';
  row.shown += 1;
  row.inDoubt = false;
  row.due = [now + AWAKE_PAUSE, morning(now, 1), morning(now, 7)][row.level]!;
  if (row.level === 2) row.snoozes += 1;
  row.level = (row.level + 1) % 3;
}

function morning(now: number, days: number): number {
  return (Math.floor(now / DAY) + days) * DAY + MORNING;
}

function sweep(model: Model): number {
  let swept = 0;
  for (const row of model.rows) {
    const { held } = row;
    if (held === null || model.batches.get(held.token)?.isOver !== true) continue;
    swept += 1;
    row.attempts[held.token] = 'in_doubt';
    if (isOpen(row) && row.revision === held.revision) {
      row.inDoubt = true;
      row.revision += 1;
    }
    row.held = null;
  }
  for (const [token, { isOver }] of model.batches) if (isOver) model.batches.delete(token);
  return swept;
}

function setLease(model: Model, token: string, isOver: boolean): boolean {
  const batch = model.batches.get(token);
  if (batch === undefined) return false;
  batch.isOver = isOver;
  return true;
}

function act(model: Model, { row: number, act: what, id }: Extract<Call, { kind: 'act' }>): boolean {
  const row = model.rows[number]!;
  const { status, due, level, snoozes } = row;
  if (what !== 'snooze' && status === FINISHED[what]) return true;
  if (!isOpen(row) && !(status === 'failed' && what === 'cancel')) return false;
  row.undo = { id, at: model.now, status, due, level, snoozes };
  row.revision += 1;
  row.inDoubt = false;
  if (what === 'snooze') {
    Object.assign(row, {
      status: 'pending',
      level: 0,
      due: model.now + SNOOZE_MINUTES,
      snoozes: snoozes + 1,
    });
  } else {
    row.status = FINISHED[what];
  }
  return true;
}

function undo(model: Model, { row: number }: Extract<Call, { kind: 'undo' }>): boolean {
  const row = model.rows[number]!;
  const former = row.undo;
  if (former === null) return false;
  const isTooLate = former.at < model.now - DAY;
  // What failed meanwhile does not come back as sent.
  const isIllegal = row.status === 'failed' && former.status === 'sent';
  if (isTooLate || isIllegal) return false;
  const { status, level, snoozes } = former;
  // What was delivered already does not buzz again at once.
  const due = row.shown > 0 ? Math.max(former.due, model.now + AWAKE_PAUSE) : former.due;
  Object.assign(row, { status, level, snoozes, due, undo: null, revision: row.revision + 1 });
  return true;
}
