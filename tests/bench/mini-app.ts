/**
 * The mini-app as a person feels it: how soon it can be used on a slow phone, how soon a tap shows, and whether five
 * thousand reminders scroll. A real Chromium, the production build, the whole sandbox behind it.
 */
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { joinEmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import { miniAppAddressSchema } from '../../bot/sandbox/contract.ts';
import { launchChromium } from '../support/chromium.ts';

const [BUSY, USUAL] = [7_100_001, 7_100_002];
const MANY = 5_000;
const FEW = 20;
/** Times slower than this machine: an ordinary phone. */
const SLOW_DOWN = 4;
const OPENINGS = 5;
const TAPS = 7;
const SCROLL_FRAMES = 180;
const PIXELS_PER_FRAME = 90;
/** Three frames of 16.7 ms: seen as a stutter. */
const LONG_FRAME_MS = 50;
const PHONE = { width: 390, height: 844 };

export interface MiniAppFigures {
  /** Milliseconds from the request of the page to a reminder that can be tapped. */
  readonly interactive: readonly number[];
  /** Milliseconds from a tap on Done to the frame in which the card looks different. */
  readonly taps: readonly number[];
  readonly scroll: ScrollFigures;
}

interface ScrollFigures {
  /** How many reminders the page says it lists. */
  readonly listed: string;
  readonly frames: number;
  readonly longFrames: number;
  readonly longest: number;
  /** Rows in the document at once. */
  readonly inDocument: number;
}

/**
 * Measures a running sandbox.
 * @param dataDir the sandbox's data folder: its PostgreSQL gets the reminders.
 */
export async function measureMiniApp(url: string, dataDir: string): Promise<MiniAppFigures> {
  await fill(dataDir);
  const browser = await launchChromium();
  try {
    const interactive: number[] = [];
    for (let round = 0; round < OPENINGS; round += 1) {
      const page = await open(browser, url, USUAL);
      interactive.push(await page.evaluate<number>('bench.readyAt'));
      await page.context().close();
    }
    const taps = await measureTaps(await open(browser, url, USUAL));
    const scroll = await measureScroll(await open(browser, url, BUSY));
    return { interactive, taps, scroll };
  } finally {
    await browser.close();
  }
}

// What runs in the page is text: this folder is checked without a browser's types.
const WATCH_OPENING = `
  const { promise, resolve } = Promise.withResolvers();
  globalThis.bench = { readyAt: promise, taps: [] };
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('.row--lead[aria-expanded], article') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true });`;

/** The frame after the change is the first that shows it. */
const WATCH_TAPS = `
  document.addEventListener('click', (event) => {
    const tappedAt = event.timeStamp;
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => bench.taps.push(performance.now() - tappedAt));
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
  }, { capture: true });`;

const SCROLL = `(async () => {
  const took = [];
  let before = performance.now();
  for (let frame = 0; frame < ${String(SCROLL_FRAMES)}; frame += 1) {
    scrollBy(0, ${String(PIXELS_PER_FRAME)});
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - before);
    before = performance.now();
  }
  return took;
})()`;

/** Nothing is due for hours, so that the dispatcher stays out of the figures. */
async function fill(dataDir: string): Promise<void> {
  const server = await joinEmbeddedServer(dataDir);
  if (server === null) throw new Error('The embedded PostgreSQL does not run.');
  const database = new pg.Client({ connectionString: server.connectionString });
  await database.connect();
  try {
    for (const [person, count] of [
      [BUSY, MANY],
      [USUAL, FEW],
    ]) {
      await database.query(
        `insert into public.users (telegram_id, zone_source) values ($1, 'city')
         on conflict (telegram_id) do update set zone_source = 'city'`,
        [person],
      );
      await database.query(
        `insert into public.scheduled_reminders (telegram_id, due_at, title)
         select $1, public.app_now() + interval '20 hours' + make_interval(secs => n * 100000 / $2), 'Call number ' || n
         from generate_series(1, $2::int) as n`,
        [person, count],
      );
    }
  } finally {
    await database.end();
  }
}

/** A phone with an empty cache; resolves when a reminder can be tapped. */
async function open(browser: Browser, url: string, personId: number): Promise<Page> {
  const answer = await fetch(`${url}/sandbox/api/mini-app`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ personId, theme: 'light' }),
  });
  const address = miniAppAddressSchema.parse(await answer.json());
  const context = await browser.newContext({ viewport: PHONE, timezoneId: 'UTC' });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await page.addInitScript(WATCH_OPENING);
  await page.goto(address.url);
  await page.evaluate('bench.readyAt');
  return page;
}

async function measureTaps(page: Page): Promise<number[]> {
  await page.evaluate(WATCH_TAPS);
  for (let tap = 0; tap < TAPS; tap += 1) {
    // The first tap opens a card, the next ones are done with it and the one that opens after it.
    if ((await page.getByRole('article').count()) === 0) await page.locator('.row--lead').first().click();
    await page.getByRole('button', { name: 'Done', exact: true }).first().click();
    await page.locator('.fold--away').waitFor({ state: 'detached' });
  }
  const taps = await page.evaluate<number[]>('bench.taps');
  await page.context().close();
  return taps;
}

async function measureScroll(page: Page): Promise<ScrollFigures> {
  const heading = page.getByRole('heading', { name: /next 7 days/i });
  await heading.waitFor();
  const listed = await heading.innerText();
  const frames = await page.evaluate<number[]>(SCROLL);
  const inDocument = await page.locator('.row--lead').count();
  await page.context().close();
  return {
    listed: listed.replaceAll(/\s+/g, ' '),
    frames: frames.length,
    longFrames: frames.filter((ms) => ms > LONG_FRAME_MS).length,
    longest: Math.max(...frames),
    inDocument,
  };
}
