/**
 * What became of every row, told by three witnesses that do not know of each other: the emulated Telegram (which messages it
 * took, and which rows their text names), the record of claims and doubts, and the people (what they were told is done).
 */
import type pg from 'pg';
import type { RecordedCall, TranscriptEntry } from '../../../bot/sandbox/telegram/types.ts';
import type { HappenedFault } from './fault-schedule.ts';
import type { Act } from './people-act.ts';
import { rowsIn } from './rows.ts';

export interface Kill {
  readonly at: number;
  /** Rows that the dead process had claimed and not written back. */
  readonly held: readonly number[];
}

/** A message leaves a worker. */
export interface Leaving {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The first row that it names. */
  readonly id: number;
}

export interface Evidence {
  readonly calls: readonly RecordedCall[];
  readonly transcript: readonly TranscriptEntry[];
  /** What the witnesses at the workers' doors noted. */
  readonly left: readonly Leaving[];
  readonly acts: readonly Act[];
  readonly kills: readonly Kill[];
  readonly faults: readonly HappenedFault[];
}

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Verdicts {
  /** Neither at Telegram nor finished by the person. Must be 0. */
  readonly lost: number;
  /** Rows of which the database says "sent" and Telegram knows nothing. Must be 0. */
  readonly sentInNameOnly: number;
  /** Further messages for a row after its first. */
  readonly sentAgain: number;
  /** Of them, those without an attempt in doubt to explain them. Must be 0. */
  readonly sentAgainWithoutDoubt: number;
  readonly attemptsInDoubt: number;
  readonly acts: number;
  /** Claims of rows whose person had been told before that they are finished or moved. Must be 0. */
  readonly claimedAfterAct: number;
  /** What people were told and the rows do not say. Must be 0. */
  readonly actsUndone: number;
  /** Slot starts in the busiest second: at most the rate. */
  readonly slotsPerSecond: number;
  /** Messages that left the workers in the busiest second: at most the rate and two. */
  readonly leftPerSecond: number;
  /** Requests in the busiest second at Telegram, as its clock sees them: the rate and two on a quiet machine, never above 30. */
  readonly requestsPerSecond: number;
  readonly messagesPerSecond: number;
  /** The least time between two slot starts of one chat, in milliseconds; null when no chat had two. */
  readonly closestSlotsOfAChatMs: number | null;
  readonly messagesPerSecondInAChat: number;
  readonly kills: number;
  readonly killsWithOpenAttempts: number;
  readonly rowsHeldAtKills: number;
  /** From a kill until the last of the rows it held was claimed again, in seconds. */
  readonly heldRowsClaimedAgainSeconds: Spread;
  /** From the start of its slot until a message left its worker, in milliseconds. */
  readonly behindSlotMs: Spread;
  /** From leaving a worker until Telegram looked at the message, in milliseconds: how late that witness is itself. */
  readonly telegramBehindMs: Spread;
  /** From due to accepted, in seconds. */
  readonly latenessSeconds: Spread;
  /** From the end of a fault to the next accepted message, in milliseconds, by kind. */
  readonly recoveryMs: Readonly<Record<string, Spread>>;
}

interface StoredRow {
  readonly id: number;
  readonly status: string;
  readonly reminder_count: number;
  readonly wanted_ms: number;
  readonly first_due_ms: number;
}

interface Claim {
  readonly reminder_id: number;
  readonly telegram_id: number;
  readonly message: string;
  readonly slot_ms: number;
  readonly at_ms: number;
}

/** Telegram's clock counts whole milliseconds. */
const CLOCK_STEP_MS = 2;

/** Hears the witnesses. The run is over: nothing moves any more. */
export async function judge(
  database: pg.Pool,
  { calls, transcript, left, acts, kills, faults }: Evidence,
): Promise<Verdicts> {
  const rows = await read<StoredRow>(
    database,
    `select id::int, status, reminder_count, extract(epoch from wanted_at)::float8 * 1000 as wanted_ms,
       extract(epoch from first_due_at)::float8 * 1000 as first_due_ms
     from scheduled_reminders where title is not null`,
  );
  const claims = await read<Claim>(
    database,
    `select reminder_id::int, telegram_id::int, token || '/' || position as message,
       extract(epoch from slot_at)::float8 * 1000 as slot_ms, extract(epoch from at)::float8 * 1000 as at_ms
     from audit.claims order by at`,
  );
  const doubts = counted(
    (
      await read<{ id: number }>(database, 'select distinct reminder_id::int as id, token from audit.doubts')
    ).map(({ id }) => id),
  );
  const sends = calls.filter(({ method }) => method === 'sendmessage');
  const accepted = sends.filter((call) => call.accepted).toSorted((a, b) => a.at - b.at);
  const deliveries = deliveriesByRow(accepted, transcript);
  const actOf = new Map(acts.map((act) => [act.reminderId, act]));

  const times = (id: number): readonly number[] => deliveries.get(id) ?? [];
  const again = rows.map(({ id }) => Math.max(0, times(id).length - 1));
  const unexplained = rows.map(({ id }) => Math.max(0, times(id).length - 1 - (doubts.get(id) ?? 0)));
  const slots = [...new Map(claims.map((claim) => [claim.message, claim])).values()];
  const claimsOf = Map.groupBy(claims, ({ reminder_id: id }) => id);
  const leavings = Map.groupBy(left, ({ id }) => id);
  const statusOf = new Map(rows.map((row) => [row.id, row.status]));
  return {
    lost: rows.filter(({ id }) => times(id).length === 0 && !actOf.has(id)).length,
    sentInNameOnly: rows.filter((row) => row.reminder_count > times(row.id).length).length,
    sentAgain: sum(again),
    sentAgainWithoutDoubt: sum(unexplained),
    attemptsInDoubt: sum([...doubts.values()]),
    acts: acts.length,
    claimedAfterAct: claims.filter(
      ({ reminder_id: id, at_ms: at }) => at > (actOf.get(id)?.knownAt ?? Infinity),
    ).length,
    actsUndone: acts.filter(({ kind, reminderId }) => statusOf.get(reminderId) !== STATUS_AFTER[kind]).length,
    slotsPerSecond: busiest(slots.map(({ slot_ms: at }) => at)),
    leftPerSecond: busiest(left.map(({ at }) => at)),
    requestsPerSecond: busiest(sends.map(({ at }) => at)),
    messagesPerSecond: busiest(accepted.map(({ at }) => at)),
    closestSlotsOfAChatMs: closest(slots),
    messagesPerSecondInAChat: Math.max(
      0,
      ...[...Map.groupBy(accepted, ({ chatId }) => chatId).values()].map((chat) =>
        busiest(chat.map(({ at }) => at)),
      ),
    ),
    kills: kills.length,
    killsWithOpenAttempts: kills.filter(({ held }) => held.length > 0).length,
    rowsHeldAtKills: sum(kills.map(({ held }) => held.length)),
    heldRowsClaimedAgainSeconds: spread(
      kills.flatMap(({ at, held }) => {
        const next = held.flatMap((id) => claimsOf.get(id)?.find((claim) => claim.at_ms > at)?.at_ms ?? []);
        return next.length === 0 ? [] : [(Math.max(...next) - at) / 1000];
      }),
    ),
    behindSlotMs: spread(
      left.flatMap(({ at, id }) => {
        const claim = claimsOf.get(id)?.findLast(({ at_ms: claimedAt }) => claimedAt <= at);
        return claim === undefined ? [] : [at - claim.slot_ms];
      }),
    ),
    telegramBehindMs: spread(
      sends.flatMap(({ at, text }) => {
        const id = rowsIn(text ?? '')[0];
        const before = leavings.get(id ?? 0)?.findLast((leaving) => leaving.at <= at + CLOCK_STEP_MS);
        return before === undefined ? [] : [at - before.at];
      }),
    ),
    latenessSeconds: spread(
      rows.flatMap(({ id, first_due_ms: due }) =>
        times(id)
          .slice(0, 1)
          .map((at) => (at - due) / 1000),
      ),
    ),
    recoveryMs: recoveries(faults, sends, accepted),
  };
}

const STATUS_AFTER: Readonly<Record<Act['kind'], string>> = {
  done: 'completed',
  cancel: 'cancelled',
  replan: 'cancelled',
  snooze: 'pending',
};

async function read<Row extends pg.QueryResultRow>(database: pg.Pool, query: string): Promise<Row[]> {
  return (await database.query<Row>(query)).rows;
}

/** Instants of the accepted messages that name a row, in order. */
function deliveriesByRow(
  accepted: readonly RecordedCall[],
  transcript: readonly TranscriptEntry[],
): Map<number, number[]> {
  const textOf = new Map(
    transcript
      .filter(({ what }) => what === 'bot_sent')
      .map(({ chatId, messageId, text }) => [`${chatId}/${messageId}`, text]),
  );
  const deliveries = new Map<number, number[]>();
  for (const { at, chatId, messageId } of accepted) {
    for (const id of rowsIn(textOf.get(`${chatId}/${messageId}`) ?? '')) {
      const known = deliveries.get(id);
      if (known) known.push(at);
      else deliveries.set(id, [at]);
    }
  }
  return deliveries;
}

/** A fault ordered at Telegram hits calls of this time after it was ordered. Milliseconds. */
const HITS_WITHIN_MS = 15_000;

/** From the end of each fault, or from the last call it hit, to the next message that got through. */
function recoveries(
  faults: readonly HappenedFault[],
  sends: readonly RecordedCall[],
  accepted: readonly RecordedCall[],
): Record<string, Spread> {
  const endOf = ({ kind, at, endedAt }: HappenedFault): number => {
    if (!kind.startsWith('telegram')) return endedAt;
    const hit = sends.filter((call) => call.status !== 200 && call.at >= at && call.at < at + HITS_WITHIN_MS);
    return Math.max(endedAt, ...hit.map((call) => call.at));
  };
  return Object.fromEntries(
    [...Map.groupBy(faults, ({ kind }) => kind)].map(([kind, some]) => [
      kind,
      spread(
        some.flatMap((fault) => {
          const end = endOf(fault);
          const next = accepted.find(({ at }) => at >= end);
          return next === undefined ? [] : [next.at - end];
        }),
      ),
    ]),
  );
}

/** The most instants in any half-open second. Milliseconds. */
function busiest(instants: readonly number[]): number {
  const sorted = instants.toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    // Instants have whole microseconds at best; floating point must not shorten a second.
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1000 - 1e-3) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function closest(slots: readonly Claim[]): number | null {
  const gaps = [...Map.groupBy(slots, ({ telegram_id: id }) => id).values()].flatMap((chat) => {
    const starts = chat.map(({ slot_ms: at }) => at).toSorted((a, b) => a - b);
    return starts.slice(1).map((start, nth) => start - (starts[nth] ?? 0));
  });
  return gaps.length === 0 ? null : Math.round(gaps.reduce((least, gap) => Math.min(least, gap)));
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function counted(ids: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
