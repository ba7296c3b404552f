/** What repeats, in a real browser: seen on Today, left out once, changed for all times, paused, ended. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 3900;

/** Somebody with a rule, on Today with its sheet open. */
async function withRule(language = 'en'): Promise<{ telegramId: number; page: Page; problems: string[] }> {
  people += 1;
  const telegramId = people;
  await addPerson(app.database, telegramId, language);
  const { error } = await app.database.userClient(telegramId).database.rpc('create_recurring_reminder', {
    p_action_id: `rule-${telegramId}`,
    p_title: 'Water the plants',
    p_rule: 'FREQ=WEEKLY;BYDAY=MO',
    p_starts_on: '2026-10-19',
    p_clock: '09:00',
  });
  expect(error).toBeNull();
  const { page, problems } = await app.open(telegramId, { deviceZone: 'Europe/Berlin' });
  await page.getByText('Water the plants').first().click();
  await page
    .getByRole('button', { name: language === 'ru' ? 'Ещё' : 'More' })
    .first()
    .click();
  return { telegramId, page, problems };
}

const ruleOf = async (telegramId: number) => {
  const { rows } = await app.database.admin.query<{ rule: string; status: string; clock: string }>(
    'select rule, status, clock::text from public.recurring_reminders where telegram_id = $1',
    [telegramId],
  );
  return rows[0];
};

test('a reminder says how it repeats; all times are changed in one’s own words', async () => {
  const { telegramId, page, problems } = await withRule();
  await page.getByRole('button', { name: 'Every Monday, 9:00' }).click();
  await page.getByRole('button', { name: 'Change all times' }).click();
  await page.getByRole('textbox', { name: 'When from now on?' }).fill('tomorrow 9:00');
  await page.getByText('That comes once.').waitFor();
  await page.getByRole('textbox', { name: 'When from now on?' }).fill('every last Friday at 10');
  await page.getByText('The last Friday of every month, 10:00').waitFor();
  await page.getByText('Fri 30 Oct, 10:00').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save for all times' }).click();
  await page.getByText('Changed for all times from now on').waitFor();
  await expect
    .poll(() => ruleOf(telegramId))
    .toMatchObject({ rule: 'FREQ=MONTHLY;BYDAY=-1FR', clock: '10:00:00' });
  expect(problems).toEqual([]);
});

test('paused with one tap, and taken back with Undo', async () => {
  const { telegramId, page } = await withRule();
  await page.getByRole('button', { name: 'Every Monday, 9:00' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await expect.poll(async () => (await ruleOf(telegramId))?.status).toBe('paused');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await ruleOf(telegramId))?.status).toBe('active');
});

test('in Russian it says so too', async () => {
  const { page } = await withRule('ru');
  await page.getByRole('button', { name: 'Каждый понедельник, 9:00' }).click();
  await page.getByRole('button', { name: 'Пропустить этот раз' }).waitFor();
});
