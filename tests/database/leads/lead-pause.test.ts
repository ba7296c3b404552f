/** A lead answered: what is planned for it waits, in one action, until it is resumed, planned anew or taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { leadLineSchema } from '../../../shared/contracts/lead-pages.ts';
import { pauseLeadAnswerSchema, resumeLeadAnswerSchema } from '../../../shared/contracts/leads.ts';
import { createActor, deliver, inHours, shiftClock, type Actor } from '../actions/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
  // What may go at all is tried here, not how fast.
  await db.admin.query('update public.dispatch_limiter set rate_per_second = 100000, chat_gap_ms = 0');
});
beforeEach(async () => {
  await shiftClock(db, 0);
  person = createActor(db);
});
afterAll(async () => db.drop());

const HOUR_MS = 3_600_000;
const instant = (iso: string): number => Date.parse(iso);

async function leadRow(id: number): Promise<Record<string, unknown>> {
  const { rows } = await db.admin.query<Record<string, unknown>>('select * from public.leads where id = $1', [
    id,
  ]);
  return rows[0]!;
}

async function pauseLead(leadId: number, text = 'We are in!', rest: Record<string, unknown> = {}) {
  const answer = await person.must('pause_lead', { p_lead_id: leadId, p_text: text, ...rest });
  return { actionId: answer.actionId, ...pauseLeadAnswerSchema.parse(answer.data) };
}

async function resume(leadId: number) {
  return resumeLeadAnswerSchema.parse((await person.must('resume_lead', { p_lead_id: leadId })).data);
}

/** Ids the dispatcher hands out now. */
async function claimed(): Promise<number[]> {
  const answer = await db.server.database.rpc('claim_due_reminders', {
    p_worker: 'w',
    p_token: crypto.randomUUID(),
    p_limit: 50,
    p_lease_seconds: 30,
  });
  return (answer.data as { id: number; telegram_id: number }[])
    .filter((row) => row.telegram_id === person.id)
    .map(({ id }) => id);
}

async function leftDue(): Promise<number> {
  const { rows } = await db.admin.query<{ count: number }>(
    `select count(*)::int from public.scheduled_reminders
     where telegram_id = $1 and status in ('pending', 'sent') and due_at <= public.app_now()`,
    [person.id],
  );
  return rows[0]!.count;
}

async function freeReminder(leadId: number, hours: number): Promise<number> {
  const answer = await person.must('create_reminder', {
    p_lead_id: leadId,
    p_title: 'Send the brochure',
    p_due_at: inHours(hours),
  });
  return (answer.data['reminder'] as { id: number }).id;
}

describe('pausing a lead', () => {
  test('holds every open reminder of it, keeps the answer as a note, and leaves the status alone', async () => {
    const { leadId, ids } = await person.plan([1, 2, 3]);
    const free = await freeReminder(leadId, 5);
    const answer = await pauseLead(leadId);
    expect(answer).toMatchObject({ waiting: 4, notes_fit: true });
    expect(await leadRow(leadId)).toMatchObject({
      status: 'new',
      notes: expect.stringMatching(/^\d{4}-\d\d-\d\d: We are in!$/) as string,
    });
    await shiftClock(db, 24 * 20);
    expect(await claimed()).toEqual([]);
    for (const id of [...ids, free]) {
      const row = await person.row(id);
      expect(row).toMatchObject({ status: 'pending', due_reason: 'parked' });
      expect(instant(row.wanted_at)).toBeLessThan(Date.now() + 6 * HOUR_MS);
    }
  });

  test('leaves other leads of the person alone', async () => {
    const { leadId } = await person.plan([1, 900, 901]);
    const other = await person.plan([1, 900, 901]);
    await pauseLead(leadId);
    await shiftClock(db, 2);
    expect(await claimed()).toEqual([other.ids[0]]);
  });

  test('sent twice does it once', async () => {
    const { leadId } = await person.plan();
    const first = await pauseLead(leadId);
    const again = await person.must('pause_lead', {
      p_lead_id: leadId,
      p_text: 'We are in!',
      p_action_id: first.actionId,
    });
    expect(again.data).toMatchObject({ waiting: 3, replayed: true });
    expect(String((await leadRow(leadId))['notes']).split('\n')).toHaveLength(1);
  });

  test('a second answer is a second note, and what waits goes on waiting', async () => {
    const { leadId, ids } = await person.plan();
    await pauseLead(leadId);
    const parked = await person.row(ids[0]!);
    expect(await pauseLead(leadId, 'And another thing')).toMatchObject({ waiting: 3 });
    expect((await person.row(ids[0]!)).due_at).toBe(parked.due_at);
    expect((await resume(leadId)).resumed).toBe(3);
  });

  test('of a lead without reminders keeps the note and marks nothing', async () => {
    const made = await person.must('create_lead', { p_lead: { name: 'Ben' } });
    const leadId = made.data['lead_id'] as number;
    expect(await pauseLead(leadId)).toMatchObject({ waiting: 0, lead: { paused_at: null } });
  });

  test('an answer too long for the notes is cut there and said so', async () => {
    const { leadId } = await person.plan();
    expect(await pauseLead(leadId, 'x'.repeat(5000))).toMatchObject({ waiting: 3, notes_fit: false });
    expect(String((await leadRow(leadId))['notes'])).toHaveLength(4000);
  });

  test('somebody else’s lead is not there', async () => {
    const { leadId } = await person.plan();
    const stranger = createActor(db);
    expect((await stranger.act('pause_lead', { p_lead_id: leadId, p_text: '' })).refusal).toBe(
      'LEAD_NOT_FOUND',
    );
    expect((await stranger.act('resume_lead', { p_lead_id: leadId })).refusal).toBe('LEAD_NOT_FOUND');
  });
});

describe('while a lead is paused', () => {
  test('a reminder that something else made due is held again in the same claim', async () => {
    const { leadId, ids } = await person.plan([1, 2, 900]);
    await pauseLead(leadId);
    // As a revival after the person was unreachable does it.
    await db.admin.query(
      'update public.scheduled_reminders set due_at = public.app_now(), due_rev = due_rev + 1 where id = $1',
      [ids[0]],
    );
    expect(await claimed()).toEqual([]);
    expect(await leftDue()).toBe(0);
  });

  test('a reminder the person moves or makes comes as asked', async () => {
    const { leadId, ids } = await person.plan([1, 2, 900]);
    await pauseLead(leadId);
    await person.must('snooze_reminder', { p_id: ids[0], p_until: inHours(3), p_exact: true });
    await shiftClock(db, 1);
    const made = await freeReminder(leadId, 4);
    await shiftClock(db, 5);
    expect((await claimed()).toSorted()).toEqual([ids[0], made].toSorted());
  });

  test('the list of leads names nothing of it as next or late, unless the person moved it since', async () => {
    const { leadId, ids } = await person.plan([1, 2, 900]);
    await shiftClock(db, 30);
    const line = async () => {
      const answer = await db.userClient(person.id).database.rpc('my_leads');
      return z
        .array(leadLineSchema)
        .parse(answer.data)
        .find(({ id }) => id === leadId);
    };
    expect((await line())?.next?.id).toBe(ids[0]);
    await pauseLead(leadId);
    expect(await line()).toMatchObject({ next: null, marks: 'ooo' });
    expect((await line())?.paused_at).not.toBeNull();
    await person.must('snooze_reminder', { p_id: ids[1], p_until: inHours(40), p_exact: true });
    expect((await line())?.next?.id).toBe(ids[1]);
  });

  test('the next step of a plan paced one after the other is not asked for', async () => {
    const { leadId, ids } = await person.plan([1, 2, 3], 'after_previous');
    await person.must('complete_reminder', { p_id: ids[0] });
    const before = await pauseLead(leadId);
    await shiftClock(db, 24 * 30);
    await db.server.database.rpc('promote_steps', { p_limit: 10 });
    expect(await claimed()).toEqual([]);
    expect(before.waiting).toBe(0);
  });
});

describe('resuming', () => {
  test('brings each reminder at its own time, and what was missed in the next open window, as late', async () => {
    const { leadId, ids } = await person.plan([1, 48, 900]);
    const planned = await Promise.all(ids.map((id) => person.row(id)));
    await pauseLead(leadId);
    await shiftClock(db, 10);
    expect(await resume(leadId)).toMatchObject({ resumed: 3, already: false, lead: { paused_at: null } });
    const [missed, coming] = await Promise.all(ids.map((id) => person.row(id)));
    expect(missed).toMatchObject({ wanted_at: planned[0]!.wanted_at, due_reason: 'parked' });
    expect(coming).toMatchObject({
      wanted_at: planned[1]!.wanted_at,
      due_at: planned[1]!.due_at,
      due_reason: 'plan',
    });
    expect(await claimed()).toEqual([ids[0]]);
  });

  test('does not buzz at once for what was delivered before', async () => {
    const { leadId, ids } = await person.plan([1, 900, 901]);
    await shiftClock(db, 2);
    await deliver(db, ids[0]!);
    await pauseLead(leadId);
    await resume(leadId);
    const row = await person.row(ids[0]!);
    expect(row).toMatchObject({ status: 'sent', level: 1, due_reason: 'escalation' });
    expect(instant(row.due_at)).toBeGreaterThanOrEqual(Date.now() + 6 * HOUR_MS - 60_000);
  });

  test('a plan paced one after the other goes on with the step it waited for', async () => {
    const { leadId, ids, planId } = await person.plan([1, 2, 3], 'after_previous');
    await person.must('complete_reminder', { p_id: ids[0] });
    await pauseLead(leadId);
    await resume(leadId);
    const { rows } = await db.admin.query(
      'select step_id from public.outreach_steps where plan_id = $1 and next_step_ready_at is not null',
      [planId],
    );
    expect(rows).toEqual([{ step_id: 2 }]);
  });

  test('what runs already is no change', async () => {
    const { leadId } = await person.plan();
    expect(await resume(leadId)).toMatchObject({ already: true, resumed: 0 });
  });
});

describe('Undo', () => {
  test('of a pause brings every instant, the notes and the requests back', async () => {
    const { leadId, ids, planId } = await person.plan([1, 2, 3], 'after_previous');
    await person.must('complete_reminder', { p_id: ids[0] });
    const free = await freeReminder(leadId, 5);
    const before = await person.row(free);
    const { actionId } = await pauseLead(leadId);
    await person.must('undo_action', { p_action_id: actionId });
    const after = await person.row(free);
    expect(after).toEqual({ ...before, due_rev: after.due_rev, updated_at: after.updated_at });
    expect(await leadRow(leadId)).toMatchObject({ notes: null, paused_at: null });
    const { rows } = await db.admin.query(
      'select step_id from public.outreach_steps where plan_id = $1 and next_step_ready_at is not null',
      [planId],
    );
    expect(rows).toEqual([{ step_id: 2 }]);
  });

  test('of resuming pauses again', async () => {
    const { leadId, ids } = await person.plan([1, 900, 901]);
    await pauseLead(leadId);
    const answer = await person.must('resume_lead', { p_lead_id: leadId });
    await person.must('undo_action', { p_action_id: answer.actionId });
    await shiftClock(db, 5);
    expect(await claimed()).toEqual([]);
    expect((await person.row(ids[0]!)).due_reason).toBe('parked');
  });
});

describe('a new plan for a paused lead', () => {
  const schedule = [1, 2, 3].map((step) => ({ step_id: step, wanted_at: inHours(10 + step) }));

  test('ends the pause: its own steps and the free reminders come', async () => {
    const { leadId } = await person.plan([1, 2, 900]);
    const free = await freeReminder(leadId, 5);
    const before = await person.row(free);
    await pauseLead(leadId);
    const draft = await person.draft(leadId);
    const accepted = await person.must('accept_plan', { p_plan_id: draft, p_schedule: schedule });
    expect(await leadRow(leadId)).toMatchObject({ paused_at: null });
    expect(await person.row(free)).toMatchObject({ due_at: before.due_at, wanted_at: before.wanted_at });
    await person.must('undo_action', { p_action_id: accepted.actionId });
    expect((await leadRow(leadId))['paused_at']).not.toBeNull();
    await shiftClock(db, 24);
    expect(await claimed()).toEqual([]);
  });
});
