/** The dispatcher's, the bot's and the server's own calls through the SDK. Runs on a real InsForge project too: see backend.ts. */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { inHours, LEAD, newAction, openBackend, PLAN, schedule, someone } from './backend.ts';
import type { Backend } from './backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await openBackend();
  await backend.stores.dispatch.setRate(10_000, 0);
});
afterAll(async () => {
  await backend.stores.dispatch.setRate(25, 1000);
  await backend.close();
});

/** Claims, keeps the rows of these people and gives the others back. */
async function claimOf(people: readonly number[], token: string = randomUUID()) {
  const { dispatch } = backend.stores;
  const rows = await dispatch.claim('conformance', token, 500, 30);
  const others = rows.filter((row) => !people.includes(row.telegram_id));
  if (others.length > 0)
    await dispatch.settle(
      token,
      others.map(({ id }) => ({ id, outcome: 'released' })),
    );
  return { token, rows: rows.filter((row) => people.includes(row.telegram_id)) };
}

const due = (telegramId: number, title = 'Ring back') =>
  backend.stores.reminders.create({ telegram_id: telegramId, due_at: inHours(-0.1).toString(), title });

/** As its owner sees it. */
const seen = (row: Pick<ClaimedReminder, 'telegram_id' | 'id'>) =>
  backend.stores.asPerson(row.telegram_id).reminder(row.id);

describe('a batch', () => {
  test('is claimed, extended and settled; asked again it is the same, settled again nothing changes', async () => {
    const { dispatch } = backend.stores;
    const me = someone();
    const { id } = await due(me);
    const { token, rows } = await claimOf([me]);
    expect(rows).toMatchObject([
      { id, title: 'Ring back', kind: 'card', level: 0, zone: 'UTC', language: 'en' },
    ]);
    expect((await claimOf([me], token)).rows.map((row) => row.id)).toEqual([id]);
    expect(await dispatch.extend(token, 30)).toBe(true);
    await dispatch.settle(token, [{ id, outcome: 'sent', messageId: 5 }]);
    const after = await seen(rows[0]!);
    expect(after).toMatchObject({ status: 'sent', level: 1, reminder_count: 1 });
    await dispatch.settle(token, [{ id, outcome: 'sent', messageId: 5 }]);
    expect(await seen(rows[0]!)).toEqual(after);
    expect(await dispatch.extend(token, 30)).toBe(false);
  });

  test('carries every outcome to its row', async () => {
    const people = [1, 2, 3, 4, 5].map(someone);
    for (const person of people) await due(person);
    const { token, rows } = await claimOf(people);
    const [sent, retry, failed, doubt, released] = people.map((person) =>
      rows.find((row) => row.telegram_id === person)!,
    );
    await backend.stores.dispatch.settle(token, [
      { id: sent!.id, outcome: 'sent', messageId: 1 },
      { id: retry!.id, outcome: 'retry', retryInMs: 3_600_000, error: '500', errorCode: 500 },
      { id: failed!.id, outcome: 'failed', error: '403', errorCode: 403, unreachable: true },
      { id: doubt!.id, outcome: 'in_doubt', retryInMs: 3_600_000, error: 'timeout' },
      { id: released!.id, outcome: 'released' },
    ]);
    expect(await seen(sent!)).toMatchObject({ status: 'sent', due_reason: 'escalation' });
    expect(await seen(retry!)).toMatchObject({ status: 'pending', due_reason: 'retry' });
    expect(await seen(failed!)).toMatchObject({ status: 'failed' });
    expect(await seen(doubt!)).toMatchObject({ status: 'pending', due_reason: 'retry' });
    expect(await seen(released!)).toMatchObject({ status: 'pending', due_reason: 'plan' });
    const blocked = await backend.stores.asPerson(failed!.telegram_id).self();
    expect(blocked?.unreachable_since).not.toBeNull();
  });

  test('of hundreds of rows goes through one answer', async () => {
    const people = Array.from({ length: 300 }, someone);
    const { server } = backend.clients;
    const at = inHours(-0.1).toString();
    const { error } = await server
      .from('scheduled_reminders')
      .insert(people.map((telegramId) => ({ telegram_id: telegramId, due_at: at })));
    expect(error).toBeNull();
    const { token, rows } = await claimOf(people);
    expect(rows).toHaveLength(300);
    await backend.stores.dispatch.settle(
      token,
      rows.map(({ id }) => ({ id, outcome: 'sent', messageId: id })),
    );
    expect(await seen(rows[299]!)).toMatchObject({ status: 'sent' });
  });
});

test('a refused claim is our own bug and throws', async () => {
  await expect(backend.stores.dispatch.claim('w', randomUUID(), 0, 30)).rejects.toMatchObject({
    name: 'StoreError',
    kind: 'bug',
    code: 'CLAIM_SIZE',
  });
});

test('sweeping and asking for the next wake-up answer numbers', async () => {
  const { dispatch, admin } = backend.stores;
  expect(await dispatch.sweep()).toBeGreaterThanOrEqual(0);
  expect(await dispatch.nextWakeMs()).toBeLessThanOrEqual(60_000);
  expect(await admin.oldestDueMs()).toBeGreaterThanOrEqual(0);
});

test('an engagement trigger makes the next step ready, the sweep promotes it, and a repeated key counts once', async () => {
  const me = someone();
  const store = backend.stores.asPerson(me);
  const created = await store.createLead(newAction(), LEAD, PLAN);
  const { lead_id: leadId, plan_id: planId } = created.ok ? created.value : { lead_id: 0, plan_id: 0 };
  await store.acceptPlan(newAction(), planId!, schedule(5));
  const key = randomUUID();
  const trigger = () => backend.stores.admin.triggerNextStep(key, me, leadId, 'pdf_download');
  expect(await trigger()).toMatchObject({ ok: true, value: { step_id: 1, replayed: false } });
  expect(await trigger()).toMatchObject({ ok: true, value: { step_id: 1, replayed: true } });
  expect(await backend.stores.dispatch.promoteSteps(1000)).toBeGreaterThanOrEqual(1);
  const stored = await store.plan(planId!);
  expect(stored?.steps[0]).toMatchObject({ triggered_by: 'pdf_download', next_step_ready_at: null });
  expect(await backend.stores.admin.triggerNextStep(randomUUID(), someone(), leadId, 'x')).toMatchObject({
    ok: false,
    refusal: { code: 'LEAD_NOT_FOUND' },
  });
});

describe('the record of updates', () => {
  const update = () => randomInt(1, 2 ** 47);

  test('lets each update through once and remembers who sent it', async () => {
    const { updates } = backend.stores;
    const id = update();
    const person = { telegramId: someone(), firstName: 'Mara', username: null, language: 'en' };
    expect(await updates.begin(id, person)).toMatchObject({ state: 'new', user: { first_name: 'Mara' } });
    await updates.finish(id);
    expect(await updates.begin(id, person)).toEqual({ state: 'done' });
  });

  test('lets the sole reader take up again what a crash left unfinished', async () => {
    const id = update();
    expect(await backend.stores.updates.begin(id, null)).toEqual({ state: 'new', user: null });
    expect(await backend.stores.updates.begin(id, null)).toEqual({ state: 'new', user: null });
  });
});

test('product time, the schema’s version and ownership of a platform are the server’s to ask and set', async () => {
  const { admin } = backend.stores;
  expect(
    Math.abs(
      inHours(0)
        .since(await admin.now())
        .total('seconds'),
    ),
  ).toBeLessThan(60);
  expect(await admin.schemaVersion()).toMatch(/^[0-9]{14}$/);
  const me = someone();
  await admin.makeOwner('default', me);
  const { data } = await backend.clients
    .asPerson(me)
    .from('platform_members')
    .select('role')
    .eq('telegram_id', me);
  expect(data).toEqual([{ role: 'owner' }]);
});
