/**
 * `npm run picture`: starts the product as a newcomer would, plays the first minute in a real Chromium and keeps
 * what it looks like. The README shows the result.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { PICTURED_MONDAY, runProduct } from '../sandbox-page/product.ts';

const PICTURE = join(import.meta.dirname, 'sandbox.png');
const LEADS = [
  'Anna Kowalska, Baltic Freight, anna@balticfreight.example. Met in Hamburg, wants prices for three lanes.',
  'Jonas Weber, Elbwerk. Had a call on Friday, he wanted to think about the trial.',
] as const;

const product = await runProduct();
const browser = await launchChromium();
try {
  await product.moveClock(PICTURED_MONDAY);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    timezoneId: 'Europe/Berlin',
  });
  await page.goto(product.url);
  await play(page);
  await page.screenshot({ path: PICTURE });
  process.stdout.write(`Wrote ${PICTURE}\n`);
} finally {
  await browser.close();
  await product.stop();
}

async function play(page: Page): Promise<void> {
  await page.getByText('START', { exact: true }).click();
  await page.getByRole('button', { name: /Berlin/ }).click();
  for (const lead of LEADS) {
    await page.getByPlaceholder('Message').fill(lead);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Accept' }).last().click();
    await page.getByText('Plan started', { exact: false }).last().waitFor();
  }
  await page.getByRole('button', { name: /^Next due/ }).click();
  await page.getByRole('button', { name: 'Done' }).last().waitFor();
  await page.getByRole('status').filter({ hasText: 'Plan started' }).waitFor({ state: 'hidden' });
  await page
    .getByRole('button', { name: /Open in app/ })
    .last()
    .click();
  const phone = page.frameLocator('iframe');
  await phone.getByText('Next 7 days').waitFor();
  await phone.getByRole('button', { name: 'Done' }).first().waitFor();
}
