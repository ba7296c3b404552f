/**
 * The whole product as one starts it: the production build of the mini-app in the sandbox's frame, beside the chat with
 * the bot. Both show the same rows, so what is done on one side is seen on the other. The tests go on where the one
 * before ended: one person's first days.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { runProgram } from '../../support/run-main.ts';
import { runProduct, tomorrowAt, type RunningProduct } from './product.ts';
import { openSandbox, type WatchedPage } from './sandbox.ts';

const ZOE = 'Zoe Quinn, Harbour Analytics, zoe@harbour.example. Met at a fair, wants prices.';

let product: RunningProduct;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

const phone = () => page.getByRole('region', { name: 'Phone' });
const app = () => page.frameLocator('.phone__frame');
const section = (name: string) =>
  app().getByRole('navigation', { name: 'Sections' }).getByRole('button', { name });
const heading = (name: string) => app().getByRole('heading', { name, level: 1 });
const card = (text: string) => page.locator('.msg', { hasText: text }).last();
const back = () => phone().getByRole('button', { name: 'Back', exact: true }).click();

async function say(text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}

async function openZoe(): Promise<void> {
  await section('Leads').click();
  await app()
    .getByRole('button', { name: /Zoe Quinn/ })
    .click();
  await app().getByRole('heading', { name: 'Notes' }).waitFor();
}

beforeAll(async () => {
  [product, browser] = await Promise.all([runProduct(), launchChromium()]);
  // An evening on which every template's first message waits for the morning, whatever the machine's clock says.
  await product.moveClock(tomorrowAt(23));
  watched = await openSandbox(browser, product.url);
  ({ page } = watched);
  await page.getByRole('button', { name: 'START', exact: true }).click();
  await page.getByRole('button', { name: /Berlin/ }).click();
  await say(ZOE);
  await card('Zoe Quinn').getByRole('button', { name: 'Accept' }).waitFor();
  await watched.close();
  // Mara has a lead by now and gets no other; her colleague gets weeks of history.
  const { code, stderr } = await runProgram('bot/seed.ts', { DATA_DIR: product.folder, SANDBOX: '1' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}, 240_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

beforeEach(async () => {
  // The phone is where the person is: no notice about another zone comes late above what is tapped.
  watched = await openSandbox(browser, product.url, { colorScheme: 'light', timezoneId: 'Europe/Berlin' });
  ({ page } = watched);
  // Whoever has met the bot finds the app open beside the chat.
  await heading('Today').waitFor();
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

describe('in the sandbox’s frame', () => {
  test('every section opens, and Telegram’s own Back leads out of what lies below one', async () => {
    expect(await phone().getByRole('button', { name: 'Close', exact: true }).isVisible()).toBe(true);
    await section('Calendar').click();
    await app().getByRole('grid').waitFor();
    await section('Insights').click();
    await heading('Insights').waitFor();
    await section('Leads').click();
    await app()
      .getByRole('button', { name: /Zoe Quinn/ })
      .click();
    await app().getByText('Harbour Analytics').first().waitFor();
    await back();
    await heading('Leads').waitFor();
    await phone().getByRole('button', { name: 'Menu of the mini-app' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await heading('Settings').waitFor();
    await back();
    await heading('Leads').waitFor();
  });

  test('a theme switched while the app is open reaches it at once', async () => {
    const scheme = () => app().locator('html').getAttribute('data-scheme');
    const background = () =>
      app()
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(await scheme()).toBe('light');
    expect(await background()).toBe('rgb(239, 239, 244)');
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await expect.poll(scheme).toBe('dark');
    await expect.poll(background).toBe('rgb(28, 28, 29)');
  });

  test('words become a reminder by Telegram’s main button, which is there only for that page', async () => {
    await app().getByRole('button', { name: 'New reminder' }).click();
    const main = phone().getByRole('button', { name: 'Remind me', exact: true });
    await main.waitFor();
    await expect.poll(() => main.isDisabled()).toBe(true);
    await app().getByRole('textbox').fill('send the invoice in 3 weeks at 15:00');
    await app()
      .getByText(/15:00 · Berlin time/)
      .waitFor();
    await expect.poll(() => main.isEnabled()).toBe(true);
    await main.click();
    await app()
      .getByText(/Reminder set for/)
      .first()
      .waitFor();
    await heading('Today').waitFor();
    await main.waitFor({ state: 'hidden' });
  });

  test('unsaved words are asked about before the app closes', async () => {
    await app().getByRole('button', { name: 'New reminder' }).click();
    await app().getByRole('textbox').fill('call somebody');
    await phone().getByRole('button', { name: 'Menu of the mini-app' }).click();
    await page.getByRole('menuitem', { name: 'Close' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await app().getByRole('textbox').inputValue()).toBe('call somebody');
  });

  test('a colleague with weeks behind them sees figures of their own', async () => {
    await page.getByRole('button', { name: /^Dev Patel/ }).click();
    await page.locator('.chat__peer').getByText('as seen by Dev Patel').waitFor();
    await heading('Today').waitFor();
    await section('Insights').click();
    await app().locator('.recharts-bar-rectangle').first().waitFor();
    await section('Leads').click();
    await app()
      .getByRole('button', { name: /Arjun Mehta/ })
      .waitFor();
    expect(await app().getByText('Zoe Quinn').count()).toBe(0);
    // The first person's app was cut off in the middle of whatever it still asked for.
    const rest = watched.problems.splice(0).filter((problem) => !problem.startsWith('failed: '));
    expect(rest).toEqual([]);
  });
});

describe('app and chat', () => {
  test('a draft of the chat flies in the simulator, starts by the main button, and the chat knows', async () => {
    await openZoe();
    await app().getByRole('button', { name: 'See when everything would arrive' }).click();
    await heading('The next 90 days').waitFor();
    await app()
      .getByText(/^6 messages from tomorrow/)
      .waitFor();
    // Both of Telegram's buttons are there: the second makes the first narrower.
    await phone().getByRole('button', { name: 'Change', exact: true }).waitFor();
    await phone().getByRole('button', { name: 'Start this plan' }).click();
    await app()
      .getByText(/The plan has started/)
      .first()
      .waitFor();
    // The card follows the app by itself: there is nothing left to accept.
    await card('Zoe Quinn').getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
    await card('Zoe Quinn').getByRole('button', { name: 'Re-plan' }).waitFor();
  });

  test('a step is moved in the phone, and the rest goes along', async () => {
    await openZoe();
    await app()
      .locator('.tl')
      .getByRole('button', { name: /Check in with Zoe/ })
      .click();
    await app().getByRole('button', { name: 'Move', exact: true }).click();
    await app()
      .getByRole('button', { name: /^In 2 weeks/ })
      .click();
    await app().getByRole('dialog', { name: 'Move the rest of the plan?' }).waitFor();
    await app()
      .getByRole('button', { name: /^Move \d steps?$/ })
      .click();
    await app()
      .getByText(/\d steps? moved/)
      .first()
      .waitFor();
  });

  test('why a reminder comes is told in a sheet, which the phone’s Back closes before it leaves the page', async () => {
    await app()
      .getByRole('button', { name: /Thank Zoe for the meeting/ })
      .click();
    const coming = app().getByRole('article', { name: 'Zoe Quinn' });
    await coming.getByRole('button', { name: 'Why now?' }).click();
    const why = app().getByRole('dialog', { name: 'Why now?' });
    await why.getByText('Step 1 of the plan from', { exact: false }).waitFor();
    await back();
    await why.waitFor({ state: 'detached' });
    await coming.waitFor();
    await coming.getByRole('button', { name: 'Snooze' }).click();
    await app()
      .getByRole('dialog', { name: 'Snooze' })
      .getByRole('button', { name: 'Pick date and time' })
      .waitFor();
    await back();
    await app().getByRole('dialog').waitFor({ state: 'detached' });
    await heading('Today').waitFor();
  });

  test('a reminder’s card opens the app on that reminder; done there, the chat’s buttons say so', async () => {
    await page.getByRole('button', { name: /^Next due/ }).click();
    const reminder = card('Thank Zoe for the meeting');
    // The app that is open shows the reminder too, and is about to be closed: what is tapped there would be lost.
    await app()
      .locator('html')
      .evaluate((html) => html.classList.add('left-behind'));
    await reminder.getByRole('button', { name: 'Open in app' }).click();
    await app().locator('html:not(.left-behind)').waitFor();
    const due = app().getByRole('article', { name: 'Zoe Quinn' });
    await due.getByText('Thank Zoe for the meeting').waitFor();
    await due.getByRole('button', { name: 'Done', exact: true }).click();
    await app()
      .getByText(/^Done: /)
      .first()
      .waitFor();
    // The card follows by itself.
    await reminder.getByRole('button', { name: 'Snooze' }).waitFor({ state: 'detached' });
  });

  test('done in the chat, it leaves the open app', async () => {
    await page.getByRole('button', { name: /^Next due/ }).click();
    const reminder = card('Connect with Zoe on LinkedIn');
    await reminder.getByRole('button', { name: 'Done', exact: true }).waitFor();
    const due = app().getByRole('article', { name: 'Zoe Quinn' });
    await due.getByText('Connect with Zoe on LinkedIn').waitFor();
    await reminder.getByRole('button', { name: 'Done', exact: true }).click();
    await due.waitFor({ state: 'detached' });
  });
});

test('on a narrow phone the app takes the chat’s place and comes back to it', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('button', { name: 'App', exact: true }).click();
  const wide = await app()
    .locator('html')
    .evaluate((html) => html.scrollWidth - innerWidth);
  expect(wide).toBe(0);
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.getByRole('button', { name: /^Mara Feld/ }).click();
  await card('Zoe Quinn').waitFor();
  expect(await page.locator('.phone').isVisible()).toBe(false);
});
