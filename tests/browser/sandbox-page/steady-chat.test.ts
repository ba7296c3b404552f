/** What the chat keeps while news comes in: a press under way, what was opened, and messages that overtake a look at everything. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

/** Monday, 3 June 2030, 20:00 in UTC, in seconds. */
const MONDAY_EVENING = 1_906_747_200;
const DAY_SECONDS = 86_400;
const EVERYTHING = '**/sandbox/api/state';
const ROWS = '**/sandbox/api/rows?*';
const CARD = {
  inline_keyboard: [
    [
      { text: 'Done', callback_data: 'done' },
      { text: 'Later', callback_data: 'later' },
    ],
  ],
};

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;

const bubble = (text: string) => page.locator('.msg', { hasText: text }).last();
const texts = () => page.locator('.msg .bub__text').allTextContents();
const button = (name: string) => page.getByRole('button', { name, exact: true });
/** What the bar says of the faults to come: so many. */
const planned = (count: number) => button(`Later: ${count}`);
/** Makes every page look at everything again. */
const planFaults = (count: number): void => {
  sandbox.emulator.planFaults(
    Array.from({ length: count }, (_, index) => ({
      id: String(index),
      fault: 'slow',
      fromSeconds: 3600,
      forSeconds: 10,
    })),
  );
};

const storeZone = (zone: string) =>
  sandbox.db.admin.query(
    `insert into public.users (telegram_id, zone) values ($1, $2)
     on conflict (telegram_id) do update set zone = excluded.zone`,
    [MARA.id, zone],
  );
/** Where the clock in the bar stands. */
const place = (zone: string) =>
  page.getByRole('group', { name: 'Clock' }).getByText(zone.split('/').at(-1)!, { exact: true });

/** Moves Mara, and waits until the page has heard of it. */
async function moveTo(zone: string): Promise<void> {
  await storeZone(zone);
  await place(zone).waitFor();
}

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    bot.command('start', (ctx) => ctx.reply('Welcome'));
    bot.callbackQuery('done', (ctx) => ctx.answerCallbackQuery('Well done'));
  });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  await sandbox.database.reset();
  sandbox.emulator.reset();
  watched = await openSandbox(browser, sandbox.url);
  ({ page } = watched);
  await button('START').click();
  await bubble('Welcome').waitFor();
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

/** Presses a button down, lets something happen, and lets go. */
async function pressWhile(name: string, happens: () => Promise<unknown>): Promise<void> {
  await bubble('Call Anna').getByRole('button', { name }).hover();
  await page.mouse.down();
  await happens();
  await page.mouse.up();
}

test('a button pressed while the person’s zone becomes known does what it says', async () => {
  await sandbox.bot.api.sendMessage(MARA.id, 'Call Anna', { reply_markup: CARD });
  await pressWhile('Done', () => moveTo('Asia/Kathmandu'));
  await page.getByRole('status').getByText('Well done').waitFor();
});

test('a button pressed while the words above it change does what it says', async () => {
  const { message_id: id } = await sandbox.bot.api.sendMessage(MARA.id, 'Call Anna', { reply_markup: CARD });
  await pressWhile('Done', async () => {
    await sandbox.bot.api.editMessageText(MARA.id, id, 'Call Anna today', { reply_markup: CARD });
    await bubble('Call Anna today').waitFor();
  });
  await page.getByRole('status').getByText('Well done').waitFor();
});

test('a button keeps the focus while the words above it change', async () => {
  const text = 'See <a href="https://example.org">there</a>, then call Anna';
  const options = { parse_mode: 'HTML', reply_markup: CARD } as const;
  const { message_id: id } = await sandbox.bot.api.sendMessage(MARA.id, text, options);
  await bubble('call Anna').getByRole('button', { name: 'Done' }).focus();
  await sandbox.bot.api.editMessageText(MARA.id, id, 'Call Anna now', options);
  await bubble('Call Anna now').waitFor();
  expect(await page.locator(':focus').textContent()).toBe('Done');
});

test('in another zone every time is told anew, and what was opened stays open', async () => {
  await sandbox.bot.api.sendMessage(
    MARA.id,
    `<tg-spoiler>secret</tg-spoiler> <tg-time unix="${MONDAY_EVENING}" format="wt">Monday evening</tg-time>`,
    { parse_mode: 'HTML' },
  );
  const message = bubble('secret');
  await message.getByRole('button', { name: 'Hidden text' }).click();
  expect(await message.locator('.txt-time').textContent()).toBe('Mon 20:00');
  await moveTo('Asia/Tokyo');
  expect(await message.locator('.txt-time').textContent()).toBe('Tue 05:00');
  expect(await message.getByRole('button', { name: 'Hidden text' }).count()).toBe(0);
});

test('a time told as “in so many days” follows the clock', async () => {
  const { now } = await sandbox.database.clock();
  const unix = Math.round(now.epochMilliseconds / 1000) + 3 * DAY_SECONDS + 3600;
  await sandbox.bot.api.sendMessage(MARA.id, `It comes <tg-time unix="${unix}" format="r">soon</tg-time>`, {
    parse_mode: 'HTML',
  });
  await bubble('It comes in 3 days').waitFor();
  await button('+1 day').click();
  await bubble('It comes in 2 days').waitFor();
});

test('what happens in the chat while everything is read again stays, once and in its order', async () => {
  const { api } = sandbox.bot;
  const edited = await api.sendMessage(MARA.id, 'Call Anna');
  const deleted = await api.sendMessage(MARA.id, 'Call Jonas');
  await bubble('Call Jonas').waitFor();
  const look = await holdNext(EVERYTHING);
  planFaults(1);
  await look.isHeld;
  await api.sendMessage(MARA.id, 'Call Wei');
  await api.editMessageText(MARA.id, edited.message_id, 'Call Anna today');
  await api.deleteMessage(MARA.id, deleted.message_id);
  await api.sendMessage(MARA.id, 'Call Zoe');
  await bubble('Call Zoe').waitFor();
  const said = ['/start', 'Welcome', 'Call Anna today', 'Call Wei', 'Call Zoe'];
  expect(await texts()).toEqual(said);
  look.answer();
  await planned(1).waitFor();
  expect(await texts()).toEqual(said);
});

test('a look at everything that is answered late does not bring back what a newer one replaced', async () => {
  const rowsRead = () => page.waitForResponse(ROWS);
  const older = await holdNext(EVERYTHING);
  planFaults(1);
  await older.isHeld;
  const afterNewer = rowsRead();
  planFaults(2);
  await afterNewer;
  await planned(2).waitFor();
  const afterOlder = rowsRead();
  older.answer();
  await afterOlder;
  expect(await planned(2).count()).toBe(1);
});

test('rows that are answered late do not bring back what newer ones replaced', async () => {
  const older = await holdNext(ROWS);
  await storeZone('Asia/Kathmandu');
  await older.isHeld;
  await moveTo('Asia/Tokyo');
  const afterOlder = page.waitForResponse(ROWS);
  older.answer();
  await afterOlder;
  await sandbox.bot.api.sendMessage(MARA.id, 'Call Anna');
  await bubble('Call Anna').waitFor();
  expect(await place('Asia/Tokyo').count()).toBe(1);
});

/** Holds the page's next request back: what it is told is as old as the request. */
async function holdNext(address: string): Promise<{ isHeld: Promise<undefined>; answer: () => void }> {
  const held = Promise.withResolvers<undefined>();
  const wanted = Promise.withResolvers<undefined>();
  let requests = 0;
  // The route stays for good: with the last one gone, the browser would let go of what is held.
  await page.route(address, async (route) => {
    requests += 1;
    if (requests > 1) return route.continue();
    const response = await route.fetch();
    held.resolve(undefined);
    await wanted.promise;
    return route.fulfill({ response });
  });
  return {
    isHeld: held.promise,
    answer: () => {
      wanted.resolve(undefined);
    },
  };
}
