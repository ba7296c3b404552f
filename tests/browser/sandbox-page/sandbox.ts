/**
 * A whole sandbox around a tiny bot: emulated Telegram, a database of its own, the page's server, the built page. And a browser
 * page that remembers whatever went wrong in it.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Bot } from 'grammy';
import { Hono } from 'hono';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createSandboxClock } from '../../../bot/sandbox/clock.ts';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { createSandboxDatabase, type SandboxDatabase } from '../../../bot/sandbox/database.ts';
import { createSandboxRoutes } from '../../../bot/sandbox/routes.ts';
import { createEmulator, type Emulator } from '../../../bot/sandbox/telegram/emulator.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

/** Built before the tests, as the mini-app is. */
const PAGE_FOLDER = new URL('../../../dist/sandbox', import.meta.url).pathname;
const BOOTSTRAP = new URL('../../../bot/sandbox/bootstrap.sql', import.meta.url);
const MINI_APP = new URL('mini-app.html', import.meta.url);
const TELEGRAM_SCRIPT = new URL(
  '../../../node_modules/@twa-dev/sdk/dist/telegram-web-apps.js',
  import.meta.url,
);

const TOKEN = '4242:TOKEN_of_the_page_tests';

export const MARA: SandboxPerson = {
  id: 501,
  firstName: 'Mara',
  lastName: 'Feld',
  languageCode: 'en',
  blurb: 'Sells freight lanes',
  role: 'owner',
  hasBlockedBot: false,
};
export const DEV: SandboxPerson = { ...MARA, id: 502, firstName: 'Dev', lastName: 'Patel', role: 'member' };

export interface TestSandbox {
  /** Where the page is. */
  url: string;
  /** Where the mini-app of mini-app.html is. */
  miniAppUrl: string;
  emulator: Emulator;
  bot: Bot;
  db: TestDatabase;
  database: SandboxDatabase;
  /** How often the clock's movers were told to wake up. */
  wakeUps(): number;
  stop(): Promise<void>;
}

/** Prepares a cloned database as the sandbox does at its start. */
export async function makeSandboxDatabase(): Promise<TestDatabase> {
  const db = await createTestDatabase();
  const sql = await readFile(BOOTSTRAP, 'utf8');
  await db.as('project_admin', (client) => client.query(sql));
  return db;
}

/** Starts everything; `prepare` gives the bot its answers before it begins to listen. */
export async function startSandbox(
  prepare: (bot: Bot, sandbox: { miniAppUrl: string }) => void,
): Promise<TestSandbox> {
  const db = await makeSandboxDatabase();
  const database = createSandboxDatabase(db.server);
  const clock = await createSandboxClock(database);
  const emulator = createEmulator({
    token: TOKEN,
    clock,
    storage: ':memory:',
    people: [MARA, DEV],
    // A quick machine runs through several tests a second, in one chat.
    rateLimits: false,
    allowInsecureLocal: true,
  });

  const app = new Hono();
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const miniAppUrl = `${origin}/app/`;
  let wakeUps = 0;
  app.route(
    '/',
    createSandboxRoutes({
      emulator,
      database,
      clock,
      miniAppUrl,
      pageFolder: PAGE_FOLDER,
      onClockMoved: () => {
        wakeUps += 1;
      },
    }),
  );
  app.all('/bot*', (context) => emulator.fetch(context.req.raw));
  app.get('/app/', async (context) => context.html(await readFile(MINI_APP, 'utf8')));
  app.get('/app/telegram.js', async (context) =>
    context.body(await readFile(TELEGRAM_SCRIPT, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );

  const bot = new Bot(TOKEN, { client: { apiRoot: origin } });
  prepare(bot, { miniAppUrl });
  bot.catch(({ error }) => {
    throw error;
  });
  await bot.init();
  const polling = bot.start({ timeout: 5 });

  return {
    url: `${origin}/sandbox`,
    miniAppUrl,
    emulator,
    bot,
    db,
    database,
    wakeUps: () => wakeUps,
    async stop() {
      await bot.stop();
      await polling;
      // The event streams of open pages never end by themselves.
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      emulator.close();
      await db.drop();
    },
  };
}

export interface WatchedPage {
  page: Page;
  /** Errors and warnings of the console, uncaught exceptions, failed requests. */
  problems: string[];
  close(): Promise<void>;
}

/** Opens the page and waits until it is live. */
export async function openSandbox(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // Nothing to wait for: Playwright clicks only what has come to rest.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Leaving a page, or reloading it, ends its event stream and what was still on its way.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    problems.push(`failed: ${request.url()}`);
  });
  await page.goto(url);
  await page.locator('.drawer__live', { hasText: 'newest change first' }).waitFor({ state: 'attached' });
  // With the first rows the page knows the person's zone: what a test reads from now on is told in it.
  await page.locator('.drawer__tabs button').first().waitFor({ state: 'attached' });
  return { page, problems, close: () => context.close() };
}
