/** The short way of a claim (`lease_usual_rows`) is the long one, only shorter: the same rows in, the same claim out. */
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
let session: pg.Client;
beforeAll(async () => {
  dispatcher = await openDispatcher();
  // Whoever owns the schema: the test takes the short way out of it, within a transaction.
  session = new pg.Client({ connectionString: dispatcher.database.url });
  await session.connect();
});
afterAll(async () => {
  await session.end();
  await dispatcher.drop();
});

const TOKEN = '00000000-0000-4000-8000-000000000001';
const NEVER_USUAL = `
  create or replace function public.lease_usual_rows(
    p_token uuid, p_capacity int, p_now timestamptz, p_late_before timestamptz, p_first_slot timestamptz,
    p_slot_step interval, p_chat_gap interval, out messages int, out batch json
  ) language sql as 'select null::int, null::json'`;
/** What a claim hands out. Slots count from the first one: machine time has gone on between two claims. */
const HANDED_OUT = `
  select jsonb_build_object(
    'leases', (select jsonb_agg(to_jsonb(lease) - 'slot_at' || jsonb_build_object('slot', lease.slot_at - first.at)
      order by lease.reminder_id) from open_attempts as lease, (select min(slot_at) as at from open_attempts) as first),
    'chats', (select jsonb_agg(jsonb_build_array(telegram_id, slot_at - first.at) order by telegram_id)
      from chat_slots join open_attempts using (telegram_id, slot_at),
        (select min(slot_at) as at from open_attempts) as first),
    'next', (select next_slot_at - first.at from dispatch_limiter, (select min(slot_at) as at from open_attempts) as first),
    'batches', (select count(*) from claim_batches)) as given`;
/** A chat's gap ends by machine time, which has gone on too. */
const LEFT = `
  select to_jsonb(reminder) - case when due_reason = 'window' and exists (
      select from chat_slots as chat where chat.telegram_id = reminder.telegram_id) then 'due_at' else '' end as row,
    exists (select from open_attempts where reminder_id = reminder.id) as is_leased
  from scheduled_reminders as reminder order by id`;

interface Left {
  readonly row: Readonly<Record<string, unknown>>;
  readonly is_leased: boolean;
}

/** Claims and takes it back. @returns what the worker was told, what was noted of it, and every reminder after it. */
async function tryClaim(
  limit: number,
  way: 'short' | 'long',
): Promise<{ readonly told: unknown; readonly given: unknown; readonly left: readonly Left[] }> {
  await session.query('begin');
  try {
    if (way === 'long') await session.query(NEVER_USUAL);
    const claim = await session.query<{ rows: Record<string, unknown>[] }>(
      `select public.claim_due_reminders('w', $1, $2, 30) as rows`,
      [TOKEN, limit],
    );
    const { rows: given } = await session.query<{ given: unknown }>(HANDED_OUT);
    const { rows: left } = await session.query<Left>(LEFT);
    const told = claim.rows[0]!.rows.map(({ slot_in_ms: _in, slot_at_ms: _at, ...row }) => row);
    return { told, given: given[0]!.given, left };
  } finally {
    await session.query('rollback');
  }
}

async function isUsual(limit: number): Promise<boolean> {
  await session.query('begin');
  try {
    const { rows } = await session.query<{ usual: boolean }>(
      `select usual.messages is not null as usual from dispatch_limiter, public.lease_usual_rows($1, $2, app_now(),
         app_now() - interval '2 hours', clock_timestamp(), interval '10 us',
         make_interval(secs => chat_gap_ms / 1000.0)) as usual`,
      [TOKEN, limit],
    );
    return rows[0]!.usual;
  } finally {
    await session.query('rollback');
  }
}

/** Nearly always the first: a crowd with one unusual person in it takes the long way as a whole. */
const mostly = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const hoursFromNoon = (hours: number): string => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

const someone = fc.record({
  /** Known to us at all. */
  isKnown: mostly(true, false),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/Sao_Paulo'),
  quiet: mostly(['00:00', '00:00'], ['21:00', '08:00'], ['11:00', '15:30'], ['13:00', '06:00']),
  days: mostly([1, 2, 3, 4, 5, 6, 7], [1, 2, 4, 5]),
  optedOut: mostly(false, true),
  unreachable: mostly(null, hoursFromNoon(-5)),
  pausedUntil: mostly(null, hoursFromNoon(-1), hoursFromNoon(30)),
  lastSeen: mostly(null, hoursFromNoon(-1), hoursFromNoon(-40)),
  lead: mostly('new', 'none', 'closed_won', 'deleted', 'paused'),
  chat: mostly(null, '20 minutes', '1 hour'),
  reminders: fc.oneof(
    { weight: 30, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 5 }) },
  ),
  minutesAgo: fc.oneof(
    { weight: 40, arbitrary: fc.integer({ min: 0, max: 110 }) },
    { weight: 1, arbitrary: fc.integer({ min: 115, max: 3_000 }) },
  ),
  level: fc.constantFrom(0, 0, 0, 1, 2),
  isExact: mostly(false, true),
});
type Someone = typeof someone extends fc.Arbitrary<infer Value> ? Value : never;

async function settle(telegramId: number, given: Someone): Promise<void> {
  const { quiet, lead, level } = given;
  if (given.isKnown) {
    await dispatcher.person(telegramId, {
      ...{ zone: given.zone, quiet_from: quiet[0], quiet_to: quiet[1], working_days: given.days },
      ...{ opted_out: given.optedOut, unreachable_since: given.unreachable },
      ...{ paused_until: given.pausedUntil, last_seen_at: given.lastSeen },
      ...{ preferred_hour: '09:30', language: 'en', zone_source: 'city', first_name: 'Mara' },
    });
  }
  const status = lead === 'closed_won' ? lead : 'new';
  const deletedAt = lead === 'deleted' ? hoursFromNoon(-1) : null;
  const leadId =
    lead === 'none' ? null : await dispatcher.lead(telegramId, { status, deleted_at: deletedAt });
  if (lead === 'paused')
    await dispatcher.sql(`update leads set paused_at = $2 where id = $1`, [leadId, NOON]);
  if (given.chat !== null) {
    await dispatcher.sql(`insert into chat_slots values ($1, clock_timestamp() + $2::interval)`, [
      telegramId,
      given.chat,
    ]);
  }
  await dispatcher.reminders(
    Array.from({ length: given.reminders }, (_, nth) => ({
      ...{ telegramId, leadId, level, exact: given.isExact },
      // No two at the same instant: which of those comes first is nobody's promise.
      dueIn: -given.minutesAgo - nth / 7 - (telegramId - 100) / 100,
      ...(level > 0 && { status: 'sent', lastRemindedIn: -600 }),
    })),
  );
}

test('whatever is due and to whom, both ways hand out the same rows in the same order', async () => {
  let usual = 0;
  let crowds = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(someone, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(0, 0, 1000),
      async (people, limit, chatGapMs) => {
        await dispatcher.reset();
        await dispatcher.limiter({ rate: 100_000, chatGapMs });
        for (const [nth, given] of people.entries()) await settle(100 + nth, given);
        crowds += 1;
        if (await isUsual(limit)) usual += 1;
        const short = await tryClaim(limit, 'short');
        const long = await tryClaim(limit, 'long');
        expect(short.told).toEqual(long.told);
        expect(short.given).toEqual(long.given);
        // The long way looks at twice as many rows as it hands out, and holds back at once what the short one meets later.
        const met = (left: Left): boolean => left.is_leased || short.left.length <= limit;
        expect(short.left.filter(met)).toEqual(long.left.filter(met));
      },
    ),
    { numRuns: 60 },
  );
  // Else both were the long one.
  expect(usual).toBeGreaterThan(crowds / 10);
  expect(usual).toBeLessThan(crowds);
});
