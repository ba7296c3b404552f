/** Faults that come and go by themselves, planned on the page and met by the bot. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { launchChromium } from '../../support/chromium.ts';
import { MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;

const dialog = () => page.getByRole('dialog', { name: 'Faults on a time line' });
const rows = () => dialog().getByRole('listitem');
const planned = () => sandbox.emulator.state().plannedFaults;

async function add(what: string, when: string, howLong: string): Promise<void> {
  await dialog().getByLabel('What').selectOption(what);
  await dialog().getByLabel('When').selectOption(when);
  await dialog().getByLabel('How long').selectOption(howLong);
  await dialog().getByRole('button', { name: 'Add' }).click();
}

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    bot.on('message', (ctx) => ctx.reply('Yes?'));
  });
  sandbox.emulator.sendText({ personId: MARA.id, text: '/start' });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  sandbox.emulator.planFaults([]);
  watched = await openSandbox(browser, sandbox.url, { viewport: { width: 1600, height: 800 } });
  ({ page } = watched);
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

test('“too fast for 30 s, in 2 min” is planned, shown, counted in the bar and taken away again', async () => {
  await page.getByRole('button', { name: 'Later…' }).click();
  await dialog().getByText('Nothing is planned.').waitFor();
  await dialog().getByRole('button', { name: 'Add' }).click();
  await rows()
    .getByText(/^in (2 min|1 min \d+ s), for 30 s$/)
    .waitFor();
  expect(planned()).toMatchObject([{ fault: 'rate_limited', forSeconds: 30 }]);
  expect(planned()[0]!.fromSeconds).toBeGreaterThan(0);

  await add('No network', 'in 10 min', 'for 5 min');
  await expect.poll(() => rows().count()).toBe(2);
  expect(planned().map(({ fault }) => fault)).toEqual(['rate_limited', 'offline']);
  await page.getByRole('button', { name: 'Later: 2', includeHidden: true }).waitFor();

  await dialog().getByRole('button', { name: 'Take away: Too fast' }).click();
  await expect.poll(() => planned().map(({ fault }) => fault)).toEqual(['offline']);
  await expect.poll(() => rows().count()).toBe(1);
  await dialog().getByRole('button', { name: 'Take away: No network' }).click();
  await dialog().getByText('Nothing is planned.').waitFor();
  expect(planned()).toEqual([]);
});

test('one that has begun refuses the bot’s calls, and stops when it is taken away', async () => {
  await page.getByRole('button', { name: 'Later…' }).click();
  await add('Too fast', 'now', 'for 15 min');
  await rows()
    .getByText(/^now, (15 min|14 min \d+ s) left$/)
    .waitFor();
  await expect(sandbox.bot.api.sendMessage(MARA.id, 'too early')).rejects.toThrow('Too Many Requests');
  await dialog().getByRole('button', { name: 'Take away: Too fast' }).click();
  await expect.poll(planned).toEqual([]);
  await sandbox.bot.api.sendMessage(MARA.id, 'in time');
});

test('it is there after a reload, and begins again with the sandbox', async () => {
  sandbox.emulator.planFaults([{ id: 'a', fault: 'slow', fromSeconds: 600, forSeconds: 30 }]);
  await page.reload();
  await page.getByRole('button', { name: 'Later: 1' }).click();
  await rows().getByText('Slow').waitFor();
  sandbox.emulator.reset();
  await dialog().getByText('Nothing is planned.').waitFor();
  expect(planned()).toEqual([]);
});

test.each([
  { screen: 'on a phone, light', width: 360, colorScheme: 'light' as const },
  { screen: 'on a phone, dark', width: 360, colorScheme: 'dark' as const },
  { screen: 'on a desk', width: 1600, colorScheme: 'light' as const },
])('$screen: by the keyboard alone, with nothing cut off and nothing for axe to find', async (screen) => {
  await page.emulateMedia({ colorScheme: screen.colorScheme });
  await page.setViewportSize({ width: screen.width, height: 740 });
  if (screen.width < 400) {
    await page.getByRole('button', { name: 'Faults', exact: true }).press('Enter');
    await page.getByRole('menuitem', { name: /^Later…/ }).press('Enter');
  } else {
    await page.getByRole('button', { name: 'Later…' }).press('Enter');
  }
  await dialog().getByLabel('What').waitFor();
  expect(
    await dialog()
      .getByLabel('What')
      .evaluate((field) => field === document.activeElement),
  ).toBe(true);
  await dialog().getByRole('button', { name: 'Add' }).press('Enter');
  await rows().first().waitFor();
  expect(await dialog().evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  expect(await findProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.closest('.bar__faults') !== null)).toBe(true);
});
