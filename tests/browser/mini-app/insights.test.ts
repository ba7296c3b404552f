/** Insights in a real browser, over rows of a person's own history. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

const MARA = 3301;
let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
  await addPerson(app.database, MARA);
  await addHistory(MARA);
});
afterAll(() => app.stop());

/** Three done in each of the two weeks before this one, four in the last; one snoozed, one skipped; four leads. */
async function addHistory(telegramId: number): Promise<void> {
  await app.database.admin.query(
    `update public.users set working_days = '{1,2,3,4,5}' where telegram_id = ${telegramId};
     with days (day, action) as (values
       ('2026-09-28', 'complete'), ('2026-09-29', 'complete'), ('2026-09-30', 'complete'),
       ('2026-10-05', 'complete'), ('2026-10-06', 'complete'), ('2026-10-07', 'complete'), ('2026-10-09', 'complete'),
       ('2026-10-12', 'complete'), ('2026-10-13', 'complete'), ('2026-10-07', 'snooze'), ('2026-10-08', 'skip'))
     insert into public.reminder_events (telegram_id, action, actor, at)
       select ${telegramId}, action, 'person', (day || 'T10:00:00Z')::timestamptz from days;
     insert into public.scheduled_reminders (telegram_id, due_at, status, completed_at)
       values (${telegramId}, '2026-10-05T07:00:00Z', 'completed', '2026-10-09T10:00:00Z');
     insert into public.leads (telegram_id, name, status)
       values (${telegramId}, 'A', 'new'), (${telegramId}, 'B', 'reached_out'), (${telegramId}, 'C', 'in_progress'),
         (${telegramId}, 'D', 'closed_won'), (${telegramId}, 'E', 'closed_lost');`,
  );
}

async function open(options: OpenOptions = {}, telegramId = MARA): Promise<OpenedApp> {
  const opened = await app.open(telegramId, { startParam: 'insights', ...options });
  await opened.page.getByRole('heading', { name: 'Insights', level: 1 }).waitFor();
  return opened;
}

describe('the figures', () => {
  test('say what they show, and every number stands in a table', async () => {
    const { page, problems } = await open();
    await page.getByRole('heading', { name: '4 done last week, your best so far' }).waitFor();
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    await page.getByText('As a table').click();
    const rows = page.getByRole('table', { name: /^Reminders by week/ }).getByRole('row');
    expect(await rows.last().allInnerTexts()).toEqual(['12 Oct\t0\t2\t0\t0']);
    expect(await rows.nth(-2).allInnerTexts()).toEqual(['5 Oct\t0\t4\t1\t1']);
    expect(await rows.count()).toBe(1 + 8);
    await page.getByRole('heading', { name: '3 working days in a row' }).waitFor();
    await page.getByRole('heading', { name: '40% of your leads have answered' }).waitFor();
    const funnel = page.getByRole('table', { name: 'Leads that got at least this far' });
    const stages = await funnel.getByRole('row').allInnerTexts();
    expect(stages.map((row) => row.split(/\s*\t\s*/u))).toEqual([
      ['New', '5'],
      ['Reached out', '3'],
      ['In progress', '2'],
      ['Meeting', '1'],
      ['Won', '1'],
    ]);
    await page.getByText('1 lead is lost now.').waitFor();
    expect(problems).toEqual([]);
  });

  test('follow the chosen period', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: '4 weeks' }).click();
    await page.getByText('As a table').click();
    const rows = page.getByRole('table', { name: /^Reminders by week/ }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(1 + 4);
    await page.getByRole('button', { name: 'This year' }).click();
    await expect.poll(() => rows.count()).toBe(1 + 42);
    // Sent messages are known for 90 days; before that there is a dash and no invented zero.
    expect((await rows.nth(1).innerText()).split('\t')[1]).toBe('–');
  });

  test('tell the days of the streak one by one', async () => {
    const { page } = await open();
    const days = page.getByRole('figure', { name: '3 working days in a row' }).getByRole('listitem');
    await expect.poll(() => days.count()).toBe(14);
    const texts = await days.allInnerTexts();
    expect(texts.slice(-5)).toEqual([
      'Thu 8 Oct: something waited',
      'Fri 9 Oct: done',
      'Mon 12 Oct: done',
      'Tue 13 Oct: done',
      'Wed 14 Oct: still open',
    ]);
  });
});

test('without a history there is a sentence instead of zeros', async () => {
  await addPerson(app.database, 3302);
  const { page, problems } = await open({}, 3302);
  await page.getByText('Nothing to draw yet').waitFor();
  expect(await page.getByRole('figure').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('when the numbers do not come, says so and tries again', async () => {
  let isBroken = true;
  const { page } = await open({
    prepare: (fresh) =>
      fresh.route('**/rpc/my_insights*', (route) =>
        isBroken ? route.fulfill({ status: 500, json: { message: 'broken' } }) : route.continue(),
      ),
  });
  const retry = page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  isBroken = false;
  await retry.click();
  await page.getByRole('heading', { name: /working days in a row/ }).waitFor();
});

test('the chart library is not loaded before somebody looks at the charts', async () => {
  const loaded: string[] = [];
  const { page } = await app.open(MARA, {
    prepare: async (fresh) => {
      fresh.on('request', (request) => loaded.push(request.url()));
      return Promise.resolve();
    },
  });
  await page.getByRole('button', { name: 'Insights' }).waitFor();
  expect(loaded.filter((url) => /chart|insights/.test(url))).toEqual([]);
  await page.getByRole('button', { name: 'Insights' }).click();
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  expect(loaded.filter((url) => url.includes('weeks-chart'))).toHaveLength(1);
});

test.each([
  [390, 'light'],
  [390, 'dark'],
  [1100, 'dark'],
] as const)('at %i pixels, %s: axe finds nothing and nothing sticks out', async (width, theme) => {
  const { page, problems } = await open({ width, theme });
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  await page.getByText('As a table').click();
  expect(await findProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expect(problems).toEqual([]);
});
