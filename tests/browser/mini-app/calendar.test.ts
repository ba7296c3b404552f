/** The calendar in a real browser: what days hold, and every way to move a reminder. It is Wednesday, 14 October 2026. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addMorning, addPerson, startMiniApp, stored } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 3100;
async function person(): Promise<number> {
  people += 1;
  await addPerson(app.database, people);
  return people;
}

/** A reminder of one's own, without a lead or plan. */
async function free(telegramId: number, title: string, local: string): Promise<number> {
  const at = Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
  const { rows } = await app.database.admin.query<{ id: number }>(
    `insert into public.scheduled_reminders (telegram_id, due_at, title) values ($1, $2, $3) returning id::int`,
    [telegramId, at.toString(), title],
  );
  return rows[0]!.id;
}

/** Weeks begin on Monday for an English speaker whose device is set to Britain. */
async function open(telegramId: number, options: OpenOptions = {}): Promise<OpenedApp> {
  const opened = await app.open(telegramId, {
    startParam: 'calendar',
    ...options,
    prepare: async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(navigator, 'language', { value: 'en-GB' });
      });
      await options.prepare?.(page);
    },
  });
  await opened.page.getByRole('grid').waitFor();
  return opened;
}

const day = (page: Page, label: string): Locator =>
  page.getByRole('gridcell').getByRole('button', { name: label });
const section = (page: Page, name: string): Locator => page.getByRole('region', { name });
const wanted = async (id: number): Promise<string> => (await stored(app.database, id)).wanted;
const grip = (page: Page, name: string): Locator => page.getByRole('button', { name: `Move ${name}` });

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Takes something by mouse and lets it go over something else. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const start = await middleOf(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x, start.y - 20, { steps: 3 });
  const end = await middleOf(to);
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

describe('the month', () => {
  test('says of each day what it holds, by the person’s clock and not by the device’s', async () => {
    const telegramId = await person();
    await addMorning(app.database, (people += 1));
    await free(telegramId, 'Late', '2026-10-12T09:30');
    await free(telegramId, 'Near midnight', '2026-10-15T23:45');
    for (const hour of [10, 12, 13, 14, 15]) await free(telegramId, `At ${hour}`, `2026-10-16T${hour}:00`);
    const { page, problems } = await open(telegramId, { deviceZone: 'Asia/Tokyo' });
    await day(page, 'Monday 12 October, 1 to do, 1 late').waitFor();
    await day(page, 'Thursday 15 October, 1 to do').waitFor();
    await day(page, 'Friday 16 October, 5 to do').waitFor();
    expect(await page.locator('[data-date="2026-10-16"] .load i').count()).toBe(1);
    expect(await page.locator('[data-date="2026-10-16"] .load .many').count()).toBe(1);
    expect(await day(page, 'Wednesday 14 October').getAttribute('aria-current')).toBe('date');
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
      'Mon',
      'Tue',
      'Wed',
      'Thu',
      'Fri',
      'Sat',
      'Sun',
    ]);
    expect(problems).toEqual([]);
  });

  test('marks days off and the night when clocks change, and says what that does', async () => {
    const telegramId = await person();
    await app.database.admin.query(
      `update public.users set working_days = '{1,2,3,4,5}' where telegram_id = $1`,
      [telegramId],
    );
    const { page } = await open(telegramId);
    await day(page, 'Sunday 25 October, nothing, not a working day, clocks change').click();
    await section(page, 'Sunday, 25 October not a working day')
      .getByText('Clocks go back at 3:00. Your hours stay the same.')
      .waitFor();
  });

  test('turns by its arrows and by keys, and comes back to today', async () => {
    const { page } = await open(await person());
    await page.getByRole('button', { name: 'Next month' }).click();
    await page.getByRole('heading', { name: 'November 2026' }).waitFor();
    await page.getByRole('button', { name: 'Today' }).first().click();
    await page.getByRole('heading', { name: 'October 2026' }).waitFor();
    await day(page, 'Wednesday 14 October').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-date'))).toBe('2026-10-22');
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: 'November 2026' }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-date')))
      .toBe('2026-11-22');
    await section(page, 'Sunday, 22 November').waitFor();
  });

  test('begins the week where the person’s language does', async () => {
    const telegramId = await person();
    await app.database.admin.query(`update public.users set language = 'ru' where telegram_id = $1`, [
      telegramId,
    ]);
    const { page } = await open(telegramId);
    expect((await page.getByRole('columnheader').allInnerTexts())[0]).toBe('пн');
    await page.getByRole('heading', { name: 'Октябрь 2026' }).waitFor();
  });
});

describe('the agenda', () => {
  test('shows the chosen day and those after it that hold something', async () => {
    const telegramId = await person();
    await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    await free(telegramId, 'Send the offer', '2026-10-20T10:00');
    const { page } = await open(telegramId);
    await section(page, 'Wednesday, 14 October 1 to do').getByText('Call the bank').waitFor();
    await section(page, 'Tuesday, 20 October 1 to do').getByText('Send the offer').waitFor();
    expect(await page.getByRole('region').count()).toBe(2 + 1);
    await day(page, 'Saturday 17 October').click();
    await section(page, 'Saturday, 17 October').getByText('Nothing on this day.').waitFor();
    expect(await section(page, 'Wednesday, 14 October').count()).toBe(0);
  });

  test('opens everything that can be done with a reminder; what is done turns grey at once', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await page.getByRole('button', { name: /^11:00 Call the bank/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await section(page, 'Wednesday, 14 October 1 done').waitFor();
    await expect.poll(() => stored(app.database, id)).toMatchObject({ status: 'completed' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await section(page, 'Wednesday, 14 October 1 to do').waitFor();
  });

  test('two at one time are told, spread out with one tap and brought back with one Undo', async () => {
    const telegramId = await person();
    const ids = [
      await free(telegramId, 'First', '2026-10-14T14:00'),
      await free(telegramId, 'Second', '2026-10-14T14:00'),
    ];
    await free(telegramId, 'Third', '2026-10-14T14:20');
    const { page, problems } = await open(telegramId);
    await page.getByText('Two at 14:00').waitFor();
    await page.getByRole('button', { name: 'Spread out' }).click();
    await page.getByText('Spread out: 2 reminders').waitFor();
    await expect.poll(() => wanted(ids[1]!)).toBe('2026-10-14T12:35:00.000Z');
    expect(await wanted(ids[0]!)).toBe('2026-10-14T12:00:00.000Z');
    await page.getByText('Two at 14:00').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Two at 14:00').waitFor();
    await expect.poll(() => wanted(ids[1]!)).toBe('2026-10-14T12:00:00.000Z');
    expect(problems).toEqual([]);
  });
});

describe('moving a reminder to another day', () => {
  test('by mouse: dropped on a day it keeps its time there, at once, with Undo', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page, problems } = await open(telegramId);
    await drag(page, page.getByRole('button', { name: /^11:00 Call/ }), day(page, 'Friday 16 October'));
    await page.getByText('Moved to Fri 16 Oct, 11:00').waitFor();
    await section(page, 'Friday, 16 October 1 to do').getByText('Call the bank').waitFor();
    await expect.poll(() => wanted(id)).toBe('2026-10-16T09:00:00.000Z');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => wanted(id)).toBe('2026-10-14T09:00:00.000Z');
    expect(problems).toEqual([]);
  });

  test('into the night when clocks change keeps the hour on the clock', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await drag(page, grip(page, 'Call the bank'), day(page, 'Monday 26 October'));
    await page.getByText('Moved to Mon 26 Oct, 11:00').waitFor();
    await expect.poll(() => wanted(id)).toBe('2026-10-26T10:00:00.000Z');
  });

  test('by keys: the grip, arrows and Enter; Escape leaves it there', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await grip(page, 'Call the bank').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Where to with Call the bank? Choose a day.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Where to with').waitFor({ state: 'detached' });
    expect(await wanted(id)).toBe('2026-10-14T09:00:00.000Z');
    await grip(page, 'Call the bank').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-date')))
      .toBe('2026-10-14');
    for (const key of ['ArrowDown', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Moved to Tue 20 Oct, 11:00').waitFor();
    await expect.poll(() => wanted(id)).toBe('2026-10-20T09:00:00.000Z');
  });

  test('onto a past day asks for another moment and moves nothing', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await drag(page, grip(page, 'Call the bank'), day(page, 'Tuesday 13 October'));
    await page.getByRole('dialog').getByText('That moment has passed. Pick a later one.').waitFor();
    await page.getByLabel('New date and time').fill('2026-10-21T16:00');
    await page.getByRole('button', { name: 'Move to Wed 21 Oct, 16:00' }).click();
    await expect.poll(() => wanted(id)).toBe('2026-10-21T14:00:00.000Z');
  });

  test('onto a day off says when it would come, and lets the person have it their way', async () => {
    const telegramId = await person();
    await app.database.admin.query(
      `update public.users set working_days = '{1,2,3,4,5}' where telegram_id = $1`,
      [telegramId],
    );
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await drag(page, grip(page, 'Call the bank'), day(page, 'Saturday 17 October'));
    const sheet = page.getByRole('dialog');
    await sheet.getByText('That is not a working day. It would reach you Mon 19 Oct, 9:30.').waitFor();
    await sheet.getByRole('button', { name: 'Sat 17 Oct, 11:00 all the same' }).click();
    await expect
      .poll(() => stored(app.database, id))
      .toMatchObject({ wanted: '2026-10-17T09:00:00.000Z', exact: true });
  });

  test('of a plan’s step asks what becomes of the rest', async () => {
    const telegramId = (people += 1);
    await addMorning(app.database, telegramId);
    const { page } = await open(telegramId);
    await drag(page, grip(page, 'Daniel Okafor'), day(page, 'Monday 19 October'));
    await page.getByRole('dialog').getByText(/gap/i).first().waitFor();
  });

  test('that is refused goes back to where it was, with the reason', async () => {
    const telegramId = await person();
    const id = await free(telegramId, 'Call the bank', '2026-10-14T11:00');
    const { page } = await open(telegramId);
    await app.database
      .userClient(telegramId)
      .database.rpc('cancel_reminder', { p_action_id: 'elsewhere', p_id: id });
    await drag(page, grip(page, 'Call the bank'), day(page, 'Friday 16 October'));
    await page.getByRole('alert').getByText('This reminder is closed already.').waitFor();
    expect(await section(page, 'Friday, 16 October').count()).toBe(0);
  });
});

describe('the look', () => {
  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1100, 'light'],
  ] as const)('at %i pixels, %s: axe finds nothing and nothing sticks out', async (width, theme) => {
    const telegramId = (people += 1);
    await addMorning(app.database, telegramId);
    const { page, problems } = await open(telegramId, { width, theme });
    await page.getByText('Two at 14:00').waitFor();
    expect(await findProblems(page)).toEqual([]);
    await grip(page, 'Daniel Okafor').click();
    await page.getByText('Choose a day').waitFor();
    expect(await findProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(problems).toEqual([]);
  });
});
