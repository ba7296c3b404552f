/** A lead that answered: on Today and in the calendar its reminders wait, are never late, and go on from there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { openAnna, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

const section = ({ page }: OpenedApp, name: RegExp) => page.getByRole('region', { name });
const refocus = ({ page }: OpenedApp) => page.evaluate(() => dispatchEvent(new Event('focus')));

test('what waits for a lead’s answer stands apart, is not late, and Resume brings it back', async () => {
  const opened = await openAnna(app, 901);
  await section(opened, /^Late/).waitFor();
  const pause = await app.database
    .userClient(901)
    .database.rpc('pause_lead', { p_action_id: 'pause', p_lead_id: await leadOf(901), p_text: 'Call me' });
  expect(pause.error).toBeNull();
  await refocus(opened);
  const waiting = section(opened, /^They answered/);
  await waiting.waitFor();
  await section(opened, /^Late/).waitFor({ state: 'detached' });

  await waiting.getByRole('button', { name: /Anna Kowalska/ }).click();
  await waiting.getByText(/^Waits: they answered/).waitFor();
  expect(await findProblems(opened.page)).toEqual([]);
  await opened.page.getByRole('button', { name: 'How does it go on?' }).click();
  await opened.page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await waiting.waitFor({ state: 'detached' });
  await expect.poll(() => pausedAt(901)).toBeNull();

  await opened.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => pausedAt(901)).not.toBeNull();
  expect(opened.problems).toEqual([]);
});

async function leadOf(telegramId: number): Promise<number> {
  const { rows } = await app.database.admin.query<{ id: number }>(
    'select id::int from public.leads where telegram_id = $1',
    [telegramId],
  );
  return rows[0]!.id;
}

async function pausedAt(telegramId: number): Promise<Date | null> {
  const { rows } = await app.database.admin.query<{ at: Date | null }>(
    'select paused_at as at from public.leads where telegram_id = $1',
    [telegramId],
  );
  return rows[0]!.at;
}
