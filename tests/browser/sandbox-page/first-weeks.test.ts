/**
 * A person's first minute, week and vacation, played through the chat page over the whole product. The days follow one another:
 * each test goes on where the one before ended. Only the clock is moved; everything else happens because it is due.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { chatOn, nextMondayAt, runProduct, type RunningProduct } from './product.ts';
import { openSandbox, type WatchedPage } from './sandbox.ts';

const MONDAY = nextMondayAt(8);
const JONAS =
  'Jonas Weber, Elbwerk, jonas@elbwerk.example. Had a call on Friday, he wanted to think about it.';
const WEI = 'Wei Chen, Harbour Analytics, wei@harbour.example. Met at a fair, wants prices.';

let product: RunningProduct;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let chat: ReturnType<typeof chatOn>;

const suggestion = (title: string) => page.locator('.suggest__item', { hasText: title });
/** "Wed 25 Nov": how the bot and the bar write a date. */
const dayOf = (days: number) =>
  MONDAY.add({ days })
    .toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
    .replace(',', '')
    .replace('Sept', 'Sep');

beforeAll(async () => {
  [product, browser] = await Promise.all([runProduct(), launchChromium()]);
  await product.moveClock(MONDAY);
  watched = await openSandbox(browser, product.url, { timezoneId: 'Europe/Berlin' });
  ({ page } = watched);
  chat = chatOn(page);
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

afterEach(() => {
  expect(watched.problems.splice(0)).toEqual([]);
});

test('the first minute: four taps from an empty chat to a running plan and its first reminder', async () => {
  const hello = await chat.after(() => page.getByRole('button', { name: 'START', exact: true }).click());
  await chat.button(chat.card('Where are you?'), /^Berlin/).click();
  await chat.card('Berlin it is').waitFor();
  expect(await hello.count()).toBe(1);
  await suggestion('Paste a lead').click();
  const plan = chat.card('6 steps, the last on');
  await plan.getByText('Role: Head of Logistics').waitFor();
  const reminder = await chat.after(() => chat.button(plan, 'Accept').click(), 'Done');
  await chat.card('Plan started: 6 steps').waitFor();
  await reminder.getByText('Thank Anna for the meeting').waitFor();
  await suggestion('See today').click();
  await chat.card('Connect with Anna on LinkedIn (tomorrow 9:30)').waitFor();
});

describe('the week', () => {
  test('Monday: done, and the card says what comes next', async () => {
    await chat.button(chat.card('thank you for your time'), 'Done').click();
    await chat.card('Next: Connect with Anna on LinkedIn, tomorrow, Tue 9:30.').waitFor();
  });

  test('Tuesday: not today; the snooze names its time before and after', async () => {
    const card = await chat.goTo('Tue 9:30');
    await card.getByText('Connect with Anna on LinkedIn').waitFor();
    await chat.button(card, 'Snooze ▸').click();
    await chat.button(card, 'Tomorrow, Wed 9:30').click();
    await card.getByText('Snoozed until tomorrow, Wed 9:30').waitFor();
  });

  test('Wednesday: it is back, and the word “done” in a reply is enough', async () => {
    const card = await chat.goTo('Wed 9:30');
    await card.getByText('Connect with Anna on LinkedIn').waitFor();
    const answer = await chat.reply(card, 'done');
    await answer.getByText('Next: Send Anna what you talked about, tomorrow, Thu 9:30.').waitFor();
  });

  test('Thursday: a time in a reply moves the step', async () => {
    const answer = await chat.reply(await chat.goTo('Thu 9:30'), 'tomorrow 15:00');
    await answer.getByText('Snoozed until tomorrow, Fri 15:00').waitFor();
  });

  test('Friday: other words become a note; skipped by mistake, undone, done', async () => {
    const card = await chat.goTo('Fri 15:00');
    await card.getByText('Send Anna what you talked about').waitFor();
    const question = await chat.reply(card, 'she asked about prices in March');
    await chat.button(question, 'Keep it as a note').click();
    await chat.button(question, 'Keep it as a note').waitFor({ state: 'detached' });
    await chat.button(card, 'Skip').click();
    await chat.button(card, 'Undo').click();
    await chat.button(card, 'Done').click();
    await card.getByText('Next: Ask Anna for a short call, tomorrow, Sat 9:30.').waitFor();
  });

  test('Saturday: left alone it asks once more in other words; the older card has no buttons then', async () => {
    const first = await chat.goTo('Sat 9:30');
    await first.getByText('Ask Anna for a short call').waitFor();
    const second = await chat.goTo('13:30');
    await second.getByText('Still on? Snooze, skip or rewrite it.').waitFor();
    await chat.button(first, 'Done').waitFor({ state: 'detached' });
    await chat.button(second, 'Done').click();
    // With the year when it is another one.
    await second.getByText(new RegExp(`Next: Check in with Anna, ${dayOf(10)}( \\d{4})?, 9:30\\.`)).waitFor();
  });

  test('Sunday: what was done is in the rows, and two steps are left', async () => {
    const list = await chat.say('/reminders');
    await list.getByText('Check in with Anna').waitFor();
    await list.getByText('Close the loop with Anna politely').waitFor();
    const statuses = page.locator('.drawer td .tag');
    await expect
      .poll(async () => (await statuses.allTextContents()).toSorted())
      .toEqual(['completed', 'completed', 'completed', 'completed', 'pending', 'pending']);
  });
});

describe('the vacation', () => {
  test('two more leads, then everything rests for a week', async () => {
    await product.moveClock(MONDAY.add({ days: 7 }));
    for (const lead of [JONAS, WEI]) {
      const plan = await chat.say(lead);
      const first = await chat.after(() => chat.button(plan, 'Accept').click(), 'Done');
      await chat.button(first, 'Done').click();
      await first.getByText('Next: ').waitFor();
    }
    const settings = await chat.say('/settings');
    await chat.button(settings, 'Pause everything').click();
    await chat.button(settings, /^1 week: /).click();
    await settings.getByText('Saved. Everything is paused until').waitFor();
  });

  test('the days go by, and nothing is asked', async () => {
    const said = await chat.messages.count();
    const clock = page.getByRole('group', { name: 'Clock' });
    for (let day = 8; day < 14; day += 1) {
      await clock.getByRole('button', { name: '+1 day' }).click();
      await clock.getByText(dayOf(day)).waitFor();
    }
    expect(await chat.messages.count()).toBe(said);
  });

  test('afterwards the backlog comes back hour by hour, five on a day, each plan in its order', async () => {
    const paidBack: string[] = [];
    const firstDay = ['Mon 9:30', '10:30', '11:30', '12:30', '13:30'];
    for (const time of [...firstDay, 'Tue 9:30', '10:30', '11:30']) {
      const card = await chat.goTo(time);
      const text = await card.locator('.bub__text').innerText();
      expect(text).toContain(' late, was due ');
      paidBack.push(text.split('\n')[1] ?? '');
      await chat.button(card, 'Done').click();
      await chat.button(card, 'Undo').waitFor();
    }
    await chat.goTo('Thu 9:30');
    // Both are due at the same instant: which comes first is not promised.
    for (const onTime of ['Ask Jonas openly where things stand', 'Check in with Wei']) {
      await chat.button(chat.card(onTime), 'Done').waitFor();
    }
    const steps = (name: string) => paidBack.filter((title) => title.includes(name));
    expect(steps('Jonas')).toEqual([
      'Send Jonas what you promised on the call',
      'Ask Jonas what colleagues think',
      'Suggest the next conversation to Jonas',
    ]);
    expect(steps('Anna')).toEqual(['Check in with Anna', 'Close the loop with Anna politely']);
    expect(steps('Wei')).toEqual([
      'Connect with Wei on LinkedIn',
      'Send Wei what you talked about',
      'Ask Wei for a short call',
    ]);
  });
});
