/** What the mini-app shows before it is done is what the database stores afterwards: a plan's flight, and a rebase. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptPlanAnswerSchema } from '../../../shared/contracts/actions.ts';
import { leadPageSchema } from '../../../shared/contracts/lead-pages.ts';
import { rebaseAnswerSchema } from '../../../shared/contracts/rebase.ts';
import type { RebaseSchedule } from '../../../shared/contracts/rebase.ts';
import { simulatePlan } from '../../../shared/rules/flight-plan.ts';
import { rebase } from '../../../shared/rules/rebase.ts';
import type { RebaseMode } from '../../../shared/rules/rebase.ts';
import { timeSettingsOf } from '../../../shared/rules/time-settings.ts';
import type { TimeSettings } from '../../../shared/rules/time-settings.ts';
import { userRowSchema } from '../../../shared/schemas/user.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { acceptedPlan } from '../../support/leads.ts';
import { anyDelays, anySettings } from '../../unit/rules/arbitraries.ts';

const MARA = 611;
let db: TestDatabase;
let actions = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

async function call(name: string, args: Record<string, unknown>): Promise<unknown> {
  const result = await db
    .userClient(MARA)
    .database.rpc(name, { p_action_id: `mine-${(actions += 1)}`, ...args });
  if (result.error !== null) throw new Error(name, { cause: result.error });
  return result.data;
}
async function productNow(): Promise<Temporal.Instant> {
  const { rows } = await db.admin.query<{ now: Date }>('select public.app_now() as now');
  return Temporal.Instant.fromEpochMilliseconds(rows[0]!.now.getTime());
}
async function setHours(settings: TimeSettings): Promise<TimeSettings> {
  const { user } = (await call('update_settings', {
    p_settings: {
      zone: settings.zone,
      preferred_hour: settings.preferredHour,
      quiet_from: settings.quietFrom,
      quiet_to: settings.quietTo,
      working_days: settings.workingDays,
    },
  })) as { user: unknown };
  return timeSettingsOf(userRowSchema.parse(user));
}
const pageOf = async (leadId: number) =>
  leadPageSchema.parse(
    await db
      .userClient(MARA)
      .database.rpc('lead_page', { p_lead_id: leadId })
      .then(({ data }) => data as unknown),
  );

test('the simulator shows exactly the instants accept_plan stores, whatever the person’s hours', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyDelays.filter((delays) => delays.length >= 3),
      anySettings.filter(leavesAnHour),
      async (delays, hours) => {
        await db.admin.query('delete from public.engagement_plans where telegram_id = $1', [MARA]);
        await db.admin.query('delete from public.scheduled_reminders where telegram_id = $1', [MARA]);
        const settings = await setHours(hours);
        const step = { action_type: 'other', description: 'Step', suggested_text: null, timing: '' };
        const created = (await call('create_lead', {
          p_lead: { name: 'Flight', contacts: {} },
          p_plan: { source: 'manual', steps: delays.map((delay) => ({ ...step, delay_days: delay })) },
        })) as { lead_id: number; plan_id: number };
        const [draft] = (await pageOf(created.lead_id)).plans;
        const start = await productNow();
        const { messages } = simulatePlan({
          start,
          steps: draft!.steps,
          settings,
          leadZone: null,
          others: [],
          pausedUntil: null,
        });
        const accepted = acceptPlanAnswerSchema.parse(
          await call('accept_plan', {
            p_plan_id: created.plan_id,
            p_schedule: messages.map(({ stepId, wanted }) => ({
              step_id: stepId,
              wanted_at: wanted.toString(),
            })),
          }),
        );
        expect(accepted.reminders.map((row) => epoch(row.wanted_at))).toEqual(
          messages.map(({ arrives }) => arrives.epochMilliseconds),
        );
        const { reminders } = await pageOf(created.lead_id);
        expect(reminders.map((row) => epoch(row.due_at))).toEqual(
          messages.map(({ arrives }) => arrives.epochMilliseconds),
        );
      },
    ),
    { numRuns: 25 },
  );
});

describe('a rebase', () => {
  test('is stored as it was previewed, in any mode, and Undo brings every date back', async () => {
    const settings = await setHours({
      zone: 'Europe/Berlin',
      preferredHour: '09:30',
      quietFrom: '21:00',
      quietTo: '08:00',
      workingDays: [1, 2, 3, 4, 5],
    });
    for (const mode of ['keep_gaps', 'keep_dates', 'squeeze'] satisfies RebaseMode[]) {
      const { leadId, planId } = await acceptedPlan(db, MARA);
      const before = (await pageOf(leadId)).reminders;
      const open = before.map((row) => ({
        step_id: row.step_id!,
        wanted: Temporal.Instant.from(row.wanted_at),
      }));
      const target = open[0]!.wanted.add({ hours: 24 * 5 });
      const preview = rebase(open, 1, target, mode, settings);
      const schedule: RebaseSchedule = preview.map(({ wanted }, index) => ({
        id: before[index]!.id,
        wanted_at: wanted.toString(),
        exact: false,
      }));
      const actionId = `rebase-${mode}`;
      rebaseAnswerSchema.parse(
        await call('rebase_plan', { p_action_id: actionId, p_plan_id: planId, p_schedule: schedule }),
      );
      expect((await pageOf(leadId)).reminders.map((row) => epoch(row.wanted_at))).toEqual(
        preview.map(({ wanted }) => wanted.epochMilliseconds),
      );
      await call('undo_action', { p_action_id: actionId });
      expect((await pageOf(leadId)).reminders.map((row) => row.wanted_at)).toEqual(
        before.map((row) => row.wanted_at),
      );
    }
  });

  test('keeps the minute the person picked, also in quiet hours; the steps behind it keep to the windows', async () => {
    const { leadId, planId, reminderIds } = await acceptedPlan(db, MARA);
    const { reminders } = await pageOf(leadId);
    const late = Temporal.Now.instant()
      .add({ hours: 24 * 2 })
      .toZonedDateTimeISO('Europe/Berlin');
    const picked = late.with({
      hour: 22,
      minute: 30,
      second: 0,
      millisecond: 0,
      microsecond: 0,
      nanosecond: 0,
    });
    await call('rebase_plan', {
      p_plan_id: planId,
      p_schedule: reminders.map((row) => ({
        id: row.id,
        wanted_at: row.id === reminderIds[0] ? picked.toInstant().toString() : row.wanted_at,
        exact: row.id === reminderIds[0],
      })),
    });
    const after = (await pageOf(leadId)).reminders;
    expect(after.map(({ exact }) => exact)).toEqual([true, false, false]);
    expect(epoch(after[0]!.wanted_at)).toBe(picked.epochMilliseconds);
  });

  test('that would put a step before the one in front of it is refused, and nothing moves', async () => {
    const { leadId, planId } = await acceptedPlan(db, MARA);
    const { reminders } = await pageOf(leadId);
    const swapped = reminders.map((row, index) => ({
      id: row.id,
      wanted_at: reminders[reminders.length - 1 - index]!.wanted_at,
    }));
    await expect(call('rebase_plan', { p_plan_id: planId, p_schedule: swapped })).rejects.toMatchObject({
      cause: { hint: 'STEPS_OUT_OF_ORDER' },
    });
    expect((await pageOf(leadId)).reminders).toEqual(reminders);
  });
});

/** The database wants at least an hour a day in which somebody may be reached. */
function leavesAnHour({ quietFrom, quietTo }: TimeSettings): boolean {
  const [from, to] = [quietFrom, quietTo].map((clock) => Temporal.PlainTime.from(clock));
  const awake = to!.until(from!).total('minutes');
  return awake === 0 || (awake + 1440) % 1440 >= 60;
}

function epoch(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
