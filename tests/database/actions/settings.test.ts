/** New hours move what was planned for the old ones: future, unsent plan steps, and nothing a person picked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stepWantedAt } from '../../../shared/rules/plan-schedule.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../shared/rules/time-settings.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver, inHours, STEPS } from './actor.ts';
import type { Actor } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => {
  person = createActor(db);
});
afterAll(async () => db.drop());

const KATHMANDU = { ...DEFAULT_TIME_SETTINGS, zone: 'Asia/Kathmandu' };

/** A plan of days 2, 4 and 7, dated by the planner for a person in UTC. */
async function datedPlan(): Promise<{ planId: number; ids: number[]; start: Temporal.Instant }> {
  const delays = [2, 4, 7];
  const steps = delays.map((delay_days) => ({ ...STEPS[0], delay_days }));
  const lead = await person.must('create_lead', { p_lead: { name: 'K' }, p_plan: { steps } });
  const planId = lead.data['plan_id'] as number;
  const start = Temporal.Now.instant();
  const p_schedule = delays.map((delay, index) => ({
    step_id: index + 1,
    wanted_at: stepWantedAt(start, delay, DEFAULT_TIME_SETTINGS).toString(),
  }));
  await person.must('accept_plan', { p_plan_id: planId, p_schedule });
  return { planId, ids: (await person.rowsOfPlan(planId)).map((row) => row.id), start };
}

const settings = async (p_settings: object): Promise<Record<string, unknown>> =>
  (await person.must('update_settings', { p_settings })).data;
const iso = (instant: Temporal.Instant): string => new Date(instant.epochMilliseconds).toISOString();
const wantedOf = async (planId: number): Promise<string[]> =>
  (await person.rowsOfPlan(planId)).map((row) => row.wanted_at);

test('a new zone gives each future step the same local date and hour there, and says how many moved', async () => {
  const { planId, start } = await datedPlan();
  const answer = await settings({ zone: 'Asia/Kathmandu', zone_source: 'city' });
  expect(answer).toMatchObject({ moved: 3, user: { zone: 'Asia/Kathmandu', zone_source: 'city' } });
  expect(await wantedOf(planId)).toEqual(
    [2, 4, 7].map((delay) => iso(stepWantedAt(start, delay, KATHMANDU))),
  );
  const rows = await person.rowsOfPlan(planId);
  expect(rows.map((row) => [row.due_at === row.wanted_at, row.status, row.snooze_count])).toEqual(
    rows.map(() => [true, 'pending', 0]),
  );
});

test('a new preferred hour, quiet hours and working days count alike', async () => {
  const { planId, start } = await datedPlan();
  await settings({ preferred_hour: '06:15', quiet_from: '20:00', quiet_to: '07:45', working_days: [1, 3] });
  const hours = {
    ...DEFAULT_TIME_SETTINGS,
    preferredHour: '06:15',
    quietFrom: '20:00',
    quietTo: '07:45',
    workingDays: [1, 3],
  };
  const planned = [2, 4, 7].map((delay) => stepWantedAt(start, delay, hours));
  const wanted = await wantedOf(planId);
  expect(wanted[0]).toBe(iso(planned[0]!));
  // Two steps that fall on the same morning are a quarter of an hour apart.
  expect(wanted[1]).toBe(
    iso(planned[1]!.equals(planned[0]!) ? planned[1]!.add({ minutes: 15 }) : planned[1]!),
  );
  expect(wanted).toEqual(wanted.toSorted());
  for (const at of wanted) {
    const local = Temporal.Instant.from(at).toZonedDateTimeISO('UTC');
    expect(['07:45:00', '08:00:00', '08:15:00']).toContain(local.toPlainTime().toString());
    expect([1, 3]).toContain(local.dayOfWeek);
  }
});

test('the same hours again move nothing', async () => {
  const { planId } = await datedPlan();
  await settings({ zone: 'Asia/Kathmandu' });
  const before = await person.rowsOfPlan(planId);
  expect((await settings({ zone: 'Asia/Kathmandu', preferred_hour: '09:30' }))['moved']).toBe(0);
  expect(await person.rowsOfPlan(planId)).toEqual(before);
});

describe('never moved', () => {
  test('an instant the person picked, nor a step across it', async () => {
    const { planId, ids } = await datedPlan();
    const middle = await person.row(ids[1]!);
    await person.must('snooze_reminder', {
      p_id: ids[1],
      p_until: Temporal.Instant.from(middle.wanted_at).add({ hours: 2 }).toString(),
    });
    const picked = (await person.row(ids[1]!)).wanted_at;
    await settings({ zone: 'Pacific/Kiritimati', preferred_hour: '20:30', working_days: [6] });
    const wanted = await wantedOf(planId);
    expect(wanted[1]).toBe(picked);
    expect(wanted).toEqual(wanted.toSorted());
  });

  test('two steps that the person set to the same instant', async () => {
    const { planId, ids } = await datedPlan();
    const together = new Date(inHours(30)).toISOString();
    for (const id of ids.slice(0, 2)) await person.must('snooze_reminder', { p_id: id, p_until: together });
    await settings({ zone: 'Asia/Kathmandu' });
    expect((await wantedOf(planId)).slice(0, 2)).toEqual([together, together]);
  });

  test('what was sent, what is overdue, what is done, and free reminders', async () => {
    const { ids } = await datedPlan();
    const free = await person.must('create_reminder', {
      p_title: 'Call',
      p_due_at: inHours(40),
      p_exact: false,
    });
    await deliver(db, ids[0]!);
    await person.must('skip_reminder', { p_id: ids[1] });
    const still = [ids[0]!, ids[1]!, (free.data['reminder'] as { id: number }).id];
    const before = await Promise.all(still.map(async (id) => person.row(id)));
    expect((await settings({ zone: 'Asia/Kathmandu' }))['moved']).toBe(1);
    expect(await Promise.all(still.map(async (id) => person.row(id)))).toEqual(before);
  });

  test('a plan that the person shifted by days, back to its first dates', async () => {
    const { planId, ids } = await datedPlan();
    const later = (await wantedOf(planId)).map((at) => Temporal.Instant.from(at).add({ hours: 240 }));
    await person.must('rebase_plan', {
      p_plan_id: planId,
      p_schedule: ids.map((id, index) => ({ id, wanted_at: later[index]!.toString() })),
    });
    expect((await settings({ zone: 'Asia/Kathmandu' }))['moved']).toBe(3);
    const sameLocalTime = later.map((instant) =>
      iso(instant.toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime('Asia/Kathmandu').toInstant()),
    );
    expect(await wantedOf(planId)).toEqual(sameLocalTime);
  });

  test('anything, by a setting that is not about hours', async () => {
    const { planId } = await datedPlan();
    const before = await person.rowsOfPlan(planId);
    expect((await settings({ language: 'ru', paused_until: inHours(5) }))['moved']).toBe(0);
    expect(await person.rowsOfPlan(planId)).toEqual(before);
  });
});

test('a delivery that is settled at the same moment is waited for, not run into', async () => {
  const { ids } = await datedPlan();
  await settings({ language: 'en' });
  const settling = await db.admin.connect();
  try {
    // As settling does it: reminders first, then the person.
    await settling.query('begin');
    await settling.query(
      'select from public.scheduled_reminders where id = any ($1) order by id for update',
      [ids],
    );
    const changing = settings({ zone: 'Asia/Kathmandu' });
    for (let waiting = 0; waiting === 0;) {
      const { rows } = await db.admin.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      waiting = rows[0]?.count ?? 0;
    }
    await settling.query('update public.users set unreachable_since = now() where telegram_id = $1', [
      person.id,
    ]);
    await settling.query('commit');
    expect(await changing).toMatchObject({ moved: 3, user: { zone: 'Asia/Kathmandu' } });
  } finally {
    settling.release();
  }
});

describe('settings that would make every later look at the person fail are refused', () => {
  test.each([
    ['a zone that does not exist', { zone: 'Europe/Atlantis' }, 'ZONE_UNKNOWN'],
    ['a POSIX zone', { zone: 'Foo+3' }, 'ZONE_UNKNOWN'],
    ['a zone that only PostgreSQL knows', { zone: 'Factory' }, 'ZONE_UNKNOWN'],
    ['24:00, which no clock of the bot shows', { quiet_from: '24:00' }, 'SETTINGS_INVALID'],
    ['hours that leave nobody awake', { quiet_from: '08:00', quiet_to: '07:30' }, 'SETTINGS_INVALID'],
    ['a day and a night of quiet', { quiet_from: '00:00', quiet_to: '23:30' }, 'SETTINGS_INVALID'],
    ['no working day', { working_days: [] }, 'SETTINGS_INVALID'],
    ['an eighth day', { working_days: [8] }, 'SETTINGS_INVALID'],
    ['a pause for ever', { paused_until: 'infinity' }, 'INSTANT_OUT_OF_RANGE'],
    ['a pause for a lifetime', { paused_until: '2099-01-01T00:00:00Z' }, 'INSTANT_OUT_OF_RANGE'],
    ['a setting nobody knows', { opted_out: true }, 'SETTINGS_INVALID'],
    ['an hour that is none', { preferred_hour: 'soon' }, 'SETTINGS_INVALID'],
    ['no hour at all', { quiet_from: null }, 'SETTINGS_INVALID'],
    ['a switch that is neither', { digest_on: 'maybe' }, 'SETTINGS_INVALID'],
    ['a list', [1], 'SETTINGS_INVALID'],
    ['a language of many words', { language: 'x'.repeat(36) }, 'SETTINGS_INVALID'],
  ])('%s', async (_what, p_settings, refusal) => {
    await settings({ language: 'en' });
    expect((await person.act('update_settings', { p_settings })).refusal).toBe(refusal);
  });

  test.each([
    ['no quiet hours', { quiet_from: '00:00', quiet_to: '00:00' }],
    ['quiet by day', { quiet_from: '08:00', quiet_to: '20:00' }],
    ['one hour awake', { quiet_from: '09:00', quiet_to: '08:00' }],
    ['no pause any more', { paused_until: null }],
    ['a digest at seven', { digest_on: true, digest_at: '07:00' }],
  ])('%s is fine', async (_what, p_settings) => {
    expect((await person.act('update_settings', { p_settings })).refusal).toBeNull();
  });

  test('every zone the database takes is one the bot can calculate with', async () => {
    const { rows } = await db.admin.query<{ name: string }>(
      `select name from pg_timezone_names
       where name !~ '^(posix|right)/' and name not in ('Factory', 'localtime', 'posixrules')`,
    );
    expect(rows.length).toBeGreaterThan(400);
    const unknown = rows.filter(({ name }) => {
      try {
        new Intl.DateTimeFormat('en', { timeZone: name });
        return false;
      } catch {
        return true;
      }
    });
    expect(unknown).toEqual([]);
  });
});
