/** How long the resident loops may sleep, as the database knows it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';
import { activePlan } from './plans.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const nextWake = () => dispatcher.call<number>('next_wake_ms()');

test('with nothing to do, a minute', async () => {
  await dispatcher.reminder({ status: 'cancelled', dueIn: -5 });
  expect(await nextWake()).toBe(60_000);
});

test('until the next reminder falls due', async () => {
  await dispatcher.reminders([{ dueIn: 0.25 }, { dueIn: 0.5 }]);
  expect(await nextWake()).toBe(15_000);
});

test('never longer than a minute', async () => {
  await dispatcher.reminder({ dueIn: 90 });
  expect(await nextWake()).toBe(60_000);
});

test('not at all when something is due', async () => {
  await dispatcher.reminder({ dueIn: -90 });
  expect(await nextWake()).toBe(0);
});

test('rows that are being sent do not wake anybody', async () => {
  await dispatcher.reminder({ dueIn: -90 });
  await dispatcher.claim();
  await dispatcher.reminder({ dueIn: 0.5, telegramId: 101 });
  expect(await nextWake()).toBe(30_000);
});

test('until a step becomes ready', async () => {
  const plan = await activePlan(dispatcher, 100, [{ wantedIn: 90 }]);
  await dispatcher.sql(
    `update outreach_steps set next_step_ready_at = app_now() + interval '20 seconds' where plan_id = $1`,
    [plan.planId],
  );
  expect(await nextWake()).toBe(20_000);
});

test('until the limiter has a slot within the claim’s horizon, when all of them are taken', async () => {
  await dispatcher.reminder({ dueIn: -1 });
  await dispatcher.sql(
    `update dispatch_limiter set next_slot_at = clock_timestamp() + interval '50 seconds'`,
  );
  const wake = await nextWake();
  expect(wake).toBeGreaterThan(25_000);
  expect(wake).toBeLessThanOrEqual(48_000);
  expect((await dispatcher.claim()).ids).toEqual([]);
});

test('how far the oldest due reminder is behind is told in milliseconds of product time', async () => {
  expect(await dispatcher.call<string>('oldest_due_ms()')).toBe('0');
  await dispatcher.reminders([{ dueIn: -10 }, { dueIn: -3 }, { dueIn: 5 }]);
  expect(await dispatcher.call<string>('oldest_due_ms()')).toBe('600000');
});
