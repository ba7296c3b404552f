/** `npm run seed`: rows that the product itself would have written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUSSIAN_CONTACTS } from '../../../bot/domain/demo/contacts.ts';
import { createDemoStore } from '../../../bot/store/demo-store.ts';
import { fillDemo, type FilledPerson } from '../../../bot/usecases/fill-demo.ts';
import { newAction, openBackend, someone } from './backend.ts';
import type { Backend } from './backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await openBackend();
});
afterAll(() => backend.close());

async function fill(telegramId: number, dryRun = false): Promise<FilledPerson> {
  const { clients, stores } = backend;
  const person = {
    telegramId,
    firstName: 'Ирина',
    username: null,
    language: 'ru',
    zone: 'Europe/Moscow',
    contacts: RUSSIAN_CONTACTS,
  } as const;
  const [filled] = await fillDemo(
    { admin: stores.admin, demo: createDemoStore(clients.server) },
    { people: [person], seed: 1, dryRun },
  );
  return filled!;
}

const inYears = (now: Temporal.Instant) => now.add({ hours: 24 * 700 });

test('a filled person sees their own leads and reminders, in their zone and language, and nobody else does', async () => {
  const me = someone();
  const filled = await fill(me);
  expect(filled).toMatchObject({ had: 0, leads: RUSSIAN_CONTACTS.length });
  const store = backend.stores.asPerson(me);
  expect(await store.self()).toMatchObject({ zone: 'Europe/Moscow', language: 'ru' });
  const now = await backend.stores.admin.now();
  const open = await store.openReminders(inYears(now), 500);
  expect(open.length).toBeGreaterThan(0);
  expect(open.every(({ lead, step }) => lead !== null && step !== null)).toBe(true);
  expect(await backend.stores.asPerson(someone()).openReminders(inYears(now), 500)).toEqual([]);
});

test('nothing of it is due at once', async () => {
  const me = someone();
  await fill(me);
  const due = await backend.stores.reminders.getDueReminders(500);
  expect(due.filter(({ telegram_id }) => telegram_id === me)).toEqual([]);
});

test('filling twice adds nothing, and a dry run stores nothing', async () => {
  const me = someone();
  expect(await fill(me, true)).toMatchObject({ had: 0, leads: RUSSIAN_CONTACTS.length });
  expect(await fill(me)).toMatchObject({ had: 0 });
  expect(await fill(me)).toMatchObject({ had: RUSSIAN_CONTACTS.length, leads: 0, reminders: 0 });
});

test('its reminders behave like any other: done asks for the next step, and Undo brings it back', async () => {
  const me = someone();
  await fill(me);
  const store = backend.stores.asPerson(me);
  const now = await backend.stores.admin.now();
  const [first] = await store.openReminders(inYears(now), 1);
  const action = newAction();
  const done = await store.completeReminder(action, first!.reminder.id);
  expect(done).toMatchObject({ ok: true, value: { reminder: { status: 'completed' } } });
  expect(await store.undo(action)).toMatchObject({ ok: true, value: { already: false } });
  expect(await store.reminder(first!.reminder.id)).toMatchObject({ status: first!.reminder.status });
});
