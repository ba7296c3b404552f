import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;

const clock = () => page.getByRole('group', { name: 'Clock' });
const row = (text: string) => page.locator('.drawer tbody tr', { hasText: text });

/** A lead with one reminder, due so many hours from now. */
async function plan(lead: string, hours: number, telegramId = MARA.id): Promise<void> {
  await sandbox.db.admin.query(
    `with lead as (insert into public.leads (telegram_id, name) values ($1, $2) returning id)
     insert into public.scheduled_reminders (lead_id, telegram_id, step_id, due_at)
     select id, $1, 3, public.app_now() + make_interval(hours => $3) from lead`,
    [telegramId, lead, hours],
  );
}

const offset = async () => (await sandbox.database.clock()).offsetSeconds;

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    bot.on('message', (ctx) => ctx.reply('Yes?'));
  });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  await sandbox.database.reset();
  sandbox.emulator.reset();
  await sandbox.db.admin.query(`insert into public.users (telegram_id, zone) values ($1, 'Asia/Kathmandu')`, [
    MARA.id,
  ]);
  await plan('Anna Kowalska', 30);
  watched = await openSandbox(browser, sandbox.url);
  ({ page } = watched);
  await row('Anna Kowalska').waitFor();
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

describe('the clock', () => {
  test('shows product time in the zone of the person', async () => {
    const now = (await sandbox.database.clock()).now.toZonedDateTimeISO('Asia/Kathmandu');
    expect(await clock().locator('.bar__now').textContent()).toContain('Kathmandu');
    expect(await clock().locator('.bar__now').textContent()).toContain(String(now.year));
  });

  test('moves by an hour and by a day, wakes the loops, and dates what comes after', async () => {
    const before = sandbox.wakeUps();
    await clock().getByRole('button', { name: '+1 h' }).click();
    await expect.poll(offset).toBe(3600);
    await clock().getByRole('button', { name: '+1 day' }).click();
    await expect.poll(offset).toBe(90_000);
    await expect.poll(() => sandbox.wakeUps()).toBe(before + 2);
    await page.getByRole('button', { name: 'START', exact: true }).click();
    await page.locator('.msg', { hasText: 'Yes?' }).waitFor();
    const [sent] = sandbox.emulator.state().messages;
    expect(Date.parse(sent!.date) - Date.now()).toBeGreaterThan(89_000_000);
  });

  test('goes to the next due reminder in one step, and then there is none', async () => {
    await clock().getByRole('button', { name: 'Next due' }).click();
    await expect.poll(offset).toBeGreaterThanOrEqual(30 * 3600 - 600);
    const { rows } = await sandbox.db.admin.query<{ due: boolean }>(
      'select due_at <= public.app_now() as due from public.scheduled_reminders',
    );
    expect(rows).toEqual([{ due: true }]);
    await expect.poll(() => clock().getByRole('button', { name: 'Next due' }).isDisabled()).toBe(true);
  });

  test('returns to real time only by a reset that is asked about first', async () => {
    const now = clock().locator('.bar__now');
    const before = await now.textContent();
    await clock().getByRole('button', { name: '+1 day' }).click();
    await expect.poll(offset).toBe(86_400);
    // The bar is drawn anew when it hears of it, and its buttons move.
    await expect.poll(() => now.textContent()).not.toBe(before);
    await clock().getByRole('button', { name: 'Real time' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep everything' }).click();
    expect(await offset()).toBe(86_400);
    await clock().getByRole('button', { name: 'Real time' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Begin again' }).click();
    await expect.poll(offset).toBe(0);
    await page.getByText('Nothing here yet for Mara').waitFor();
    await page.getByRole('button', { name: 'START', exact: true }).waitFor();
  });
});

describe('the drawer', () => {
  test('says what is stored, in words and in the zone of the person', async () => {
    expect(await page.locator('.drawer th').allTextContents()).toEqual([
      'lead',
      'step_id',
      'due_at (Kathmandu)',
      'status',
      'snoozed',
      'reminded',
      'last change',
    ]);
    const cells = await row('Anna Kowalska').locator('td').allTextContents();
    expect(cells.slice(0, 2)).toEqual(['Anna Kowalska', '3']);
    expect(cells.slice(3, 6)).toEqual(['pending', '0', '0']);
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'Reminders 1',
      'Steps 0',
      'Sends 0',
      'Events 0',
    ]);
  });

  test('shows a change made behind its back, on top and tinted', async () => {
    await plan('Leila Haddad', 5);
    await row('Leila Haddad').waitFor();
    await sandbox.db.admin.query(
      `update public.scheduled_reminders set status = 'completed' where lead_id = 1`,
    );
    const changed = row('Anna Kowalska').filter({ hasText: 'completed' });
    await changed.waitFor();
    expect(await changed.evaluate((element) => element.classList.contains('new'))).toBe(true);
    expect(await page.locator('.drawer tbody tr').first().textContent()).toContain('Anna Kowalska');
  });

  test('shows one person at a time', async () => {
    await plan('Somebody of Dev', 5, 502);
    await page.getByRole('button', { name: /^Dev Patel/ }).click();
    await row('Somebody of Dev').waitFor();
    expect(await row('Anna Kowalska').count()).toBe(0);
  });

  test('has tabs for the arrow keys, folds away and stays folded after a reload', async () => {
    await page.getByRole('tab', { name: 'Reminders' }).press('ArrowRight');
    await page.getByRole('tab', { name: 'Steps', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Close drawer' }).click();
    expect(await page.getByRole('tabpanel').isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('button', { name: 'Open drawer' }).click();
    await page.getByRole('tabpanel').waitFor();
  });
});

describe('the faults', () => {
  test('are switches that reach the emulated Telegram', async () => {
    await page.setViewportSize({ width: 1600, height: 800 });
    const lost = page.getByRole('button', { name: 'Lost answer' });
    await lost.click();
    await page.locator('[aria-pressed=true]', { hasText: 'Lost answer' }).waitFor();
    expect(sandbox.emulator.state().faults).toEqual(['drop_after_accept']);
    await lost.click();
    await expect.poll(() => sandbox.emulator.state().faults).toEqual([]);
  });
});
