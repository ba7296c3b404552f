/** Changing a lead, its notes, the bin and the way back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addNoteAnswerSchema,
  deleteLeadAnswerSchema,
  restoreLeadAnswerSchema,
  updateLeadAnswerSchema,
} from '../../../shared/contracts/leads.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createActor, deliver, shiftClock, type Actor } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await shiftClock(db, 0);
  person = createActor(db);
});
afterAll(async () => db.drop());

const CONTACTS = { emails: ['anna@baltic.example'], phones: ['+4915123456789'], links: [], handles: [] };

async function lead(fields: Record<string, unknown> = {}): Promise<number> {
  const p_lead = { name: 'Anna Kowalska', company: 'Baltic Freight', contacts: CONTACTS, ...fields };
  return (await person.must('create_lead', { p_lead })).data['lead_id'] as number;
}

async function stored(id: number): Promise<Record<string, unknown>> {
  const { rows } = await db.admin.query<{ row: Record<string, unknown> }>(
    'select to_jsonb(leads) as row from public.leads where id = $1',
    [id],
  );
  return rows[0]!.row;
}

async function change(id: number, p_change: unknown, rest: Record<string, unknown> = {}) {
  const answer = await person.act('update_lead', { p_lead_id: id, p_change, ...rest });
  return { ...answer, read: answer.refusal === null ? updateLeadAnswerSchema.parse(answer.data) : null };
}

describe('update_lead', () => {
  test('changes what is named, leaves the rest, and says what is different now', async () => {
    const id = await lead();
    const { read } = await change(id, {
      company: '  Baltic Lines ',
      name: 'Anna Kowalska',
      zone: 'Europe/Warsaw',
    });
    expect(read!.changed).toEqual(['company', 'zone']);
    expect(read!.lead).toMatchObject({
      name: 'Anna Kowalska',
      company: 'Baltic Lines',
      zone: 'Europe/Warsaw',
    });
    expect(await stored(id)).toMatchObject({ company: 'Baltic Lines', contacts: CONTACTS });
  });

  test('empties a field with null or blanks, but never the name', async () => {
    const id = await lead({ title: 'CEO' });
    expect((await change(id, { company: null, title: '   ' })).read!.changed).toEqual(['company', 'title']);
    expect(await stored(id)).toMatchObject({ company: null, title: null });
    expect((await change(id, { name: ' ' })).refusal).toBe('LEAD_NAME_MISSING');
  });

  test('keeps the old values for Undo and writes the lead’s own event', async () => {
    const id = await lead();
    const { actionId } = await change(id, { company: 'Other', notes: 'n' });
    const { rows } = await db.admin.query<{ before: unknown }>(
      'select before from public.user_actions where telegram_id = $1 and action_id = $2',
      [person.id, actionId],
    );
    expect(rows[0]!.before).toEqual({ lead_id: id, lead: { company: 'Baltic Freight', notes: null } });
    const events = await db.admin.query<{ action: string; note: string; reminder_id: null }>(
      'select action, note, reminder_id from public.reminder_events where telegram_id = $1 and lead_id = $2',
      [person.id, id],
    );
    expect(events.rows).toEqual([{ action: 'update_lead', note: 'company, notes', reminder_id: null }]);
  });

  test('leaves a field alone that is another one than the caller has seen', async () => {
    const id = await lead();
    await change(id, { company: 'Typed by hand' });
    const p_expected = { company: 'Baltic Freight', title: null };
    const { read } = await change(id, { company: 'Read by a machine', title: 'CEO' }, { p_expected });
    expect(read!.changed).toEqual(['title']);
    expect(read!.lead).toMatchObject({ company: 'Typed by hand', title: 'CEO' });
  });

  test('sent twice changes once', async () => {
    const id = await lead();
    const first = await change(id, { company: 'One' }, { p_action_id: 'twice' });
    await change(id, { company: 'Two' });
    const again = await change(id, { company: 'One' }, { p_action_id: 'twice' });
    expect([first.read!.replayed, again.read!.replayed]).toEqual([false, true]);
    expect(await stored(id)).toMatchObject({ company: 'Two' });
  });

  test.each([
    ['a field no lead has', { telegram_id: 1 }, 'LEAD_FIELD_INVALID'],
    ['the status, which has its own action', { status: 'closed_won' }, 'LEAD_FIELD_INVALID'],
    ['a name that is a number', { name: 5 }, 'LEAD_FIELD_INVALID'],
    ['contacts that are a list', { contacts: [] }, 'LEAD_FIELD_INVALID'],
    ['contacts of an unknown kind', { contacts: { faxes: ['1'] } }, 'LEAD_FIELD_INVALID'],
    ['contacts that are not words', { contacts: { emails: [1] } }, 'LEAD_FIELD_INVALID'],
    ['an empty contact', { contacts: { emails: [''] } }, 'LEAD_FIELD_INVALID'],
    [
      '31 e-mails',
      { contacts: { emails: Array.from({ length: 31 }, () => 'a@b.co') } },
      'LEAD_FIELD_INVALID',
    ],
    ['no object', 'name', 'LEAD_FIELD_INVALID'],
    ['a name of 201 characters', { name: 'a'.repeat(201) }, 'LEAD_FIELD_TOO_LONG'],
    ['notes of 4,001 characters', { notes: 'a'.repeat(4001) }, 'LEAD_FIELD_TOO_LONG'],
    ['a zone that does not exist', { zone: 'Mars/Phobos' }, 'ZONE_UNKNOWN'],
  ])('refuses %s in words', async (_, p_change, code) => {
    const id = await lead();
    const before = await stored(id);
    expect((await change(id, p_change)).refusal).toBe(code);
    expect(await stored(id)).toEqual(before);
  });

  test('counts characters, not bytes or halves of them', async () => {
    const id = await lead();
    expect((await change(id, { notes: '🚢'.repeat(4000) })).refusal).toBeNull();
  });
});

describe('add_note', () => {
  test('adds a line under the notes, dated by the person’s own calendar', async () => {
    await person.must('update_settings', { p_settings: { zone: 'Pacific/Kiritimati' } });
    const id = await lead({ notes: 'Met in Hamburg.' });
    const today = (): string => Temporal.Now.plainDateISO('Pacific/Kiritimati').toString();
    const before = today();
    const answer = await person.must('add_note', {
      p_lead_id: id,
      p_text: '  wants prices\nfor three lanes ',
    });
    const notes = (day: string): string => `Met in Hamburg.\n${day}: wants prices\nfor three lanes`;
    expect([notes(before), notes(today())]).toContain(addNoteAnswerSchema.parse(answer.data).lead.notes);
  });

  test.each([
    ['nothing', ' \n ', 'NOTE_EMPTY'],
    ['more than there is room for', 'a'.repeat(3990), 'NOTES_FULL'],
  ])('refuses %s and keeps what is there', async (_, p_text, code) => {
    const id = await lead({ notes: 'Met in Hamburg.' });
    expect((await person.act('add_note', { p_lead_id: id, p_text })).refusal).toBe(code);
    expect(await stored(id)).toMatchObject({ notes: 'Met in Hamburg.' });
  });
});

describe('the bin', () => {
  const statuses = async (ids: readonly number[]) =>
    Promise.all(ids.map(async (id) => (await person.row(id)).status));

  test('takes a lead with its open reminders, and gives both back as they were', async () => {
    const { leadId, ids } = await person.plan();
    const before = await Promise.all(ids.map((id) => person.row(id)));
    const deleted = deleteLeadAnswerSchema.parse(
      (await person.must('delete_lead', { p_lead_id: leadId })).data,
    );
    expect(deleted).toMatchObject({ already: false, ended: 3 });
    expect(await statuses(ids)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect((await person.act('add_note', { p_lead_id: leadId, p_text: 'x' })).refusal).toBe('LEAD_NOT_FOUND');

    const restored = restoreLeadAnswerSchema.parse(
      (await person.must('restore_lead', { p_lead_id: leadId })).data,
    );
    expect(restored).toMatchObject({ already: false, restored: 3, lead: { deleted_at: null } });
    const essence = ({ due_at, wanted_at, status, level, exact }: (typeof before)[number]) =>
      [due_at, wanted_at, status, level, exact] as const;
    const after = await Promise.all(ids.map((id) => person.row(id)));
    expect(after.map(essence)).toEqual(before.map(essence));
  });

  test('brings what fell due meanwhile back as late, and never at once', async () => {
    const { leadId, ids } = await person.plan();
    await deliver(db, ids[0]!);
    await person.must('delete_lead', { p_lead_id: leadId });
    await shiftClock(db, 60);
    await person.must('restore_lead', { p_lead_id: leadId });
    const rows = await Promise.all(ids.map((id) => person.row(id)));
    const soon = Temporal.Now.instant().add({ hours: 63 });
    for (const row of rows.slice(0, 2)) {
      expect(Temporal.Instant.compare(Temporal.Instant.from(row.due_at), soon)).toBe(1);
      expect(row.status).toBe(row.id === ids[0] ? 'sent' : 'pending');
    }
    expect(rows[2]!.due_at).toBe(rows[2]!.wanted_at);
  });

  test('keeps a plan paced by its steps alive', async () => {
    const { leadId, planId } = await person.plan([1, 48, 72], 'after_previous');
    const [first] = await person.rowsOfPlan(planId);
    await person.must('complete_reminder', { p_id: first!.id });
    const ready = async () =>
      (
        await db.admin.query<{ at: Date | null }>(
          'select next_step_ready_at as at from public.outreach_steps where plan_id = $1 and step_id = 2',
          [planId],
        )
      ).rows[0]!.at;
    const before = await ready();
    await person.must('delete_lead', { p_lead_id: leadId });
    expect(await ready()).toBeNull();
    await person.must('restore_lead', { p_lead_id: leadId });
    expect(before).not.toBeNull();
    expect(await ready()).toEqual(before);
  });

  test('leaves what had ended before the deletion ended', async () => {
    const { leadId, ids } = await person.plan();
    await person.must('cancel_reminder', { p_id: ids[2]! });
    await person.must('delete_lead', { p_lead_id: leadId });
    await person.must('restore_lead', { p_lead_id: leadId });
    expect(await statuses(ids)).toEqual(['pending', 'pending', 'cancelled']);
  });

  test('is emptied for the person after seven days', async () => {
    const id = await lead();
    await person.must('delete_lead', { p_lead_id: id });
    await shiftClock(db, 7 * 24 + 1);
    expect((await person.act('restore_lead', { p_lead_id: id })).refusal).toBe('LEAD_BIN_OVER');
  });

  test('says already to a second deletion and to the return of what is there', async () => {
    const id = await lead();
    await person.must('delete_lead', { p_lead_id: id });
    expect((await person.must('delete_lead', { p_lead_id: id })).data).toMatchObject({
      already: true,
      ended: 0,
    });
    await person.must('restore_lead', { p_lead_id: id });
    expect((await person.must('restore_lead', { p_lead_id: id })).data).toMatchObject({ already: true });
  });

  test('does not let anybody past 500 leads', async () => {
    const id = await lead();
    await person.must('delete_lead', { p_lead_id: id });
    await db.admin.query(
      `insert into public.leads (telegram_id, name) select $1, 'Lead ' || n from generate_series(1, 500) as n`,
      [person.id],
    );
    expect((await person.act('restore_lead', { p_lead_id: id })).refusal).toBe('LEAD_LIMIT');
    expect(await stored(id)).not.toMatchObject({ deleted_at: null });
  });
});
