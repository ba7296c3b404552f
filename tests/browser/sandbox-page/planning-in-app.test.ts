/** A language model writes a new plan in the background while the mini-app waits in the sandbox's frame. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { startModelServer, streamedJson } from '../../support/model-server.ts';
import type { ModelServer } from '../../support/model-server.ts';
import { startProduct } from '../../support/product-process.ts';
import type { Product } from '../../support/product-process.ts';
import { openSandbox } from './sandbox.ts';

/** What a model could have written. */
const written = (...descriptions: readonly string[]) => ({
  steps: descriptions.map((description, index) => ({
    step_id: index + 1,
    action_type: 'call',
    description,
    suggested_text: null,
    timing: 'later',
    delay_days: index * 3,
  })),
});
const FIRST = written('Send Zoe the prices', 'Call Zoe about the prices', 'Ask Zoe what she thinks');
const SECOND = written(
  'Send Zoe the contract',
  'Walk Zoe through the contract',
  'Ask Zoe for a date to sign',
);

let folder: string;
let model: ModelServer;
let product: Product;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nudge-planning-app-'));
  // The database's own user must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755);
  model = await startModelServer();
  model.fallback(streamedJson(FIRST));
  [product, browser] = await Promise.all([
    startProduct([process.execPath, 'bot/main.ts'], {
      DATA_DIR: folder,
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'scripted-1',
    }),
    launchChromium(),
  ]);
}, 240_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
  await model.close();
  rmSync(folder, { recursive: true, force: true });
}, 240_000);

const app = (page: Page) => page.frameLocator('.phone__frame');

/** A lead of the chat with a running plan, open in the app. */
async function openZoe(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'START', exact: true }).click();
  await page.getByRole('button', { name: /Berlin/ }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Zoe Quinn, Harbour Analytics. Wants prices.');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Plan started', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Open the mini-app' }).click();
  const sections = app(page).getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('button', { name: 'Leads' }).click();
  await app(page)
    .getByRole('button', { name: /Zoe Quinn/ })
    .click();
  await app(page).getByText('Call Zoe about the prices').waitFor();
}

test('the app says that a plan is being written, shows it beside the old one when it is, and so does the chat', async () => {
  const watched = await openSandbox(browser, `${product.url}/sandbox`);
  const { page, problems } = watched;
  await openZoe(page);
  const thinking = Promise.withResolvers<undefined>();
  model.fallback({
    kind: 'stream',
    pieces: [thinking.promise, JSON.stringify(SECOND)],
    usage: null,
    finish: 'stop',
    refusal: null,
  });

  await app(page).getByRole('button', { name: 'Re-plan' }).click();
  await app(page).getByLabel('What is new?').fill('She said yes to the prices and wants the contract.');
  await app(page).getByRole('button', { name: 'Propose a new plan' }).click();
  await app(page).getByRole('dialog', { name: 'A plan is being written' }).waitFor();
  expect(await app(page).getByText('Send Zoe the contract').count()).toBe(0);

  thinking.resolve(undefined);
  const compare = app(page).getByRole('list', { name: 'Before and after' });
  await compare.getByText('Send Zoe the contract').waitFor();
  await app(page).getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.msg', { hasText: 'Send Zoe the contract' }).waitFor();

  await app(page).getByRole('button', { name: 'Take this one' }).click();
  await compare.waitFor({ state: 'detached' });
  await app(page).locator('.tl').getByText('Walk Zoe through the contract').waitFor();
  await watched.close();
  expect(problems).toEqual([]);
}, 240_000);
