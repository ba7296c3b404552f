import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

/** The mini-app here is mini-app.html: Telegram's own script and a page that shows what the script was told. */
let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;
let app: FrameLocator;

const phone = () => page.getByRole('region', { name: 'Phone' });
const told = (id: string) => app.locator(`#${id}`);
const heard = (text: string) => told('heard').getByText(text, { exact: true }).waitFor();

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot, { miniAppUrl }) => {
    void bot.api.setChatMenuButton({
      menu_button: { type: 'web_app', text: 'Leads', web_app: { url: miniAppUrl } },
    });
    bot.command('start', (ctx) =>
      ctx.reply(`Hello ${ctx.match}`, {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Open lead 7', web_app: { url: `${miniAppUrl}?lead=7` } },
              { text: 'Start app', url: 'https://t.me/nudge_bot?startapp=lead-7' },
              { text: 'Elsewhere', web_app: { url: 'https://evil.example/' } },
            ],
          ],
        },
      }),
    );
  });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  sandbox.emulator.reset();
  watched = await openSandbox(browser, sandbox.url, { colorScheme: 'light' });
  ({ page } = watched);
  app = page.frameLocator('.phone__frame');
  await page.getByRole('button', { name: 'START', exact: true }).click();
  await page.getByRole('button', { name: 'Open lead 7' }).waitFor();
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

async function openApp(): Promise<void> {
  await phone().getByRole('button', { name: 'Open the mini-app' }).click();
  await told('viewport').getByText('as high as the frame').waitFor();
}

describe('launch', () => {
  test('the mini-app is told who opened it, in which client, in which colours, on how much room', async () => {
    await openApp();
    expect(await told('person').textContent()).toBe(MARA.firstName);
    expect(await told('client').textContent()).toBe('8.0 ios');
    expect(await told('start').textContent()).toBe('none');
    expect(await told('scheme').textContent()).toBe('light');
    expect(await told('background').textContent()).toBe('#efeff4');
  });

  test('a web_app button opens its own address, a startapp link carries its parameter', async () => {
    await page.getByRole('button', { name: 'Open lead 7' }).click();
    await told('person').getByText('Mara').waitFor();
    expect(await page.locator('.phone__frame').getAttribute('src')).toContain('/app/?lead=7#tgWebAppData=');
    await page.getByRole('button', { name: 'Start app' }).click();
    await told('start').getByText('lead-7').waitFor();
  });

  test('signed launch data never leave for another site', async () => {
    await page.getByRole('button', { name: 'Elsewhere' }).click();
    await page.getByRole('status').getByText('The sandbox opens only its own mini-app').waitFor();
    expect(await page.locator('.phone__frame').count()).toBe(0);
    expect(watched.problems.splice(0).join()).toContain('400');
  });

  test('another person holds another phone: the mini-app is launched anew as that person', async () => {
    await openApp();
    await page.getByRole('button', { name: /^Dev Patel/ }).click();
    await told('person').getByText('Dev').waitFor();
  });
});

describe('an open mini-app', () => {
  beforeEach(openApp);

  test('its buttons are drawn by the phone and their presses reach it', async () => {
    for (const [button, word] of [
      ['Save', 'main button'],
      ['Later', 'secondary button'],
      ['Back', 'back button'],
    ] as const) {
      await phone().getByRole('button', { name: button, exact: true }).click();
      await heard(word);
    }
    await phone().getByRole('button', { name: 'Menu of the mini-app' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await heard('settings');
  });

  test('a popup is a dialog of the phone, and its answer goes back', async () => {
    await app.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('dialog', { name: 'Close this lead?' }).getByRole('button', { name: 'OK' }).click();
    await heard('confirmed: true');
    await app.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('dialog', { name: 'Close this lead?' }).waitFor();
    await page.keyboard.press('Escape');
    await heard('confirmed: false');
  });

  test('write access is asked for in words', async () => {
    await app.getByRole('button', { name: 'Write access' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Allow' }).click();
    await heard('write access: true');
  });

  test('a link to the bot goes into the chat', async () => {
    await app.getByRole('button', { name: 'Link to the bot' }).click();
    await page.locator('.msg', { hasText: 'Hello from-app' }).waitFor();
  });

  test('what this phone lacks is refused as a client would, and haptics harm nobody', async () => {
    await app.getByRole('button', { name: 'Haptic' }).click();
    await heard('haptic went by');
    await app.getByRole('button', { name: 'Fullscreen' }).click();
    await heard('fullscreen: UNSUPPORTED');
  });

  test('a switch to dark reaches it while it is open, and a later launch begins dark', async () => {
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await told('scheme').getByText('dark').waitFor();
    expect(await told('background').textContent()).toBe('#1c1c1d');
    await app.getByRole('button', { name: 'Close' }).click();
    await openApp();
    expect(await told('scheme').textContent()).toBe('dark');
  });

  test('it can close itself', async () => {
    await app.getByRole('button', { name: 'Close' }).click();
    await phone().getByRole('button', { name: 'Open the mini-app' }).waitFor();
    expect(await phone().getByRole('button', { name: 'Save' }).isVisible()).toBe(false);
  });
});
